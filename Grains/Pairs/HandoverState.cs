using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Pairs;

/// <summary>Something that happened to a handover sheet.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(HandoverOpened), "opened")]
[JsonDerivedType(typeof(IncomingNamed), "incomingNamed")]
[JsonDerivedType(typeof(HandoverItemAdded), "itemAdded")]
[JsonDerivedType(typeof(HandoverItemTicked), "itemTicked")]
[JsonDerivedType(typeof(HandoverNotesWritten), "notesWritten")]
[JsonDerivedType(typeof(HandoverSigned), "signed")]
[JsonDerivedType(typeof(HandoverClosed), "closed")]
public abstract record HandoverEvent;

/// <summary>It was opened with what was found.</summary>
public sealed record HandoverOpened(OpenHandover Opening, ImmutableArray<HandoverItem> Items, DateTimeOffset DueAt) : HandoverEvent;

/// <summary>It is known who comes.</summary>
public sealed record IncomingNamed(ImmutableArray<HandoverOfficer> Officers) : HandoverEvent;

/// <summary>There is more to hand over.</summary>
public sealed record HandoverItemAdded(HandoverItem Item) : HandoverEvent;

/// <summary>An item was taken over.</summary>
public sealed record HandoverItemTicked(string ItemId, string OfficerId, string? Note) : HandoverEvent;

/// <summary>The leaving side wrote its notes.</summary>
public sealed record HandoverNotesWritten(string OfficerId, string Text) : HandoverEvent;

/// <summary>An officer signed.</summary>
public sealed record HandoverSigned(string OfficerId) : HandoverEvent;

/// <summary>A supervisor closed it.</summary>
public sealed record HandoverClosed(string? Reason) : HandoverEvent;

/// <summary>A sheet's state: what its events add up to.</summary>
/// <param name="Sheet">As it is shown in full; its version counts from outside.</param>
public sealed record HandoverState(HandoverView Sheet)
{
    /// <summary>The state after one more event.</summary>
    /// <param name="id">The sheet's id.</param>
    /// <param name="state">Null before the first event.</param>
    /// <param name="recorded">The event.</param>
    public static HandoverState Apply(string id, HandoverState? state, Recorded<HandoverEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Event is HandoverOpened { Opening: var o } opened
            ? new HandoverState(new HandoverView(
                id, 0, o.PairId, o.CommunityId, o.StationId, o.Reason, o.Outgoing, o.Incoming, opened.Items, null, [], recorded.At, opened.DueAt))
            : new HandoverState(After((state ?? throw new InvalidOperationException($"The handover sheet {id} was never opened.")).Sheet, recorded));
    }

    private static HandoverView After(HandoverView s, Recorded<HandoverEvent> recorded) => recorded.Event switch
    {
        IncomingNamed e => s with { Incoming = e.Officers },
        HandoverItemAdded e => s with { Items = s.Items.Add(e.Item) },
        HandoverItemTicked e => s with
        {
            Items = [.. s.Items.Select(x => x.Id == e.ItemId ? x with { TickedBy = e.OfficerId, TickedAt = recorded.At, Note = e.Note } : x)],
        },
        HandoverNotesWritten e => s with { Notes = e.Text },
        HandoverSigned e => s with { Signatures = s.Signatures.Add(new HandoverSignature(e.OfficerId, recorded.At)) },
        HandoverClosed e => s with { ClosedAt = recorded.At, ClosedBy = recorded.By.Name, CloseReason = e.Reason },
        _ => throw new InvalidOperationException($"A handover sheet does not know the event {recorded.Event.GetType().Name}."),
    };
}
