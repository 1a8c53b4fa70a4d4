using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Pairs;
using Dispatch.Protection;
using Dispatch.Stations;

namespace Dispatch.Incidents;

/// <summary>An incident's state: what its events add up to.</summary>
public sealed record IncidentState
{
    public required string Id { get; init; }
    public required string Number { get; init; }
    public required string Category { get; init; }
    public required int Priority { get; init; }
    public required GeoPoint Location { get; init; }

    /// <summary>The address in the clear; only of incidents from before it was sealed.</summary>
    public string? Address { get; init; }

    /// <summary>The address, for whom it concerns.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SealedFields? SealedAddress { get; init; }
    public required string CommunityId { get; init; }
    public required string StationId { get; init; }
    public required string Summary { get; init; }
    public required int PairsNeeded { get; init; }
    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>The caller in the clear; only of incidents from before that was sealed.</summary>
    public Caller? Caller { get; init; }

    /// <summary>The caller, opened for a reason only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SealedFields? SealedCaller { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Disposition { get; init; }
    public IncidentPhase Phase { get; init; }
    public bool WasReopened { get; init; }
    public bool WasTransferred { get; init; }
    public string? TransferredFrom { get; init; }

    /// <summary>When it is to be worked on, while that has not come.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>When the dispatch clock began, and how long it runs.</summary>
    public required DateTimeOffset DispatchFrom { get; init; }
    public required int DispatchWithinSeconds { get; init; }

    /// <summary>Version at which category and priority were last said anew; 0 while they are as it was opened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ClassVersion { get; init; }
    public string? DivertedTo { get; init; }
    public string? MergedInto { get; init; }
    public ImmutableArray<MergedIncident> Merged { get; init; } = [];

    /// <summary>The last word about each other incident: linked or not. Both sides keep the later one, so they come to say the same.</summary>
    public ImmutableSortedDictionary<string, LinkWord> LinkWords { get; init; } = ImmutableSortedDictionary.Create<string, LinkWord>(StringComparer.Ordinal);

    /// <summary>Incidents it has to do with.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Links => [.. LinkWords.Where(x => x.Value.IsLinked).Select(x => x.Key)];
    public Escalation? Escalation { get; init; }
    public string? PanicPairId { get; init; }

    /// <summary>Incidents that looked the same when it was opened.</summary>
    public ImmutableArray<DuplicateCandidate> Duplicates { get; init; } = [];
    public ImmutableArray<OfferView> Offers { get; init; } = [];
    public ImmutableArray<AssignmentView> Assignments { get; init; } = [];
    public ImmutableArray<NoteView> Notes { get; init; } = [];
    public ImmutableArray<string> Alerts { get; init; } = [];

    /// <summary>Seconds an automatic offer waits; null where nothing is offered automatically.</summary>
    public int? AutoOfferSeconds { get; init; }

    /// <summary>How many events there were when the automatic offers began: pairs asked before may be asked again.</summary>
    public int AutoOfferFrom { get; init; }

    /// <summary>What pairs must still be told, in order. Telling them twice does no harm.</summary>
    public ImmutableArray<PairEffect> Effects { get; init; } = [];

    /// <summary>What other incidents must still be told, in order.</summary>
    public ImmutableArray<IncidentMessage> Messages { get; init; } = [];

