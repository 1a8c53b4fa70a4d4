using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <content>The first attempt, tiers, referrals, warning letters and cases.</content>
public static partial class DisputeRules
{
    private const int MaxNote = 1000;
    private const int MaxText = 2000;
    private const int MaxPartnerName = 100;

    private static Decision<DisputeEvent> Attempt(DisputeState s, RecordFirstAttempt c, DisputeFacts facts) =>
        (DisputeChecks.Needed("byRole", c.ByRole, DisputeLimits.RoleName, c.TextConfirmed) ?? DisputeChecks.Optional("note", c.Note, MaxNote, c.TextConfirmed)
            ?? DisputeChecks.Past("at", c.At, facts.Now)) is { } refusal ? refusal
        : s.FirstAttemptDueAt is null ? Refusal.Rule(RefusalCodes.FirstAttemptNotAsked, "Nobody tries first in a dispute of this kind.")
        : s.FirstAttempt is not null ? Decision.Nothing<DisputeEvent>()
        : new FirstAttemptRecorded(
            new FirstAttemptMade(Wording.Clean(c.ByRole)!, c.Result, DisputeChecks.At(c.At, facts.Now), Wording.Clean(c.Note)));

    private static Decision<DisputeEvent> Escalate(DisputeState s, EscalateDispute c, DisputeFacts facts)
    {
        if (facts.Pack.FindDisputeTier(s.Tier) is not { } present)
        {
            return NoTier(s.Tier);
        }

        return facts.Pack.DisputeTiers.Where(x => x.Order > present.Order).MinBy(x => x.Order) is { } next
            ? Hop(s, next, c.Reason, c.TextConfirmed, facts)
            : Refusal.Rule(RefusalCodes.TierHighest, "There is no tier beyond; it can be closed as escalatedOut.");
    }

    private static Decision<DisputeEvent> Move(DisputeState s, MoveTier c, DisputeFacts facts) =>
        facts.Pack.FindDisputeTier(c.Tier) is not { } tier ? NoTier(c.Tier)
        : tier.Code == s.Tier ? Refusal.Rule(RefusalCodes.TierUnchanged, "It is at that tier.")
        : Hop(s, tier, c.Reason, c.TextConfirmed, facts);

    private static Decision<DisputeEvent> Hop(DisputeState s, DisputeTier to, string reason, bool confirmed, DisputeFacts facts) =>
        DisputeChecks.Needed("reason", reason, DisputeLimits.Reason, confirmed) is { } refusal ? refusal
        : WhyNotWorked(s) is { } refused ? refused
        : s.Hops.Length >= DisputeLimits.Hops ? Full("moves", DisputeLimits.Hops)
        : new TierMoved(
            new DisputeHop(KindOf(s.Tier, to, facts.Pack), s.Tier, to.Code, Wording.Clean(reason)!, facts.By.Name, facts.Now), to.Kind,
            DisputeClocks.At(to.Kind, s.MayBeMediated, facts.Pack, facts.Now));

    private static HopKind KindOf(string from, DisputeTier to, ModelPack pack)
    {
        var between = pack.DisputeTiers.OrderBy(x => x.Order).Select(x => x.Code).ToList();
        var steps = between.IndexOf(to.Code) - between.IndexOf(from);
        return steps < 0 ? HopKind.Back : steps == 1 ? HopKind.Escalated : HopKind.Skipped;
    }

    private static Refusal NoTier(string tier) => Refusal.Invalid(RefusalCodes.DisputeTierNotFound, "tier", $"The model has no tier '{tier}'.");

