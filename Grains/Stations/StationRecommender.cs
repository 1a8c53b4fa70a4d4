using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Pairs;
using Microsoft.Extensions.Logging;

namespace Dispatch.Stations;

/// <summary>
/// Recommendations of one station: keeps its pairs in an index, asks neighbouring stations for theirs and the router for the roads. Belongs to
/// a station grain and is as single-threaded as that.
/// </summary>
internal sealed partial class StationRecommender(
    string stationId, IGrainFactory grains, AggregateServices services, RecommendationServices recommendation)
{
    /// <summary>A station that did not answer in time.</summary>
    private const string StationUnanswered = "stationUnanswered";

    /// <summary>A station too far away to be asked.</summary>
    private const string OtherStation = "otherStation";

    /// <summary>A pair that its station has not heard of yet.</summary>
    private const string Unknown = "unknown";

    /// <summary>More shortfalls than this are had cheaper by looking at everybody.</summary>
    private const int ManyShortfalls = 1000;

    private readonly ILogger logger = services.Loggers.CreateLogger<StationRecommender>();
    private readonly PairIndex index = new(recommendation.Options);
    private long organisationVersion;

    /// <summary>A pair's newest state.</summary>
    public void Know(PairView pair, PairPosition? position) => index.Place(CandidateOf(pair, position?.Point, position?.At));

    /// <summary>A pair's newest place; null where it is not known any more.</summary>
    public void Move(string pairId, PairPosition? position)
    {
        if (index.Find(pairId) is { } known)
        {
            index.Move(pairId, position?.Point ?? HomeOf(known.Pair), position?.At);
        }
    }

    /// <summary>A pair is no longer of this station.</summary>
    public void Forget(string pairId) => index.Remove(pairId);

    /// <summary>The best pairs of this station and of its neighbours.</summary>
    public async Task<Recommendation> RecommendAsync(RecommendationRequest request)
    {
        var options = recommendation.Options;
        var wanted = recommendation.Router is null
            ? request.Limit
            : Math.Max(request.Limit, Math.Min((2 * request.Limit) + 5, OsrmRouter.MostAtOnce));
        var neighbours = NeighboursOf(request);
        var asked = neighbours
            .Select(x => AnswerOfAsync(x, grains.GetGrain<IStationGrain>(x).RecommendOwnAsync(request with { Limit = wanted }), options))
            .ToArray();
        var own = RecommendOwn(request with { Limit = wanted }, forOtherStation: false);
        var answers = await Task.WhenAll(asked);
        var unanswered = neighbours.Where((_, i) => answers[i] is null).ToImmutableArray();
        var merged = Merge(answers.OfType<Recommendation>().Prepend(own), wanted, request.ShortfallLimit);
        if (recommendation.Router is { } router)
        {
            merged = Merge([merged with { Recommendations = await RouteAsync(router, merged.Recommendations, request.Location) }], request.Limit, request.ShortfallLimit);
        }

        if (request.ShortfallLimit == RecommendationRequest.EveryPair)
        {
            merged = WithStationsNotHeard(merged, neighbours, unanswered);
        }

        return merged with { UnansweredStations = unanswered };
    }

    /// <summary>The best pairs of this station.</summary>
    public Recommendation RecommendOwn(RecommendationRequest request, bool forOtherStation)
    {
        var query = QueryOf(request, forOtherStation);
        var answer = request.ShortfallLimit <= ManyShortfalls
            ? index.Recommend(query)
            : RecommendationRules.Recommend(query, index.Candidates);
        var unknown = services.Organisation.Current.PairsOfStation(stationId).Count() - index.Count;
        if (unknown <= 0)
        {
            return answer;
        }

        return answer with
        {
            LeftOut = answer.LeftOut!.SetItem(Unknown, unknown),
            Shortfalls = request.ShortfallLimit == RecommendationRequest.EveryPair
                ? answer.Shortfalls.AddRange(services.Organisation.Current.PairsOfStation(stationId)
                    .Where(x => index.Find(x.Id) is null)
                    .Select(x => new Shortfall(x.Id, Unknown)))
                : answer.Shortfalls,
        };
    }

    /// <summary>Why a pair of any station is recommended, or why not.</summary>
    public async Task<PairExplanation?> ExplainAsync(RecommendationRequest request, string pairId)
    {
        if (services.Organisation.Current.Pair(pairId) is not { } info)
        {
            return null;
        }

        var alone = info.StationId == stationId
            ? ExplainOwn(request, pairId, forOtherStation: false)
            : await AnswerOfAsync(
                info.StationId, grains.GetGrain<IStationGrain>(info.StationId).ExplainOwnAsync(request, pairId), recommendation.Options);
        alone ??= Bare(info, StationUnanswered);
        var all = await RecommendAsync(request with { ShortfallLimit = 0 });
        var rank = all.Recommendations.IndexOf(all.Recommendations.FirstOrDefault(x => x.PairId == pairId)!);
        if (rank >= 0)
        {
            var found = all.Recommendations[rank];
            return alone with
            {
                Recommended = true,
                Rank = rank + 1,
                Score = found.Score,
                DistanceMetres = found.DistanceMetres,
                EtaSeconds = found.EtaSeconds,
                Reasons = found.Reasons,
                Shortfall = null,
                Preempts = found.Preempts,
            };
        }

        var wasAsked = info.StationId == stationId || NeighboursOf(request).Contains(info.StationId);
        return alone with { Shortfall = alone.Shortfall ?? (wasAsked ? RecommendationRules.FartherThanOthers : OtherStation) };
    }

    /// <summary>One pair of this station looked at alone.</summary>
    public PairExplanation? ExplainOwn(RecommendationRequest request, string pairId, bool forOtherStation) =>
        index.Find(pairId) is { } candidate ? RecommendationRules.Explain(QueryOf(request, forOtherStation), candidate)
        : services.Organisation.Current.Pair(pairId) is { } info ? Bare(info, Unknown)
        : null;

    private static PairExplanation Bare(PairInfo pair, string shortfall) =>
        new(pair.Id, false, null, null, null, null, [], shortfall, [], pair.StationId);

    private ImmutableArray<string> NeighboursOf(RecommendationRequest request) =>
        request.AcrossStations ? recommendation.Neighbours.Near(request.Location, stationId) : [];

    /// <summary>What a neighbour says, or null where it does not in time.</summary>
    private async Task<T?> AnswerOfAsync<T>(string neighbour, Task<T> answer, RecommendationOptions options)
        where T : class?
    {
        try
        {
            return await answer.WaitAsync(TimeSpan.FromSeconds(options.NeighbourSeconds), services.Time);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogUnanswered(exception, stationId, neighbour);
            return null;
        }
    }

    /// <summary>Several answers as one: the best of all, and those who were best in their own only among the left out.</summary>
    private static Recommendation Merge(IEnumerable<Recommendation> answers, int limit, int shortfallLimit)
    {
        var all = answers.ToList();
        var ranked = all.SelectMany(x => x.Recommendations).ToList();
        ranked.Sort((a, b) => RecommendationRules.Compare(a.Score, a.PairId, b.Score, b.PairId));
        var dropped = ranked.Skip(limit).Select(x => new Shortfall(x.PairId, RecommendationRules.FartherThanOthers, x.DistanceMetres)).ToList();
        var leftOut = all.SelectMany(x => x.LeftOut!)
            .Append(KeyValuePair.Create(RecommendationRules.FartherThanOthers, dropped.Count))
            .Where(x => x.Value > 0)
            .GroupBy(x => x.Key, x => x.Value, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(x => x.Key, x => x.Sum(), StringComparer.Ordinal);
        return new Recommendation(
            [.. ranked.Take(limit)], RecommendationRules.Nearest(all.SelectMany(x => x.Shortfalls).Concat(dropped), shortfallLimit), leftOut);
    }

    /// <summary>The same pairs with the router's times, where it tells them.</summary>
    private async Task<ImmutableArray<RecommendedPair>> RouteAsync(OsrmRouter router, ImmutableArray<RecommendedPair> pairs, GeoPoint to)
    {
        var ways = await router.AskAsync([.. pairs.Select(x => x.From)], to);
        return [.. pairs.Select((pair, i) => Route(pair, ways, i))];
    }

    private RecommendedPair Route(RecommendedPair pair, ImmutableArray<RoadWay?> ways, int i) =>
        ways.IsDefault || i >= ways.Length ? pair with { Reasons = pair.Reasons.Add("estimated") }
        : ways[i] is { } way ? pair with
        {
            Score = Math.Round(way.Seconds + pair.PenaltySeconds, 1),
            EtaSeconds = Math.Round(way.Seconds),
            DistanceMetres = way.Metres is { } metres ? Math.Round(metres) : pair.DistanceMetres,
            Reasons = pair.Reasons.Add("routed"),
        }
        : pair with
        {
            Score = Math.Round(pair.Score + recommendation.Options.NoRouteSeconds, 1),
            Reasons = pair.Reasons.Add("noRoute"),
        };

    /// <summary>Adds the pairs of stations that were not asked or did not answer, so that everybody has a reason.</summary>
    private Recommendation WithStationsNotHeard(Recommendation answer, ImmutableArray<string> neighbours, ImmutableArray<string> unanswered)
    {
        var heard = neighbours.Except(unanswered, StringComparer.Ordinal).Append(stationId).ToHashSet(StringComparer.Ordinal);
        var missing = services.Organisation.Current.Organisation.Pairs
            .Where(x => !heard.Contains(x.StationId))
            .Select(x => new Shortfall(x.Id, unanswered.Contains(x.StationId) ? StationUnanswered : OtherStation))
            .ToList();
        var counts = missing.CountBy(x => x.Reason).Select(x => KeyValuePair.Create(x.Key, answer.LeftOut!.GetValueOrDefault(x.Key) + x.Value));
        return answer with { Shortfalls = answer.Shortfalls.AddRange(missing), LeftOut = answer.LeftOut!.SetItems(counts) };
    }

    private RecommendationQuery QueryOf(RecommendationRequest request, bool forOtherStation)
    {
        var organisation = services.Organisation.Current;
        if (organisation.Version != organisationVersion)
        {
            // Homes and areas may be others now.
            organisationVersion = organisation.Version;
            foreach (var known in index.Candidates.ToArray())
            {
                index.Place(CandidateOf(known.Pair, known.ReportedAt is null ? null : known.At, known.ReportedAt));
            }
        }

        return new RecommendationQuery(
            request, recommendation.Options, AreaOf(request.CommunityId), services.Time.GetUtcNow(), forOtherStation);
    }

    private Candidate CandidateOf(PairView pair, GeoPoint? at, DateTimeOffset? reportedAt) =>
        new(pair, at ?? HomeOf(pair), reportedAt, AreaOf(pair.CommunityId), recommendation.Options);

    private GeoPoint HomeOf(PairView pair)
    {
        var organisation = services.Organisation.Current;
        return organisation.Pair(pair.Id) is { } info ? organisation.HomeOf(info) : default;
    }

    private AreaClass AreaOf(string communityId) => services.Organisation.Current.Community(communityId)?.AreaClass ?? AreaClass.Urban;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Station {StationId} recommends without {Neighbour}, which did not answer.")]
    private partial void LogUnanswered(Exception exception, string stationId, string neighbour);
}
