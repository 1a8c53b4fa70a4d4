using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Protection;
using Dispatch.Stations;

namespace Dispatch.Incidents;

/// <summary>Something that happened to an incident.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(IncidentOpened), "opened")]
[JsonDerivedType(typeof(PairOffered), "offered")]
[JsonDerivedType(typeof(OfferRefused), "offerRefused")]
[JsonDerivedType(typeof(OfferAccepted), "accepted")]
[JsonDerivedType(typeof(OfferDeclined), "declined")]
[JsonDerivedType(typeof(OfferExpired), "expired")]
[JsonDerivedType(typeof(OfferWithdrawn), "withdrawn")]
[JsonDerivedType(typeof(PairAssigned), "assigned")]
[JsonDerivedType(typeof(AssignmentProgressed), "progressed")]
[JsonDerivedType(typeof(PairQueued), "pairQueued")]
[JsonDerivedType(typeof(PairPlanned), "pairPlanned")]
[JsonDerivedType(typeof(PlannedWorkQueued), "plannedWorkQueued")]
[JsonDerivedType(typeof(QueuedWorkStarted), "queuedWorkStarted")]
[JsonDerivedType(typeof(AssignmentCancelled), "assignmentCancelled")]
[JsonDerivedType(typeof(AssignmentHandedOver), "assignmentHandedOver")]
[JsonDerivedType(typeof(AssignmentPreempted), "assignmentPreempted")]
[JsonDerivedType(typeof(ScheduleStarted), "scheduleStarted")]
[JsonDerivedType(typeof(AutoOfferStarted), "autoOfferStarted")]
[JsonDerivedType(typeof(AutoOfferEnded), "autoOfferEnded")]
[JsonDerivedType(typeof(SupervisorAlerted), "supervisorAlerted")]
[JsonDerivedType(typeof(NoteAdded), "noteAdded")]
[JsonDerivedType(typeof(BackupRequested), "backupRequested")]
[JsonDerivedType(typeof(IncidentReclassified), "reclassified")]
[JsonDerivedType(typeof(IncidentHeld), "held")]
[JsonDerivedType(typeof(IncidentResumed), "resumed")]
[JsonDerivedType(typeof(IncidentCancelled), "cancelled")]
[JsonDerivedType(typeof(IncidentClosed), "closed")]
[JsonDerivedType(typeof(IncidentReopened), "reopened")]
[JsonDerivedType(typeof(IncidentTransferred), "transferred")]
[JsonDerivedType(typeof(IncidentDiverted), "diverted")]
[JsonDerivedType(typeof(IncidentMerged), "merged")]
[JsonDerivedType(typeof(MergeUndone), "mergeUndone")]
[JsonDerivedType(typeof(IncidentAbsorbed), "absorbed")]
[JsonDerivedType(typeof(IncidentRestored), "restored")]
[JsonDerivedType(typeof(IncidentLinked), "linked")]
[JsonDerivedType(typeof(IncidentUnlinked), "unlinked")]
public abstract record IncidentEvent;

/// <summary>It was opened. Caller and address are in the clear only in events from before they were sealed.</summary>
public sealed record IncidentOpened(
    string Number,
    string Category,
    int Priority,
    GeoPoint Location,
    string? Address,
    string CommunityId,
    string StationId,
    string Summary,
    int PairsNeeded,
    ImmutableArray<string> Skills,
    Caller? Caller,
    int DispatchWithinSeconds = 1800,
    DateTimeOffset? ScheduledFor = null,
    string? PanicPairId = null,
    ImmutableArray<DuplicateCandidate>? Duplicates = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SealedFields? SealedAddress = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SealedFields? SealedCaller = null) : IncidentEvent;

/// <summary>It was put to a pair, which knows of it.</summary>
public sealed record PairOffered(
    string OfferId, string PairId, DateTimeOffset ExpiresAt, string? CommandId, bool Preempts = false, string? OverrideReason = null) : IncidentEvent;

/// <summary>The pair was not free, when it was asked or when it accepted.</summary>
public sealed record OfferRefused(string OfferId, string PairId, string Reason, string? CommandId) : IncidentEvent;

/// <summary>The pair accepted and is committed.</summary>
public sealed record OfferAccepted(string OfferId, ImmutableArray<string>? OfficerIds = null) : IncidentEvent;

/// <summary>The pair said no.</summary>
public sealed record OfferDeclined(string OfferId, string Reason, string? Note = null) : IncidentEvent;

/// <summary>Nobody answered in time.</summary>
public sealed record OfferExpired(string OfferId) : IncidentEvent;

/// <summary>The offer was taken back.</summary>
public sealed record OfferWithdrawn(string OfferId, string Reason) : IncidentEvent;

/// <summary>The pair was committed without being asked.</summary>
public sealed record PairAssigned(
    string OfferId, string PairId, string Reason, string? CommandId, ImmutableArray<string>? OfficerIds = null, string? OverrideReason = null)
    : IncidentEvent;

/// <summary>It waits behind a pair's present work.</summary>
public sealed record PairQueued(string OfferId, string PairId, string Reason, string? CommandId, string? OverrideReason = null) : IncidentEvent;

/// <summary>A pair is planned for its time.</summary>
public sealed record PairPlanned(string OfferId, string PairId, string Reason, string? CommandId, string? OverrideReason = null) : IncidentEvent;

/// <summary>Its time came and the planned pair is still busy: it waits behind that.</summary>
public sealed record PlannedWorkQueued(string OfferId) : IncidentEvent;

