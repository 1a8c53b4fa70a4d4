using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>
/// The rules of an incident. Pure: state, command and time in, events or a refusal out. Where a pair must be asked in between (offering,
/// accepting), one function says whether it may be asked and another what its answer means.
/// </summary>
public static class IncidentRules
{
    /// <summary>Longest summary, in characters.</summary>
    public const int MaxSummary = 2000;

    /// <summary>Longest note, in characters.</summary>
    public const int MaxNote = 4000;

    /// <summary>Most pairs an incident can ask for; the busiest recorded call had 16.</summary>
    public const int MaxPairs = 50;

    private const int MaxAddress = 300;
    private const int MaxReason = 500;

    /// <summary>Checks what can be checked of a command without knowing any incident.</summary>
    public static Refusal? Validate(IncidentCommand command) => command switch
    {
        OpenIncident c => ValidateOpening(c),
        OfferPairs c => ValidateOffering(c),
        DeclineOffer c => Text("reason", c.Reason, 64, required: true) ?? Text("note", c.Note, MaxReason),
        SetAssignmentStatus c => c.Status is AssignmentStatus.EnRoute or AssignmentStatus.OnScene or AssignmentStatus.Reported or AssignmentStatus.Cleared
            ? Text("note", c.Note, MaxNote)
            : Refusal.Invalid(RefusalCodes.ValueOutOfRange, "status", "A pair reports enRoute, onScene, reported or cleared."),
        AddNote c => Text("text", c.Text, MaxNote, required: true),
        RequestBackup c => Range("pairs", c.Pairs, 1, MaxPairs) ?? Text("reason", c.Reason, MaxReason, required: true),
        HoldIncident c => Text("reason", c.Reason, MaxReason),
        CancelIncident c => Text("reason", c.Reason, MaxReason),
        CloseIncident c => Text("disposition", c.Disposition, 64, required: true) ?? Text("note", c.Note, MaxNote),
        ReopenIncident c => Text("reason", c.Reason, MaxReason),
        _ => null,
    };

