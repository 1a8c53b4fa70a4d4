using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>Something that happened to a dispute.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DisputeOpened), "disputeOpened")]
[JsonDerivedType(typeof(PartyAdded), "partyAdded")]
[JsonDerivedType(typeof(PersonSet), "personSet")]
[JsonDerivedType(typeof(GradeChanged), "gradeChanged")]
[JsonDerivedType(typeof(FirstAttemptRecorded), "firstAttemptRecorded")]
[JsonDerivedType(typeof(TierMoved), "tierMoved")]
[JsonDerivedType(typeof(DisputeReferred), "disputeReferred")]
[JsonDerivedType(typeof(ReferralAnswered), "referralAnswered")]
[JsonDerivedType(typeof(ReferralEnded), "referralEnded")]
[JsonDerivedType(typeof(ConsentGiven), "consentGiven")]
[JsonDerivedType(typeof(ConsentWithdrawn), "consentWithdrawn")]
[JsonDerivedType(typeof(SessionScheduled), "sessionScheduled")]
[JsonDerivedType(typeof(SessionCancelled), "sessionCancelled")]
[JsonDerivedType(typeof(SessionHeld), "sessionHeld")]
[JsonDerivedType(typeof(AgreementRecorded), "agreementRecorded")]
[JsonDerivedType(typeof(PerformanceRecorded), "performanceRecorded")]
[JsonDerivedType(typeof(ConfirmationApplied), "confirmationApplied")]
[JsonDerivedType(typeof(ConfirmationDecided), "confirmationDecided")]
[JsonDerivedType(typeof(FollowUpRecorded), "followUpRecorded")]
[JsonDerivedType(typeof(WarningLetterRecorded), "warningLetterRecorded")]
[JsonDerivedType(typeof(HandedToCase), "handedToCase")]
[JsonDerivedType(typeof(DisputeClosed), "disputeClosed")]
[JsonDerivedType(typeof(DisputeReopened), "disputeReopened")]
public abstract record DisputeEvent;

/// <summary>The clocks that begin where a dispute comes to a tier.</summary>
/// <param name="SessionDueAt">治安调解: when the first session is due.</param>
/// <param name="SettleDueAt">人民调解: when it is to be settled.</param>
public sealed record TierClocks(DateTimeOffset? SessionDueAt = null, DateTimeOffset? SettleDueAt = null);

/// <summary>It was opened.</summary>
public sealed record DisputeOpened(
    string Number, string CommunityId, string StationId, string DisputeKind, bool MayBeMediated, string Title, string? Summary, string Grade, string Tier,
    DisputeTierKind TierKind, ImmutableArray<StoredParty> Parties, GeoPoint? Location, string? Place, ImmutableArray<string> Refs, string? RepeatOf,
    string? PairId, DateTimeOffset? FirstAttemptDueAt, TierClocks Clocks) : DisputeEvent;

/// <summary>Somebody was added.</summary>
public sealed record PartyAdded(StoredParty Party) : DisputeEvent;

/// <summary>What is protected of a party is now this.</summary>
public sealed record PersonSet(string PartyId, SealedFields? Sealed, MinorAge? Minor) : DisputeEvent;

/// <summary>It was graded anew.</summary>
public sealed record GradeChanged(string Grade, string Reason) : DisputeEvent;

/// <summary>Who tries first has tried, or has not.</summary>
public sealed record FirstAttemptRecorded(FirstAttemptMade Attempt) : DisputeEvent;

/// <summary>It moved to another tier.</summary>
public sealed record TierMoved(DisputeHop Hop, DisputeTierKind TierKind, TierClocks Clocks) : DisputeEvent;

/// <summary>It was given to a partner.</summary>
public sealed record DisputeReferred(DisputeReferral Referral) : DisputeEvent;

/// <summary>The partner took it, or did not.</summary>
public sealed record ReferralAnswered(string ReferralId, bool Accepted, string? Reason, DateTimeOffset At, DateTimeOffset? ReturnDueAt) : DisputeEvent;

/// <summary>The partner gave it back, or it was taken back.</summary>
public sealed record ReferralEnded(string ReferralId, ReferralResult? Result, string Text, DateTimeOffset At) : DisputeEvent;

/// <summary>A party agreed to be mediated.</summary>
public sealed record ConsentGiven(string PartyId, ConsentForm How, DateTimeOffset At) : DisputeEvent;

/// <summary>A party took that back.</summary>
public sealed record ConsentWithdrawn(string PartyId, string Reason, DateTimeOffset At) : DisputeEvent;

/// <summary>A session was planned.</summary>
public sealed record SessionScheduled(MediationSession Session) : DisputeEvent;

/// <summary>A planned session was called off.</summary>
public sealed record SessionCancelled(string SessionId, string Reason) : DisputeEvent;

/// <summary>A session took place.</summary>
public sealed record SessionHeld(
    string SessionId, SessionOutcome Outcome, ImmutableArray<string> Present, DateTimeOffset At, string? Note, DateTimeOffset? NextDueAt) : DisputeEvent;

/// <summary>The parties agreed.</summary>
public sealed record AgreementRecorded(DisputeAgreement Agreement, ImmutableArray<DateTimeOffset> FollowUpsDue) : DisputeEvent;

/// <summary>Somebody looked whether an obligation was performed.</summary>
public sealed record PerformanceRecorded(string ObligationId, PerformanceResult Result, DateTimeOffset At, string? Note) : DisputeEvent;

/// <summary>The court was asked.</summary>
public sealed record ConfirmationApplied(string Court, DateTimeOffset At) : DisputeEvent;

/// <summary>The court has answered.</summary>
public sealed record ConfirmationDecided(bool Confirmed, DateTimeOffset At, string? Note) : DisputeEvent;

/// <summary>A visit was made.</summary>
public sealed record FollowUpRecorded(FollowUp Visit) : DisputeEvent;

/// <summary>A warning letter was given out.</summary>
public sealed record WarningLetterRecorded(WarningLetter Letter) : DisputeEvent;

/// <summary>An incident was opened of it.</summary>
public sealed record HandedToCase(string IncidentId) : DisputeEvent;

/// <summary>It was closed.</summary>
public sealed record DisputeClosed(DisputeClosing Closing, string? DuplicateOf, ImmutableArray<DateTimeOffset> FollowUpsDue) : DisputeEvent;

/// <summary>It is gone on with.</summary>
public sealed record DisputeReopened(string Reason, TierClocks Clocks) : DisputeEvent;
