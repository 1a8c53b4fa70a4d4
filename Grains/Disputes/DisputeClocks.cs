using System.Collections.Immutable;
using Dispatch.Packs;

namespace Dispatch.Disputes;

/// <summary>The clocks of a dispute. Pure; when each is over was worked out by the pack when it began.</summary>
public static class DisputeClocks
{
    /// <summary>The clocks that begin where a dispute comes to a tier.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="mayBeMediated">Whether its kind is mediated at all.</param>
    /// <param name="pack">The model.</param>
    /// <param name="now">Now.</param>
    public static TierClocks At(DisputeTierKind tier, bool mayBeMediated, ModelPack pack, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pack);
        return (mayBeMediated, tier) switch
        {
            (true, DisputeTierKind.Police) => new TierClocks(SessionDueAt: pack.Due(pack.Clocks.MediationSession, now)),
            (true, DisputeTierKind.People) => new TierClocks(SettleDueAt: pack.Due(pack.Clocks.PeoplesMediation, now)),
            _ => new TierClocks(),
        };
    }

    /// <summary>When the visits after a settlement are due.</summary>
    public static ImmutableArray<DateTimeOffset> FollowUps(ModelPack pack, DateTimeOffset settledAt)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var length = pack.Clocks.FollowUpVisit;
        return [.. Enumerable.Range(1, pack.FollowUp.Visits).Select(n => pack.Due(length with { Value = n * length.Value }, settledAt))];
    }

    /// <summary>Every clock that runs, soonest first.</summary>
    public static ImmutableArray<RunningClock> Running(DisputeState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. All(state).Where(x => x.DueAt is not null).Select(x => new RunningClock(x.Clock, x.DueAt!.Value)).OrderBy(x => x.DueAt).ThenBy(x => x.Clock)];
    }

    private static IEnumerable<(DisputeClock Clock, DateTimeOffset? DueAt)> All(DisputeState s)
    {
        if (s.Closing is null && s.OpenReferral is { } referral)
        {
            yield return (referral.Status == ReferralStatus.Pending ? DisputeClock.PartnerAnswer : DisputeClock.PartnerReturn, referral.DueAt);
        }

        if (s.Closing is null && s.Agreement is null)
        {
            yield return (DisputeClock.FirstAttempt, s.FirstAttempt is null ? s.FirstAttemptDueAt : null);
            yield return (DisputeClock.MediationSession, s.TierClocks.SessionDueAt);
            yield return (DisputeClock.SecondSession, s.SecondSessionDueAt);
            yield return (DisputeClock.PeoplesMediation, s.TierClocks.SettleDueAt);
        }

        if (s.Closing is null && s.Agreement is { } agreement)
        {
            yield return (DisputeClock.Performance, agreement.Obligations.Where(x => x.Result is null).Min(x => x.DueAt));
            yield return (DisputeClock.JudicialConfirmation, agreement.Confirmation is { Wanted: true, AppliedAt: null } confirmation ? confirmation.ApplyBy : null);
        }

        if (s.HasVisitsLeft)
        {
            yield return (DisputeClock.FollowUpVisit, s.FollowUpsDue[s.FollowUps.Length]);
        }
    }
}
