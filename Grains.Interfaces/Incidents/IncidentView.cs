using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Stations;

namespace Dispatch.Incidents;

/// <summary>An incident as it is shown. Never carries the caller; see <see cref="IIncidentGrain.ReadCallerAsync"/>.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people: station, day and count.</param>
/// <param name="Status">Derived from what happened to it and to its assignments.</param>
/// <param name="Category">Code of a category of the bureau.</param>
/// <param name="Priority">1 (highest) to 4.</param>
/// <param name="Location">Where; rounded on feeds that a wallboard shows.</param>
/// <param name="Address">Protected: null on feeds that a wallboard shows.</param>
/// <param name="CommunityId">Follows from the location.</param>
/// <param name="StationId">Station of that community.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="PairsNeeded">How many pairs it asks for, 1 to 50.</param>
/// <param name="Skills">Skills asked for.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ClosedAt">When it ended; null while open.</param>
/// <param name="Disposition">How it ended.</param>
/// <param name="DispatchDueAt">When the first pair should be dispatched by, after its priority.</param>
/// <param name="Alerts">What needs a supervisor, as codes.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="Offers">Every offer made.</param>
/// <param name="Assignments">Every pair's part in it.</param>
/// <param name="Notes">Notes in order.</param>
/// <param name="ScheduledFor">When it is to be worked on, while that has not come.</param>
/// <param name="DivertedTo">The service it was passed to.</param>
/// <param name="MergedInto">The incident that carries on.</param>
/// <param name="Merged">Incidents that are the same as this one, with what was said there.</param>
/// <param name="Links">Incidents it has to do with.</param>
/// <param name="Escalation">Why a supervisor is needed.</param>
/// <param name="PanicPairId">The pair in danger, where this is its call for help.</param>
/// <param name="TransferredFrom">The station that passed it on.</param>
/// <param name="Duplicates">Incidents that looked the same when it was opened, likeliest first; who looks decides.</param>
[GenerateSerializer, Immutable, Alias("dispatch.incident-view")]
public sealed record IncidentView(
    string Id,
    string Number,
    IncidentStatus Status,
    string Category,
    int Priority,
    GeoPoint Location,
    string? Address,
    string CommunityId,
    string StationId,
    string Summary,
    int PairsNeeded,
    ImmutableArray<string> Skills,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    string? Disposition,
    DateTimeOffset DispatchDueAt,
    ImmutableArray<string> Alerts,
    long Version,
    ImmutableArray<OfferView> Offers,
    ImmutableArray<AssignmentView> Assignments,
    ImmutableArray<NoteView> Notes,
    DateTimeOffset? ScheduledFor = null,
    string? DivertedTo = null,
    string? MergedInto = null,
    ImmutableArray<MergedIncident>? Merged = null,
    ImmutableArray<string>? Links = null,
    Escalation? Escalation = null,
    string? PanicPairId = null,
    string? TransferredFrom = null,
    ImmutableArray<DuplicateCandidate>? Duplicates = null)
{
    /// <summary>Whether it has not ended.</summary>
    [JsonIgnore]
    public bool IsOpen => Status.IsOpen();

    /// <summary>Whether it still waits for pairs.</summary>
    [JsonIgnore]
    public bool IsWaiting => ScheduledFor is null
        && Status is IncidentStatus.New or IncidentStatus.Dispatched or IncidentStatus.Reopened or IncidentStatus.Transferred;
}

/// <summary>An offer of an incident to a pair.</summary>
/// <param name="Id">Names its incident, so that an answer finds its way.</param>
/// <param name="PairId">Whom it was put to.</param>
/// <param name="Status">What became of it.</param>
/// <param name="OfferedAt">When.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
/// <param name="Reason">Why it was declined or refused, or why the pair was told to go.</param>
/// <param name="CommandId">The command that made it; null for offers that the system made on its way down the recommendations.</param>
/// <param name="Preempts">Whether the pair may be taken from an incident of lower priority for it.</param>
/// <param name="OverrideReason">Why the pair may go with a single officer.</param>
/// <param name="Note">What the officer said when declining.</param>
[GenerateSerializer, Immutable, Alias("dispatch.offer-view")]
public sealed record OfferView(
    string Id,
    string PairId,
    OfferStatus Status,
    DateTimeOffset OfferedAt,
    DateTimeOffset ExpiresAt,
    string? Reason = null,
    string? CommandId = null,
    bool Preempts = false,
    string? OverrideReason = null,
    string? Note = null);

