using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>What is asked of texts and times in commands to disputes. Pure.</summary>
internal static partial class DisputeChecks
{
    /// <summary>A text that must be there.</summary>
    public static Refusal? Needed(string field, string? text, int most, bool confirmed = true) =>
        Wording.WhyNotNeeded(field, text, most, confirmed);

    /// <summary>A text that may be there.</summary>
    public static Refusal? Optional(string field, string? text, int most, bool confirmed = true) =>
        Wording.WhyNot(field, text, most, confirmed);

    /// <summary>A time that is past, or now where absent.</summary>
    public static Refusal? Past(string field, DateTimeOffset? at, DateTimeOffset now) =>
        at is { } time && (time < now - DisputeLimits.LongestAgo || time > now + DisputeLimits.ClockError)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, $"{field} is within the last {DisputeLimits.LongestAgo.TotalDays:0} days.")
            : null;

    /// <summary>That time in whole milliseconds, never later than now.</summary>
    public static DateTimeOffset At(DateTimeOffset? at, DateTimeOffset now) =>
        at is { } time && time < now ? DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds()) : now;

    /// <summary>A list without gaps: JSON can hold null where a thing is meant.</summary>
    public static Refusal? Whole<T>(string field, ImmutableArray<T>? list) =>
        list is { } given && (given.IsDefault || given.Any(x => x is null))
            ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} has an empty place.")
            : null;

    /// <summary>Whether a text names something that a dispute can have to do with.</summary>
    public static bool IsRef(string reference) => Reference().IsMatch(reference);

    [GeneratedRegex("^(interaction|incident|concern|problem|meeting|dispute|tip|complaint)/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
    private static partial Regex Reference();
}
