using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Stations;

namespace Dispatch.Incidents;

/// <summary>
/// The rules of an incident. Pure: state, command and time in, events or a refusal out. Where a pair must be asked in between (offering,
/// accepting), one function says whether it may be asked and another what its answer means.
/// </summary>
public static partial class IncidentRules
{
    /// <summary>Category of an incident that a pair's call for help opens.</summary>
    public const string PanicCategory = "panic";

    /// <summary>A step that is told so long after it was done, or longer, is dated when it was done; what is less is the way of the message and the phone's clock.</summary>
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(5);

    /// <summary>How many pairs a call for help asks for: two, since one is in danger already.</summary>
    private const int PairsForPanic = 2;

    /// <summary>Furthest ahead an incident can be scheduled.</summary>
    private static readonly TimeSpan FurthestAhead = TimeSpan.FromDays(366);

    /// <summary>Opens an incident in the community it was placed in. Its address and its caller are added sealed, by the shell.</summary>
    public static Decision<IncidentEvent> Open(
        IncidentState? state, OpenIncident c, CommunityInfo community, RegisteredOpening registered, ResponseTimers timers, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(registered);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(community);
        ArgumentNullException.ThrowIfNull(timers);
        return CheckOpening(state, c, now) is { } refusal
            ? refusal
            : new IncidentOpened(
                registered.Number, c.Category, c.Priority, c.Location, null, community.Id, community.StationId, c.Summary, c.PairsNeeded,
                c.Skills ?? [], null, (int)timers.Dispatch(c.Priority).TotalSeconds, c.ScheduledFor, Duplicates: registered.Duplicates);
    }

