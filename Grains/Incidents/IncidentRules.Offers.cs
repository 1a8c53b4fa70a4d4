using System.Collections.Immutable;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>Who is asked, who goes, and who is let go. A change of one assignment never touches another that commits a pair.</summary>
public static partial class IncidentRules
{
    /// <summary>Whether pairs may be offered to, assigned, queued or planned now.</summary>
    public static Refusal? CheckOffering(IncidentState state, OfferPairs c)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(c);
        if (!state.IsOpen)
        {
            return NotOpen;
        }

        if ((c.Mode == OfferMode.Reserve) != (state.ScheduledFor is not null))
        {
            return c.Mode == OfferMode.Reserve
                ? Refusal.Rule(RefusalCodes.IncidentNotScheduled, "The incident is not scheduled for later; offer, assign or stack it.")
                : Scheduled;
        }

        var wanted = c.PairIds ?? [];
        var free = state.PairsNeeded - state.ActiveAssignments - (c.Mode is OfferMode.Stack or OfferMode.Reserve ? state.WaitingAssignments.Count() : 0);
        if (free <= 0 || (c.Mode != OfferMode.Offer && wanted.Length > free))
        {
            return Full;
        }

        return wanted.FirstOrDefault(id => state.LiveAssignment(id) is not null) is { } assigned ? AlreadyAssigned(assigned)
            : state.PanicPairId is { } inDanger && wanted.Contains(inDanger)
                ? Refusal.Rule(RefusalCodes.PairUnavailable, $"Pair {inDanger} is the one that calls for help.")
            : null;
    }

    /// <summary>What it means that pairs were asked: each knows of its offer, or said why it cannot take it.</summary>
    /// <param name="state">The incident.</param>
    /// <param name="c">The request.</param>
    /// <param name="commandId">Its id.</param>
    /// <param name="asked">Each pair's offer and what it said.</param>
    /// <param name="expiresAt">Until when the offers can be accepted.</param>
    public static Decision<IncidentEvent> Offered(
        IncidentState state, OfferPairs c, string? commandId, ImmutableArray<AskedPair> asked, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(c);
        if (asked.All(x => x.RefusedBecause is not null))
        {
            return Refusal.Rule(asked[0].RefusedBecause!, $"Pair {asked[0].PairId} cannot take it: {asked[0].RefusedBecause}.");
        }

        var made = asked.Where(x => state.Offer(x.OfferId) is null).Select(x => Told(c, commandId, x, expiresAt)).ToImmutableArray();
        var committed = made.Count(x => x is PairAssigned);
        return new Decision<IncidentEvent>([.. made, .. committed > 0 ? LetGoWhereFull(state, committed, except: null) : []]);
    }

    private static IncidentEvent Told(OfferPairs c, string? commandId, AskedPair x, DateTimeOffset expiresAt) =>
        x.RefusedBecause is { } reason ? new OfferRefused(x.OfferId, x.PairId, reason, commandId)
        : c.Mode == OfferMode.Offer ? new PairOffered(x.OfferId, x.PairId, expiresAt, commandId, c.Preempt, c.OverrideReason)
        : x.IsCommitted ? new PairAssigned(x.OfferId, x.PairId, c.Reason!, commandId, x.OfficerIds, c.OverrideReason)
        : c.Mode == OfferMode.Stack ? new PairQueued(x.OfferId, x.PairId, c.Reason!, commandId, c.OverrideReason)
        : new PairPlanned(x.OfferId, x.PairId, c.Reason!, commandId, c.OverrideReason);

    /// <summary>Whether an offer may be accepted now.</summary>
    public static Refusal? CheckAccepting(IncidentState state, string offerId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Offer(offerId) is not { } offer ? Refusal.NotFound(RefusalCodes.OfferNotFound, "There is no such offer.")
            : offer.Status == OfferStatus.Expired || (offer.Status == OfferStatus.Pending && offer.ExpiresAt <= now)
                ? Refusal.Rule(RefusalCodes.OfferExpired, "The offer has expired.")
            : offer.Status != OfferStatus.Pending ? Refusal.Rule(RefusalCodes.OfferNotPending, $"The offer is {Name(offer.Status)}.")
            : !state.IsOpen ? NotOpen
            : state.ActiveAssignments >= state.PairsNeeded ? Full
            : null;
    }

    /// <summary>What it means that the pair committed itself, or could not.</summary>
    public static Decision<IncidentEvent> Accepted(IncidentState state, string offerId, Refusal? pairRefusal, ImmutableArray<string>? officerIds = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        return pairRefusal is not null
            ? new Decision<IncidentEvent>([new OfferRefused(offerId, state.Offer(offerId)!.PairId, pairRefusal.Code, null)], pairRefusal)
            : new Decision<IncidentEvent>([new OfferAccepted(offerId, officerIds), .. LetGoWhereFull(state, 1, except: offerId)]);
    }

    /// <summary>What a pair that committed itself hears when it asks: its status, or that it is to let go.</summary>
    /// <returns>Whether the incident knows the commitment, and what must be recorded first.</returns>
    public static (AssignmentStatus Status, Decision<IncidentEvent> Decision) Resolve(
        IncidentState? state, string pairId, string offerId, DateTimeOffset now, ImmutableArray<string> officerIds = default)
    {
        if (state?.Offer(offerId) is not { } offer || offer.PairId != pairId)
        {
            return (AssignmentStatus.Cancelled, Decision.Nothing<IncidentEvent>());
        }

        if (state.Assignments.FirstOrDefault(x => x.OfferId == offerId) is { } part)
        {
            return part.Status.Commits() ? (part.Status, Decision.Nothing<IncidentEvent>())
                : !part.Status.Waits() ? (AssignmentStatus.Cancelled, Decision.Nothing<IncidentEvent>())
                : !state.IsOpen || state.ActiveAssignments >= state.PairsNeeded
                    ? (AssignmentStatus.Cancelled, new AssignmentCancelled(offerId, RefusalCodes.IncidentFull))
                : (AssignmentStatus.Committed, new Decision<IncidentEvent>(
                    [new QueuedWorkStarted(offerId, officerIds.IsDefault ? [] : officerIds), .. LetGoWhereFull(state, 1, except: offerId)]));
        }

        if (offer.Status != OfferStatus.Pending)
        {
            return (AssignmentStatus.Cancelled, Decision.Nothing<IncidentEvent>());
        }

        // The pair accepted and the incident died before it wrote so. The acceptance is carried through where it still can be.
        return CheckAccepting(state, offerId, now) is null
            ? (AssignmentStatus.Committed, Accepted(state, offerId, null, officerIds.IsDefault ? null : officerIds))
            : (AssignmentStatus.Cancelled, new OfferWithdrawn(offerId, "notCommitted"));
    }

    /// <summary>Offers whose time is over.</summary>
    public static Decision<IncidentEvent> Expire(IncidentState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new Decision<IncidentEvent>([.. state.PendingOffers.Where(x => x.ExpiresAt <= now).Select(x => new OfferExpired(x.Id))]);
    }

    /// <summary>Whether the time has come that the incident was scheduled for.</summary>
    public static bool IsScheduleDue(IncidentState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Phase == IncidentPhase.Open && state.ScheduledFor <= now;
    }

    /// <summary>
    /// The scheduled time has come: planned pairs that were free are committed, busy ones have it queued, others are gone; what is lacking is
    /// offered down the recommendations.
    /// </summary>
    /// <param name="state">The incident.</param>
    /// <param name="asked">The planned pairs and what each said.</param>
    /// <param name="timers">The clocks.</param>
    public static Decision<IncidentEvent> Start(IncidentState state, ImmutableArray<AskedPair> asked, ResponseTimers timers)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(timers);
        IEnumerable<IncidentEvent> parts = asked.Select<AskedPair, IncidentEvent>(x =>
            x.RefusedBecause is { } reason ? new AssignmentCancelled(x.OfferId, reason)
            : x.IsCommitted ? new QueuedWorkStarted(x.OfferId, x.OfficerIds ?? [])
            : new PlannedWorkQueued(x.OfferId));
        var missing = asked.Where(x => !x.IsCommitted).ToImmutableArray();
        return new Decision<IncidentEvent>(
        [
            new ScheduleStarted(),
            .. parts,
            .. missing.IsEmpty ? Enumerable.Empty<IncidentEvent>() :
            [
                new SupervisorAlerted(
                    IncidentAlerts.PlannedPairMissing, [.. missing.Select(x => new PairReason(x.PairId, x.RefusedBecause ?? RefusalCodes.PairNotFree))]),
            ],
            .. state.ActiveAssignments + asked.Length - missing.Length < state.PairsNeeded
                ? Enumerable.Repeat<IncidentEvent>(new AutoOfferStarted((int)timers.OfferExpiry(state.Priority).TotalSeconds), 1)
                : [],
        ]);
    }

    /// <summary>Whether a pair's part may be handed to another.</summary>
    public static Refusal? CheckHandingOver(IncidentState state, HandOverAssignment c)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(c);
        return state.LiveAssignment(c.PairId) is null ? NoPart(state, c.PairId)
            : state.LiveAssignment(c.ToPairId) is not null ? AlreadyAssigned(c.ToPairId)
            : null;
    }

    /// <summary>What it means that the other pair took it over, or could not.</summary>
    public static Decision<IncidentEvent> HandedOver(
        IncidentState state, HandOverAssignment c, string? commandId, AskedPair asked, Refusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(c);
        var part = state.LiveAssignment(c.PairId)!;
        return refusal is not null ? refusal : new AssignmentHandedOver(
            part.OfferId,
            asked.OfferId,
            c.ToPairId,
            asked.IsCommitted ? AssignmentStatus.Committed : part.Status == AssignmentStatus.Reserved ? AssignmentStatus.Reserved : AssignmentStatus.Stacked,
            c.Reason,
            commandId,
            asked.IsCommitted ? asked.OfficerIds : null,
            c.OverrideReason);
    }

    /// <summary>
    /// Whether an incident of higher priority may take a pair from this one: not from the scene, and only upwards. This one is then offered
    /// down the recommendations again.
    /// </summary>
    public static Decision<IncidentEvent> Yield(IncidentState state, YieldPair c, ResponseTimers timers)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(timers);
        return state.Assignments.FirstOrDefault(x => x.OfferId == c.OfferId && x.PairId == c.PairId && x.Status.Commits()) is not { } part
                ? Decision.Nothing<IncidentEvent>()
            : c.ByPriority >= state.Priority
                ? Refusal.Rule(RefusalCodes.PriorityNotHigher, $"Pair {c.PairId} is committed to incident {state.Number} of the same or a higher priority.")
            : part.Status > AssignmentStatus.EnRoute
                ? Refusal.Rule(RefusalCodes.PairOnScene, $"Pair {c.PairId} is on the scene of incident {state.Number}.")
            : new Decision<IncidentEvent>(
            [
                new AssignmentPreempted(c.OfferId, c.ByIncidentId, c.ByNumber, c.ByPriority, c.ByOfferId),
                .. state.AutoOfferSeconds is null
                    ? Enumerable.Repeat<IncidentEvent>(new AutoOfferStarted((int)timers.OfferExpiry(state.Priority).TotalSeconds), 1)
                    : [],
            ]);
    }

    /// <summary>A pair was freed of its part by a supervisor.</summary>
    public static Decision<IncidentEvent> ForgetPart(IncidentState state, string pairId, string offerId, string reason)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Assignments.Any(x => x.OfferId == offerId && x.PairId == pairId && x.Status.IsLive())
            ? new AssignmentCancelled(offerId, reason)
            : Decision.Nothing<IncidentEvent>();
    }

    /// <summary>What the automatic offers need next.</summary>
    public static AutoOfferStep NextAutoOffer(IncidentState state, ResponseTimers timers)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(timers);
        if (state.AutoOfferSeconds is null || !state.IsOpen)
        {
            return AutoOfferStep.None;
        }

        if (state.ActiveAssignments >= state.PairsNeeded)
        {
            return new AutoOfferStep(0, [], new AutoOfferEnded());
        }

        var askedByAuto = state.Offers.Skip(state.AutoOfferFrom).ToImmutableArray();
        var unwilling = Unwilling(state);
        IncidentEvent? alert = unwilling.Length >= timers.RefusalsBeforeSupervisor && !state.Alerts.Contains(IncidentAlerts.SupervisorNeeded)
            ? new SupervisorAlerted(IncidentAlerts.SupervisorNeeded, unwilling)
            : null;
        var lacking = state.PairsNeeded - state.ActiveAssignments;

        // A call for help asks more than it needs: the first to accept go, the others are withdrawn.
        var wanted = lacking + (state.PanicPairId is null ? 0 : PairsForPanic) - state.PendingOffers.Count();
        var excluded = askedByAuto.Select(x => x.PairId)
            .Concat(state.PendingOffers.Select(x => x.PairId))
            .Concat(state.Assignments.Where(x => x.Status.IsLive()).Select(x => x.PairId))
            .Concat(state.PanicPairId is { } inDanger ? [inDanger] : []);
        return new AutoOfferStep(Math.Max(0, wanted), [.. excluded.Distinct()], alert);
    }

    /// <summary>That no pair can go: what those said who were asked, and what keeps the nearest of the others.</summary>
    /// <param name="state">The incident.</param>
    /// <param name="shortfalls">Pairs that cannot go, nearest first.</param>
    public static SupervisorAlerted NobodyCanGo(IncidentState state, IEnumerable<PairReason> shortfalls)
    {
        ArgumentNullException.ThrowIfNull(state);
        var unwilling = Unwilling(state);
        return new SupervisorAlerted(
            IncidentAlerts.NoPairAvailable, [.. unwilling, .. shortfalls.Where(x => unwilling.All(y => y.PairId != x.PairId)).Take(ReasonsKept)]);
    }

    /// <summary>How many of the nearest pairs a supervisor is told the reason of when none can go.</summary>
    private const int ReasonsKept = 20;

    /// <summary>Those who said no, or nothing, since the automatic offers began.</summary>
    private static ImmutableArray<PairReason> Unwilling(IncidentState state) =>
    [
        .. state.Offers.Skip(state.AutoOfferFrom)
            .Where(x => x.Status is OfferStatus.Declined or OfferStatus.Expired or OfferStatus.Refused)
            .Select(WhyNot),
    ];

    private static PairReason WhyNot(OfferView offer) =>
        new(offer.PairId, offer.Status == OfferStatus.Expired ? "noAnswer" : offer.Reason ?? Name(offer.Status), offer.Note);

    private static Refusal Full => Refusal.Rule(RefusalCodes.IncidentFull, "The incident has as many pairs as it asked for.");

    private static Refusal Scheduled => Refusal.Rule(RefusalCodes.IncidentScheduled, "The incident is scheduled for later; plan pairs for it.");

    private static Refusal AlreadyAssigned(string pairId) =>
        Refusal.Rule(RefusalCodes.PairAlreadyAssigned, $"Pair {pairId} has a part in this incident already.");

    private static Refusal NoPart(IncidentState state, string pairId) => state.Assignments.Any(x => x.PairId == pairId)
        ? Refusal.Rule(RefusalCodes.StatusOutOfOrder, $"The assignment of pair {pairId} has ended.")
        : Refusal.NotFound(RefusalCodes.AssignmentNotFound, $"Pair {pairId} has no part in this incident.");

    private static Decision<IncidentEvent> Decline(IncidentState state, DeclineOffer c, DateTimeOffset now) =>
        EndPending(state, c.OfferId, now, new OfferDeclined(c.OfferId, c.Reason, c.Note));

    private static Decision<IncidentEvent> Withdraw(IncidentState state, WithdrawOffer c, DateTimeOffset now) =>
        EndPending(state, c.OfferId, now, new OfferWithdrawn(c.OfferId, c.Reason ?? "byDispatcher"));

    private static Decision<IncidentEvent> EndPending(IncidentState state, string offerId, DateTimeOffset now, IncidentEvent end) =>
        state.Offer(offerId) is not { } offer ? Refusal.NotFound(RefusalCodes.OfferNotFound, "There is no such offer.")
        : offer.Status == OfferStatus.Pending && offer.ExpiresAt > now ? end
        : offer.Status is OfferStatus.Expired or OfferStatus.Pending ? Refusal.Rule(RefusalCodes.OfferExpired, "The offer has expired.")
        : Refusal.Rule(RefusalCodes.OfferNotPending, $"The offer is {Name(offer.Status)}.");

    private static Decision<IncidentEvent> Progress(IncidentState state, SetAssignmentStatus c, DateTimeOffset now) =>
        state.LiveAssignment(c.PairId) is not { } part ? NoPart(state, c.PairId)
        : part.Status.Waits() ? Refusal.Rule(RefusalCodes.StatusOutOfOrder, $"Pair {c.PairId} has not begun yet: its part is {Name(part.Status)}.")
        : c.Status <= part.Status
            ? Refusal.Rule(RefusalCodes.StatusOutOfOrder, $"The assignment is {Name(part.Status)} and cannot go back to {Name(c.Status)}.")
        : new AssignmentProgressed(part.OfferId, c.Status, c.Note, DoneAt(part, c.At, now));

    /// <summary>When a step was done that is told late: not before the one before it. Null for now.</summary>
    private static DateTimeOffset? DoneAt(AssignmentView part, DateTimeOffset? at, DateTimeOffset now)
    {
        if (at is not { } said || said > now - LateAfter)
        {
            return null;
        }

        DateTimeOffset?[] before = [part.AcceptedAt, part.CommittedAt, part.EnRouteAt, part.OnSceneAt, part.ReportedAt];
        var earliest = before.Max() ?? said;
        return said > earliest ? said : earliest;
    }

    /// <summary>Once enough pairs go, the others are not waited for: open offers are withdrawn, waiting parts called off.</summary>
    private static IEnumerable<IncidentEvent> LetGoWhereFull(IncidentState state, int more, string? except) =>
        state.ActiveAssignments + more < state.PairsNeeded ? [] :
        [
            .. state.PendingOffers.Where(x => x.Id != except).Select(x => new OfferWithdrawn(x.Id, "taken")),
            .. state.WaitingAssignments.Where(x => x.OfferId != except).Select(x => new AssignmentCancelled(x.OfferId, RefusalCodes.IncidentFull)),
        ];
}

/// <summary>A pair that was asked.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="OfferId">The offer put to it.</param>
/// <param name="RefusedBecause">A refusal code; null where it took the offer.</param>
/// <param name="OfficerIds">Who of it was present.</param>
/// <param name="IsCommitted">Whether it is committed by the offer.</param>
public readonly record struct AskedPair(
    string PairId, string OfferId, string? RefusedBecause, ImmutableArray<string>? OfficerIds = null, bool IsCommitted = false);

/// <summary>What automatic offers need next.</summary>
/// <param name="Wanted">How many more pairs to ask.</param>
/// <param name="ExcludedPairIds">Pairs not to ask.</param>
/// <param name="Event">What to record first.</param>
public sealed record AutoOfferStep(int Wanted, ImmutableArray<string> ExcludedPairIds, IncidentEvent? Event)
{
    /// <summary>Nothing.</summary>
    public static readonly AutoOfferStep None = new(0, [], null);
}
