using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Stations;
using Dispatch.Tests.Processes;
using Orleans;

namespace Dispatch.Tests.Stations;

/// <summary>Station grains with each other and with a router: whom they list across the border, and that everybody in the bureau has a reason.</summary>
public sealed class StationRecommendationTests
{
    private static readonly CommandContext Administrator = new(null, new Actor("admin", "Admin"));

    /// <summary>In the north, 110 m from the south.</summary>
    private static readonly GeoPoint AtTheBorder = new(35.101, 115.05);

    /// <summary>In the north, 11 km from the south.</summary>
    private static readonly GeoPoint FarFromTheBorder = new(35.1999, 115.05);

    [Fact]
    public async Task Recommend_AtTheBorder_TheOtherStationsNearerPairComesFirstAndSaysSo()
    {
        await using var silo = await StartAsync();
        await PutAsync(silo, "north-1", new GeoPoint(35.15, 115.05));
        await PutAsync(silo, "south-1", new GeoPoint(35.099, 115.05));
        var both = await North(silo).RecommendAsync(RequestAt(AtTheBorder));
        Assert.Equal(["south-1", "north-1"], both.Recommendations.Select(x => x.PairId));
        Assert.Contains("otherStation", both.Recommendations[0].Reasons);
        Assert.Equal(["south", "north"], both.Recommendations.Select(x => x.StationId));
        Assert.DoesNotContain("otherStation", both.Recommendations[1].Reasons);

        var one = await North(silo).RecommendAsync(RequestAt(AtTheBorder) with { Limit = 1 });
        Assert.Equal(["south-1"], one.Recommendations.Select(x => x.PairId));
        Assert.Contains(new Shortfall("north-1", "fartherThanOthers", both.Recommendations[1].DistanceMetres), one.Shortfalls);

        var own = await North(silo).RecommendAsync(RequestAt(AtTheBorder) with { AcrossStations = false });
        Assert.Equal(["north-1"], own.Recommendations.Select(x => x.PairId));
        Assert.Empty(own.UnansweredStations!);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Recommend_EveryPair_NamesEachPairOfTheBureauOnce(bool atTheBorder)
    {
        await using var silo = await StartAsync();
        await PutAsync(silo, "north-1", AtTheBorder);
        await PutAsync(silo, "south-1", AtTheBorder, x => x with { PanicIncidentId = "panic" });
        var request = RequestAt(atTheBorder ? AtTheBorder : FarFromTheBorder) with { ShortfallLimit = RecommendationRequest.EveryPair };
        var answer = await North(silo).RecommendAsync(request);
        Assert.Equal(["north-1"], answer.Recommendations.Select(x => x.PairId));
        var reasons = answer.Shortfalls.ToDictionary(x => x.PairId, x => x.Reason);
        Assert.Equal(TestOrganisation.Create().Pairs.Select(x => x.Id).Order(), reasons.Keys.Append("north-1").Order());
        Assert.Equal(atTheBorder ? "inPanic" : "otherStation", reasons["south-1"]);
        Assert.Equal(reasons.Values.CountBy(x => x).OrderBy(x => x.Key, StringComparer.Ordinal), answer.LeftOut!);

        foreach (var (pair, reason) in reasons)
        {
            // Looked at alone a pair may have a better reason than that its station is too far away to be asked.
            var explained = await North(silo).ExplainAsync(request, pair);
            Assert.False(explained!.Recommended);
            Assert.Equal(reason != "otherStation" ? reason : pair == "south-1" ? "inPanic" : "offDuty", explained.Shortfall);
        }
    }

    [Fact]
    public async Task Explain_SaysRankPartsAndReason()
    {
        await using var silo = await StartAsync();
        await PutAsync(silo, "north-1", AtTheBorder);
        await PutAsync(silo, "north-2", new GeoPoint(35.12, 115.05));
        await PutAsync(silo, "south-1", FarFromTheBorder);
        var request = RequestAt(FarFromTheBorder) with { Limit = 1, Skills = ["drone"] };
        var best = await North(silo).ExplainAsync(request, "north-2");
        Assert.Equal((true, 1, (string?)null), (best!.Recommended, best.Rank!.Value, best.Shortfall));
        Assert.Contains(best.Penalties, x => x == new Penalty("skillMissing:drone", 300));
        Assert.Equal(best.Score!.Value, best.EtaSeconds!.Value + best.Penalties.Sum(x => x.Seconds), 1.0);

        Assert.Equal("fartherThanOthers", (await North(silo).ExplainAsync(request, "north-1"))!.Shortfall);
        var near = await North(silo).ExplainAsync(request, "south-1");
        Assert.Equal(("otherStation", "south"), (near!.Shortfall, near.StationId));
        Assert.True(near.Score < best.Score);
        Assert.Null(await North(silo).ExplainAsync(request, "nobody"));
    }

    [Fact]
    public async Task Recommend_ANeighbourThatDoesNotAnswerInTime_IsNamedAndItsPairsHaveThatReason()
    {
        await using var silo = await StartAsync(("Dispatch:Recommendation:NeighbourSeconds", "0.000001"));
        await PutAsync(silo, "north-1", AtTheBorder);
        await PutAsync(silo, "south-1", AtTheBorder);
        var answer = await North(silo).RecommendAsync(RequestAt(AtTheBorder) with { ShortfallLimit = RecommendationRequest.EveryPair });
        Assert.Equal(["north-1"], answer.Recommendations.Select(x => x.PairId));
        Assert.Equal(["south"], answer.UnansweredStations!.Value);
        Assert.Contains(new Shortfall("south-1", "stationUnanswered"), answer.Shortfalls);
        Assert.Equal("stationUnanswered", (await North(silo).ExplainAsync(RequestAt(AtTheBorder), "south-1"))!.Shortfall);
    }

    [Fact]
    public async Task Recommend_FollowsWhatPairsTell()
    {
        await using var silo = await StartAsync();
        await PutAsync(silo, "north-1", AtTheBorder);
        await PutAsync(silo, "north-2", FarFromTheBorder);
        Assert.Equal(["north-1", "north-2"], await BestAsync());

        await North(silo).PublishPositionAsync("north-1", new PairPosition(35.19, 115.19, DateTimeOffset.UtcNow));
        await North(silo).PublishPositionAsync("north-2", new PairPosition(35.101, 115.05, DateTimeOffset.UtcNow));
        Assert.Equal(["north-2", "north-1"], await BestAsync());

        await PutAsync(silo, "north-2", AtTheBorder, x => x with
        {
            Version = 2000,
            Commitment = new CommitmentView("other", "offer", AssignmentStatus.EnRoute, DateTimeOffset.UtcNow, 3),
        });
        Assert.Equal(["north-1"], await BestAsync());
        var taken = await North(silo).RecommendAsync(RequestAt(AtTheBorder) with { AllowPreemption = true, Priority = 1 });
        var preempted = taken.Recommendations.Single(x => x.PairId == "north-2");
        Assert.Equal("other", preempted.Preempts);
        Assert.Contains("preempts:other", preempted.Reasons);

        await North(silo).PublishPositionAsync("north-1", null);
        Assert.Contains("positionUnknown", (await North(silo).RecommendAsync(RequestAt(AtTheBorder))).Recommendations.Single().Reasons);

        async Task<IEnumerable<string>> BestAsync() =>
            (await North(silo).RecommendAsync(RequestAt(AtTheBorder))).Recommendations.Select(x => x.PairId);
    }

    [Fact]
    public async Task Recommend_WithARouter_ItsTimesDecideAndWithoutItTheEstimateStands()
    {
        // The pair that is nearest as the crow flies has a long way round, and another has none at all.
        await using var router = await OsrmServer.StartAsync(x => x.Lat switch
        {
            < 35.102 => (900, 12_000),
            < 35.11 => (null, null),
            _ => (120, 2_000),
        });
        await using var silo = await StartAsync(("Dispatch:Router:Url", router.Url.ToString()), ("Dispatch:Router:QuietSeconds", "0"), ("Dispatch:Router:TimeoutSeconds", "2"));
        await PutAsync(silo, "north-1", AtTheBorder);
        await PutAsync(silo, "north-2", new GeoPoint(35.105, 115.05));
        await PutAsync(silo, "south-1", new GeoPoint(35.115, 115.05));
        var routed = await North(silo).RecommendAsync(RequestAt(AtTheBorder) with { Limit = 2 });
        Assert.Equal(["south-1", "north-2"], routed.Recommendations.Select(x => x.PairId));
        Assert.Equal((120, 2_000), (routed.Recommendations[0].EtaSeconds, routed.Recommendations[0].DistanceMetres));
        Assert.Contains("routed", routed.Recommendations[0].Reasons);
        Assert.Contains("noRoute", routed.Recommendations[1].Reasons);
        Assert.Contains(routed.Shortfalls, x => x is { PairId: "north-1", Reason: "fartherThanOthers", DistanceMetres: 12_000 });
        Assert.Equal(1, (await North(silo).ExplainAsync(RequestAt(AtTheBorder), "south-1"))!.Rank);

        router.Misbehave = OsrmServer.Answer(500, "oops");
        var estimated = await North(silo).RecommendAsync(RequestAt(AtTheBorder));
        Assert.Equal(["north-1", "north-2", "south-1"], estimated.Recommendations.Select(x => x.PairId));
        Assert.All(estimated.Recommendations, x => Assert.Contains("estimated", x.Reasons));
    }

    private static async Task<TestSilo> StartAsync(params (string Key, string Value)[] settings)
    {
        var silo = await TestSilo.StartAsync(null, settings);
        await silo.Grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(Administrator, TestOrganisation.Create());
        foreach (var station in TestOrganisation.Create().Stations)
        {
            // It asks the pairs it has not heard of, so that none of them tells it something in the middle of a test.
            await silo.Grains.GetGrain<IStationGrain>(station.Id).ListPairsAsync();
        }

        return silo;
    }

    private static IStationGrain North(TestSilo silo) => silo.Grains.GetGrain<IStationGrain>("north");

    private static RecommendationRequest RequestAt(GeoPoint place) => new("incident", place, "north-west", 2, [], [], 10);

    /// <summary>Tells a pair's station that it is free at a place, in a version that nothing the pair itself says can replace.</summary>
    private static async Task PutAsync(TestSilo silo, string pairId, GeoPoint at, Func<PairView, PairView>? change = null)
    {
        var info = TestOrganisation.Create().Pairs.Single(x => x.Id == pairId);
        var view = new PairView(
            info.Id, info.CallSign, info.StationId, info.CommunityId, info.Officers, [.. info.Officers.Select(x => x.Id)], PairDuty.OnDuty,
            PairActivity.Available, PairAvailability.Available, null, null, 1000);
        var station = silo.Grains.GetGrain<IStationGrain>(info.StationId);
        await station.PublishPairAsync(change?.Invoke(view) ?? view);
        await station.PublishPositionAsync(pairId, new PairPosition(at.Lat, at.Lon, DateTimeOffset.UtcNow));
    }
}
