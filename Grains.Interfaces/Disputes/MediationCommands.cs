using System.Collections.Immutable;

namespace Dispatch.Disputes;

/// <summary>A party agrees to be mediated (知情同意). Without that of every party no session is held.</summary>
/// <param name="PartyId">Which party.</param>
/// <param name="How">How it was given.</param>
/// <param name="At">When; now where absent, at most 30 days back.</param>
[GenerateSerializer, Immutable, Alias("dispatch.give-consent")]
public sealed record GiveConsent(string PartyId, ConsentForm How, DateTimeOffset? At = null) : DisputeCommand;

/// <summary>A party takes its consent back; possible until there is an agreement.</summary>
/// <param name="PartyId">Which party.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.withdraw-consent")]
public sealed record WithdrawConsent(string PartyId, string Reason, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Plans a session at the present tier. One is planned at a time.</summary>
/// <param name="At">When, at most a year ahead.</param>
/// <param name="Room">The mediation room or other public place, 1 to 100 characters.</param>
/// <param name="MediatorRole">Who mediates, by role and never by name, 1 to 60 characters.</param>
/// <param name="PartnerId">The partner that mediates, at most 64 characters.</param>
/// <param name="PairId">The pair that mediates.</param>
[GenerateSerializer, Immutable, Alias("dispatch.schedule-session")]
public sealed record ScheduleSession(DateTimeOffset At, string Room, string MediatorRole, string? PartnerId = null, string? PairId = null) : DisputeCommand;

/// <summary>Calls a planned session off.</summary>
/// <param name="SessionId">Which session.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.cancel-session")]
public sealed record CancelSession(string SessionId, string Reason, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Records that a planned session took place, or that a party did not come.</summary>
/// <param name="SessionId">Which session.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Present">Ids of those of the parties who were there; a guardian for everybody under 16.</param>
/// <param name="At">When it was; now where absent, at most 30 days back. Every party had agreed by then.</param>
/// <param name="Note">At most 2,000 characters.</param>
/// <param name="TextConfirmed">That the note is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.hold-session")]
public sealed record HoldSession(
    string SessionId, SessionOutcome Outcome, ImmutableArray<string> Present, DateTimeOffset? At = null, string? Note = null, bool TextConfirmed = false)
    : DisputeCommand;

/// <summary>Records what the parties agreed on (调解协议), an oral agreement as well.</summary>
/// <param name="Form">Written or oral.</param>
/// <param name="Terms">What was agreed, 1 to 4,000 characters.</param>
/// <param name="AgreedBy">Ids of those who signed or said yes: every party, and the guardian of each who is under 16.</param>
/// <param name="Obligations">What is to be done; at most 20.</param>
/// <param name="At">When; now where absent, at most 30 days back.</param>
/// <param name="WantsConfirmation">Whether the parties want it confirmed by the court (司法确认); its clock then runs.</param>
/// <param name="TextConfirmed">That the texts are meant as they are.</param>
[GenerateSerializer, Immutable, Alias("dispatch.record-agreement")]
public sealed record RecordAgreement(
    AgreementForm Form, string Terms, ImmutableArray<string> AgreedBy, ImmutableArray<NewObligation>? Obligations = null, DateTimeOffset? At = null,
    bool WantsConfirmation = false, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Something that a party has taken upon itself.</summary>
/// <param name="PartyId">Which party.</param>
/// <param name="What">What, 1 to 500 characters.</param>
/// <param name="DueAt">By when; at most ten years ahead. Null where no time was agreed.</param>
[GenerateSerializer, Immutable, Alias("dispatch.new-obligation")]
public sealed record NewObligation(string PartyId, string What, DateTimeOffset? DueAt = null);

/// <summary>Records whether an obligation was performed (履行). A later word counts.</summary>
/// <param name="ObligationId">Which.</param>
/// <param name="Result">What is known.</param>
/// <param name="At">When it was done or looked at; now where absent, at most 30 days back.</param>
/// <param name="Note">At most 500 characters.</param>
/// <param name="TextConfirmed">That the note is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.record-performance")]
public sealed record RecordPerformance(
    string ObligationId, PerformanceResult Result, DateTimeOffset? At = null, string? Note = null, bool TextConfirmed = false) : DisputeCommand;

/// <summary>The parties asked the court to confirm their agreement, within the clock of the pack.</summary>
/// <param name="Court">Which court, 1 to 100 characters.</param>
/// <param name="At">When; now where absent, at most 30 days back.</param>
[GenerateSerializer, Immutable, Alias("dispatch.apply-for-confirmation")]
public sealed record ApplyForConfirmation(string Court, DateTimeOffset? At = null) : DisputeCommand;

/// <summary>What the court said.</summary>
/// <param name="Confirmed">Whether it confirmed the agreement.</param>
/// <param name="At">When; now where absent, at most 30 days back.</param>
/// <param name="Note">At most 500 characters.</param>
/// <param name="TextConfirmed">That the note is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.decide-confirmation")]
public sealed record DecideConfirmation(bool Confirmed, DateTimeOffset? At = null, string? Note = null, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Records a visit (回访) after a settlement.</summary>
/// <param name="Result">Whether the settlement stands.</param>
/// <param name="Said">What the residents said, 1 to 1,000 characters.</param>
/// <param name="At">When; now where absent, at most 30 days back.</param>
/// <param name="TextConfirmed">That the text is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.record-follow-up")]
public sealed record RecordFollowUp(FollowUpResult Result, string Said, DateTimeOffset? At = null, bool TextConfirmed = false) : DisputeCommand;
