using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Stations;

/// <summary>What a recommendation is asked for.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Location">Where to go.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="Priority">1 (highest) to 4: only pairs committed lower can be taken away for it.</param>
/// <param name="Skills">Skills asked for.</param>
/// <param name="ExcludedPairIds">Pairs that were asked already or are assigned.</param>
/// <param name="Limit">How many are wanted, 1 to 100.</param>
/// <param name="AllowPreemption">Whether pairs may be listed that are committed lower and not there yet.</param>
/// <param name="AcrossStations">Whether neighbouring stations are asked as well.</param>
[GenerateSerializer, Immutable, Alias("dispatch.recommendation-request")]
public sealed record RecommendationRequest(
    string IncidentId,
    GeoPoint Location,
    string CommunityId,
    int Priority,
    ImmutableArray<string> Skills,
    ImmutableArray<string> ExcludedPairIds,
    int Limit,
    bool AllowPreemption = false,
    bool AcrossStations = true);

/// <summary>Who could go, and why not the others.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.recommendation")]
public sealed record Recommendation(ImmutableArray<RecommendedPair> Recommendations, ImmutableArray<Shortfall> Shortfalls);

/// <summary>A pair that could go.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Score">Seconds, lower is better: the estimated time of arrival plus what counts against the pair.</param>
/// <param name="DistanceMetres">By road: from the router, or the great circle times a road factor.</param>
/// <param name="EtaSeconds">Estimated time of arrival.</param>
/// <param name="Reasons">What counts for and against it, as codes.</param>
/// <param name="StationId">Its home station.</param>
/// <param name="Preempts">The incident it would be taken from; null where it is free.</param>
[GenerateSerializer, Immutable, Alias("dispatch.recommended-pair")]
public sealed record RecommendedPair(
    string PairId,
    double Score,
    double DistanceMetres,
    double EtaSeconds,
    ImmutableArray<string> Reasons,
    string StationId = "",
    string? Preempts = null);

/// <summary>Why a pair is not among the recommended.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Reason">A code, such as <c>committed</c>.</param>
[GenerateSerializer, Immutable, Alias("dispatch.shortfall")]
public sealed record Shortfall(string PairId, string Reason);
