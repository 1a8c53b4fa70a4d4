using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>Something that is asked of a dispute (纠纷).</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(OpenDispute), "open")]
[JsonDerivedType(typeof(AddParty), "addParty")]
[JsonDerivedType(typeof(SetPerson), "setPerson")]
[JsonDerivedType(typeof(ChangeGrade), "grade")]
[JsonDerivedType(typeof(RecordFirstAttempt), "firstAttempt")]
[JsonDerivedType(typeof(EscalateDispute), "escalate")]
[JsonDerivedType(typeof(MoveTier), "moveTier")]
[JsonDerivedType(typeof(ReferDispute), "refer")]
[JsonDerivedType(typeof(AcceptReferral), "acceptReferral")]
[JsonDerivedType(typeof(RefuseReferral), "refuseReferral")]
[JsonDerivedType(typeof(ReturnReferral), "returnReferral")]
[JsonDerivedType(typeof(WithdrawReferral), "withdrawReferral")]
[JsonDerivedType(typeof(GiveConsent), "consent")]
[JsonDerivedType(typeof(WithdrawConsent), "withdrawConsent")]
[JsonDerivedType(typeof(ScheduleSession), "scheduleSession")]
[JsonDerivedType(typeof(CancelSession), "cancelSession")]
[JsonDerivedType(typeof(HoldSession), "holdSession")]
[JsonDerivedType(typeof(RecordAgreement), "agreement")]
[JsonDerivedType(typeof(RecordPerformance), "performance")]
[JsonDerivedType(typeof(ApplyForConfirmation), "applyForConfirmation")]
[JsonDerivedType(typeof(DecideConfirmation), "decideConfirmation")]
[JsonDerivedType(typeof(RecordFollowUp), "followUp")]
[JsonDerivedType(typeof(RecordWarningLetter), "warningLetter")]
[JsonDerivedType(typeof(HandToCase), "handToCase")]
[JsonDerivedType(typeof(CloseDispute), "close")]
[JsonDerivedType(typeof(ReopenDispute), "reopen")]
[GenerateSerializer, Immutable, Alias("dispatch.dispute-command")]
public abstract record DisputeCommand;

/// <summary>Opens a dispute. Its id follows from the sender and the command, see <c>MatterIds.ForOpening</c>.</summary>
/// <param name="Kind">Code of a kind of the model pack; an excluded one is refused with the pack's reason.</param>
/// <param name="Title">What it is about, 1 to 120 characters.</param>
/// <param name="Parties">2 to 20, at least two of them of role <see cref="PartyRole.Party"/>.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-dispute")]
public sealed record OpenDispute(string Kind, string Title, ImmutableArray<NewParty> Parties) : DisputeCommand
{
    /// <summary>Its community; over HTTP that of the address.</summary>
    [Id(3)]
    public string CommunityId { get; init; } = string.Empty;

    /// <summary>What happened, at most 2,000 characters.</summary>
    [Id(4)]
    public string? Summary { get; init; }

    /// <summary>Code of a grade of the pack; its lowest where absent.</summary>
    [Id(5)]
    public string? Grade { get; init; }

    /// <summary>Code of the tier where it begins; the pack's lowest where absent.</summary>
    [Id(6)]
    public string? Tier { get; init; }

    /// <summary>Where it is; kept rounded to some 100 m.</summary>
    [Id(7)]
    public GeoPoint? Location { get; init; }

    /// <summary>Name of a public place, at most 200 characters; an exact address of a resident is a protected field.</summary>
    [Id(8)]
    public string? Place { get; init; }

    /// <summary>What it came of, each as <c>kind/id</c>; at most 20.</summary>
    [Id(9)]
    public ImmutableArray<string>? Refs { get; init; }

    /// <summary>The dispute of the same community that has come back with this one.</summary>
    [Id(10)]
    public string? RepeatOf { get; init; }

    /// <summary>The pair that works on it; the sender's own where absent.</summary>
    [Id(11)]
    public string? PairId { get; init; }

    /// <summary>That the sender has seen that a text looks as if it held an ID or phone number, and means it as it is.</summary>
    [Id(12)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Somebody who has to do with a dispute.</summary>
/// <param name="Role">As what.</param>
/// <param name="Nature">One person, or a group or office.</param>
/// <param name="Label">What a group or office is called, 1 to 60 characters; never the name of a person.</param>
/// <param name="Minor">Whether under age; a guardian is then present at every session.</param>
/// <param name="GuardianOf">Of a guardian: whose, as the number of the party in the list counted from 1; of everybody under age where absent.</param>
/// <param name="Person">What is known of a person and protected; sealed before it is stored.</param>
[GenerateSerializer, Immutable, Alias("dispatch.new-party")]
public sealed record NewParty(
    PartyRole Role, PartyNature Nature = PartyNature.Person, string? Label = null, MinorAge? Minor = null, int? GuardianOf = null, ProtectedPerson? Person = null);

/// <summary>Adds somebody.</summary>
/// <param name="Party">Who; numbers in it are those of all parties.</param>
/// <param name="TextConfirmed">That the label is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.add-party")]
public sealed record AddParty(NewParty Party, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Sets what is protected of a party, in the place of what was known.</summary>
/// <param name="PartyId">Which.</param>
/// <param name="Person">What is known now.</param>
/// <param name="Minor">Whether under age.</param>
[GenerateSerializer, Immutable, Alias("dispatch.set-person")]
public sealed record SetPerson(string PartyId, ProtectedPerson Person, MinorAge? Minor = null) : DisputeCommand;

/// <summary>Grades the dispute anew.</summary>
/// <param name="Grade">Code of a grade of the pack.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.change-grade")]
public sealed record ChangeGrade(string Grade, string Reason, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Records what came of the attempt of who tries first by the pack (a neighbour lead).</summary>
/// <param name="ByRole">Who tried, by role and never by name, 1 to 60 characters.</param>
/// <param name="Result">What came of it.</param>
/// <param name="At">When it was; now where absent, at most 30 days back.</param>
/// <param name="Note">At most 1,000 characters.</param>
/// <param name="TextConfirmed">That the note is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.record-first-attempt")]
public sealed record RecordFirstAttempt(
    string ByRole, AttemptResult Result, DateTimeOffset? At = null, string? Note = null, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Takes the dispute to the next tier of the pack. Proper and respectable: counted for, never against.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.escalate-dispute")]
public sealed record EscalateDispute(string Reason, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Takes the dispute to any tier of the pack: back, or over some.</summary>
/// <param name="Tier">Code of the tier.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.move-tier")]
public sealed record MoveTier(string Tier, string Reason, bool TextConfirmed = false) : DisputeCommand;