    /// <summary>The last that was heard of other incidents, so that what comes late or twice changes nothing.</summary>
    public ImmutableSortedDictionary<string, long> Heard { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>Whether anything of it is sealed.</summary>
    [JsonIgnore]
    public bool HasSealed => SealedAddress is not null || SealedCaller is not null;

    [JsonIgnore]
    public bool IsOpen => Phase is IncidentPhase.Open or IncidentPhase.OnHold;

    [JsonIgnore]
    public int ActiveAssignments => Assignments.Count(x => x.Status.Commits());

    [JsonIgnore]
    public IEnumerable<OfferView> PendingOffers => Offers.Where(x => x.Status == OfferStatus.Pending);

    /// <summary>The state after one more event.</summary>
    public static IncidentState Apply(string id, IncidentState? state, Recorded<IncidentEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Event is IncidentOpened opened
            ? Opened(id, opened, recorded.At)
            : (state ?? throw new InvalidOperationException("The first event of an incident must be its opening.")).After(recorded);
    }

    /// <summary>The offer of this id.</summary>
    public OfferView? Offer(string offerId) => Offers.FirstOrDefault(x => x.Id == offerId);

    /// <summary>The assignment that commits this pair.</summary>
    public AssignmentView? ActiveAssignment(string pairId) => Assignments.FirstOrDefault(x => x.PairId == pairId && x.Status.Commits());

    /// <summary>The assignment of this pair that has not ended: committed, queued or planned.</summary>
    public AssignmentView? LiveAssignment(string pairId) => Assignments.FirstOrDefault(x => x.PairId == pairId && x.Status.IsLive());

    /// <summary>Queued and planned parts.</summary>
    [JsonIgnore]
    public IEnumerable<AssignmentView> WaitingAssignments => Assignments.Where(x => x.Status.Waits());

    /// <summary>The status people see, derived.</summary>
    public IncidentStatus Status() => Phase switch
    {
        IncidentPhase.Closed => IncidentStatus.Closed,
        IncidentPhase.Cancelled => IncidentStatus.Cancelled,
        IncidentPhase.OnHold => IncidentStatus.OnHold,
        IncidentPhase.Merged => IncidentStatus.Merged,
        IncidentPhase.Diverted => IncidentStatus.Diverted,
        _ => StatusOfAssignments(),
    };

    private IncidentStatus StatusOfAssignments()
    {
        var furthest = Assignments.Where(x => x.Status.Commits()).Select(x => x.Status).DefaultIfEmpty(AssignmentStatus.Reserved).Max();
        return furthest switch
        {
            AssignmentStatus.Reported => IncidentStatus.Reported,
            AssignmentStatus.OnScene => IncidentStatus.OnScene,
            AssignmentStatus.EnRoute => IncidentStatus.EnRoute,
            AssignmentStatus.Committed => IncidentStatus.Acknowledged,
            _ when PendingOffers.Any() => IncidentStatus.Dispatched,
            _ when Assignments.Any(x => x.ReportedAt is not null || x.OnSceneAt is not null) && !WasReopened => IncidentStatus.Reported,
            _ => WasTransferred ? IncidentStatus.Transferred : WasReopened ? IncidentStatus.Reopened : IncidentStatus.New,
        };
    }

    private static IncidentState Opened(string id, IncidentOpened e, DateTimeOffset at) => new()
    {
        Id = id,
        Number = e.Number,
        Category = e.Category,
        Priority = e.Priority,
        Location = e.Location,
        Address = e.Address,
        SealedAddress = e.SealedAddress,
        CommunityId = e.CommunityId,
        StationId = e.StationId,
        Summary = e.Summary,
        PairsNeeded = e.PairsNeeded,
        Skills = e.Skills,
        Caller = e.Caller,
        SealedCaller = e.SealedCaller,
        OpenedAt = at,
        DispatchFrom = e.ScheduledFor ?? at,
        DispatchWithinSeconds = e.DispatchWithinSeconds,
        ScheduledFor = e.ScheduledFor,
        PanicPairId = e.PanicPairId,
        Duplicates = e.Duplicates ?? [],
    };

    private IncidentState After(Recorded<IncidentEvent> r) => r.Event switch
    {
        PairOffered e => this with
        {
            Offers = Offers.Add(new OfferView(
                e.OfferId, e.PairId, OfferStatus.Pending, r.At, e.ExpiresAt, null, e.CommandId, e.Preempts, e.OverrideReason)),
            Phase = IncidentPhase.Open,
        },
        OfferRefused e => Refused(e, r.At),
        OfferAccepted e => Accepted(e, r.At),
        OfferDeclined e => Settled(e.OfferId, OfferStatus.Declined, e.Reason, e.Note),
        OfferExpired e => Settled(e.OfferId, OfferStatus.Expired, null),
        OfferWithdrawn e => Settled(e.OfferId, OfferStatus.Withdrawn, e.Reason),
        PairAssigned e => Told(e.OfferId, e.PairId, r.At, e.Reason, e.CommandId, e.OverrideReason)
            .Committed(e.PairId, e.OfferId, r.At, r.At, e.OfficerIds),
        PairQueued e => Told(e.OfferId, e.PairId, r.At, e.Reason, e.CommandId, e.OverrideReason).WithPart(e.PairId, e.OfferId, r.At, AssignmentStatus.Stacked),
        PairPlanned e => Told(e.OfferId, e.PairId, r.At, e.Reason, e.CommandId, e.OverrideReason).WithPart(e.PairId, e.OfferId, r.At, AssignmentStatus.Reserved),
        PlannedWorkQueued e => WithAssignment(e.OfferId, x => x with { Status = AssignmentStatus.Stacked }),
        QueuedWorkStarted e => WithAssignment(
                e.OfferId, x => x with { Status = AssignmentStatus.Committed, CommittedAt = r.At, OfficerIds = e.OfficerIds })
            .ActedOn().WithEffect(e.OfferId, PairEffectKind.Progress, AssignmentStatus.Committed),
        AssignmentProgressed e => Progressed(e, r),
        AssignmentCancelled e => Ended(e.OfferId, r.At, e.Reason),
        AssignmentHandedOver e => HandedOver(e, r.At),
        AssignmentPreempted e => Ended(e.OfferId, r.At, "preempted", e.ByOfferId),
        ScheduleStarted => this with { ScheduledFor = null },
        AutoOfferStarted e => WithoutAlerts(IncidentAlerts.OfOffers) with { AutoOfferSeconds = e.ExpiresInSeconds, AutoOfferFrom = Offers.Length },
        AutoOfferEnded => this with { AutoOfferSeconds = null },
        SupervisorAlerted e => this with
        {
            Alerts = Alerts.Contains(e.Alert) ? Alerts : Alerts.Add(e.Alert),
            Escalation = e.Because is { } because ? new Escalation(r.At, because) : Escalation,
        },
        NoteAdded e => WithNote(r, e.Text).RetoldTo(MergedInto, r.Version),
        BackupRequested e => WithNote(r, e.Reason) with { PairsNeeded = PairsNeeded + e.Pairs },
        IncidentReclassified e => WithNote(r, e.Reason).Reclassified(e, r.Version),
        IncidentHeld e => WithNote(r, e.Reason) with { Phase = IncidentPhase.OnHold },
        IncidentResumed e => WithNote(r, e.Reason) with { Phase = IncidentPhase.Open },
        IncidentCancelled e => WithNote(r, e.Reason).EndedAs(IncidentPhase.Cancelled, r.At),
        IncidentClosed e => WithNote(r, e.Note).EndedAs(IncidentPhase.Closed, r.At) with { Disposition = e.Disposition },
        IncidentReopened e => WithNote(r, e.Reason) with
        {
            Phase = IncidentPhase.Open, EndedAt = null, Disposition = null, DivertedTo = null, WasReopened = true,
        },
        IncidentTransferred e => WithNote(r, e.Reason) with { StationId = e.ToStationId, TransferredFrom = e.FromStationId, WasTransferred = true },
        IncidentDiverted e => WithNote(r, e.Reason).EndedAs(IncidentPhase.Diverted, r.At) with { DivertedTo = e.To },
        IncidentMerged e => (WithNote(r, e.Reason).EndedAs(IncidentPhase.Merged, r.At) with { MergedInto = e.IntoId }).RetoldTo(e.IntoId, r.Version),
        MergeUndone e => WithNote(r, e.Reason).WithMessage(new IncidentMessage(r.Version, e.FromId, IncidentMessageKind.Restore)) with
        {
            Phase = IncidentPhase.Open, EndedAt = null, MergedInto = null, WasReopened = true,
        },
        IncidentAbsorbed e => HeardFrom(e.FromId, e.Sequence).WithoutMerged(e.FromId).WithMerged(e.Items).RetoldTo(MergedInto, r.Version),
        IncidentRestored e => HeardFrom(e.FromId, e.Sequence).WithoutMerged(e.FromId).RetoldTo(MergedInto, r.Version),
        IncidentLinked e => WithNote(r, e.Reason).WithLink(e.OtherId, true, e.Heard, r),
        IncidentUnlinked e => WithLink(e.OtherId, false, e.Heard, r),
        _ => throw new InvalidOperationException($"An incident does not know the event {r.Event.GetType().Name}."),
    };

    private IncidentState Refused(OfferRefused e, DateTimeOffset at) => Offer(e.OfferId) is null
        ? this with { Offers = Offers.Add(new OfferView(e.OfferId, e.PairId, OfferStatus.Refused, at, at, e.Reason, e.CommandId)) }
        : Settled(e.OfferId, OfferStatus.Refused, e.Reason);

    private IncidentState Accepted(OfferAccepted e, DateTimeOffset at)
    {
        var offer = Offer(e.OfferId)!;
        return WithOffer(e.OfferId, OfferStatus.Accepted, null, null).Committed(offer.PairId, e.OfferId, offer.OfferedAt, at, e.OfficerIds);
    }

    /// <summary>With a pair that was told rather than asked.</summary>
    private IncidentState Told(string offerId, string pairId, DateTimeOffset at, string reason, string? commandId, string? overrideReason) => this with
    {
        Offers = Offers.Add(new OfferView(offerId, pairId, OfferStatus.Accepted, at, at, reason, commandId, false, overrideReason)),
        Phase = IncidentPhase.Open,
    };

    private IncidentState Committed(
        string pairId, string offerId, DateTimeOffset offeredAt, DateTimeOffset at, ImmutableArray<string>? officerIds) => (this with
        {
            Assignments = Assignments.Add(new AssignmentView(
                pairId, AssignmentStatus.Committed, offerId, offeredAt, at, CommittedAt: at, OfficerIds: officerIds)),
        }).ActedOn().WithEffect(offerId, PairEffectKind.Progress, AssignmentStatus.Committed);

    private IncidentState WithPart(string pairId, string offerId, DateTimeOffset at, AssignmentStatus status) =>
        this with { Assignments = Assignments.Add(new AssignmentView(pairId, status, offerId, at, at)) };

    /// <summary>Somebody goes: what was asked for is being done.</summary>
    private IncidentState ActedOn() => WithoutAlerts(ActiveAssignments >= PairsNeeded ? IncidentAlerts.OfNeed : IncidentAlerts.OfOffers) with
    {
        WasReopened = false,
        WasTransferred = false,
    };

    private IncidentState Ended(string offerId, DateTimeOffset at, string? reason, string? keepFor = null) =>
        WithAssignment(offerId, x => x with { Status = AssignmentStatus.Cancelled, EndedAt = at, EndReason = reason })
            .WithEffect(offerId, PairEffectKind.Release, AssignmentStatus.Cancelled, keepFor: keepFor);

    private IncidentState HandedOver(AssignmentHandedOver e, DateTimeOffset at)
    {
        var told = Ended(e.OfferId, at, "handedOver").Told(e.ToOfferId, e.ToPairId, at, e.Reason, e.CommandId, e.OverrideReason);
        return e.Status == AssignmentStatus.Committed
            ? told.Committed(e.ToPairId, e.ToOfferId, at, at, e.OfficerIds)
            : told.WithPart(e.ToPairId, e.ToOfferId, at, e.Status);
    }

    /// <summary>With word to every pair that was asked or goes, which has what it is and how urgent on its phone.</summary>
    private IncidentState Reclassified(IncidentReclassified e, long version) => this with
    {
        Category = e.Category,
        Priority = e.Priority,
        DispatchFrom = e.DispatchFrom,
        DispatchWithinSeconds = e.DispatchWithinSeconds,
        ClassVersion = version,
        Effects =
        [
            .. Effects,
            .. PendingOffers.Select(x => (x.PairId, x.Id)).Concat(Assignments.Where(x => x.Status.IsLive()).Select(x => (x.PairId, Id: x.OfferId)))
                .Select(x => new PairEffect(x.PairId, x.Id, PairEffectKind.Reclassify, Class: new OfferClass(e.Category, e.Priority, version))),
        ],
    };

    private IncidentState EndedAs(IncidentPhase phase, DateTimeOffset at)
    {
        var ended = this with { Phase = phase, EndedAt = at, Alerts = [], Escalation = null };
        return PanicPairId is { } pairId ? ended with { Effects = ended.Effects.Add(new PairEffect(pairId, string.Empty, PairEffectKind.EndPanic)) } : ended;
    }

    private IncidentState WithoutAlerts(ImmutableArray<string> codes) =>
        Alerts.IsEmpty ? this : this with { Alerts = Alerts.RemoveAll(codes.Contains), Escalation = null };

    /// <summary>With word to the incident that carries on of what was said here.</summary>
    private IncidentState RetoldTo(string? incidentId, long version)
    {
        if (incidentId is null)
        {
            return this;
        }

        var self = new MergedIncident(Id, Number, Summary, OpenedAt, Notes, Id);
        return WithMessage(new IncidentMessage(version, incidentId, IncidentMessageKind.Absorb, [self, .. Merged.Select(x => x with { Via = Id })]));
    }

    private IncidentState WithMessage(IncidentMessage message) => this with { Messages = Messages.Add(message) };

    private IncidentState HeardFrom(string incidentId, long sequence) => this with { Heard = Heard.SetItem(incidentId, sequence) };

    private IncidentState WithoutMerged(string via) => this with { Merged = Merged.RemoveAll(x => x.Via == via) };

    private IncidentState WithMerged(ImmutableArray<MergedIncident> items) => this with { Merged = Merged.AddRange(items) };

    private IncidentState WithLink(string otherId, bool isLinked, LinkHeard? heard, Recorded<IncidentEvent> r)
    {
        if (heard is not null)
        {
            return this with { LinkWords = LinkWords.SetItem(otherId, new LinkWord(isLinked, heard.At, otherId)) };
        }

        // Later than anything that was said of the two, whatever the clocks of their processes.
        var known = LinkWords.GetValueOrDefault(otherId)?.At.AddMilliseconds(1) ?? r.At;
        var at = known > r.At ? known : r.At;
        var kind = isLinked ? IncidentMessageKind.Link : IncidentMessageKind.Unlink;
        return (this with { LinkWords = LinkWords.SetItem(otherId, new LinkWord(isLinked, at, Id)) })
            .WithMessage(new IncidentMessage(r.Version, otherId, kind, At: at));
    }

    private IncidentState Settled(string offerId, OfferStatus status, string? reason, string? note = null) =>
        WithOffer(offerId, status, reason, note).WithEffect(offerId, PairEffectKind.Settle, offerStatus: status);

    private IncidentState Progressed(AssignmentProgressed e, Recorded<IncidentEvent> r) =>
        WithAssignment(e.OfferId, x => e.Status switch
        {
            AssignmentStatus.EnRoute => x with { Status = e.Status, EnRouteAt = x.EnRouteAt ?? e.At ?? r.At },
            AssignmentStatus.OnScene => x with { Status = e.Status, OnSceneAt = x.OnSceneAt ?? e.At ?? r.At },
            AssignmentStatus.Reported => x with { Status = e.Status, ReportedAt = x.ReportedAt ?? e.At ?? r.At },
            AssignmentStatus.Cleared => x with { Status = e.Status, ClearedAt = x.ClearedAt ?? e.At ?? r.At },
            _ => throw new InvalidOperationException($"An assignment does not progress to {e.Status}."),
        })
        .WithEffect(e.OfferId, e.Status == AssignmentStatus.Cleared ? PairEffectKind.Release : PairEffectKind.Progress, e.Status)
        .WithNote(r, e.Note);

    private IncidentState WithOffer(string offerId, OfferStatus status, string? reason, string? note) => this with
    {
        Offers = [.. Offers.Select(x => x.Id == offerId ? x with { Status = status, Reason = reason ?? x.Reason, Note = note ?? x.Note } : x)],
    };

    private IncidentState WithAssignment(string offerId, Func<AssignmentView, AssignmentView> change) =>
        this with { Assignments = [.. Assignments.Select(x => x.OfferId == offerId ? change(x) : x)] };

    private IncidentState WithEffect(
        string offerId,
        PairEffectKind kind,
        AssignmentStatus status = AssignmentStatus.Committed,
        OfferStatus offerStatus = OfferStatus.Accepted,
        string? keepFor = null) =>
        this with { Effects = Effects.Add(new PairEffect(Offer(offerId)!.PairId, offerId, kind, status, offerStatus, keepFor)) };

    private IncidentState WithNote(Recorded<IncidentEvent> r, string? text) =>
        string.IsNullOrWhiteSpace(text) ? this : this with { Notes = Notes.Add(new NoteView(r.At, r.By.Name, text)) };
}

/// <summary>What is stored of the lifecycle; the rest of the status is derived.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IncidentPhase>))]
public enum IncidentPhase
{
    Open,
    OnHold,
    Cancelled,
    Closed,
    Merged,
    Diverted,
}

/// <summary>The last word about a link.</summary>
/// <param name="IsLinked">Whether the two have to do with each other.</param>
/// <param name="At">When it was said.</param>
/// <param name="ById">Which of the two said it; decides between words of the same time.</param>
public sealed record LinkWord(bool IsLinked, DateTimeOffset At, string ById)
{
    /// <summary>Whether this was said after another word.</summary>
    public bool IsAfter(LinkWord? other) =>
        other is null || At > other.At || (At == other.At && string.CompareOrdinal(ById, other.ById) > 0);
}

/// <summary>Something a pair must be told.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="OfferId">The offer in question.</param>
/// <param name="Kind">What it is told.</param>
/// <param name="Status">How far its assignment is.</param>
/// <param name="OfferStatus">What became of the offer.</param>
/// <param name="KeepFor">The offer of higher priority that it is released for.</param>
/// <param name="Class">What the incident is now.</param>
public sealed record PairEffect(
    string PairId,
    string OfferId,
    PairEffectKind Kind,
    AssignmentStatus Status = AssignmentStatus.Cancelled,
    OfferStatus OfferStatus = OfferStatus.Withdrawn,
    string? KeepFor = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OfferClass? Class = null);

/// <summary>What a pair is told.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PairEffectKind>))]
public enum PairEffectKind
{
    /// <summary>How far its assignment is.</summary>
    Progress,