/// <summary>A pair's part in an incident; each time is written once.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Status">How far it is.</param>
/// <param name="OfferId">The offer that made it; names this part, since a pair may have several in turn.</param>
/// <param name="OfferedAt">When it was asked or told.</param>
/// <param name="AcceptedAt">When it accepted, or was told.</param>
/// <param name="EnRouteAt">When it set out.</param>
/// <param name="OnSceneAt">When it arrived.</param>
/// <param name="ReportedAt">When it reported back.</param>
/// <param name="ClearedAt">When it was free again.</param>
/// <param name="CommittedAt">When it was committed: later than accepted for queued and planned work.</param>
/// <param name="OfficerIds">Who of the pair was present when it was committed.</param>
/// <param name="EndedAt">When it was called off.</param>
/// <param name="EndReason">Why: a code such as <c>preempted</c>, or the words of who did it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.assignment-view")]
public sealed record AssignmentView(
    string PairId,
    AssignmentStatus Status,
    string OfferId,
    DateTimeOffset OfferedAt,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? EnRouteAt = null,
    DateTimeOffset? OnSceneAt = null,
    DateTimeOffset? ReportedAt = null,
    DateTimeOffset? ClearedAt = null,
    DateTimeOffset? CommittedAt = null,
    ImmutableArray<string>? OfficerIds = null,
    DateTimeOffset? EndedAt = null,
    string? EndReason = null);

/// <summary>An incident that is the same as this one.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Summary">What its caller said.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Notes">What was noted there.</param>
/// <param name="Via">The incident it came with: itself, or the one it had been merged into before.</param>
[GenerateSerializer, Immutable, Alias("dispatch.merged-incident")]
public sealed record MergedIncident(
    string Id, string Number, string Summary, DateTimeOffset OpenedAt, ImmutableArray<NoteView> Notes, string? Via = null);

/// <summary>What an incident tells another.</summary>
/// <param name="Sequence">Rises with every message of the sender.</param>
/// <param name="ToId">Whom.</param>
/// <param name="Kind">What.</param>
/// <param name="Items">What was said there, with a merge.</param>
/// <param name="At">When, with a link: the later word of the two counts.</param>
[GenerateSerializer, Immutable, Alias("dispatch.incident-message")]
public sealed record IncidentMessage(
    long Sequence, string ToId, IncidentMessageKind Kind, ImmutableArray<MergedIncident>? Items = null, DateTimeOffset At = default);

/// <summary>Kind of a message between incidents.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IncidentMessageKind>))]
public enum IncidentMessageKind
{
    /// <summary>The sender is the same and ends there.</summary>
    Absorb,

    /// <summary>It was not the same.</summary>
    Restore,

    /// <summary>The two have to do with each other.</summary>
    Link,

    /// <summary>They have not.</summary>
    Unlink,
}

/// <summary>Why a supervisor is needed: what each pair said, or why none could be asked.</summary>
/// <param name="At">Since when.</param>
/// <param name="Because">One entry for each pair.</param>
[GenerateSerializer, Immutable, Alias("dispatch.escalation")]
public sealed record Escalation(DateTimeOffset At, ImmutableArray<PairReason> Because);

/// <summary>What kept a pair from going.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Reason">A code: a decline reason, <c>noAnswer</c>, a refusal code, or a shortfall.</param>
/// <param name="Note">The officer's words.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-reason")]
public sealed record PairReason(string PairId, string Reason, string? Note = null);

