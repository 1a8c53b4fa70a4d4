using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <content>What follows an agreement, and the end.</content>
public static partial class DisputeRules
{
    private const int MaxCourt = 100;

    private static Decision<DisputeEvent> Apply(DisputeState s, ApplyForConfirmation c, DisputeFacts facts) =>
        (DisputeChecks.Needed("court", c.Court, MaxCourt) ?? DisputeChecks.Past("at", c.At, facts.Now)) is { } refusal ? refusal
        : s.Agreement is not { } agreement ? NoAgreement
        : !s.IsVisited ? NotOpen
        : agreement.Confirmation.AppliedAt is not null ? Decision.Nothing<DisputeEvent>()
        : DisputeChecks.At(c.At, facts.Now) is var at && at > agreement.Confirmation.ApplyBy
            ? Refusal.Rule(RefusalCodes.ConfirmationTooLate, $"The court could be asked until {agreement.Confirmation.ApplyBy:u}.")
        : new ConfirmationApplied(Wording.Clean(c.Court)!, at);

    private static Decision<DisputeEvent> Confirm(DisputeState s, DecideConfirmation c, DisputeFacts facts) =>
        (DisputeChecks.Optional("note", c.Note, DisputeLimits.Reason, c.TextConfirmed) ?? DisputeChecks.Past("at", c.At, facts.Now)) is { } refusal ? refusal
        : s.Agreement is not { } agreement ? NoAgreement
        : agreement.Confirmation.AppliedAt is null ? Refusal.Rule(RefusalCodes.ConfirmationNotApplied, "The court was not asked.")
        : agreement.Confirmation.Confirmed == c.Confirmed ? Decision.Nothing<DisputeEvent>()
        : new ConfirmationDecided(c.Confirmed, DisputeChecks.At(c.At, facts.Now), Wording.Clean(c.Note));

    private static Decision<DisputeEvent> Visit(DisputeState s, RecordFollowUp c, DisputeFacts facts) =>
        (DisputeChecks.Needed("said", c.Said, MaxNote, c.TextConfirmed) ?? DisputeChecks.Past("at", c.At, facts.Now)) is { } refusal ? refusal
        : !s.IsVisited ? Refusal.Rule(RefusalCodes.NothingSettled, "The parties have neither agreed nor withdrawn.")
        : s.FollowUps.Length >= DisputeLimits.FollowUps ? Full("visits", DisputeLimits.FollowUps)
        : DisputeChecks.At(c.At, facts.Now) is var at && at < s.SettledAt
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "at", "A visit is after the settlement.")
        : new FollowUpRecorded(new FollowUp(c.Result, Wording.Clean(c.Said)!, at));

    private static Decision<DisputeEvent> Close(DisputeState s, CloseDispute c, DisputeFacts facts) =>
        (DisputeChecks.Needed("reason", c.Reason, MaxNote, c.TextConfirmed)
            ?? DisputeChecks.Optional("noWarningLetterBecause", c.NoWarningLetterBecause, DisputeLimits.Reason, c.TextConfirmed)) is { } invalid ? invalid
        : s.Closing is not null ? NotOpen
        : WhyNotEnded(s, c) is { } early ? early
        : WhyNotClosed(s, c, facts) is { } refusal ? refusal
        : new DisputeClosed(
            new DisputeClosing(
                c.Outcome, facts.Now, Wording.Clean(c.Reason)!, c.Outcome == DisputeOutcome.Failed ? c.Advice : null,
                c.Outcome == DisputeOutcome.Withdrawn ? c.WithdrawnBy ?? [] : [], Wording.Clean(c.NoWarningLetterBecause)),
            c.Outcome == DisputeOutcome.Duplicate ? c.DuplicateOf : null,
            c.Outcome == DisputeOutcome.Withdrawn ? DisputeClocks.FollowUps(facts.Pack, facts.Now) : []);

    /// <summary>What holds whatever the outcome: what may not be mediated is not ended by its parties.</summary>
    private static Refusal? WhyNotEnded(DisputeState s, CloseDispute c) =>
        !s.MayBeMediated && c.Outcome is (DisputeOutcome.Settled or DisputeOutcome.Withdrawn or DisputeOutcome.Failed) ? NotMediated
        : s.OpenReferral is not null ? Refusal.Rule(RefusalCodes.ReferralOpen, "It is with a partner; that is to be returned or taken back first.")
        : !s.MayBeMediated && c.Outcome != DisputeOutcome.Duplicate && s.WarningLetters.IsEmpty && string.IsNullOrWhiteSpace(c.NoWarningLetterBecause)
            ? Refusal.Rule(RefusalCodes.WarningLetterMissing, "Record the warning letter, or say why none was given out.")
        : null;

    private static Refusal? WhyNotClosed(DisputeState s, CloseDispute c, DisputeFacts facts) => c.Outcome switch
    {
        DisputeOutcome.Settled => WhyNotSettled(s),
        DisputeOutcome.Withdrawn => s.Agreement is not null ? AgreementExists
            : c.WithdrawnBy is not { Length: > 0 } by ? Refusal.Invalid(RefusalCodes.ValueMissing, "withdrawnBy", "Say which parties withdrew it.")
            : WhyNotIds(s, "withdrawnBy", by) ?? (by.FirstOrDefault(x => !s.Party(x)!.IsParty) is { } other ? NoParty("withdrawnBy", other) : null),
        DisputeOutcome.Failed => c.Advice is null ? Refusal.Invalid(RefusalCodes.ValueMissing, "advice", "Say where the parties were advised to go.") : null,
        DisputeOutcome.EscalatedOut => null,
        DisputeOutcome.TransferredToCase => s.CaseIncidentId is null ? Refusal.Rule(RefusalCodes.CaseMissing, "No incident was opened of it.") : null,
        DisputeOutcome.Duplicate => c.DuplicateOf is null || c.DuplicateOf == facts.Id || facts.Other is null
            ? Refusal.Invalid(RefusalCodes.MatterNotFound, "duplicateOf", "There is no such other dispute.")
            : facts.Other.CommunityId != s.CommunityId ? Refusal.Invalid(RefusalCodes.RepeatNotOfCommunity, "duplicateOf", "That dispute is of another community.")
            : null,
        _ => throw new ArgumentOutOfRangeException(nameof(c), c.Outcome, "Unknown outcome."),
    };

    private static Refusal? WhyNotSettled(DisputeState s) =>
        s.Agreement is not { } agreement ? NoAgreement
        : agreement.Obligations.Any(x => x.Result is null) ? Refusal.Rule(RefusalCodes.PerformanceUnchecked, "Nobody has looked whether every obligation was performed.")
        : agreement.Obligations.Any(x => x.Result == PerformanceResult.NotPerformed)
            ? Refusal.Rule(RefusalCodes.AgreementNotPerformed, "An obligation was not performed: go on with the dispute, or close it as failed.")
        : null;

    private static Decision<DisputeEvent> Reopen(DisputeState s, ReopenDispute c, DisputeFacts facts) =>
        DisputeChecks.Needed("reason", c.Reason, DisputeLimits.Reason, c.TextConfirmed) is { } refusal ? refusal
        : s.Closing is null && s.Agreement is null ? Refusal.Rule(RefusalCodes.DisputeNotClosed, "It is worked on already.")
        : s.Reopened >= DisputeLimits.Reopenings ? Full("reopenings", DisputeLimits.Reopenings)
        : new DisputeReopened(Wording.Clean(c.Reason)!, DisputeClocks.At(s.TierKind, s.MayBeMediated, facts.Pack, facts.Now));
}
