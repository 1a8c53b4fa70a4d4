using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>An incident's state: what its events add up to.</summary>
public sealed record IncidentState
{
    public required string Id { get; init; }
    public required string Number { get; init; }
    public required string Category { get; init; }
    public required int Priority { get; init; }
    public required GeoPoint Location { get; init; }
    public string? Address { get; init; }
    public required string CommunityId { get; init; }
    public required string StationId { get; init; }
    public required string Summary { get; init; }
    public required int PairsNeeded { get; init; }
    public ImmutableArray<string> Skills { get; init; } = [];
    public Caller? Caller { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Disposition { get; init; }
    public IncidentPhase Phase { get; init; }
    public bool WasReopened { get; init; }
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

    /// <summary>The status people see, derived.</summary>
    public IncidentStatus Status() => Phase switch
    {
        IncidentPhase.Closed => IncidentStatus.Closed,
        IncidentPhase.Cancelled => IncidentStatus.Cancelled,
        IncidentPhase.OnHold => IncidentStatus.OnHold,
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
            _ => WasReopened ? IncidentStatus.Reopened : IncidentStatus.New,
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
        CommunityId = e.CommunityId,
        StationId = e.StationId,
        Summary = e.Summary,
        PairsNeeded = e.PairsNeeded,
        Skills = e.Skills,
        Caller = e.Caller,
        OpenedAt = at,
    };

    private IncidentState After(Recorded<IncidentEvent> r) => r.Event switch
    {
        PairOffered e => this with
        {
            Offers = Offers.Add(new OfferView(e.OfferId, e.PairId, OfferStatus.Pending, r.At, e.ExpiresAt, null, e.CommandId)),
            Phase = IncidentPhase.Open,
        },
        OfferRefused e => Refused(e, r.At),
        OfferAccepted e => Accepted(e.OfferId, r.At),
        OfferDeclined e => Settled(e.OfferId, OfferStatus.Declined, e.Reason),
        OfferExpired e => Settled(e.OfferId, OfferStatus.Expired, null),
        OfferWithdrawn e => Settled(e.OfferId, OfferStatus.Withdrawn, e.Reason),
        PairAssigned e => Assigned(e, r.At),
        AssignmentProgressed e => Progressed(e, r),
        AssignmentCancelled e => WithAssignment(e.OfferId, x => x with { Status = AssignmentStatus.Cancelled })
            .WithEffect(e.OfferId, PairEffectKind.Release, AssignmentStatus.Cancelled),
        AutoOfferStarted e => this with { AutoOfferSeconds = e.ExpiresInSeconds, AutoOfferFrom = Offers.Length, Alerts = [] },
        AutoOfferEnded => this with { AutoOfferSeconds = null },
        SupervisorAlerted e => this with { Alerts = Alerts.Contains(e.Alert) ? Alerts : Alerts.Add(e.Alert) },
        NoteAdded e => WithNote(r, e.Text),
        BackupRequested e => WithNote(r, e.Reason) with { PairsNeeded = PairsNeeded + e.Pairs },
        IncidentHeld e => WithNote(r, e.Reason) with { Phase = IncidentPhase.OnHold },
        IncidentCancelled e => WithNote(r, e.Reason) with { Phase = IncidentPhase.Cancelled, EndedAt = r.At, Alerts = [] },
        IncidentClosed e => WithNote(r, e.Note) with { Phase = IncidentPhase.Closed, EndedAt = r.At, Disposition = e.Disposition, Alerts = [] },
        IncidentReopened e => WithNote(r, e.Reason) with
        {
            Phase = IncidentPhase.Open, EndedAt = null, Disposition = null, WasReopened = true,
        },
        _ => throw new InvalidOperationException($"An incident does not know the event {r.Event.GetType().Name}."),
    };

    private IncidentState Refused(OfferRefused e, DateTimeOffset at) => Offer(e.OfferId) is null
        ? this with { Offers = Offers.Add(new OfferView(e.OfferId, e.PairId, OfferStatus.Refused, at, at, e.Reason, e.CommandId)) }
        : Settled(e.OfferId, OfferStatus.Refused, e.Reason);

    private IncidentState Accepted(string offerId, DateTimeOffset at)
    {
        var offer = Offer(offerId)!;
        return WithOffer(offerId, OfferStatus.Accepted, null).Committed(offer.PairId, offerId, offer.OfferedAt, at);
    }

    private IncidentState Assigned(PairAssigned e, DateTimeOffset at) => (this with
    {
        Offers = Offers.Add(new OfferView(e.OfferId, e.PairId, OfferStatus.Accepted, at, at, e.Reason, e.CommandId)),
        Phase = IncidentPhase.Open,
    }).Committed(e.PairId, e.OfferId, at, at);

    private IncidentState Committed(string pairId, string offerId, DateTimeOffset offeredAt, DateTimeOffset at) => (this with
    {
        Assignments = Assignments.Add(new AssignmentView(pairId, AssignmentStatus.Committed, offerId, offeredAt, at)),
        Alerts = [],
        WasReopened = false,
    }).WithEffect(offerId, PairEffectKind.Progress, AssignmentStatus.Committed);

    private IncidentState Settled(string offerId, OfferStatus status, string? reason) =>
        WithOffer(offerId, status, reason).WithEffect(offerId, PairEffectKind.Settle, offerStatus: status);

    private IncidentState Progressed(AssignmentProgressed e, Recorded<IncidentEvent> r) =>
        WithAssignment(e.OfferId, x => e.Status switch
        {
            AssignmentStatus.EnRoute => x with { Status = e.Status, EnRouteAt = x.EnRouteAt ?? r.At },
            AssignmentStatus.OnScene => x with { Status = e.Status, OnSceneAt = x.OnSceneAt ?? r.At },
            AssignmentStatus.Reported => x with { Status = e.Status, ReportedAt = x.ReportedAt ?? r.At },
            AssignmentStatus.Cleared => x with { Status = e.Status, ClearedAt = x.ClearedAt ?? r.At },
            _ => throw new InvalidOperationException($"An assignment does not progress to {e.Status}."),
        })
        .WithEffect(e.OfferId, e.Status == AssignmentStatus.Cleared ? PairEffectKind.Release : PairEffectKind.Progress, e.Status)
        .WithNote(r, e.Note);

    private IncidentState WithOffer(string offerId, OfferStatus status, string? reason) =>
        this with { Offers = [.. Offers.Select(x => x.Id == offerId ? x with { Status = status, Reason = reason ?? x.Reason } : x)] };

    private IncidentState WithAssignment(string offerId, Func<AssignmentView, AssignmentView> change) =>
        this with { Assignments = [.. Assignments.Select(x => x.OfferId == offerId ? change(x) : x)] };

    private IncidentState WithEffect(
        string offerId, PairEffectKind kind, AssignmentStatus status = AssignmentStatus.Committed, OfferStatus offerStatus = OfferStatus.Accepted) =>
        this with { Effects = Effects.Add(new PairEffect(Offer(offerId)!.PairId, offerId, kind, status, offerStatus)) };

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
}

/// <summary>Something a pair must be told.</summary>
public sealed record PairEffect(string PairId, string OfferId, PairEffectKind Kind, AssignmentStatus Status, OfferStatus OfferStatus);

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
}
