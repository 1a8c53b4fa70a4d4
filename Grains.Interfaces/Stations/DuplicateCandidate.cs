using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Incidents;

namespace Dispatch.Stations;

/// <summary>What is known of an incident when it is opened, by which it is compared with others.</summary>
/// <param name="IncidentId">Its id; empty where one is only thought of.</param>
/// <param name="Category">Its category.</param>
/// <param name="Location">Where.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("dispatch.new-incident")]
public sealed record NewIncident(string IncidentId, string Category, GeoPoint Location, DateTimeOffset At);

/// <summary>What a station says to a new incident.</summary>
/// <param name="Number">The number it gave.</param>
/// <param name="Duplicates">Incidents that may be the same, likeliest first; also of neighbouring stations, where those answered in time.</param>
[GenerateSerializer, Immutable, Alias("dispatch.registered-opening")]
public sealed record RegisteredOpening(string Number, ImmutableArray<DuplicateCandidate> Duplicates);

/// <summary>An incident that may be the same as another: near in place and time. Who looks decides.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Category">Its category.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Score">0 to 1, higher is likelier: near in place, near in time, of the same category.</param>
/// <param name="DistanceMetres">Great circle, whole metres.</param>
/// <param name="MinutesApart">Between the openings, in tenths.</param>
/// <param name="Reasons">As codes: <c>distance:85</c> metres, <c>minutes:12</c>, <c>sameCategory</c> or <c>relatedCategory</c>, <c>ended</c>.</param>
[GenerateSerializer, Immutable, Alias("dispatch.duplicate-candidate")]
public sealed record DuplicateCandidate(
    string IncidentId,
    string Number,
    string StationId,
    IncidentStatus Status,
    string Category,
    DateTimeOffset OpenedAt,
    double Score,
    double DistanceMetres,
    double MinutesApart,
    ImmutableArray<string> Reasons);