    /// <summary>An offer is no longer open.</summary>
    Settle,

    /// <summary>It is free.</summary>
    Release,

    /// <summary>Its call for help has ended.</summary>
    EndPanic,

    /// <summary>What the incident is, and how urgent, was said anew.</summary>
    Reclassify,
}

/// <summary>What calls for a supervisor or a dispatcher.</summary>
public static class IncidentAlerts
{
    /// <summary>So many pairs said no or nothing that a supervisor must decide.</summary>
    public const string SupervisorNeeded = "supervisorNeeded";

    /// <summary>The automatic offers found no pair that could go.</summary>
    public const string NoPairAvailable = "noPairAvailable";

    /// <summary>A pair that was planned cannot come, or not yet.</summary>
    public const string PlannedPairMissing = "plannedPairMissing";

    /// <summary>Those who are there ask for more.</summary>
    public const string BackupRequested = "backupRequested";

    /// <summary>A pair is in danger; stays until the incident ends.</summary>
    public const string Panic = "panic";

    /// <summary>Those that are over when new offers are made.</summary>
    public static readonly ImmutableArray<string> OfOffers = [SupervisorNeeded, NoPairAvailable];

    /// <summary>Those that are over when enough pairs go.</summary>
    public static readonly ImmutableArray<string> OfNeed = [.. OfOffers, PlannedPairMissing, BackupRequested];
}
