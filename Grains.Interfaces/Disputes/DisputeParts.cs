using System.Collections.Immutable;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>Somebody of a dispute, as views show one: no protected field.</summary>
/// <param name="Id">Within the dispute: <c>party-1</c> and so on.</param>
/// <param name="Role">As what.</param>
/// <param name="Nature">One person, or a group.</param>
/// <param name="Label">What a group is called; null for who looks on.</param>
/// <param name="Minor">Whether under age.</param>
/// <param name="GuardianOf">Of a guardian: whose; null for everybody under age.</param>
/// <param name="Fields">Names of the protected fields that are known, to be read with a reason.</param>
/// <param name="Consent">Whether it agreed to be mediated; null where it did not say.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-party")]
public sealed record DisputeParty(
    string Id, PartyRole Role, PartyNature Nature, string? Label, MinorAge? Minor, string? GuardianOf, ImmutableArray<string> Fields, DisputeConsent? Consent);

/// <summary>A party's consent.</summary>
/// <param name="How">How it was given.</param>
/// <param name="At">When.</param>
/// <param name="WithdrawnAt">When it was taken back.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-consent")]
public sealed record DisputeConsent(ConsentForm How, DateTimeOffset At, DateTimeOffset? WithdrawnAt = null);

/// <summary>The attempt of who tries first.</summary>
/// <param name="ByRole">Who tried, by role.</param>
/// <param name="Result">What came of it.</param>
/// <param name="At">When.</param>
/// <param name="Note">In words; null for who looks on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.first-attempt-made")]
public sealed record FirstAttemptMade(string ByRole, AttemptResult Result, DateTimeOffset At, string? Note);

/// <summary>A move from tier to tier.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="From">Code of the tier that it left.</param>
/// <param name="To">Code of the tier that it came to.</param>
/// <param name="Reason">Why; empty for who looks on.</param>
/// <param name="By">Who decided it.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-hop")]
public sealed record DisputeHop(HopKind Kind, string From, string To, string Reason, string By, DateTimeOffset At);

/// <summary>The dispute given to a mediator or partner.</summary>
/// <param name="Id">Within the dispute: <c>referral-1</c> and so on.</param>
/// <param name="PartnerId">To whom.</param>
/// <param name="PartnerName">Its name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="At">When it was given.</param>
/// <param name="Reason">Why; empty for who looks on.</param>
/// <param name="DueAt">When the answer, then the result, is due.</param>
/// <param name="AnsweredAt">When it was accepted or refused.</param>
/// <param name="EndedAt">When it was returned or taken back.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Text">The refusal or the result in words; null for who looks on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-referral")]
public sealed record DisputeReferral(
    string Id, string PartnerId, string PartnerName, ReferralStatus Status, DateTimeOffset At, string Reason, DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt = null, DateTimeOffset? EndedAt = null, ReferralResult? Result = null, string? Text = null)
{
    /// <summary>Whether the partner has it, or is asked.</summary>
    public bool IsOpen => Status is ReferralStatus.Pending or ReferralStatus.Accepted;
}

/// <summary>A session of mediation.</summary>
/// <param name="Id">Within the dispute: <c>session-1</c> and so on.</param>
/// <param name="Kind">Whose mediation it is: that of its tier.</param>
/// <param name="Tier">Code of the tier.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="At">When it is planned for; when it was, once held.</param>
/// <param name="Room">Where.</param>
/// <param name="MediatorRole">Who mediates, by role.</param>
/// <param name="PartnerId">The partner that mediates.</param>
/// <param name="PairId">The pair that mediates.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Present">Who was there.</param>
/// <param name="Note">In words; null for who looks on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.mediation-session")]
public sealed record MediationSession(
    string Id, DisputeTierKind Kind, string Tier, SessionStatus Status, DateTimeOffset At, string Room, string MediatorRole, string? PartnerId, string? PairId,
    SessionOutcome? Outcome, ImmutableArray<string> Present, string? Note);

/// <summary>What the parties agreed on.</summary>
/// <param name="Form">Written or oral.</param>
/// <param name="At">When.</param>
/// <param name="Terms">What was agreed; empty for who looks on.</param>
/// <param name="AgreedBy">Who signed or said yes.</param>
/// <param name="Obligations">What is to be done.</param>
/// <param name="Confirmation">Its confirmation by the court.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-agreement")]
public sealed record DisputeAgreement(
    AgreementForm Form, DateTimeOffset At, string Terms, ImmutableArray<string> AgreedBy, ImmutableArray<Obligation> Obligations,
    JudicialConfirmation Confirmation);

/// <summary>Something that a party has taken upon itself.</summary>
/// <param name="Id">Within the agreement: <c>obligation-1</c> and so on.</param>
/// <param name="PartyId">Who.</param>
/// <param name="What">What; empty for who looks on.</param>
/// <param name="DueAt">By when.</param>
/// <param name="Result">Whether it was performed; null where nobody has looked.</param>
/// <param name="CheckedAt">When that was so.</param>
/// <param name="Note">In words; null for who looks on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.obligation")]
public sealed record Obligation(
    string Id, string PartyId, string What, DateTimeOffset? DueAt, PerformanceResult? Result = null, DateTimeOffset? CheckedAt = null, string? Note = null);

/// <summary>The confirmation of an agreement by the court (司法确认).</summary>
/// <param name="Wanted">Whether the parties want it.</param>
/// <param name="ApplyBy">Until when they may ask for it.</param>
/// <param name="Court">Which court was asked.</param>
/// <param name="AppliedAt">When it was asked.</param>
/// <param name="Confirmed">What it said; null where it has not.</param>
/// <param name="DecidedAt">When it said so.</param>
/// <param name="Note">In words; null for who looks on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.judicial-confirmation")]
public sealed record JudicialConfirmation(
    bool Wanted, DateTimeOffset ApplyBy, string? Court = null, DateTimeOffset? AppliedAt = null, bool? Confirmed = null, DateTimeOffset? DecidedAt = null,
    string? Note = null);

/// <summary>A visit after a settlement.</summary>
/// <param name="Result">Whether the settlement stands.</param>
/// <param name="Said">What the residents said; empty for who looks on.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("dispatch.follow-up")]
public sealed record FollowUp(FollowUpResult Result, string Said, DateTimeOffset At);

/// <summary>A warning letter (告诫书).</summary>
/// <param name="PartyId">To whom.</param>
/// <param name="LetterNumber">Its number in the register; empty for who looks on.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("dispatch.warning-letter")]
public sealed record WarningLetter(string PartyId, string LetterNumber, DateTimeOffset At);

/// <summary>How a dispute ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="At">When.</param>
/// <param name="Reason">In words; empty for who looks on.</param>
/// <param name="Advice">What was advised next.</param>
/// <param name="WithdrawnBy">Who withdrew it.</param>
/// <param name="NoWarningLetterBecause">Why no warning letter was given out; null for who looks on.</param>
[GenerateSerializer, Immutable, Alias("dispatch.dispute-closing")]
public sealed record DisputeClosing(
    DisputeOutcome Outcome, DateTimeOffset At, string Reason, NextAdvice? Advice, ImmutableArray<string> WithdrawnBy, string? NoWarningLetterBecause);

/// <summary>A clock that runs.</summary>
/// <param name="Clock">Which.</param>
/// <param name="DueAt">When it is over.</param>
[GenerateSerializer, Immutable, Alias("dispatch.running-clock")]
public sealed record RunningClock(DisputeClock Clock, DateTimeOffset DueAt);
