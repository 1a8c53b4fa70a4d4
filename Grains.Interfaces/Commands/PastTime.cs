using System.Globalization;

namespace Dispatch.Commands;

/// <summary>
/// The moment a command counts as given, where it tells of the past: history that is taken over, or a demonstration's month. It travels with the calls that the
/// command makes, so every rule on its way goes by it. Only a web node sets it, and only where its configuration says so.
/// </summary>
public static class PastTime
{
    /// <summary>Name of the HTTP header.</summary>
    public const string Header = "Dispatch-Time";

    private const string Key = "dispatch.past-time";

    /// <summary>The moment; null for now.</summary>
    public static DateTimeOffset? Current => RequestContext.Get(Key) is long ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Commands of this flow of execution count as given then.</summary>
    public static void Set(DateTimeOffset at) => RequestContext.Set(Key, at.UtcTicks);

    /// <summary>Reads the header's value: ISO 8601 with an offset.</summary>
    public static bool TryParse(string? value, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
