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
    long Version);

/// <summary>What a pair is committed to.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="OfferId">The offer it accepted.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Since">When it was committed.</param>
[GenerateSerializer, Immutable, Alias("dispatch.commitment-view")]
public sealed record CommitmentView(string IncidentId, string OfferId, AssignmentStatus Status, DateTimeOffset Since);

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
