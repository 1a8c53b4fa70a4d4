namespace Dispatch.Trials.Clients;

/// <summary>Reads the errors of the hub.</summary>
public static class HubError
{
    private const string Mark = "HubException: ";

    /// <summary>The stable code; <c>error</c> where the text has none, which is an unforeseen failure.</summary>
    public static string CodeOf(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var at = message.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0 ? "error" : message[(at + Mark.Length)..].Split(':', 2)[0];
    }
}