/// <summary>The pair is committed to what it had queued or planned.</summary>
public sealed record QueuedWorkStarted(string OfferId, ImmutableArray<string> OfficerIds) : IncidentEvent;

/// <summary>A pair is a step further.</summary>
/// <param name="OfferId">Its part.</param>
/// <param name="Status">The step.</param>
/// <param name="Note">In the officer's own words.</param>
/// <param name="At">When it was done, where it was told later; null where it was told at once.</param>
public sealed record AssignmentProgressed(
    string OfferId, AssignmentStatus Status, string? Note, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At = null) : IncidentEvent;

/// <summary>A pair was called off, whether committed, queued or planned.</summary>
public sealed record AssignmentCancelled(string OfferId, string? Reason = null) : IncidentEvent;

/// <summary>Another pair took over a pair's part.</summary>
/// <param name="OfferId">The part that ended.</param>
/// <param name="ToOfferId">The part that began.</param>
/// <param name="ToPairId">Who took over.</param>
/// <param name="Status">As what: committed, queued or planned.</param>
/// <param name="Reason">Why.</param>
/// <param name="CommandId">The command.</param>
/// <param name="OfficerIds">Who was present, where it commits.</param>
/// <param name="OverrideReason">Why a single officer may take it.</param>
public sealed record AssignmentHandedOver(
    string OfferId,
    string ToOfferId,
    string ToPairId,
    AssignmentStatus Status,
    string Reason,
    string? CommandId,
    ImmutableArray<string>? OfficerIds = null,
    string? OverrideReason = null) : IncidentEvent;

/// <summary>A pair was taken for an incident of higher priority.</summary>
public sealed record AssignmentPreempted(string OfferId, string ByIncidentId, string ByNumber, int ByPriority, string ByOfferId) : IncidentEvent;

/// <summary>The time came that it was scheduled for.</summary>
public sealed record ScheduleStarted : IncidentEvent;

/// <summary>The incident asks down the recommendations until enough pairs accept.</summary>
public sealed record AutoOfferStarted(int ExpiresInSeconds) : IncidentEvent;

/// <summary>It stopped asking by itself.</summary>
public sealed record AutoOfferEnded : IncidentEvent;

/// <summary>A supervisor must look at it, and why.</summary>
public sealed record SupervisorAlerted(string Alert, ImmutableArray<PairReason>? Because = null) : IncidentEvent;

/// <summary>A note was added.</summary>
public sealed record NoteAdded(string Text) : IncidentEvent;

/// <summary>More pairs are asked for.</summary>
public sealed record BackupRequested(int Pairs, string Reason) : IncidentEvent;

/// <summary>More is known of what it is, or of how urgent.</summary>
/// <param name="Category">What it is.</param>
/// <param name="Priority">How urgent, 1 (highest) to 4.</param>
/// <param name="DispatchFrom">When its dispatch clock began.</param>
/// <param name="DispatchWithinSeconds">How long that runs.</param>
/// <param name="FromCategory">What it was before.</param>
/// <param name="FromPriority">How urgent before.</param>
/// <param name="Reason">Why.</param>
public sealed record IncidentReclassified(
    string Category, int Priority, DateTimeOffset DispatchFrom, int DispatchWithinSeconds, string FromCategory, int FromPriority, string Reason) : IncidentEvent;

/// <summary>It was put aside, until it is resumed or a pair is asked.</summary>
public sealed record IncidentHeld(string? Reason) : IncidentEvent;

/// <summary>It is worked on again after it was on hold.</summary>
public sealed record IncidentResumed(string? Reason) : IncidentEvent;

/// <summary>It was called off.</summary>
public sealed record IncidentCancelled(string? Reason) : IncidentEvent;

/// <summary>It ended.</summary>
public sealed record IncidentClosed(string Disposition, string? Note) : IncidentEvent;

/// <summary>It was opened again.</summary>
public sealed record IncidentReopened(string? Reason) : IncidentEvent;

/// <summary>It was passed to another station.</summary>
public sealed record IncidentTransferred(string FromStationId, string ToStationId, string Reason) : IncidentEvent;

/// <summary>It was passed to another service.</summary>
public sealed record IncidentDiverted(string To, string Reason) : IncidentEvent;

/// <summary>It is the same as another, which carries on.</summary>
public sealed record IncidentMerged(string IntoId, string? Reason) : IncidentEvent;

/// <summary>It was not the same.</summary>
public sealed record MergeUndone(string FromId, string? Reason) : IncidentEvent;

/// <summary>Another incident is the same as this one. Says again what was said there, where that changed.</summary>
/// <param name="FromId">The other.</param>
/// <param name="Sequence">Orders what is heard from it.</param>
/// <param name="Items">The other, and those that were merged into it before.</param>
public sealed record IncidentAbsorbed(string FromId, long Sequence, ImmutableArray<MergedIncident> Items) : IncidentEvent;

/// <summary>The other was not the same after all.</summary>
public sealed record IncidentRestored(string FromId, long Sequence) : IncidentEvent;

/// <summary>It has to do with another.</summary>
/// <param name="OtherId">The other.</param>
/// <param name="Reason">Why.</param>
/// <param name="Heard">Where the other said so.</param>
public sealed record IncidentLinked(string OtherId, string? Reason, LinkHeard? Heard = null) : IncidentEvent;

/// <summary>It has nothing to do with the other.</summary>
public sealed record IncidentUnlinked(string OtherId, LinkHeard? Heard = null) : IncidentEvent;

/// <summary>When the other incident said it.</summary>
public sealed record LinkHeard(DateTimeOffset At);
