using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Stations;

namespace Dispatch.Figures;

/// <summary>One clock that was met, or is over.</summary>
/// <param name="Clock">Which.</param>
/// <param name="Priority">The incident's.</param>
/// <param name="CommunityId">The incident's.</param>
/// <param name="Target">What it was to be met within.</param>
/// <param name="Took">How long it took; null where it is over and was not met.</param>
public readonly record struct ResponseTime(ResponseClock Clock, int Priority, string CommunityId, TimeSpan Target, TimeSpan? Took);

/// <summary>Works out of incidents how their response clocks were kept. Pure.</summary>
/// <param name="timers">The targets.</param>
/// <param name="areaOf">The area class of a community.</param>
public sealed class ResponseRules(ResponseTimers timers, Func<string, AreaClass> areaOf)
{
    /// <summary>Ends of the buckets of dispatching, which no report asks for: the usual targets.</summary>
    private static readonly ImmutableArray<TimeSpan> DispatchUpTo = [.. ResponseTimers.Default.DispatchSeconds.Values.Order().Select(x => TimeSpan.FromSeconds(x))];

    /// <summary>The clocks of an incident that were met or are over; those that run are left out, and those that were called off.</summary>
    public IEnumerable<ResponseTime> TimesOf(IncidentView incident, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return
        [
            .. Acknowledged(incident, now), .. Dispatched(incident, now),
            .. incident.Assignments.Where(x => !x.Status.Waits()).SelectMany(x => (IEnumerable<ResponseTime>)[.. Arrived(incident, x, now), .. Reported(incident, x, now)]),
        ];
    }

    /// <summary>The figures of some times, clock by clock.</summary>
    public static ImmutableArray<ResponseClockFigures> Count(IEnumerable<ResponseTime> times)
    {
        var byClock = times.ToLookup(x => x.Clock);
        return [.. Enum.GetValues<ResponseClock>().Select(clock => Count(clock, [.. byClock[clock]]))];
    }

    private IEnumerable<ResponseTime> Acknowledged(IncidentView incident, DateTimeOffset now)
    {
        var target = timers.OfferExpiry(incident.Priority);
        foreach (var offer in incident.Offers)
        {
            // A reason means that the pair was told to go: there was nothing to answer.
            var accepted = offer.Status == OfferStatus.Accepted && offer.Reason is null ? incident.Assignments.FirstOrDefault(x => x.OfferId == offer.Id) : null;
            if (accepted is not null)
            {
                yield return Met(incident, ResponseClock.Acknowledge, target, offer.OfferedAt, accepted.AcceptedAt);
            }
            else if (offer.Status == OfferStatus.Expired || (offer.Status == OfferStatus.Pending && offer.OfferedAt + target < now))
            {
                yield return Over(incident, ResponseClock.Acknowledge, target);
            }
        }
    }

    private IEnumerable<ResponseTime> Dispatched(IncidentView incident, DateTimeOffset now)
    {
        var target = timers.Dispatch(incident.Priority);

        // What was planned for later is due after its time, not after its opening.
        var begin = incident.DispatchDueAt - target > incident.OpenedAt ? incident.DispatchDueAt - target : incident.OpenedAt;
        var asked = incident.Offers.Where(x => x.Status != OfferStatus.Refused).Select(x => x.OfferedAt)
            .Concat(incident.Assignments.Where(x => x.Status != AssignmentStatus.Reserved).Select(x => x.OfferedAt)).ToList();
        if (asked.Count > 0)
        {
            yield return Met(incident, ResponseClock.Dispatch, target, begin, asked.Min());
        }
        else if (incident.IsWaiting && begin + target < now)
        {
            yield return Over(incident, ResponseClock.Dispatch, target);
        }
    }

    private IEnumerable<ResponseTime> Arrived(IncidentView incident, AssignmentView part, DateTimeOffset now)
    {
        var target = timers.Arrival(areaOf(incident.CommunityId));
        var begin = part.CommittedAt > part.AcceptedAt ? part.CommittedAt.Value : part.OfferedAt;
        return part.OnSceneAt is { } arrived ? [Met(incident, ResponseClock.Arrival, target, begin, arrived)]
            : part.Status is AssignmentStatus.Committed or AssignmentStatus.EnRoute && begin + target < now ? [Over(incident, ResponseClock.Arrival, target)]
            : [];
    }

