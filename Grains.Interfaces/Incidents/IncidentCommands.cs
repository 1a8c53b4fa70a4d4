using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>Something that is asked of an incident.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(OpenIncident), "open")]
[JsonDerivedType(typeof(OfferPairs), "offer")]
[JsonDerivedType(typeof(AcceptOffer), "accept")]
[JsonDerivedType(typeof(DeclineOffer), "decline")]
[JsonDerivedType(typeof(WithdrawOffer), "withdrawOffer")]
[JsonDerivedType(typeof(SetAssignmentStatus), "status")]
[JsonDerivedType(typeof(CancelAssignment), "cancelAssignment")]
[JsonDerivedType(typeof(HandOverAssignment), "handOver")]
[JsonDerivedType(typeof(AddNote), "note")]
[JsonDerivedType(typeof(RequestBackup), "backup")]
[JsonDerivedType(typeof(HoldIncident), "hold")]
[JsonDerivedType(typeof(ResumeIncident), "resume")]
[JsonDerivedType(typeof(ReclassifyIncident), "reclassify")]
[JsonDerivedType(typeof(CancelIncident), "cancel")]
[JsonDerivedType(typeof(CloseIncident), "close")]
[JsonDerivedType(typeof(ReopenIncident), "reopen")]
[JsonDerivedType(typeof(OpenPanicIncident), "openPanic")]
[JsonDerivedType(typeof(TransferIncident), "transfer")]
[JsonDerivedType(typeof(DivertIncident), "divert")]
[JsonDerivedType(typeof(MergeIncident), "merge")]
[JsonDerivedType(typeof(UndoMerge), "undoMerge")]
[JsonDerivedType(typeof(LinkIncident), "link")]
[JsonDerivedType(typeof(UnlinkIncident), "unlink")]
[GenerateSerializer, Immutable, Alias("dispatch.incident-command")]
public abstract record IncidentCommand;

/// <summary>Opens it. The community and the station follow from the location.</summary>
/// <param name="Category">Code of a category of the bureau.</param>
/// <param name="Priority">1 (highest) to 4.</param>
/// <param name="Location">Where, WGS-84.</param>
/// <param name="Summary">What it is about; at most 2,000 characters.</param>
/// <param name="Address">At most 300 characters; protected.</param>
/// <param name="CommunityId">Only needed where the location is outside every boundary.</param>
/// <param name="PairsNeeded">1 to 50.</param>
/// <param name="Skills">Skills asked for; at most 20.</param>
/// <param name="Caller">Who called; protected.</param>
/// <param name="ScheduledFor">When it is to be worked on; it waits for nobody until then. Null for now; at most a year ahead.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-incident")]
public sealed record OpenIncident(
    string Category,
    int Priority,
    GeoPoint Location,
    string Summary,
    string? Address = null,
    string? CommunityId = null,
    int PairsNeeded = 1,
    ImmutableArray<string>? Skills = null,
    Caller? Caller = null,
    DateTimeOffset? ScheduledFor = null) : IncidentCommand;

/// <summary>Who called. Every field is protected and optional.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.caller")]
public sealed record Caller(string? Name = null, string? Phone = null, string? Note = null);

/// <summary>Puts it to pairs.</summary>
/// <param name="PairIds">Whom; empty with <paramref name="Auto"/>, which walks down the recommendations until one accepts.</param>
/// <param name="Mode">Ask, commit at once, queue behind the present work, or plan for later.</param>
/// <param name="Reason">Needed by every mode but <see cref="OfferMode.Offer"/>.</param>
/// <param name="ExpiresInSeconds">1 to 86,400; the default of the priority where null.</param>
/// <param name="Auto">Walk down the recommendations.</param>
/// <param name="Preempt">Also pairs that are committed to an incident of lower priority and are not there yet; that one is offered to others.</param>
/// <param name="OverrideReason">Why a pair with a single officer present may be sent; a supervisor's to give.</param>
[GenerateSerializer, Immutable, Alias("dispatch.offer-pairs")]
public sealed record OfferPairs(
    ImmutableArray<string>? PairIds = null,
    OfferMode Mode = OfferMode.Offer,
    string? Reason = null,
    int? ExpiresInSeconds = null,
    bool Auto = false,
    bool Preempt = false,
    string? OverrideReason = null) : IncidentCommand;

/// <summary>Whether pairs are asked or told, and for when.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OfferMode>))]
public enum OfferMode
{
    /// <summary>They may accept or decline before a deadline.</summary>
    Offer,

    /// <summary>They are committed at once.</summary>
    Assign,

    /// <summary>It is queued behind what they are committed to and starts when they clear; at once where they are free.</summary>
    Stack,

    /// <summary>They are planned for a scheduled incident and committed when its time comes.</summary>
    Reserve,
}

/// <summary>A pair takes the offer.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.accept-offer")]
public sealed record AcceptOffer(string OfferId) : IncidentCommand;

/// <summary>A pair does not take the offer.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="Reason">A code of the bureau's decline reasons.</param>
/// <param name="Note">In the officer's own words; at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.decline-offer")]
public sealed record DeclineOffer(string OfferId, string Reason, string? Note = null) : IncidentCommand;

