using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Pairs;

/// <summary>Something that is asked of a handover sheet.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(OpenHandover), "open")]
[JsonDerivedType(typeof(NameIncoming), "nameIncoming")]
[JsonDerivedType(typeof(AddHandoverItem), "item")]
[JsonDerivedType(typeof(TickHandoverItem), "tick")]
[JsonDerivedType(typeof(WriteHandoverNotes), "notes")]
[JsonDerivedType(typeof(SignHandover), "sign")]
[JsonDerivedType(typeof(CloseHandover), "close")]
[GenerateSerializer, Immutable, Alias("dispatch.handover-command")]
public abstract record HandoverCommand;

/// <summary>Said by the bureau when a member changed or a pair was dissolved. Idempotent.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Outgoing">Who leaves.</param>
/// <param name="Incoming">Who comes; empty where nobody is named yet.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-handover")]
public sealed record OpenHandover(
    string PairId,
    string CommunityId,
    string StationId,
    ImmutableArray<HandoverOfficer> Outgoing,
    ImmutableArray<HandoverOfficer> Incoming,
    string Reason) : HandoverCommand;

/// <summary>Said by the bureau when a pair was formed in a community that a dissolved one has left. Idempotent.</summary>
/// <param name="Officers">Who takes over.</param>
[GenerateSerializer, Immutable, Alias("dispatch.name-incoming")]
public sealed record NameIncoming(ImmutableArray<HandoverOfficer> Officers) : HandoverCommand;

/// <summary>Adds an item.</summary>
/// <param name="Text">1 to 500 characters, without names and numbers of residents.</param>
/// <param name="TextConfirmed">Whether the sender looked at it and says that no person's number is in it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.add-handover-item")]
public sealed record AddHandoverItem(string Text, bool TextConfirmed = false) : HandoverCommand;

/// <summary>An incoming officer takes an item over.</summary>
/// <param name="ItemId">Which.</param>
/// <param name="OfficerId">Who.</param>
/// <param name="Note">At most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.tick-handover-item")]
public sealed record TickHandoverItem(string ItemId, string? OfficerId, string? Note = null) : HandoverCommand;

/// <summary>A leaving officer writes the notes, in place of what was there.</summary>
/// <param name="OfficerId">Who.</param>
/// <param name="Text">1 to 4,000 characters, without names and numbers of residents.</param>
/// <param name="TextConfirmed">Whether the sender looked at it and says that no person's number is in it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.write-handover-notes")]
public sealed record WriteHandoverNotes(string? OfficerId, string Text, bool TextConfirmed = false) : HandoverCommand;

/// <summary>An officer signs: one who comes only when every item is ticked.</summary>
/// <param name="OfficerId">Who.</param>
[GenerateSerializer, Immutable, Alias("dispatch.sign-handover")]
public sealed record SignHandover(string? OfficerId) : HandoverCommand;

/// <summary>A supervisor closes the sheet.</summary>
/// <param name="Reason">Why, where it is not signed by everybody; at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.close-handover")]
public sealed record CloseHandover(string? Reason = null) : HandoverCommand;
