using System.Collections.Immutable;

namespace Dispatch.Pairs;

/// <summary>What is known of a pair's presence in its home community: counters of the last days, and no place.</summary>
/// <param name="CountedTo">Up to when.</param>
/// <param name="Days">By day, oldest first.</param>
public sealed record Presence(DateTimeOffset CountedTo, ImmutableArray<PresenceDay> Days)
{
    /// <summary>How many days are kept: a week, and the day in which the next one begins.</summary>
    public const int MaxDays = 8;

    /// <summary>How often it is counted on duty.</summary>
    public static readonly TimeSpan CountedEach = TimeSpan.FromMinutes(15);

    /// <summary>With what was counted since.</summary>
    public Presence Plus(PresenceCounted counted)
    {
        ArgumentNullException.ThrowIfNull(counted);
        return new Presence(counted.To, Merge(Days, counted.Days));
    }

    /// <summary>As it is shown.</summary>
    public PresenceView? ForView()
    {
        if (Days.IsEmpty)
        {
            return null;
        }

        var today = Days[^1].Day;
        return new PresenceView(CountedTo, SinceDay(today), SinceDay(new BureauDay(today).Monday.Day));
    }

    /// <summary>Days of both, each once, the oldest left out where they are too many.</summary>
    public static ImmutableArray<PresenceDay> Merge(ImmutableArray<PresenceDay> days, ImmutableArray<PresenceDay> more) =>
        [.. days.Concat(more).GroupBy(x => x.Day).Select(x => x.Aggregate((a, b) => a.Plus(b))).OrderBy(x => x.Day).TakeLast(MaxDays)];

    private PresenceMinutes SinceDay(DateOnly first)
    {
        var days = Days.Where(x => x.Day >= first).ToArray();
        return new PresenceMinutes(first, Minutes(days.Sum(x => x.Inside)), Minutes(days.Sum(x => x.Outside)), Minutes(days.Sum(x => x.Unknown)));
    }

    private static int Minutes(double seconds) => (int)(seconds / 60);
}
