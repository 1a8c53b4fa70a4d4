using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <content>Consent, sessions and agreements: of disputes that may be mediated.</content>
public static partial class DisputeRules
{
    private const int MaxRoom = 100;
    private const int MaxTerms = 4000;
    private static readonly TimeSpan FurthestSession = TimeSpan.FromDays(366);
    private static readonly TimeSpan FurthestObligation = TimeSpan.FromDays(3660);

    private static Decision<DisputeEvent> DecideMediation(DisputeState s, DisputeCommand command, DisputeFacts facts) => command switch
    {
        GiveConsent c => Consent(s, c, facts),
        WithdrawConsent c => Withdraw(s, c, facts),
        ScheduleSession c => Schedule(s, c, facts),
        CancelSession c => (DisputeChecks.Needed("reason", c.Reason, DisputeLimits.Reason, c.TextConfirmed) ?? WhyNotScheduled(s, c.SessionId)) is { } refusal ? refusal
            : new SessionCancelled(c.SessionId, Wording.Clean(c.Reason)!),
        HoldSession c => Hold(s, c, facts),
        RecordAgreement c => Agree(s, c, facts),
        RecordPerformance c => Perform(s, c, facts),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
    };

    private static Decision<DisputeEvent> Consent(DisputeState s, GiveConsent c, DisputeFacts facts) =>
        DisputeChecks.Past("at", c.At, facts.Now) is { } refusal ? refusal
        : s.Party(c.PartyId) is not { IsParty: true } party ? NoParty("partyId", c.PartyId)
        : party.Consents ? Decision.Nothing<DisputeEvent>()
        : party.Minor is not null != (c.How == ConsentForm.ByGuardian)
            ? Refusal.Rule(RefusalCodes.GuardianMissing, "The guardian consents for a party under 16, and for nobody else.")
        : new ConsentGiven(c.PartyId, c.How, DisputeChecks.At(c.At, facts.Now));

    private static Decision<DisputeEvent> Withdraw(DisputeState s, WithdrawConsent c, DisputeFacts facts) =>
        DisputeChecks.Needed("reason", c.Reason, DisputeLimits.Reason, c.TextConfirmed) is { } refusal ? refusal
        : s.Party(c.PartyId) is not { IsParty: true } party ? NoParty("partyId", c.PartyId)
        : s.Agreement is not null ? AgreementExists
        : !party.Consents ? Decision.Nothing<DisputeEvent>()
        : new ConsentWithdrawn(c.PartyId, Wording.Clean(c.Reason)!, facts.Now);

