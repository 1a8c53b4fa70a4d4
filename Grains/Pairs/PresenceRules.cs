using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>When a pair's presence is made durable. Pure.</summary>
public static class PresenceRules
{
    /// <summary>What is worth an event.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    /// <summary>A decision with what was counted until now: where it is asked for on duty, and before duty ends.</summary>
    /// <param name="state">The pair; null before its first event.</param>
    /// <param name="command">What was asked.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="uncounted">What was counted and is not durable.</param>
    public static Decision<PairEvent> Count(PairState? state, PairCommand command, Decision<PairEvent> decision, PresenceCounted uncounted)
    {
        ArgumentNullException.ThrowIfNull(uncounted);
        var seconds = uncounted.Days.Sum(x => x.Inside + x.Outside + x.Unknown);
        if (state?.Duty != PairDuty.OnDuty || seconds < Least.TotalSeconds)
        {
            return decision;
        }

        var end = decision.Events.FirstOrDefault(x => x is PairSignedOff) is { } signedOff ? decision.Events.IndexOf(signedOff) : -1;
        return end >= 0 ? decision with { Events = decision.Events.Insert(end, uncounted) }
            : command is CountPresence ? decision with { Events = decision.Events.Add(uncounted) }
            : decision;
    }
}
