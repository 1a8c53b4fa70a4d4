using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;

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
[JsonDerivedType(typeof(AssignmentCancelled), "assignmentCancelled")]
[JsonDerivedType(typeof(AutoOfferStarted), "autoOfferStarted")]
[JsonDerivedType(typeof(AutoOfferEnded), "autoOfferEnded")]
[JsonDerivedType(typeof(SupervisorAlerted), "supervisorAlerted")]
[JsonDerivedType(typeof(NoteAdded), "noteAdded")]
[JsonDerivedType(typeof(BackupRequested), "backupRequested")]
[JsonDerivedType(typeof(IncidentHeld), "held")]
[JsonDerivedType(typeof(IncidentCancelled), "cancelled")]
[JsonDerivedType(typeof(IncidentClosed), "closed")]
[JsonDerivedType(typeof(IncidentReopened), "reopened")]
public abstract record IncidentEvent;

/// <summary>It was opened.</summary>
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
    Caller? Caller) : IncidentEvent;

/// <summary>It was put to a pair, which knows of it.</summary>
public sealed record PairOffered(string OfferId, string PairId, DateTimeOffset ExpiresAt, string? CommandId) : IncidentEvent;

/// <summary>The pair was not free, when it was asked or when it accepted.</summary>
public sealed record OfferRefused(string OfferId, string PairId, string Reason, string? CommandId) : IncidentEvent;

/// <summary>The pair accepted and is committed.</summary>
public sealed record OfferAccepted(string OfferId) : IncidentEvent;

/// <summary>The pair said no.</summary>
public sealed record OfferDeclined(string OfferId, string Reason, string? Note = null) : IncidentEvent;

/// <summary>Nobody answered in time.</summary>
public sealed record OfferExpired(string OfferId) : IncidentEvent;

/// <summary>The offer was taken back.</summary>
public sealed record OfferWithdrawn(string OfferId, string Reason) : IncidentEvent;

/// <summary>The pair was committed without being asked.</summary>
public sealed record PairAssigned(string OfferId, string PairId, string Reason, string? CommandId) : IncidentEvent;

/// <summary>A pair is a step further.</summary>
public sealed record AssignmentProgressed(string OfferId, AssignmentStatus Status, string? Note) : IncidentEvent;

/// <summary>A pair was called off.</summary>
public sealed record AssignmentCancelled(string OfferId) : IncidentEvent;

/// <summary>The incident asks down the recommendations until enough pairs accept.</summary>
public sealed record AutoOfferStarted(int ExpiresInSeconds) : IncidentEvent;

/// <summary>It stopped asking by itself.</summary>
public sealed record AutoOfferEnded : IncidentEvent;

/// <summary>A supervisor must look at it.</summary>
public sealed record SupervisorAlerted(string Alert) : IncidentEvent;

/// <summary>A note was added.</summary>
public sealed record NoteAdded(string Text) : IncidentEvent;

/// <summary>More pairs are asked for.</summary>
public sealed record BackupRequested(int Pairs, string Reason) : IncidentEvent;

/// <summary>It was put aside; the next offer takes it up again.</summary>
public sealed record IncidentHeld(string? Reason) : IncidentEvent;

/// <summary>It was called off.</summary>
public sealed record IncidentCancelled(string? Reason) : IncidentEvent;

/// <summary>It ended.</summary>
public sealed record IncidentClosed(string Disposition, string? Note) : IncidentEvent;

/// <summary>It was opened again.</summary>
public sealed record IncidentReopened(string? Reason) : IncidentEvent;
