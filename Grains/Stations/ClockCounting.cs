using System.Collections.Immutable;
using Dispatch.Incidents;

namespace Dispatch.Stations;

/// <summary>Counts the steps of incidents into the buckets of the three clocks.</summary>
public static class ClockCounting
{
    /// <summary>Ends of the buckets of 签收; what is longer than the last is in a bucket of its own.</summary>
    public static ImmutableArray<TimeSpan> AcknowledgeUpTo { get; } =
        [TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(180)];

    /// <summary>Ends of the buckets of 出警.</summary>
    public static ImmutableArray<TimeSpan> ArriveUpTo { get; } =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30)];

    /// <summary>Ends of the buckets of 反馈.</summary>
    public static ImmutableArray<TimeSpan> ReportUpTo { get; } =
        [TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(60), TimeSpan.FromHours(2), TimeSpan.FromHours(4)];

    /// <summary>The counts with the steps that the pairs of an incident took today, not before <paramref name="from"/>.</summary>
    /// <param name="clocks">The counts so far.</param>
    /// <param name="incident">The incident.</param>
    /// <param name="from">When the station got it: what happened before was counted then, or by the station that had it.</param>
    /// <param name="now">The time, in the offset whose midnight begins a day.</param>
    public static ResponseClocks With(this ResponseClocks clocks, IncidentView incident, DateTimeOffset from, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(clocks);
        ArgumentNullException.ThrowIfNull(incident);
        var midnight = new DateTimeOffset(now.Date, now.Offset);
        var earliest = from > midnight ? from : midnight;
        foreach (var x in incident.Assignments)
        {
            clocks = clocks with
            {
                Acknowledge = Counted(clocks.Acknowledge, x.OfferedAt, x.AcceptedAt, AcknowledgeUpTo, earliest),
                Arrive = Counted(clocks.Arrive, x.OfferedAt, x.OnSceneAt, ArriveUpTo, earliest),
                Report = Counted(clocks.Report, x.OnSceneAt, x.ReportedAt, ReportUpTo, earliest),
            };
        }

        return clocks;
    }

    private static ImmutableArray<int> Counted(
        ImmutableArray<int> counts, DateTimeOffset? begun, DateTimeOffset? ended, ImmutableArray<TimeSpan> upTo, DateTimeOffset earliest)
    {
        if (begun is null || ended is null || ended < earliest)
        {
            return counts;
        }

        var took = ended.Value - begun.Value;
        var bucket = upTo.Count(limit => took > limit);
        return counts.SetItem(bucket, counts[bucket] + 1);
    }
}