    private static Decision<DisputeEvent> DecideReferral(DisputeState s, DisputeCommand command, DisputeFacts facts) => command switch
    {
        ReferDispute c => Refer(s, c, facts),
        AcceptReferral c => Find(s, c.ReferralId, ReferralStatus.Pending) is { } refusal ? refusal
            : new ReferralAnswered(c.ReferralId, true, null, facts.Now, facts.Pack.Due(facts.Pack.Clocks.PartnerReturn, facts.Now)),
        RefuseReferral c => (DisputeChecks.Needed("reason", c.Reason, DisputeLimits.Reason, c.TextConfirmed) ?? Find(s, c.ReferralId, ReferralStatus.Pending))
            is { } refusal ? refusal
            : new ReferralAnswered(c.ReferralId, false, Wording.Clean(c.Reason), facts.Now, null),
        ReturnReferral c => (DisputeChecks.Needed("text", c.Text, MaxText, c.TextConfirmed) ?? Find(s, c.ReferralId, ReferralStatus.Accepted)) is { } refusal ? refusal
            : c.Result == ReferralResult.Agreement && !s.MayBeMediated ? NotMediated
            : new ReferralEnded(c.ReferralId, c.Result, Wording.Clean(c.Text)!, facts.Now),
        WithdrawReferral c => (DisputeChecks.Needed("reason", c.Reason, DisputeLimits.Reason, c.TextConfirmed)
            ?? Find(s, c.ReferralId, ReferralStatus.Pending, ReferralStatus.Accepted)) is { } refusal ? refusal
            : new ReferralEnded(c.ReferralId, null, Wording.Clean(c.Reason)!, facts.Now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
    };

    private static Decision<DisputeEvent> Refer(DisputeState s, ReferDispute c, DisputeFacts facts) =>
        (DisputeChecks.Needed("partnerId", c.PartnerId, DisputeLimits.PartnerId) ?? DisputeChecks.Needed("partnerName", c.PartnerName, MaxPartnerName, c.TextConfirmed)
            ?? DisputeChecks.Needed("reason", c.Reason, DisputeLimits.Reason, c.TextConfirmed) ?? WhyNotKind(s, c.PartnerKind, facts.Pack) ?? facts.PartnerRefusal
            ?? WhyNotWorked(s)) is { } refusal ? refusal
        : s.Referrals.Length >= DisputeLimits.Referrals ? Full("referrals", DisputeLimits.Referrals)
        : new DisputeReferred(new DisputeReferral(
            $"referral-{s.Referrals.Length + 1}", Wording.Clean(c.PartnerId)!, Wording.Clean(c.PartnerName)!, ReferralStatus.Pending, facts.Now,
            Wording.Clean(c.Reason)!, facts.Pack.Due(facts.Pack.Clocks.PartnerAnswer, facts.Now)));

    /// <summary>What may be mediated goes to who mediates at its tier; the rest to whoever can help.</summary>
    private static Refusal? WhyNotKind(DisputeState s, string? kind, ModelPack pack) =>
        kind is null ? null
        : pack.FindPartnerKind(kind) is not { Volunteers: false }
            ? Refusal.Invalid(RefusalCodes.PartnerKindNotFound, "partnerKind", $"The model has no partners '{kind}' who are given cases.")
        : s.MayBeMediated && pack.FindDisputeTier(s.Tier)?.PartnerKinds.Contains(kind) != true
            ? Refusal.Rule(RefusalCodes.PartnerNotOfTier, $"Partners '{kind}' do not mediate at the tier '{s.Tier}'.")
        : null;

    private static Refusal? Find(DisputeState s, string id, params ReadOnlySpan<ReferralStatus> statuses) =>
        s.Referrals.FirstOrDefault(x => x.Id == id) is not { } referral
            ? Refusal.Invalid(RefusalCodes.ReferralNotFound, "referralId", $"There is no referral '{id}'.")
            : statuses.Contains(referral.Status) ? null
            : Refusal.Rule(RefusalCodes.ReferralNotPending, $"The referral is {referral.Status}.");

    private static Decision<DisputeEvent> Warn(DisputeState s, RecordWarningLetter c, DisputeFacts facts) =>
        (DisputeChecks.Needed("letterNumber", c.LetterNumber, DisputeLimits.RoleName) ?? DisputeChecks.Past("at", c.At, facts.Now)) is { } refusal ? refusal
        : s.Party(c.PartyId) is null ? NoParty("partyId", c.PartyId)
        : s.WarningLetters.Length >= DisputeLimits.WarningLetters ? Full("warning letters", DisputeLimits.WarningLetters)
        : new WarningLetterRecorded(new WarningLetter(c.PartyId, Wording.Clean(c.LetterNumber)!, DisputeChecks.At(c.At, facts.Now)));

    private static Decision<DisputeEvent> Hand(DisputeState s, HandToCase c) =>
        !DerivedIds.IsId(c.IncidentId) ? Refusal.Invalid(RefusalCodes.IncidentNotFound, "incidentId", $"There is no incident '{c.IncidentId}'.")
        : s.CaseIncidentId == c.IncidentId ? Decision.Nothing<DisputeEvent>()
        : s.Refs.Length >= 2 * DisputeLimits.Refs ? Full("references", 2 * DisputeLimits.Refs)
        : new HandedToCase(c.IncidentId);
}