/// <summary>A dispatcher takes an offer back that nobody has answered yet. It does not count as a refusal by the pair.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="Reason">In the dispatcher's own words; at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.withdraw-offer")]
public sealed record WithdrawOffer(string OfferId, string? Reason = null) : IncidentCommand;

/// <summary>A pair is a step further. Steps may be left out, never taken back.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Status">The step.</param>
/// <param name="Note">In the officer's own words; at most 4,000 characters.</param>
/// <param name="At">
/// When it was done, where it is told later: by a phone that had no line. Counts from 5 s on; never before the step before it and never after now. Null for now.
/// </param>
[GenerateSerializer, Immutable, Alias("dispatch.set-assignment-status")]
public sealed record SetAssignmentStatus(string PairId, AssignmentStatus Status, string? Note = null, DateTimeOffset? At = null) : IncidentCommand;

/// <summary>Calls one pair off, whether it is committed, queued or planned; no other assignment is touched.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.cancel-assignment")]
public sealed record CancelAssignment(string PairId, string Reason) : IncidentCommand;

/// <summary>Another pair takes over one pair's part; the same kind of part, from its beginning.</summary>
/// <param name="PairId">Who hands over.</param>
/// <param name="ToPairId">Who takes over; must be free where the part commits, unless it may wait.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="OverrideReason">Why a pair with a single officer present may take it; a supervisor's to give.</param>
/// <param name="MayWait">Whether it is queued where the other is busy, as at the end of a shift.</param>
[GenerateSerializer, Immutable, Alias("dispatch.hand-over-assignment")]
public sealed record HandOverAssignment(
    string PairId, string ToPairId, string Reason, string? OverrideReason = null, bool MayWait = false) : IncidentCommand;

/// <summary>Adds a note; at most 4,000 characters.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.add-note")]
public sealed record AddNote(string Text) : IncidentCommand;

/// <summary>Asks for more pairs.</summary>
/// <param name="Pairs">How many more, 1 to 50.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
/// <param name="Auto">Offer it down the recommendations at once.</param>
[GenerateSerializer, Immutable, Alias("dispatch.request-backup")]
public sealed record RequestBackup(int Pairs, string Reason, bool Auto = false) : IncidentCommand;

/// <summary>
/// Says anew what it is and how urgent, once more is known of it. A higher priority never gives more time to dispatch than was left; a lower one gives its own, counted
/// from when the clock began. A pair's call for help stays what it is.
/// </summary>
/// <param name="Category">Code of a category of the bureau; as it is where null.</param>
/// <param name="Priority">1 (highest) to 4; as it is where null.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reclassify-incident")]
public sealed record ReclassifyIncident(string? Category = null, int? Priority = null, string? Reason = null) : IncidentCommand;

/// <summary>Puts it aside; an offer takes it up again.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.hold-incident")]
public sealed record HoldIncident(string? Reason = null) : IncidentCommand;

/// <summary>Takes up an incident that was on hold, without asking anybody to go yet.</summary>
/// <param name="Reason">At most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.resume-incident")]
public sealed record ResumeIncident(string? Reason = null) : IncidentCommand;

/// <summary>Calls it off; its pairs are free.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.cancel-incident")]
public sealed record CancelIncident(string? Reason = null) : IncidentCommand;

/// <summary>Ends it, once its pairs are cleared.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.close-incident")]
public sealed record CloseIncident(string Disposition, string? Note = null) : IncidentCommand;

/// <summary>Opens it again after it ended.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.reopen-incident")]
public sealed record ReopenIncident(string? Reason = null) : IncidentCommand;

/// <summary>A pair is in danger: opens an incident of priority 1 where it is, which offers itself to the nearest. The pair's own work is untouched.</summary>
/// <param name="PairId">Who is in danger; never asked to come itself.</param>
/// <param name="Location">Where it is.</param>
/// <param name="CommunityId">Its home community, taken where the location is outside every boundary.</param>
/// <param name="Summary">What is shown.</param>
/// <param name="WorkingOn">The incident it is committed to; linked.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-panic-incident")]
public sealed record OpenPanicIncident(
    string PairId, GeoPoint Location, string CommunityId, string Summary, string? WorkingOn) : IncidentCommand;

/// <summary>Passes it to another station; its pairs stay with it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.transfer-incident")]
public sealed record TransferIncident(string StationId, string Reason) : IncidentCommand;

/// <summary>Passes it to another service, which ends it here.</summary>
/// <param name="To">The service, such as <c>12345</c>; at most 64 characters.</param>
/// <param name="Reason">Why, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.divert-incident")]
public sealed record DivertIncident(string To, string Reason) : IncidentCommand;

/// <summary>It is the same as another, which carries on. Every word said here stays here and is shown there.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.merge-incident")]
public sealed record MergeIncident(string IntoId, string? Reason = null) : IncidentCommand;

/// <summary>It was not the same: open again, and gone from the other.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.undo-merge")]
public sealed record UndoMerge(string? Reason = null) : IncidentCommand;

/// <summary>It has to do with another; both show it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.link-incident")]
public sealed record LinkIncident(string OtherId, string? Reason = null) : IncidentCommand;

/// <summary>It has nothing to do with the other.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.unlink-incident")]
public sealed record UnlinkIncident(string OtherId) : IncidentCommand;
