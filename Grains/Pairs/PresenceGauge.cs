using System.Collections.Immutable;

namespace Dispatch.Pairs;

/// <summary>Seconds on duty of one day, by where the pair was.</summary>
/// <param name="Day">The day, in the bureau's own time.</param>
/// <param name="Inside">Inside its home community.</param>
/// <param name="Outside">Outside it.</param>
/// <param name="Unknown">Nobody knows.</param>
public sealed record PresenceDay(DateOnly Day, double Inside, double Outside, double Unknown)
{
    /// <summary>Both together.</summary>
    public PresenceDay Plus(PresenceDay other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with { Inside = Inside + other.Inside, Outside = Outside + other.Outside, Unknown = Unknown + other.Unknown };
    }
}

/// <summary>
/// Counts how long a pair is inside its home community, from its position reports; keeps the last one's answer and no place. Pure. What is counted here is
/// not durable yet: after a crash the time since the last count is unknown.
/// </summary>
/// <param name="CountedTo">Up to when everything is in <paramref name="Days"/>.</param>
/// <param name="Days">What is counted, by day, oldest first.</param>
/// <param name="Inside">Whether the last report was of a place inside; null where that is not known.</param>
/// <param name="KnownUntil">How long the last report holds.</param>
public sealed record PresenceGauge(DateTimeOffset CountedTo, ImmutableArray<PresenceDay> Days, bool? Inside, DateTimeOffset KnownUntil)
{
    /// <summary>How long a report says where a pair is: phones report each 10 s and are deaf in a cellar for minutes.</summary>
    public static readonly TimeSpan ReportHolds = TimeSpan.FromMinutes(5);

    /// <summary>Begins to count; until the first report nobody knows.</summary>
    public static PresenceGauge Since(DateTimeOffset at) => new(at, [], null, at);

    /// <summary>A report has come.</summary>
    /// <param name="inside">Whether it is of a place inside the home community; null where it is too vague.</param>
    /// <param name="now">When.</param>
    public PresenceGauge Report(bool? inside, DateTimeOffset now) =>
        To(now) with { Inside = inside, KnownUntil = now + ReportHolds };

    /// <summary>Everything counted up to a time.</summary>
    public PresenceGauge To(DateTimeOffset now)
    {
        var gauge = this;
        while (gauge.CountedTo < now)
        {
            gauge = gauge.Step(now, BureauDay.Of(gauge.CountedTo));
        }

        return gauge;
    }

    /// <summary>Goes on after what was counted is durable.</summary>
    public PresenceGauge Emptied() => this with { Days = [] };

    private PresenceGauge Step(DateTimeOffset now, BureauDay day)
    {
        var isKnown = Inside is not null && CountedTo < KnownUntil;
        var to = Earlier(Earlier(now, day.End), isKnown ? KnownUntil : now);
        var seconds = (to - CountedTo).TotalSeconds;
        var more = !isKnown ? new PresenceDay(day.Day, 0, 0, seconds)
            : Inside == true ? new PresenceDay(day.Day, seconds, 0, 0)
            : new PresenceDay(day.Day, 0, seconds, 0);
        return this with { CountedTo = to, Days = Presence.Merge(Days, [more]) };
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