/// <summary>A note on an incident.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.note-view")]
public sealed record NoteView(DateTimeOffset At, string By, string Text);

/// <summary>One line of an incident's history.</summary>
/// <param name="Version">The incident's version after it.</param>
/// <param name="At">When.</param>
/// <param name="ById">Account id.</param>
/// <param name="By">Name of who did it.</param>
/// <param name="Kind">Kind of event, camelCase.</param>
/// <param name="Data">The event, without protected fields.</param>
[GenerateSerializer, Immutable, Alias("dispatch.timeline-entry")]
public sealed record TimelineEntry(long Version, DateTimeOffset At, string ById, string By, string Kind, Live.JsonText Data)
{
    /// <summary>What happened, by whom and when, without what was said: it may hold protected fields.</summary>
    public TimelineEntry ForMasked() => this with { Data = default };
}

/// <summary>Status of an incident (警情).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IncidentStatus>))]
public enum IncidentStatus
{
    /// <summary>已受理: opened, nobody asked yet.</summary>
    New,

    /// <summary>已派警: offered to a pair that has not answered.</summary>
    Dispatched,

    /// <summary>已签收: accepted.</summary>
    Acknowledged,

    /// <summary>出警中: a pair is on its way.</summary>
    EnRoute,

    /// <summary>已到达: a pair is there.</summary>
    OnScene,

    /// <summary>已反馈: reported back, not closed.</summary>
    Reported,

    /// <summary>已办结.</summary>
    Closed,

    /// <summary>Put aside until taken up again.</summary>
    OnHold,

    /// <summary>Called off.</summary>
    Cancelled,

    /// <summary>已合并: another incident carries on.</summary>
    Merged,

    /// <summary>已分流: passed to another service.</summary>
    Diverted,

    /// <summary>已移交: passed to another station.</summary>
    Transferred,

    /// <summary>重新打开: open again after it ended, nobody asked yet.</summary>
    Reopened,
}

/// <summary>Questions about a status.</summary>
public static class IncidentStatuses
{
    /// <summary>Whether an incident of this status has not ended.</summary>
    public static bool IsOpen(this IncidentStatus status) =>
        status is not (IncidentStatus.Closed or IncidentStatus.Cancelled or IncidentStatus.Merged or IncidentStatus.Diverted);
}

/// <summary>What became of an offer.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<OfferStatus>))]
public enum OfferStatus
{
    /// <summary>Not answered yet.</summary>
    Pending,

    /// <summary>Accepted: the pair is committed.</summary>
    Accepted,

    /// <summary>The pair said no.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>The pair was not free.</summary>
    Refused,
}

/// <summary>How far a pair is with an incident.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AssignmentStatus>))]
public enum AssignmentStatus
{
    /// <summary>Planned for later; does not commit the pair.</summary>
    Reserved,

    /// <summary>Queued behind the present one; does not commit the pair.</summary>
    Stacked,

    /// <summary>Committed.</summary>
    Committed,

    /// <summary>On the way.</summary>
    EnRoute,

    /// <summary>There.</summary>
    OnScene,

    /// <summary>Reported back.</summary>
    Reported,

    /// <summary>Done; the pair is free.</summary>
    Cleared,

    /// <summary>Called off; the pair is free.</summary>
    Cancelled,
}

/// <summary>Questions about an assignment's status.</summary>
public static class AssignmentStatuses
{
    /// <summary>Whether it commits the pair.</summary>
    public static bool Commits(this AssignmentStatus status) =>
        status is AssignmentStatus.Committed or AssignmentStatus.EnRoute or AssignmentStatus.OnScene or AssignmentStatus.Reported;

    /// <summary>Whether it is queued or planned, which does not commit the pair.</summary>
    public static bool Waits(this AssignmentStatus status) => status is AssignmentStatus.Reserved or AssignmentStatus.Stacked;

    /// <summary>Whether it has not ended.</summary>
    public static bool IsLive(this AssignmentStatus status) => status.Commits() || status.Waits();
}