    /// <summary>Opens an incident in the community it was placed in.</summary>
    public static Decision<IncidentEvent> Open(IncidentState? state, OpenIncident c, CommunityInfo community, string number)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(community);
        return state is not null
            ? Refusal.Rule(RefusalCodes.IncidentAlreadyOpen, "This incident was opened already.")
            : new IncidentOpened(
                number, c.Category, c.Priority, c.Location, c.Address, community.Id, community.StationId, c.Summary, c.PairsNeeded,
                c.Skills ?? [], c.Caller);
    }

    /// <summary>Whether pairs may be offered to or assigned now.</summary>
    public static Refusal? CheckOffering(IncidentState state, OfferPairs c)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(c);
        if (!state.IsOpen)
        {
            return NotOpen;
        }

        var wanted = c.PairIds ?? [];
        var free = state.PairsNeeded - state.ActiveAssignments;
        if (free <= 0 || (c.Mode == OfferMode.Assign && wanted.Length > free))
        {
            return Full;
        }

        return wanted.FirstOrDefault(id => state.ActiveAssignment(id) is not null) is { } assigned
            ? Refusal.Rule(RefusalCodes.PairAlreadyAssigned, $"Pair {assigned} is assigned to this incident already.")
            : null;
    }

    /// <summary>What it means that pairs were asked: each knows of its offer, or said why it cannot take it.</summary>
    /// <param name="state">The incident.</param>
    /// <param name="c">The request.</param>
    /// <param name="commandId">Its id.</param>
    /// <param name="asked">Each pair's offer and why it was refused; null where the pair took it.</param>
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

        var events = ImmutableArray.CreateBuilder<IncidentEvent>();
        foreach (var pair in asked.Where(x => state.Offer(x.OfferId) is null))
        {
            events.Add(pair.RefusedBecause is { } reason ? new OfferRefused(pair.OfferId, pair.PairId, reason, commandId)
                : c.Mode == OfferMode.Assign ? new PairAssigned(pair.OfferId, pair.PairId, c.Reason!, commandId)
                : new PairOffered(pair.OfferId, pair.PairId, expiresAt, commandId));
        }

        if (c.Mode == OfferMode.Assign)
        {
            events.AddRange(WithdrawWhereFull(state, asked.Count(x => x.RefusedBecause is null), except: null));
        }

        return new Decision<IncidentEvent>(events.ToImmutable());
    }

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
    public static Decision<IncidentEvent> Accepted(IncidentState state, string offerId, Refusal? pairRefusal)
    {
        ArgumentNullException.ThrowIfNull(state);
        return pairRefusal is not null
            ? new Decision<IncidentEvent>([new OfferRefused(offerId, state.Offer(offerId)!.PairId, pairRefusal.Code, null)], pairRefusal)
            : new Decision<IncidentEvent>([new OfferAccepted(offerId), .. WithdrawWhereFull(state, 1, except: offerId)]);
    }

    /// <summary>What a pair that committed itself hears when it asks: its status, or that it is to let go.</summary>
    /// <returns>Whether the incident knows the commitment, and what must be recorded first.</returns>
    public static (AssignmentStatus Status, Decision<IncidentEvent> Decision) Resolve(
        IncidentState? state, string pairId, string offerId, DateTimeOffset now)
    {
        if (state?.Offer(offerId) is not { } offer || offer.PairId != pairId)
        {
            return (AssignmentStatus.Cancelled, Decision.Nothing<IncidentEvent>());
        }

        if (state.Assignments.FirstOrDefault(x => x.OfferId == offerId) is { } assignment)
        {
            return (assignment.Status.Commits() ? assignment.Status : AssignmentStatus.Cancelled, Decision.Nothing<IncidentEvent>());
        }

        if (offer.Status != OfferStatus.Pending)
        {
            return (AssignmentStatus.Cancelled, Decision.Nothing<IncidentEvent>());
        }

        // The pair accepted and the incident died before it wrote so. The acceptance is carried through where it still can be.
        return CheckAccepting(state, offerId, now) is null
            ? (AssignmentStatus.Committed, Accepted(state, offerId, null))
            : (AssignmentStatus.Cancelled, new OfferWithdrawn(offerId, "notCommitted"));
    }

    /// <summary>Decides everything that needs no pair to be asked.</summary>
    public static Decision<IncidentEvent> Decide(IncidentState state, IncidentCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return command switch
        {
            DeclineOffer c => Decline(state, c, now),
            SetAssignmentStatus c => Progress(state, c),
            AddNote c => new NoteAdded(c.Text),
            RequestBackup c => !state.IsOpen ? NotOpen
                : state.PairsNeeded + c.Pairs > MaxPairs ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "pairs", $"At most {MaxPairs} pairs in all.")
                : new BackupRequested(c.Pairs, c.Reason),
            HoldIncident c => Hold(state, c),
            CancelIncident c => Cancel(state, c),
            CloseIncident c => Close(state, c),
            ReopenIncident c => state.IsOpen
                ? Refusal.Rule(RefusalCodes.IncidentNotClosed, "The incident has not ended.")
                : new IncidentReopened(c.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command that is decided alone."),
        };
    }

    /// <summary>Offers whose time is over.</summary>
    public static Decision<IncidentEvent> Expire(IncidentState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new Decision<IncidentEvent>([.. state.PendingOffers.Where(x => x.ExpiresAt <= now).Select(x => new OfferExpired(x.Id))]);
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
        var unwilling = askedByAuto.Count(x => x.Status is OfferStatus.Declined or OfferStatus.Expired or OfferStatus.Refused);
        IncidentEvent? alert = unwilling >= timers.RefusalsBeforeSupervisor && !state.Alerts.Contains(SupervisorNeeded)
            ? new SupervisorAlerted(SupervisorNeeded)
            : null;
        var wanted = state.PairsNeeded - state.ActiveAssignments - state.PendingOffers.Count();
        var excluded = askedByAuto.Select(x => x.PairId).Concat(state.Assignments.Where(x => x.Status.Commits()).Select(x => x.PairId));
        return new AutoOfferStep(Math.Max(0, wanted), [.. excluded.Distinct()], alert);
    }

    /// <summary>Alert: so many pairs said no or nothing that a supervisor must decide.</summary>
    public const string SupervisorNeeded = "supervisorNeeded";

    /// <summary>Alert: the automatic offers found no pair that could go.</summary>
    public const string NoPairAvailable = "noPairAvailable";

    private static Refusal NotOpen => Refusal.Rule(RefusalCodes.IncidentNotOpen, "The incident has ended.");

    private static Refusal Full => Refusal.Rule(RefusalCodes.IncidentFull, "The incident has as many pairs as it asked for.");

    private static Decision<IncidentEvent> Decline(IncidentState state, DeclineOffer c, DateTimeOffset now) =>
        state.Offer(c.OfferId) is not { } offer ? Refusal.NotFound(RefusalCodes.OfferNotFound, "There is no such offer.")
        : offer.Status == OfferStatus.Pending && offer.ExpiresAt > now ? new OfferDeclined(c.OfferId, c.Reason, c.Note)
        : offer.Status is OfferStatus.Expired or OfferStatus.Pending ? Refusal.Rule(RefusalCodes.OfferExpired, "The offer has expired.")
        : Refusal.Rule(RefusalCodes.OfferNotPending, $"The offer is {Name(offer.Status)}.");

    private static Decision<IncidentEvent> Progress(IncidentState state, SetAssignmentStatus c)
    {
        if (state.ActiveAssignment(c.PairId) is not { } assignment)
        {
            return state.Assignments.Any(x => x.PairId == c.PairId)
                ? Refusal.Rule(RefusalCodes.StatusOutOfOrder, $"The assignment of pair {c.PairId} has ended.")
                : Refusal.NotFound(RefusalCodes.AssignmentNotFound, $"Pair {c.PairId} has no part in this incident.");
        }

        return c.Status <= assignment.Status
            ? Refusal.Rule(RefusalCodes.StatusOutOfOrder, $"The assignment is {Name(assignment.Status)} and cannot go back to {Name(c.Status)}.")
            : new AssignmentProgressed(assignment.OfferId, c.Status, c.Note);
    }

    private static Decision<IncidentEvent> Hold(IncidentState state, HoldIncident c) => state.Phase switch
    {
        IncidentPhase.OnHold => Refusal.Rule(RefusalCodes.IncidentOnHold, "The incident is on hold already."),
        IncidentPhase.Open when state.ActiveAssignments > 0 =>
            Refusal.Rule(RefusalCodes.AssignmentsNotCleared, "Pairs are still assigned; clear them first."),
        IncidentPhase.Open => new Decision<IncidentEvent>([.. WithdrawAll(state, "held"), .. EndAuto(state), new IncidentHeld(c.Reason)]),
        _ => NotOpen,
    };

    private static Decision<IncidentEvent> Cancel(IncidentState state, CancelIncident c) => state.IsOpen
        ? new Decision<IncidentEvent>(
        [
            .. WithdrawAll(state, "cancelled"),
            .. state.Assignments.Where(x => x.Status.Commits()).Select(x => new AssignmentCancelled(x.OfferId)),
            .. EndAuto(state),
            new IncidentCancelled(c.Reason),
        ])
        : NotOpen;

    private static Decision<IncidentEvent> Close(IncidentState state, CloseIncident c) =>
        !state.IsOpen ? NotOpen
        : state.ActiveAssignments > 0 ? Refusal.Rule(RefusalCodes.AssignmentsNotCleared, "Pairs are still assigned; clear them first.")
        : new Decision<IncidentEvent>([.. WithdrawAll(state, "closed"), .. EndAuto(state), new IncidentClosed(c.Disposition, c.Note)]);

    private static IEnumerable<IncidentEvent> EndAuto(IncidentState state) => state.AutoOfferSeconds is null ? [] : [new AutoOfferEnded()];

    private static IEnumerable<IncidentEvent> WithdrawAll(IncidentState state, string reason) =>
        state.PendingOffers.Select(x => new OfferWithdrawn(x.Id, reason));

    private static IEnumerable<IncidentEvent> WithdrawWhereFull(IncidentState state, int more, string? except) =>
        state.ActiveAssignments + more >= state.PairsNeeded
            ? state.PendingOffers.Where(x => x.Id != except).Select(x => new OfferWithdrawn(x.Id, "taken"))
            : [];

    private static Refusal? ValidateOpening(OpenIncident c) =>
        Text("category", c.Category, 64, required: true)
        ?? Range("priority", c.Priority, 1, 4)
        ?? (c.Location.IsValid ? null : Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "Latitude is -90 to 90, longitude -180 to 180."))
        ?? Text("summary", c.Summary, MaxSummary, required: true)
        ?? Text("address", c.Address, MaxAddress)
        ?? Range("pairsNeeded", c.PairsNeeded, 1, MaxPairs)
        ?? ((c.Skills?.Length ?? 0) > 20 ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "skills", "At most 20 skills.") : null)
        ?? Text("caller.name", c.Caller?.Name, 100)
        ?? Text("caller.phone", c.Caller?.Phone, 40)
        ?? Text("caller.note", c.Caller?.Note, MaxReason);

    private static Refusal? ValidateOffering(OfferPairs c)
    {
        var pairs = c.PairIds ?? [];
        if (c.Auto == (pairs.Length > 0))
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "pairIds", "Name the pairs, or ask for auto, not both.");
        }

        if (c.Auto && c.Mode == OfferMode.Assign)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "mode", "Automatic offers cannot assign.");
        }

        if (pairs.Length > MaxPairs || pairs.Distinct(StringComparer.Ordinal).Count() != pairs.Length)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "pairIds", $"At most {MaxPairs} pairs, each once.");
        }

        return (c.ExpiresInSeconds is { } seconds ? Range("expiresInSeconds", seconds, 1, 86_400) : null)
            ?? Text("reason", c.Reason, MaxReason, required: c.Mode == OfferMode.Assign);
    }

    private static Refusal? Range(string field, int value, int least, int most) => value >= least && value <= most
        ? null
        : Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, $"{field} is {least} to {most}.");

    private static Refusal? Text(string field, string? value, int longest, bool required = false) =>
        required && string.IsNullOrWhiteSpace(value) ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} is needed.")
        : value?.Length > longest ? Refusal.Invalid(RefusalCodes.ValueTooLong, field, $"{field} is at most {longest} characters.")
        : null;

    private static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>A pair that was asked.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="OfferId">The offer put to it.</param>
/// <param name="RefusedBecause">A refusal code; null where it took the offer.</param>
public readonly record struct AskedPair(string PairId, string OfferId, string? RefusedBecause);

/// <summary>What automatic offers need next.</summary>
/// <param name="Wanted">How many more pairs to ask.</param>
/// <param name="ExcludedPairIds">Pairs not to ask.</param>
/// <param name="Event">What to record first.</param>
public sealed record AutoOfferStep(int Wanted, ImmutableArray<string> ExcludedPairIds, IncidentEvent? Event)
{
    /// <summary>Nothing.</summary>
    public static readonly AutoOfferStep None = new(0, [], null);
}