    /// <summary>Whether an incident may be opened like this now.</summary>
    public static Refusal? CheckOpening(IncidentState? state, OpenIncident c, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(c);
        return state is not null ? Refusal.Rule(RefusalCodes.IncidentAlreadyOpen, "This incident was opened already.")
            : c.ScheduledFor is { } at && (at <= now || at > now + FurthestAhead)
                ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "scheduledFor", "An incident is scheduled for later, at most a year ahead.")
            : null;
    }

    /// <summary>Opens the incident of a call for help, which offers itself to the nearest.</summary>
    public static Decision<IncidentEvent> OpenPanic(
        IncidentState? state, OpenPanicIncident c, CommunityInfo community, string number, ResponseTimers timers)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(community);
        ArgumentNullException.ThrowIfNull(timers);
        if (state is not null)
        {
            return Refusal.Rule(RefusalCodes.IncidentAlreadyOpen, "This incident was opened already.");
        }

        var opened = new IncidentOpened(
            number, PanicCategory, 1, c.Location, null, community.Id, community.StationId, c.Summary, PairsForPanic, [], null,
            (int)timers.Dispatch(1).TotalSeconds, PanicPairId: c.PairId);
        return new Decision<IncidentEvent>(
        [
            opened,
            new SupervisorAlerted(IncidentAlerts.Panic),
            .. c.WorkingOn is { } other ? new IncidentEvent[] { new IncidentLinked(other, null) } : [],
            new AutoOfferStarted((int)timers.OfferExpiry(1).TotalSeconds),
        ]);
    }

    /// <summary>Decides everything that needs nobody to be asked.</summary>
    public static Decision<IncidentEvent> Decide(IncidentState state, IncidentCommand command, DateTimeOffset now, ResponseTimers timers)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(timers);
        return command switch
        {
            DeclineOffer c => Decline(state, c, now),
            WithdrawOffer c => Withdraw(state, c, now),
            SetAssignmentStatus c => Progress(state, c, now),
            CancelAssignment c => state.LiveAssignment(c.PairId) is { } part
                ? new AssignmentCancelled(part.OfferId, c.Reason)
                : NoPart(state, c.PairId),
            AddNote c => new NoteAdded(c.Text),
            RequestBackup c => Backup(state, c, timers),
            ReclassifyIncident c => Reclassify(state, c, now, timers),
            HoldIncident c => Hold(state, c),
            ResumeIncident c => state.Phase == IncidentPhase.OnHold ? new IncidentResumed(c.Reason)
                : state.IsOpen ? Refusal.Rule(RefusalCodes.IncidentNotOnHold, "The incident is not on hold.")
                : NotOpen,
            CancelIncident c => Cancel(state, c),
            CloseIncident c => End(state, "closed", new IncidentClosed(c.Disposition, c.Note)),
            DivertIncident c => End(state, "diverted", new IncidentDiverted(c.To, c.Reason)),
            ReopenIncident c => state.Phase == IncidentPhase.Merged
                ? Refusal.Rule(RefusalCodes.IncidentMerged, "The incident was merged; undo the merge instead.")
                : state.IsOpen
                ? Refusal.Rule(RefusalCodes.IncidentNotClosed, "The incident has not ended.")
                : new IncidentReopened(c.Reason),
            TransferIncident c => !state.IsOpen ? NotOpen
                : c.StationId == state.StationId ? Refusal.Rule(RefusalCodes.IncidentAlreadyThere, "The incident is that station's already.")
                : new IncidentTransferred(state.StationId, c.StationId, c.Reason),
            MergeIncident c => c.IntoId == state.Id ? SameIncident("intoId") : End(state, "merged", new IncidentMerged(c.IntoId, c.Reason)),
            UndoMerge c => state.MergedInto is { } into
                ? new MergeUndone(into, c.Reason)
                : Refusal.Rule(RefusalCodes.IncidentNotMerged, "The incident was not merged."),
            LinkIncident c => c.OtherId == state.Id ? SameIncident("otherId")
                : state.Links.Contains(c.OtherId) ? Decision.Nothing<IncidentEvent>()
                : new IncidentLinked(c.OtherId, c.Reason),
            UnlinkIncident c => state.Links.Contains(c.OtherId) ? new IncidentUnlinked(c.OtherId) : Decision.Nothing<IncidentEvent>(),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command that is decided alone."),
        };
    }

    /// <summary>What another incident says. What is older than the last that was heard of it changes nothing.</summary>
    public static Decision<IncidentEvent> Hear(IncidentState state, string fromId, IncidentMessage message)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(message);
        if (message.Kind is IncidentMessageKind.Link or IncidentMessageKind.Unlink)
        {
            var isLinked = message.Kind == IncidentMessageKind.Link;
            return !new LinkWord(isLinked, message.At, fromId).IsAfter(state.LinkWords.GetValueOrDefault(fromId)) ? Decision.Nothing<IncidentEvent>()
                : isLinked ? new IncidentLinked(fromId, null, new LinkHeard(message.At))
                : new IncidentUnlinked(fromId, new LinkHeard(message.At));
        }

        return state.Heard.TryGetValue(fromId, out var last) && message.Sequence <= last ? Decision.Nothing<IncidentEvent>()
            : message.Kind == IncidentMessageKind.Restore ? new IncidentRestored(fromId, message.Sequence)
            : state.Merged.All(x => x.Via != fromId) && !state.IsOpen ? NotOpen
            : new IncidentAbsorbed(fromId, message.Sequence, message.Items ?? []);
    }

    private static Refusal NotOpen => Refusal.Rule(RefusalCodes.IncidentNotOpen, "The incident has ended.");

    private static Refusal StillAssigned => Refusal.Rule(RefusalCodes.AssignmentsNotCleared, "Pairs are still assigned; clear them first.");

    private static Refusal SameIncident(string field) =>
        Refusal.Invalid(RefusalCodes.IncidentSameAsOther, field, "An incident has nothing to do with itself.");

    private static Decision<IncidentEvent> Backup(IncidentState state, RequestBackup c, ResponseTimers timers) =>
        !state.IsOpen ? NotOpen
        : state.PairsNeeded + c.Pairs > MaxPairs ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "pairs", $"At most {MaxPairs} pairs in all.")
        : c.Auto && state.ScheduledFor is not null ? Scheduled
        : new Decision<IncidentEvent>(
        [
            new BackupRequested(c.Pairs, c.Reason),
            new SupervisorAlerted(IncidentAlerts.BackupRequested),
            .. c.Auto ? new IncidentEvent[] { new AutoOfferStarted((int)timers.OfferExpiry(state.Priority).TotalSeconds) } : [],
        ]);

    private static Decision<IncidentEvent> Reclassify(IncidentState state, ReclassifyIncident c, DateTimeOffset now, ResponseTimers timers)
    {
        var (category, priority) = (c.Category ?? state.Category, c.Priority ?? state.Priority);
        if (!state.IsOpen || (category == state.Category && priority == state.Priority))
        {
            return state.IsOpen ? Decision.Nothing<IncidentEvent>() : NotOpen;
        }

        if (state.PanicPairId is not null)
        {
            return Refusal.Rule(RefusalCodes.IncidentIsPanic, "A pair's call for help stays what it is until it ends.");
        }

        var (from, within) = DispatchClock(state, priority, now, timers);
        return new IncidentReclassified(category, priority, from, within, state.Category, state.Priority, c.Reason!);
    }

    /// <summary>The clock of another priority: one that is higher begins now, unless less time was left; one that is lower began when this one did.</summary>
    private static (DateTimeOffset From, int WithinSeconds) DispatchClock(IncidentState state, int priority, DateTimeOffset now, ResponseTimers timers)
    {
        var within = (int)timers.Dispatch(priority).TotalSeconds;
        var isDueSooner = state.DispatchFrom.AddSeconds(state.DispatchWithinSeconds) <= now.AddSeconds(within);
        return priority == state.Priority || (priority < state.Priority && isDueSooner) ? (state.DispatchFrom, state.DispatchWithinSeconds)
            : (priority < state.Priority && state.DispatchFrom < now ? now : state.DispatchFrom, within);
    }

    private static Decision<IncidentEvent> Hold(IncidentState state, HoldIncident c) => state.Phase switch
    {
        IncidentPhase.OnHold => Refusal.Rule(RefusalCodes.IncidentOnHold, "The incident is on hold already."),
        IncidentPhase.Open when state.ActiveAssignments > 0 => StillAssigned,
        IncidentPhase.Open => new Decision<IncidentEvent>([.. LetGo(state, "held"), new IncidentHeld(c.Reason)]),
        _ => NotOpen,
    };

    private static Decision<IncidentEvent> Cancel(IncidentState state, CancelIncident c) => state.IsOpen
        ? new Decision<IncidentEvent>(
        [
            .. LetGo(state, "cancelled"),
            .. state.Assignments.Where(x => x.Status.Commits()).Select(x => new AssignmentCancelled(x.OfferId, "cancelled")),
            new IncidentCancelled(c.Reason),
        ])
        : NotOpen;

    /// <summary>An end that pairs must have left before.</summary>
    private static Decision<IncidentEvent> End(IncidentState state, string reason, IncidentEvent end) =>
        !state.IsOpen ? NotOpen
        : state.ActiveAssignments > 0 ? StillAssigned
        : new Decision<IncidentEvent>([.. LetGo(state, reason), end]);

    /// <summary>Everything that is not a commitment: open offers, waiting parts, the walk down the recommendations.</summary>
    private static IEnumerable<IncidentEvent> LetGo(IncidentState state, string reason) =>
    [
        .. state.PendingOffers.Select(x => new OfferWithdrawn(x.Id, reason)),
        .. state.WaitingAssignments.Select(x => new AssignmentCancelled(x.OfferId, reason)),
        .. state.AutoOfferSeconds is null ? Enumerable.Empty<IncidentEvent>() : [new AutoOfferEnded()],
    ];

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