    private static Decision<DisputeEvent> Schedule(DisputeState s, ScheduleSession c, DisputeFacts facts)
    {
        if ((DisputeChecks.Needed("room", c.Room, MaxRoom, confirmed: false) ?? DisputeChecks.Needed("mediatorRole", c.MediatorRole, DisputeLimits.RoleName, confirmed: false)
            ?? DisputeChecks.Optional("partnerId", c.PartnerId, DisputeLimits.PartnerId)) is { } refusal)
        {
            return refusal;
        }

        return c.At < facts.Now - DisputeLimits.LongestAgo || c.At > facts.Now + FurthestSession
                ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "at", "at is within a year.")
            : !facts.KnowsPair ? Refusal.Invalid(RefusalCodes.PairNotFound, "pairId", $"There is no pair '{c.PairId}'.")
            : s.Agreement is not null ? AgreementExists
            : s.Sessions.Any(x => x.Status == SessionStatus.Scheduled) ? Refusal.Rule(RefusalCodes.SessionAlreadyScheduled, "Another session is planned.")
            : s.FirstAttempt is null && s.FirstAttemptDueAt > facts.Now
                ? Refusal.Rule(RefusalCodes.FirstAttemptMissing, "Who tries first still has time; record what came of it.")
            : s.Sessions.Length >= DisputeLimits.Sessions ? Full("sessions", DisputeLimits.Sessions)
            : new SessionScheduled(new MediationSession(
                $"session-{s.Sessions.Length + 1}", s.TierKind, s.Tier, SessionStatus.Scheduled, DateTimeOffset.FromUnixTimeMilliseconds(c.At.ToUnixTimeMilliseconds()),
                Wording.Clean(c.Room)!, Wording.Clean(c.MediatorRole)!, Wording.Clean(c.PartnerId), c.PairId, null, [], null));
    }

    private static Decision<DisputeEvent> Hold(DisputeState s, HoldSession c, DisputeFacts facts)
    {
        if ((DisputeChecks.Optional("note", c.Note, MaxText, c.TextConfirmed) ?? DisputeChecks.Past("at", c.At, facts.Now) ?? WhyNotIds(s, "present", c.Present)
            ?? WhyNotScheduled(s, c.SessionId)) is { } refusal)
        {
            return refusal;
        }

        var at = DisputeChecks.At(c.At, facts.Now);
        return s.Parties.Any(x => x.IsParty && !(x.Consents && x.Consent!.At <= at)) ? ConsentMissing
            : c.Outcome != SessionOutcome.PartyAbsent && WhyNotGuarded(s, c.Present) is { } unguarded ? unguarded
            : new SessionHeld(c.SessionId, c.Outcome, c.Present, at, Wording.Clean(c.Note), NextSession(s, c.Outcome, at, facts));
    }

    /// <summary>A second session of the police is due after the first one at their tier that did not end it.</summary>
    private static DateTimeOffset? NextSession(DisputeState s, SessionOutcome outcome, DateTimeOffset at, DisputeFacts facts) =>
        s.TierKind == DisputeTierKind.Police && outcome is (SessionOutcome.Adjourned or SessionOutcome.PartyAbsent) && s.TierClocks.SessionDueAt is not null
            ? facts.Pack.Due(facts.Pack.Clocks.SecondSession, at)
            : null;

    private static Decision<DisputeEvent> Agree(DisputeState s, RecordAgreement c, DisputeFacts facts)
    {
        if ((DisputeChecks.Needed("terms", c.Terms, MaxTerms, c.TextConfirmed) ?? DisputeChecks.Past("at", c.At, facts.Now) ?? WhyNotIds(s, "agreedBy", c.AgreedBy)
            ?? WhyNotObligations(s, c, facts.Now) ?? WhyNotWorked(s)) is { } refusal)
        {
            return refusal;
        }

        var at = DisputeChecks.At(c.At, facts.Now);
        return !s.HasConsent ? ConsentMissing
            : !WasMediated(s) ? Refusal.Rule(RefusalCodes.MediationMissing, "No session, referral or first attempt has brought an agreement.")
            : s.Parties.Any(x => x.IsParty && !c.AgreedBy.Contains(x.Id)) ? Refusal.Rule(RefusalCodes.AgreementIncomplete, "Every party signs or says yes.")
            : WhyNotGuarded(s, c.AgreedBy) is { } unguarded ? unguarded
            : new AgreementRecorded(
                new DisputeAgreement(
                    c.Form, at, Wording.Clean(c.Terms)!, c.AgreedBy,
                    [.. (c.Obligations ?? []).Select((x, i) => new Obligation($"obligation-{i + 1}", x.PartyId, Wording.Clean(x.What)!, x.DueAt))],
                    new JudicialConfirmation(c.WantsConfirmation, facts.Pack.Due(facts.Pack.Clocks.JudicialConfirmation, at))),
                DisputeClocks.FollowUps(facts.Pack, at));
    }

    /// <summary>Whether mediation that counts has brought an agreement: after a reopening only what came later.</summary>
    private static bool WasMediated(DisputeState s) =>
        s.Sessions.Any(x => x.Outcome == SessionOutcome.Agreement && !(x.At <= s.ReopenedAt))
        || s.Referrals.Any(x => x.Result == ReferralResult.Agreement && !(x.EndedAt <= s.ReopenedAt))
        || (s.FirstAttempt is { Result: AttemptResult.Settled } && s.ReopenedAt is null);

    private static Refusal? WhyNotObligations(DisputeState s, RecordAgreement c, DateTimeOffset now)
    {
        if (DisputeChecks.Whole("obligations", c.Obligations) is { } gap)
        {
            return gap;
        }

        var obligations = c.Obligations ?? [];
        return obligations.Length > DisputeLimits.Obligations
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "obligations", $"obligations are at most {DisputeLimits.Obligations}.")
            : obligations.Select((x, i) =>
                DisputeChecks.Needed($"obligations[{i}].what", x.What, DisputeLimits.Reason, c.TextConfirmed)
                ?? (s.Party(x.PartyId) is null ? NoParty($"obligations[{i}].partyId", x.PartyId) : null)
                ?? (x.DueAt < now - DisputeLimits.LongestAgo || x.DueAt > now + FurthestObligation
                    ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, $"obligations[{i}].dueAt", "dueAt is within ten years.")
                    : null)).FirstOrDefault(x => x is not null);
    }

    private static Decision<DisputeEvent> Perform(DisputeState s, RecordPerformance c, DisputeFacts facts) =>
        (DisputeChecks.Optional("note", c.Note, DisputeLimits.Reason, c.TextConfirmed) ?? DisputeChecks.Past("at", c.At, facts.Now)) is { } refusal ? refusal
        : s.Agreement is not { } agreement ? NoAgreement
        : agreement.Obligations.FirstOrDefault(x => x.Id == c.ObligationId) is not { } obligation
            ? Refusal.Invalid(RefusalCodes.ObligationNotFound, "obligationId", $"There is no obligation '{c.ObligationId}'.")
        : obligation.Result == c.Result ? Decision.Nothing<DisputeEvent>()
        : new PerformanceRecorded(c.ObligationId, c.Result, DisputeChecks.At(c.At, facts.Now), Wording.Clean(c.Note));

    private static Refusal ConsentMissing => Refusal.Rule(RefusalCodes.ConsentMissing, "Every party must have agreed to be mediated before the session.");

    private static Refusal NoAgreement => Refusal.Rule(RefusalCodes.AgreementMissing, "There is no agreement.");

    private static Refusal? WhyNotScheduled(DisputeState s, string id) =>
        s.Sessions.FirstOrDefault(x => x.Id == id) is not { } session ? Refusal.Invalid(RefusalCodes.SessionNotFound, "sessionId", $"There is no session '{id}'.")
        : session.Status == SessionStatus.Scheduled ? null
        : Refusal.Rule(RefusalCodes.SessionNotScheduled, $"The session is {session.Status}.");

    private static Refusal? WhyNotIds(DisputeState s, string field, ImmutableArray<string> ids) =>
        DisputeChecks.Whole(field, (ImmutableArray<string>?)ids) is { } gap ? gap
        : ids.Length > DisputeLimits.Parties || ids.Distinct(StringComparer.Ordinal).Count() != ids.Length
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, $"{field} has each party once.")
        : ids.FirstOrDefault(x => s.Party(x) is null) is { } unknown ? NoParty(field, unknown)
        : null;

    /// <summary>For everybody under 16 a guardian is there.</summary>
    private static Refusal? WhyNotGuarded(DisputeState s, ImmutableArray<string> present) =>
        s.Parties.Where(x => x.Minor is not null && x.Role != PartyRole.Guardian && (x.IsParty || present.Contains(x.Id)))
            .All(minor => s.Parties.Any(x => x.Role == PartyRole.Guardian && (x.GuardianOf is null || x.GuardianOf == minor.Id) && present.Contains(x.Id)))
            ? null
            : Refusal.Rule(RefusalCodes.GuardianMissing, "A guardian is present for everybody under 16.");
}
