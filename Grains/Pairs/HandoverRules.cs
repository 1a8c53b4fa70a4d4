using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Pairs;

/// <summary>The rules of a handover sheet. Pure. Who leaves writes and signs, who comes ticks and signs, a supervisor closes.</summary>
public static class HandoverRules
{
    /// <summary>Most items of a sheet.</summary>
    public const int MaxItems = 200;

    private const int MaxText = 500;
    private const int MaxNotes = 4000;

    /// <summary>Opens a sheet; nothing where it is open already.</summary>
    /// <param name="state">Null before the first event.</param>
    /// <param name="command">What the bureau says.</param>
    /// <param name="found">What is to be handed over.</param>
    /// <param name="dueAt">When it is overdue.</param>
    public static Decision<HandoverEvent> Open(HandoverState? state, OpenHandover command, ImmutableArray<HandoverItem> found, DateTimeOffset dueAt) =>
        state is not null
            ? Decision.Nothing<HandoverEvent>()
            : new HandoverOpened(command, [.. found.DistinctBy(x => x.Id).Take(MaxItems)], dueAt);

    /// <summary>Decides any other command.</summary>
    /// <param name="state">Null before the first event.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="newId">A fresh UUIDv7 for what comes into being.</param>
    public static Decision<HandoverEvent> Decide(HandoverState? state, HandoverCommand command, string newId) =>
        state?.Sheet is not { } s ? Refusal.NotFound(RefusalCodes.HandoverNotFound, "There is no such handover sheet.")
        : s.ClosedAt is not null ? Refusal.Rule(RefusalCodes.HandoverClosed, "The handover sheet is closed.")
        : command switch
        {
            NameIncoming c => s.Incoming.SequenceEqual(c.Officers) ? Decision.Nothing<HandoverEvent>() : new IncomingNamed(c.Officers),
            AddHandoverItem c => Add(s, c, newId),
            TickHandoverItem c => Tick(s, c),
            WriteHandoverNotes c => Write(s, c),
            SignHandover c => Sign(s, c),
            CloseHandover c => Close(s, c),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };

    /// <summary>Whether everybody has signed and somebody came.</summary>
    public static bool IsFinished(HandoverView sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return !sheet.Incoming.IsEmpty && sheet.Outgoing.Concat(sheet.Incoming).All(x => HasSigned(sheet, x.Id));
    }

    private static Decision<HandoverEvent> Add(HandoverView s, AddHandoverItem c, string newId) =>
        Text("text", c.Text, MaxText, required: true, c.TextConfirmed) is { } refusal ? refusal
        : s.Items.Length >= MaxItems ? Refusal.Rule(RefusalCodes.HandoverFull, $"A handover sheet has at most {MaxItems} items.")
        : s.Incoming.Any(x => HasSigned(s, x.Id))
            ? Refusal.Rule(RefusalCodes.HandoverSigned, "Somebody has taken over what is on the sheet; nothing is added any more.")
        : new HandoverItemAdded(new HandoverItem(newId, HandoverItemKind.Free, c.Text));

    private static Decision<HandoverEvent> Tick(HandoverView s, TickHandoverItem c) =>
        Text("note", c.Note, MaxText, required: false) is { } refusal ? refusal
        : !Has(s.Incoming, c.OfficerId) ? NotYours("takes over")
        : s.Items.FirstOrDefault(x => x.Id == c.ItemId) is not { } item
            ? Refusal.NotFound(RefusalCodes.HandoverItemNotFound, $"There is no item '{c.ItemId}' on the sheet.")
        : item.TickedBy is not null ? Decision.Nothing<HandoverEvent>()
        : new HandoverItemTicked(c.ItemId, c.OfficerId!, c.Note);

    private static Decision<HandoverEvent> Write(HandoverView s, WriteHandoverNotes c) =>
        Text("text", c.Text, MaxNotes, required: true, c.TextConfirmed) is { } refusal ? refusal
        : !Has(s.Outgoing, c.OfficerId) ? NotYours("leaves")
        : s.Outgoing.Any(x => HasSigned(s, x.Id))
            ? Refusal.Rule(RefusalCodes.HandoverSigned, "A leaving officer has signed the notes; they stay as they are.")
        : s.Notes == c.Text ? Decision.Nothing<HandoverEvent>()
        : new HandoverNotesWritten(c.OfficerId!, c.Text);

    private static Decision<HandoverEvent> Sign(HandoverView s, SignHandover c) =>
        !s.Names(c.OfficerId) ? NotYours("leaves or takes over")
        : HasSigned(s, c.OfficerId!) ? Decision.Nothing<HandoverEvent>()
        : Has(s.Incoming, c.OfficerId) && s.Items.Any(x => x.TickedBy is null)
            ? Refusal.Rule(RefusalCodes.HandoverUnfinished, "Not every item is ticked; who takes over signs after that.")
        : new HandoverSigned(c.OfficerId!);

    private static Decision<HandoverEvent> Close(HandoverView s, CloseHandover c) =>
        Text("reason", c.Reason, MaxText, required: false) is { } refusal ? refusal
        : !IsFinished(s) && string.IsNullOrWhiteSpace(c.Reason)
            ? Refusal.Rule(RefusalCodes.HandoverUnfinished, "Not everybody has signed; it can be closed with a reason.")
        : new HandoverClosed(c.Reason);

    private static bool Has(ImmutableArray<HandoverOfficer> officers, string? officerId) => officers.Any(x => x.Id == officerId);

    private static bool HasSigned(HandoverView s, string officerId) => s.Signatures.Any(x => x.OfficerId == officerId);

    private static Refusal NotYours(string who) =>
        new(RefusalKind.Forbidden, RefusalCodes.NotYourHandover, $"This is for an officer who {who}.");

    private static Refusal? Text(string field, string? value, int longest, bool required, bool confirmed = false) =>
        required ? Wording.WhyNotNeeded(field, value, longest, confirmed) : Wording.WhyNot(field, value, longest, confirmed);
}
