using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>A pair as it is shown.</summary>
/// <param name="Id">Unique in the bureau.</param>
/// <param name="CallSign">What it is called on the radio.</param>
/// <param name="StationId">Home station.</param>
/// <param name="CommunityId">Home community.</param>
/// <param name="Officers">Its officers.</param>
/// <param name="PresentOfficerIds">Who signed on; empty off duty.</param>
/// <param name="Duty">On or off duty.</param>
/// <param name="Activity">What it does while on duty and not committed.</param>
/// <param name="Availability">Whether it can be sent, derived (EIDO primary unit status).</param>
/// <param name="Commitment">The one incident it is committed to.</param>
/// <param name="Position">Last known, kept in memory only.</param>
/// <param name="Version">Counts its changes from 1; 0 before the first.</param>
/// <param name="Queued">Work behind the present one, in the order it will start.</param>
/// <param name="Planned">Work for later, by time.</param>
/// <param name="Shift">What it did since it signed on; null off duty.</param>
/// <param name="PanicIncidentId">Its call for help, while that is open.</param>
/// <param name="SigningOff">Whether it goes off duty once its work is done.</param>
/// <param name="Time">What its time is spent on; null off duty.</param>
/// <param name="TakenBy">Who has borrowed it from its community; null where nobody has.</param>
/// <param name="TakenUntil">Until when, as planned.</param>
/// <param name="SingleSince">Since when only one officer is there on duty; null where both are.</param>
/// <param name="Presence">How long it was inside its community, as last counted; null before the first count.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-view")]
public sealed record PairView(
    string Id,
    string CallSign,
    string StationId,
    string CommunityId,
    ImmutableArray<OfficerInfo> Officers,
    ImmutableArray<string> PresentOfficerIds,
    PairDuty Duty,
    PairActivity Activity,
    PairAvailability Availability,
    CommitmentView? Commitment,
    PairPosition? Position,
    long Version,
    ImmutableArray<QueuedWork>? Queued = null,
    ImmutableArray<QueuedWork>? Planned = null,
    ShiftView? Shift = null,
    string? PanicIncidentId = null,
    bool SigningOff = false,
    PresentTime? Time = null,
    string? TakenBy = null,
    DateTimeOffset? TakenUntil = null,
    DateTimeOffset? SingleSince = null,
    PresenceView? Presence = null)
{
    /// <summary>Whether only one officer is there: not to be sent without a supervisor's reason.</summary>
    public bool SingleOfficer => Duty == PairDuty.OnDuty && PresentOfficerIds.Length < 2;
}

/// <summary>Work that does not commit the pair yet.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="OfferId">Names the part in it.</param>
/// <param name="Number">The incident's number.</param>
/// <param name="Priority">1 to 4.</param>
/// <param name="StartsAt">When, for planned work.</param>
[GenerateSerializer, Immutable, Alias("dispatch.queued-work")]
public sealed record QueuedWork(string IncidentId, string OfferId, string Number, int Priority, DateTimeOffset? StartsAt = null);

/// <summary>A pair's shift so far, for fairness.</summary>
/// <param name="Since">When it signed on.</param>
/// <param name="Incidents">How often it was committed.</param>
/// <param name="BusySeconds">How long it was committed in all, up to its last release.</param>
[GenerateSerializer, Immutable, Alias("dispatch.shift-view")]
public sealed record ShiftView(DateTimeOffset Since, int Incidents, double BusySeconds);

/// <summary>What a pair is committed to.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="OfferId">The offer it accepted.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Since">When it was committed.</param>
/// <param name="Priority">The incident's priority, 1 to 4.</param>
[GenerateSerializer, Immutable, Alias("dispatch.commitment-view")]
public sealed record CommitmentView(string IncidentId, string OfferId, AssignmentStatus Status, DateTimeOffset Since, int Priority);

/// <summary>Where a pair was.</summary>
/// <param name="Lat">Latitude, WGS-84 degrees.</param>
/// <param name="Lon">Longitude, WGS-84 degrees.</param>
/// <param name="At">When, by the reporting device.</param>
/// <param name="Accuracy">Radius in metres; null where unknown.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-position")]
public sealed record PairPosition(double Lat, double Lon, DateTimeOffset At, double? Accuracy = null)
{
    /// <summary>The place alone.</summary>
    [JsonIgnore]
    public GeoPoint Point => new(Lat, Lon);
}

/// <summary>Duty of a pair.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PairDuty>))]
public enum PairDuty
{
    /// <summary>下勤.</summary>
    OffDuty,

    /// <summary>值班.</summary>
    OnDuty,
}

/// <summary>What a pair does on duty.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PairActivity>))]
public enum PairActivity
{
    /// <summary>待命.</summary>
    Available,

    /// <summary>巡逻中.</summary>
    Patrol,

    /// <summary>走访中.</summary>
    Visit,

    /// <summary>At the station.</summary>
    Station,

    /// <summary>In a meeting.</summary>
    Meeting,

    /// <summary>At a meal.</summary>
    Meal,

    /// <summary>In training.</summary>
    Training,

    /// <summary>In court.</summary>
    Court,

    /// <summary>Out of service.</summary>
    OutOfService,
}

/// <summary>Whether a pair can be sent (NENA EIDO primary unit status).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PairAvailability>))]
public enum PairAvailability
{
    /// <summary>Cannot be sent.</summary>
    NotAvailable,

    /// <summary>Busy with community work that a call may interrupt.</summary>
    ConditionallyAvailable,

    /// <summary>Free.</summary>
    Available,
}
