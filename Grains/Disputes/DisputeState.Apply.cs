using System.Collections.Immutable;

namespace Dispatch.Disputes;

/// <content>What each event changes.</content>
public sealed partial record DisputeState
{
    private static DisputeState Open(DisputeOpened e, DateTimeOffset at) => new()
    {
        Number = e.Number,
        CommunityId = e.CommunityId,
        StationId = e.StationId,
        Kind = e.DisputeKind,
        MayBeMediated = e.MayBeMediated,
        Title = e.Title,
        Summary = e.Summary,
        Grade = e.Grade,
        Tier = e.Tier,
        TierKind = e.TierKind,
        StartTier = e.Tier,
        OpenedAt = at,
        Parties = e.Parties,
        Location = e.Location,
        Place = e.Place,
        Refs = e.Refs,
        RepeatOf = e.RepeatOf,
        PairId = e.PairId,
        FirstAttemptDueAt = e.FirstAttemptDueAt,
        TierClocks = e.Clocks,
    };

    private DisputeState With(DisputeEvent happened, DateTimeOffset at) => happened switch
    {
        PartyAdded e => this with { Parties = Parties.Add(e.Party) },
        PersonSet e => WithParty(e.PartyId, x => x with { Sealed = e.Sealed, Minor = e.Minor }),
        GradeChanged e => this with { Grade = e.Grade },
        FirstAttemptRecorded e => this with { FirstAttempt = e.Attempt },
        TierMoved e => this with
        {
            Tier = e.Hop.To,
            TierKind = e.TierKind,
            Hops = Hops.Add(e.Hop),
            TierClocks = e.Clocks,
            SecondSessionDueAt = null,
            Sessions = [.. Sessions.Select(x => x.Status == SessionStatus.Scheduled ? x with { Status = SessionStatus.Cancelled } : x)],
        },
        DisputeReferred e => this with { Referrals = Referrals.Add(e.Referral) },
        ReferralAnswered e => WithReferral(e.ReferralId, x => x with
        {
            Status = e.Accepted ? ReferralStatus.Accepted : ReferralStatus.Refused, AnsweredAt = e.At, Text = e.Reason, DueAt = e.ReturnDueAt ?? x.DueAt,
        }),
        ReferralEnded e => WithReferral(e.ReferralId, x => x with
        {
            Status = e.Result is null ? ReferralStatus.Withdrawn : ReferralStatus.Returned, EndedAt = e.At, Result = e.Result, Text = e.Text,
        }),
        ConsentGiven e => WithParty(e.PartyId, x => x with { Consent = new DisputeConsent(e.How, e.At) }),
        ConsentWithdrawn e => WithParty(e.PartyId, x => x with { Consent = x.Consent is { } consent ? consent with { WithdrawnAt = e.At } : null }),
        SessionScheduled e => this with { Sessions = Sessions.Add(e.Session) },
        SessionCancelled e => WithSession(e.SessionId, x => x with { Status = SessionStatus.Cancelled, Note = e.Reason }),
        SessionHeld e => WithSession(e.SessionId, x => x with { Status = SessionStatus.Held, Outcome = e.Outcome, Present = e.Present, At = e.At, Note = e.Note }) with
        {
            TierClocks = TierClocks with { SessionDueAt = null }, SecondSessionDueAt = e.NextDueAt,
        },
        AgreementRecorded e => this with { Agreement = e.Agreement, FollowUpsDue = e.FollowUpsDue, FollowUps = [] },
        PerformanceRecorded e => WithAgreement(x => x with
        {
            Obligations = [.. x.Obligations.Select(o => o.Id == e.ObligationId ? o with { Result = e.Result, CheckedAt = e.At, Note = e.Note } : o)],
        }),
        ConfirmationApplied e => WithAgreement(x => x with { Confirmation = x.Confirmation with { Court = e.Court, AppliedAt = e.At } }),
        ConfirmationDecided e => WithAgreement(x => x with { Confirmation = x.Confirmation with { Confirmed = e.Confirmed, DecidedAt = e.At, Note = e.Note } }),
        FollowUpRecorded e => this with { FollowUps = FollowUps.Add(e.Visit) },
        WarningLetterRecorded e => this with { WarningLetters = WarningLetters.Add(e.Letter) },
        HandedToCase e => this with { CaseIncidentId = e.IncidentId, Refs = WithRef($"incident/{e.IncidentId}") },
        DisputeClosed e => this with
        {
            Closing = e.Closing,
            Refs = e.DuplicateOf is { } other ? WithRef($"dispute/{other}") : Refs,
            FollowUpsDue = e.Closing.Outcome == DisputeOutcome.Withdrawn ? e.FollowUpsDue : FollowUpsDue,
        },
        DisputeReopened e => this with
        {
            Closing = null,
            Agreement = null,
            FollowUpsDue = [],
            FollowUps = [],
            Parties = [.. Parties.Select(x => x with { Consent = null })],
            TierClocks = e.Clocks,
            SecondSessionDueAt = null,
            ReopenedAt = at,
            Reopened = Reopened + 1,
        },
        _ => throw new InvalidOperationException($"A dispute does not know the event {happened.GetType().Name}."),
    };

    private ImmutableArray<string> WithRef(string reference) => Refs.Contains(reference) ? Refs : Refs.Add(reference);

    private DisputeState WithParty(string id, Func<StoredParty, StoredParty> change) =>
        this with { Parties = [.. Parties.Select(x => x.Id == id ? change(x) : x)] };

    private DisputeState WithReferral(string id, Func<DisputeReferral, DisputeReferral> change) =>
        this with { Referrals = [.. Referrals.Select(x => x.Id == id ? change(x) : x)] };

    private DisputeState WithSession(string id, Func<MediationSession, MediationSession> change) =>
        this with { Sessions = [.. Sessions.Select(x => x.Id == id ? change(x) : x)] };

    private DisputeState WithAgreement(Func<DisputeAgreement, DisputeAgreement> change) =>
        this with { Agreement = Agreement is { } agreement ? change(agreement) : null };
}
