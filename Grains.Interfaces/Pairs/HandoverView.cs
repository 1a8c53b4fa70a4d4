using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>A handover sheet (交接): what who leaves a community hands to who comes.</summary>
/// <param name="Id">Worked out from the change of the pair, so that it is opened once.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="PairId">The pair whose member left, or that was dissolved.</param>
/// <param name="CommunityId">The community that is handed over.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Reason">Why the member left or the pair was dissolved; null where it is masked.</param>
/// <param name="Outgoing">Who leaves.</param>
/// <param name="Incoming">Who comes; empty until somebody is named.</param>
/// <param name="Items">What is handed over, oldest first, at most 200.</param>
/// <param name="Notes">The leaving officers' notes, at most 4,000 characters; null where there are none or they are masked.</param>
/// <param name="Signatures">Who has signed.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="DueAt">When it is overdue.</param>
/// <param name="ClosedAt">When a supervisor closed it; null while it is open.</param>
/// <param name="ClosedBy">Who closed it.</param>
/// <param name="CloseReason">Why it was closed unfinished; null where it was finished or this is masked.</param>
[GenerateSerializer, Immutable, Alias("dispatch.handover-view")]
public sealed record HandoverView(
    string Id,
    long Version,
    string PairId,
    string CommunityId,
    string StationId,
    string? Reason,
    ImmutableArray<HandoverOfficer> Outgoing,
    ImmutableArray<HandoverOfficer> Incoming,
    ImmutableArray<HandoverItem> Items,
    string? Notes,
    ImmutableArray<HandoverSignature> Signatures,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? ClosedAt = null,
    string? ClosedBy = null,
    string? CloseReason = null)
{
    /// <summary>Whether an officer is on it.</summary>
    public bool Names(string? officerId) => Outgoing.Concat(Incoming).Any(x => x.Id == officerId);

    /// <summary>Without free text, which may hold anything.</summary>
    public HandoverView ForMasked() => this with
    {
        Reason = null,
        Notes = null,
        CloseReason = null,
        Items = [.. Items.Select(x => x with { Text = x.Kind == HandoverItemKind.Free ? null : x.Text, Note = null })],
    };
}

/// <summary>An officer of a handover sheet.</summary>
/// <param name="Id">The officer's id.</param>
/// <param name="Name">The officer's name.</param>
[GenerateSerializer, Immutable, Alias("dispatch.handover-officer")]
public sealed record HandoverOfficer(string Id, string Name);

/// <summary>Something that is handed over.</summary>
/// <param name="Id">Names it on its sheet.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says: a number for what was collected, words for a free item; null where it is masked.</param>
/// <param name="ReferenceId">Id of what was collected.</param>
/// <param name="TickedBy">The incoming officer who took it over.</param>
/// <param name="TickedAt">When.</param>
/// <param name="Note">What the officer said to it, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.handover-item")]
public sealed record HandoverItem(
    string Id,
    HandoverItemKind Kind,
    string? Text,
    string? ReferenceId = null,
    string? TickedBy = null,
    DateTimeOffset? TickedAt = null,
    string? Note = null);

/// <summary>An officer's signature.</summary>
/// <param name="OfficerId">Who.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("dispatch.handover-signature")]
public sealed record HandoverSignature(string OfficerId, DateTimeOffset At);

/// <summary>Kinds of what is handed over.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<HandoverItemKind>))]
public enum HandoverItemKind
{
    /// <summary>Written by hand.</summary>
    Free,

    /// <summary>An incident that has not ended.</summary>
    Incident,

    /// <summary>Work that waits for the pair.</summary>
    Work,

    /// <summary>A concern of residents.</summary>
    Concern,

    /// <summary>A dispute under mediation.</summary>
    Dispute,
}
