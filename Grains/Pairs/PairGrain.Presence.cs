using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>The presence gauge of a pair: reads its position reports while it is on duty and keeps counters, no track.</summary>
public sealed partial class PairGrain
{
    /// <summary>A report vaguer than this says nothing about the community; a community is some hundred metres wide. In metres.</summary>
    private const double VaguestAccuracy = 500;

    private PresenceGauge? gauge;
    private IGrainTimer? presenceWatch;

    private bool IsOnDuty => State?.Duty == PairDuty.OnDuty;

    private PresenceGauge Gauge => gauge ??= PresenceGauge.Since(Later(State?.Presence?.CountedTo, State?.Shift?.Since) ?? Now);

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one > other ? one : other ?? one;

    private Decision<PairEvent> Decide(CommandContext context, PairCommand command, PairInfo pair)
    {
        var decision = PairRules.Decide(State, pair, command, context, Now, Whereabouts(pair));
        return IsOnDuty && (command is CountPresence || decision.Events.Any(x => x is PairSignedOff))
            ? PresenceRules.Count(State, command, decision, Uncounted())
            : decision;
    }

    private PresenceCounted Uncounted()
    {
        gauge = Gauge.To(Now);
        return new PresenceCounted(gauge.CountedTo, gauge.Days);
    }

    private void SeePresence(PairPosition report)
    {
        bool? inside = report.Accuracy > VaguestAccuracy || report.At < Now - PresenceGauge.ReportHolds
            ? null
            : Services.Communities.Find(report.Point) == Info!.CommunityId;
        gauge = Gauge.Report(inside, Now);
    }

    private void CountedPresence(ImmutableArray<Recorded<PairEvent>> recorded)
    {
        gauge = recorded.Any(x => x.Event is PairSignedOn or PairSignedOff) ? null
            : recorded.Any(x => x.Event is PresenceCounted) ? gauge?.Emptied()
            : gauge;
    }

    private void WatchPresence()
    {
        if (!IsOnDuty)
        {
            presenceWatch?.Dispose();
            presenceWatch = null;
        }
        else
        {
            // Through its own queue of calls, like every change.
            presenceWatch ??= this.RegisterGrainTimer(
                _ => this.AsReference<IPairGrain>().ExecuteAsync(CommandContext.System, new CountPresence()),
                new GrainTimerCreationOptions(Presence.CountedEach, Presence.CountedEach) { Interleave = true, KeepAlive = true });
        }
    }
}
