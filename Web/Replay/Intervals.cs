using System.Collections.Immutable;

namespace Dispatch.Replay;

/// <summary>Intervals of a response that are compared.</summary>
public enum IntervalKind
{
    /// <summary>From the opening of a call to the dispatch of its first unit.</summary>
    OpenToDispatched,

    /// <summary>From the dispatch of a unit to its acknowledgement.</summary>
    DispatchedToAccepted,

    /// <summary>From the dispatch of a unit to its arrival.</summary>
    DispatchedToOnScene,

    /// <summary>From the arrival of a unit until it is free.</summary>
    OnSceneToCleared,
}

/// <summary>One interval.</summary>
public readonly record struct Interval(IntervalKind Kind, TimeSpan Length);

/// <summary>Half of the intervals are no longer than the median, 90 % than the 90th and 99 % than the 99th percentile (nearest rank).</summary>
/// <param name="Count">How many there are.</param>
/// <param name="P50">Median.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile.</param>
public sealed record Spread(int Count, TimeSpan P50, TimeSpan P90, TimeSpan P99)
{
    /// <summary>The spread of these; null where there are none.</summary>
    public static Spread? Of(IEnumerable<TimeSpan> lengths)
    {
        var sorted = lengths.Order().ToArray();
        return sorted.Length == 0 ? null : new Spread(sorted.Length, Rank(0.50), Rank(0.90), Rank(0.99));

        TimeSpan Rank(double part) => sorted[Math.Max(0, (int)Math.Ceiling(part * sorted.Length) - 1)];
    }
}

/// <summary>Works intervals out. Pure.</summary>
public static class Intervals
{
    /// <summary>Those of the record, with the times as they are replayed; only steps that were recorded.</summary>
    public static IEnumerable<Interval> Recorded(PlannedCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        yield return new Interval(IntervalKind.OpenToDispatched, call.Units.Min(x => x.OfferAt) - call.OpenAt);
        foreach (var unit in call.Units)
        {
            if (unit.IsAcceptRecorded)
            {
                yield return new Interval(IntervalKind.DispatchedToAccepted, unit.AcceptAt - unit.OfferAt);
            }

            if (unit.OnSceneAt is { } onSceneAt)
            {
                yield return new Interval(IntervalKind.DispatchedToOnScene, onSceneAt - unit.OfferAt);
                yield return new Interval(IntervalKind.OnSceneToCleared, unit.ClearAt - onSceneAt);
            }
        }
    }

    /// <summary>Those that the server kept of an incident, in its own time.</summary>
    /// <param name="incident">The incident as it ended.</param>
    /// <param name="accepted">Units that it accepted, in order.</param>
    public static IEnumerable<Interval> Ours(IncidentAnswer incident, IEnumerable<PlannedUnit> accepted)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(accepted);
        if (!incident.Offers.IsDefaultOrEmpty)
        {
            yield return new Interval(IntervalKind.OpenToDispatched, incident.Offers.Min(x => x.OfferedAt) - incident.OpenedAt);
        }

        var assignments = (incident.Assignments.IsDefault ? [] : incident.Assignments).ToLookup(x => x.PairId, StringComparer.Ordinal);
        foreach (var (unit, assignment) in accepted.GroupBy(x => x.PairId, StringComparer.Ordinal).SelectMany(x => x.Zip(assignments[x.Key])))
        {
            if (unit.IsAcceptRecorded)
            {
                yield return new Interval(IntervalKind.DispatchedToAccepted, assignment.AcceptedAt - assignment.OfferedAt);
            }

            if (assignment.OnSceneAt is { } onSceneAt)
            {
                yield return new Interval(IntervalKind.DispatchedToOnScene, onSceneAt - assignment.OfferedAt);
                if (assignment.ClearedAt is { } clearedAt)
                {
                    yield return new Interval(IntervalKind.OnSceneToCleared, clearedAt - onSceneAt);
                }
            }
        }
    }

    /// <summary>The spread of each kind; kinds without intervals are left out.</summary>
    public static ImmutableSortedDictionary<IntervalKind, Spread> Spreads(IEnumerable<Interval> intervals) => intervals
        .GroupBy(x => x.Kind, x => x.Length)
        .ToImmutableSortedDictionary(x => x.Key, x => Spread.Of(x)!);
}
