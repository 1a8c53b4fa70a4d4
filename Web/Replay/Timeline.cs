using System.Collections.Immutable;

namespace Dispatch.Replay;

/// <summary>What is done in a step. In the order in which the steps of one unit follow each other.</summary>
public enum StepKind
{
    /// <summary>The incident is opened.</summary>
    Open,

    /// <summary>It is offered to a pair.</summary>
    Offer,

    /// <summary>The pair accepts.</summary>
    Accept,

    /// <summary>The pair sets out.</summary>
    EnRoute,

    /// <summary>The pair arrives.</summary>
    OnScene,

    /// <summary>The pair reports back.</summary>
    Report,

    /// <summary>The pair is free again.</summary>
    Clear,

    /// <summary>The incident is closed.</summary>
    Close,
}

/// <summary>One command of the replay.</summary>
/// <param name="Index">Its place in the timeline.</param>
/// <param name="At">Recorded time.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Call">For which call.</param>
/// <param name="Unit">For which unit; null for opening and closing.</param>
/// <param name="After">Steps that must be over before: the one before of the same call, and the one before of the same unit.</param>
public sealed record TimelineStep(int Index, DateTime At, StepKind Kind, PlannedCall Call, PlannedUnit? Unit, ImmutableArray<int> After);

/// <summary>Puts everything that happened into one order. Pure.</summary>
public static class Timeline
{
    /// <summary>
    /// The steps by recorded time. At the same second an opening comes first, then what ends or goes on, then what begins: a unit that was freed
    /// and sent again in one second is free when it is sent. A step only waits for earlier ones, so there are no circles.
    /// </summary>
    public static ImmutableArray<TimelineStep> Build(ImmutableArray<PlannedCall> calls)
    {
        var ordered = calls.SelectMany(Steps).ToList();
        ordered.Sort((x, y) => x.Order.CompareTo(y.Order));
        var lastOfCall = new Dictionary<int, int>();
        var lastOfPair = new Dictionary<string, int>(StringComparer.Ordinal);
        var steps = ImmutableArray.CreateBuilder<TimelineStep>(ordered.Count);
        foreach (var (_, at, kind, call, unit) in ordered)
        {
            var index = steps.Count;
            var after = new SortedSet<int>();
            if (lastOfCall.TryGetValue(call.Index, out var ofCall))
            {
                after.Add(ofCall);
            }

            if (unit is not null && lastOfPair.TryGetValue(unit.PairId, out var ofPair))
            {
                after.Add(ofPair);
            }

            steps.Add(new TimelineStep(index, at, kind, call, unit, [.. after]));
            lastOfCall[call.Index] = index;
            if (unit is not null)
            {
                lastOfPair[unit.PairId] = index;
            }
        }

        return steps.MoveToImmutable();
    }

    private static IEnumerable<Draft> Steps(PlannedCall call)
    {
        yield return new Draft(new Place(call.OpenAt, 0, call.OpenAt, call.Index, StepKind.Open), call.OpenAt, StepKind.Open, call, null);
        foreach (var unit in call.Units)
        {
            yield return Step(call, unit, StepKind.Offer, unit.OfferAt);
            yield return Step(call, unit, StepKind.Accept, unit.AcceptAt);
            yield return Step(call, unit, StepKind.EnRoute, unit.AcceptAt);
            if (unit.OnSceneAt is { } onSceneAt)
            {
                yield return Step(call, unit, StepKind.OnScene, onSceneAt);
                yield return Step(call, unit, StepKind.Report, unit.ClearAt);
            }

            yield return Step(call, unit, StepKind.Clear, unit.ClearAt);
        }

        yield return new Draft(new Place(call.CloseAt, 3, call.CloseAt, call.Index, StepKind.Close), call.CloseAt, StepKind.Close, call, null);
    }

    private static Draft Step(PlannedCall call, PlannedUnit unit, StepKind kind, DateTime at) =>
        new(new Place(at, unit.OfferAt < at ? 1 : 2, unit.OfferAt, unit.Index, kind), at, kind, call, unit);

    private readonly record struct Draft(Place Order, DateTime At, StepKind Kind, PlannedCall Call, PlannedUnit? Unit);

    /// <summary>Where a step stands: time, then phase, then when its unit was sent, then which unit, then the order of the unit's steps.</summary>
    private readonly record struct Place(DateTime At, int Phase, DateTime Begun, int Index, StepKind Kind) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            (At, Phase, Begun, Index, (int)Kind).CompareTo((other.At, other.Phase, other.Begun, other.Index, (int)other.Kind));
    }
}
