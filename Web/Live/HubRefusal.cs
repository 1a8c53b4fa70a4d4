using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Live;

/// <summary>Why the hub refused a call.</summary>
/// <param name="Code">Stable code; <see cref="Unforeseen"/> where the answer has none.</param>
/// <param name="Message">The same for people.</param>
public sealed record HubRefusal(string Code, string Message)
{
    /// <summary>A failure that the server did not foresee; nobody knows whether the call was done.</summary>
    public const string Unforeseen = "error";

    /// <summary>Nobody knows whether the call was done: there was no answer.</summary>
    public const string NoAnswer = "noAnswer";

    private const string Mark = "HubException: ";

    /// <summary>Whether the same call may well be answered otherwise in a moment, and the refusal says nothing about what was asked for.</summary>
    public bool IsPassing => Code is NoAnswer or Unforeseen or "unavailable" or "storageUnavailable" or "tooManyCalls" or "connectionClosed";

    /// <summary>Whether the right is gone, or what was asked for: nothing of it may be kept.</summary>
    public bool IsFinal => Code is "forbidden" || Code.EndsWith("NotFound", StringComparison.Ordinal);

    /// <summary>Reads the text that SignalR gives.</summary>
    public static HubRefusal Of(HubException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var at = exception.Message.IndexOf(Mark, StringComparison.Ordinal);
        return at >= 0 && exception.Message[(at + Mark.Length)..].Split(": ", 2) is [{ Length: > 0 } code, var message]
            ? new HubRefusal(code, message)
            : new HubRefusal(Unforeseen, exception.Message);
    }
}