    private IEnumerable<ResponseTime> Reported(IncidentView incident, AssignmentView part, DateTimeOffset now)
    {
        var target = timers.Report(incident.Priority);
        return part.OnSceneAt is not { } begin ? []
            : part.ReportedAt is { } reported ? [Met(incident, ResponseClock.Report, target, begin, reported)]
            : part.Status == AssignmentStatus.OnScene && begin + target < now ? [Over(incident, ResponseClock.Report, target)]
            : [];
    }

    private static ResponseTime Met(IncidentView incident, ResponseClock clock, TimeSpan target, DateTimeOffset from, DateTimeOffset to) =>
        new(clock, incident.Priority, incident.CommunityId, target, to > from ? to - from : TimeSpan.Zero);

    private static ResponseTime Over(IncidentView incident, ResponseClock clock, TimeSpan target) => new(clock, incident.Priority, incident.CommunityId, target, null);

    private static ResponseClockFigures Count(ResponseClock clock, List<ResponseTime> times) => new(
        clock, Group(times, isTold: times.Count is 0 or >= SmallCounts.Least), By(times, x => x.Priority), By(times, x => x.CommunityId), Buckets(clock, times));

    private static ImmutableSortedDictionary<TKey, ResponseGroup> By<TKey>(List<ResponseTime> times, Func<ResponseTime, TKey> key)
        where TKey : notnull
    {
        var groups = times.GroupBy(key).ToDictionary(x => $"{x.Key}", x => (x.Key, Times: x.ToList()), StringComparer.Ordinal);
        var told = SmallCounts.Suppress(groups.ToDictionary(x => x.Key, x => x.Value.Times.Count, StringComparer.Ordinal));
        return groups.ToImmutableSortedDictionary(x => x.Value.Key, x => Group(x.Value.Times, told[x.Key] is not null));
    }

    private static ResponseGroup Group(List<ResponseTime> times, bool isTold)
    {
        var targets = times.Select(x => (int)x.Target.TotalSeconds).Distinct().ToList();
        int? target = targets.Count == 1 ? targets[0] : null;
        if (!isTold)
        {
            return new ResponseGroup(null, null, null, null, null, target);
        }

        var seconds = times.Where(x => x.Took is not null).Select(x => x.Took!.Value.TotalSeconds).Order().ToArray();
        return new ResponseGroup(
            times.Count, times.Count - seconds.Length, Percentiles.NearestRank(seconds, 0.5), Percentiles.NearestRank(seconds, 0.9),
            times.Count == 0 ? null : Math.Round((double)times.Count(x => x.Took <= x.Target) / times.Count, 3), target);
    }

    private static ImmutableArray<ResponseBucket> Buckets(ResponseClock clock, List<ResponseTime> times)
    {
        var upTo = clock switch
        {
            ResponseClock.Acknowledge => ClockCounting.AcknowledgeUpTo,
            ResponseClock.Dispatch => DispatchUpTo,
            ResponseClock.Arrival => ClockCounting.ArriveUpTo,
            _ => ClockCounting.ReportUpTo,
        };

        // Who meets a target to the second has met it. A bucket tells of no resident, and the share within the target is told anyway: a small one is left out only
        // because a handful of times is no pattern, and nothing else with it.
        var counts = times.Where(x => x.Took is not null).CountBy(x => upTo.Count(limit => x.Took > limit)).ToDictionary();
        return
        [
            .. Enumerable.Range(0, upTo.Length + 1).Select(i => new ResponseBucket(
                i == 0 ? 0 : (int)upTo[i - 1].TotalSeconds, i < upTo.Length ? (int)upTo[i].TotalSeconds : null, SmallCounts.Told(counts.GetValueOrDefault(i)))),
        ];
    }
}
