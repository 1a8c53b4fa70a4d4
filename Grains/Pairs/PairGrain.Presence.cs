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
        if (command is CountPresence)
        {
            return IsOnDuty ? new Decision<PairEvent>(Uncounted()) : Decision.Nothing<PairEvent>();
        }

        var decision = PairRules.Decide(State, pair, command, context, Now, Whereabouts(pair));
        var end = decision.Events.IndexOf(decision.Events.FirstOrDefault(x => x is PairSignedOff)!);
        return end < 0 ? decision : decision with { Events = decision.Events.InsertRange(end, Uncounted()) };
    }

    /// <summary>What was counted and is not durable; nothing where that is hardly anything.</summary>
    private ImmutableArray<PairEvent> Uncounted()
    {
        gauge = Gauge.To(Now);
        var seconds = gauge.Days.Sum(x => x.Inside + x.Outside + x.Unknown);
        return seconds < Presence.Least.TotalSeconds ? [] : [new PresenceCounted(gauge.CountedTo, gauge.Days)];
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
