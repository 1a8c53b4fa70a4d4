using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;

namespace Dispatch.Stations;

/// <summary>What a recommendation is asked for.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Location">Where to go.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="Priority">1 (highest) to 4: only pairs committed lower can be taken away for it.</param>
/// <param name="Skills">Skills asked for; <c>greenLeaf</c> and <c>redFlower</c> are met by the role of an officer who is there.</param>
/// <param name="ExcludedPairIds">Pairs that were asked already or are assigned.</param>
/// <param name="Limit">How many are wanted, 1 to 100.</param>
/// <param name="AllowPreemption">Whether pairs may be listed that are committed lower and not there yet.</param>
/// <param name="AcrossStations">Whether neighbouring stations are asked as well.</param>
/// <param name="Category">The incident's category, from which the preferred half of a pair follows; null for no preference.</param>
/// <param name="IncludeSingleOfficer">Whether pairs may be listed of which only one officer is there: they go with a supervisor's reason only.</param>
/// <param name="ShortfallLimit">How many of those left out are named, nearest first; <see cref="EveryPair"/> for each pair of the organisation.</param>
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
    bool AcrossStations = true,
    string? Category = null,
    bool IncludeSingleOfficer = false,
    int ShortfallLimit = 50)
{
    /// <summary>A <see cref="ShortfallLimit"/> that names everybody.</summary>
    public const int EveryPair = int.MaxValue;
}

/// <summary>Who could go, and why not the others.</summary>
/// <param name="Recommendations">Best first.</param>
/// <param name="Shortfalls">The nearest of those left out, as many as were asked for.</param>
/// <param name="LeftOut">How many are left out for each reason, of all pairs of the stations that answered.</param>
/// <param name="UnansweredStations">Neighbouring stations that did not answer in time, so that their pairs are missing.</param>
[GenerateSerializer, Immutable, Alias("dispatch.recommendation")]
public sealed record Recommendation(
    ImmutableArray<RecommendedPair> Recommendations,
    ImmutableArray<Shortfall> Shortfalls,
    ImmutableSortedDictionary<string, int>? LeftOut = null,
    ImmutableArray<string>? UnansweredStations = null);

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
    string? Preempts = null)
{
    /// <summary>Where it is taken to be, for the router; not told to clients, who see the positions they have a right to on their own feed.</summary>
    [Id(7), JsonIgnore]
    public GeoPoint From { get; init; }

    /// <summary>The score without the time of arrival, so that a router's time can take the place of the estimated one.</summary>
    [Id(8), JsonIgnore]
    public double PenaltySeconds { get; init; }
}

/// <summary>Why a pair is not among the recommended.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Reason">A code, such as <c>committed</c>.</param>
/// <param name="DistanceMetres">By road, estimated; null where nobody knows.</param>
[GenerateSerializer, Immutable, Alias("dispatch.shortfall")]
public sealed record Shortfall(string PairId, string Reason, double? DistanceMetres = null);

/// <summary>Everything about one pair and one incident: the answer to "why this pair?" and to "why not this pair?".</summary>
/// <param name="PairId">The pair.</param>
/// <param name="Recommended">Whether it is among the recommended.</param>
/// <param name="Rank">Its place among them, from 1.</param>
/// <param name="Score">Seconds, lower is better; null where its station did not answer or does not know it.</param>
/// <param name="DistanceMetres">By road.</param>
/// <param name="EtaSeconds">Estimated time of arrival.</param>
/// <param name="Reasons">What counts for and against it, as codes.</param>
/// <param name="Shortfall">Why it is not among the recommended.</param>
/// <param name="Penalties">What is added to the time of arrival; together they make the score.</param>
/// <param name="StationId">Its home station.</param>
/// <param name="Preempts">The incident it would be taken from; null where it is free.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-explanation")]
public sealed record PairExplanation(
    string PairId,
    bool Recommended,
    int? Rank,
    double? Score,
    double? DistanceMetres,
    double? EtaSeconds,
    ImmutableArray<string> Reasons,
    string? Shortfall,
    ImmutableArray<Penalty> Penalties,
    string StationId,
    string? Preempts = null);

/// <summary>Something that counts against a pair.</summary>
/// <param name="Reason">A code.</param>
/// <param name="Seconds">How much, as seconds of delay.</param>
[GenerateSerializer, Immutable, Alias("dispatch.penalty")]
public sealed record Penalty(string Reason, double Seconds);
