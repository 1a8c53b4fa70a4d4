using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Tests.Rules;

/// <summary>What counts, one thing at a time: two pairs at the same place, of which one has it, or one pair that cannot go.</summary>
public sealed class RecommendationRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 20, 0, 0, TimeSpan.Zero);
    private static readonly GeoPoint Door = new(35.1, 115);

    /// <summary>A kilometre north of the door.</summary>
    private static readonly GeoPoint There = new(35.1 + (1000 / 111_195.08), 115);

    private static readonly QueuedWork Later = new("later", "offer-later", "n", 3);

    private static readonly CommitmentView OnItsWay = new("other", "offer-other", AssignmentStatus.EnRoute, Now, 3);

    private static readonly PairView Free = new(
        "a", "A", "station", "home",
        [new OfficerInfo("g", "G", OfficerRole.GreenLeaf, ["mediation"]), new OfficerInfo("r", "R", OfficerRole.RedFlower, ["drone", "lang:yi"])],
        ["g", "r"], PairDuty.OnDuty, PairActivity.Available, PairAvailability.Available, null, null, 1);

    private static readonly RecommendationRequest Request = new("incident", Door, "home", 2, [], [], 5);

    [Fact]
    public void Score_OfAFreePairAtHome_IsItsTimeOfArrival()
    {
        // 1,000 m × 1.3 at 32 km/h.
        var best = Recommend(Request, Free).Recommendations.Single();
        Assert.Equal((146.3, 146.0, 1300.0), (best.Score, best.EtaSeconds, best.DistanceMetres));
        Assert.Equal(["homeCommunity", "free"], best.Reasons);
    }

    [Theory]
    [InlineData(AreaClass.Urban, AreaClass.Urban, 146.3)]
    [InlineData(AreaClass.Rural, AreaClass.Urban, 98.8)]
    [InlineData(AreaClass.Suburban, AreaClass.Suburban, 61.6)]
    [InlineData(AreaClass.Rural, AreaClass.Rural, 51.4)]
    public void Score_HalfOfTheWayIsAtTheSpeedOfEachArea(AreaClass from, AreaClass to, double score)
    {
        var options = RecommendationOptions.Default;
        var query = new RecommendationQuery(Request, options, to, Now);
        Assert.Equal(score, RecommendationRules.Score(query, new Candidate(Free, There, Now, from, options)));
    }

    public static TheoryData<string, PairView, RecommendationRequest, double> Penalties
    {
        get
        {
            var askSkills = Request with { Skills = ["drone", "lang:yi", "rare"] };
            return new()
            {
                { "awayFromHome", Free with { CommunityId = "elsewhere" }, Request, 30 },
                { "interrupts:visit", Free with { Activity = PairActivity.Visit, Availability = PairAvailability.ConditionallyAvailable }, Request, 60 },
                { "skillMissing:rare", Free, askSkills, 300 },
                { "skillMissing:lang:yi", Free with { PresentOfficerIds = ["g"] }, (askSkills with { IncludeSingleOfficer = true }), 960 },
                { "skillMissing:redFlower", Free with { PresentOfficerIds = ["g"] }, Request with { Skills = ["redFlower"], IncludeSingleOfficer = true }, 360 },
                { "roleMissing:greenLeaf", Free with { PresentOfficerIds = ["r"] }, Request with { Category = "dispute", IncludeSingleOfficer = true }, 105 },
                { "incidentsOfShift", Free with { Shift = new ShiftView(Now, 3, 0) }, Request, 45 },
                { "incidentsOfShift", Free with { Shift = new ShiftView(Now, 30, 0) }, Request, 120 },
                { "busyShift", Free with { Shift = new ShiftView(Now.AddHours(-4), 0, 7200) }, Request, 30 },
                { "busyShift", Free with { Shift = new ShiftView(Now.AddMinutes(-1), 0, 1800) }, Request, 30 },
                { "workQueued", Free with { Queued = [Later, Later] }, Request, 90 },
                { "workPlanned", Free with { Planned = [Later with { StartsAt = Now.AddMinutes(20) }] }, Request, 60 },
                { "singleOfficer", Free with { PresentOfficerIds = ["r"] }, Request with { IncludeSingleOfficer = true }, 60 },
                { "preempts:other", Free with { Commitment = OnItsWay, Availability = PairAvailability.NotAvailable }, Request with { AllowPreemption = true }, 300 },
            };
        }
    }

    [Theory, MemberData(nameof(Penalties))]
    public void Score_EverythingThatCountsAgainstAPair_IsNamedAndCounted(string reason, PairView pair, RecommendationRequest request, double seconds)
    {
        var explained = Explain(request, pair);
        Assert.Null(explained.Shortfall);
        Assert.Equal(146.3 + seconds, explained.Score!.Value, 0.11);
        Assert.Contains(explained.Penalties, x => x.Reason == reason && x.Seconds > 0);
        Assert.Equal(seconds, explained.Penalties.Sum(x => x.Seconds), 0.01);
    }

    [Fact]
    public void Score_NothingOfTheKind_CostsNothing()
    {
        Assert.Equal(146.3, Explain(Request, Free with { Planned = [Later with { StartsAt = Now.AddHours(2) }] }).Score);
        Assert.Equal(["homeCommunity", "free", "skillsMatch", "greenLeaf"],
            Explain(Request with { Skills = ["drone", "lang:yi", "greenLeaf"], Category = "dispute" }, Free).Reasons);
    }

    [Theory]
    [InlineData(0, null, 0)]
    [InlineData(30, null, 0)]
    [InlineData(130, "positionStale", 20.5)]
    [InlineData(100_000, "positionStale", 219.4)]
    [InlineData(null, "positionUnknown", 219.4)]
    public void Score_TheOlderAPosition_TheFartherThePairMayBe(int? age, string? reason, double seconds)
    {
        var options = RecommendationOptions.Default;
        var query = new RecommendationQuery(Request, options, AreaClass.Urban, Now);
        var candidate = new Candidate(Free, There, age is { } known ? Now.AddSeconds(-known) : null, AreaClass.Urban, options);
        var explained = RecommendationRules.Explain(query, candidate);
        Assert.Equal(146.3 + seconds, explained.Score!.Value, 0.11);
        Assert.Equal(reason, explained.Penalties.SingleOrDefault()?.Reason);
    }

    public static TheoryData<string, PairView, RecommendationRequest> Shortfalls => new()
    {
        { "offDuty", Free with { Duty = PairDuty.OffDuty, Availability = PairAvailability.NotAvailable }, Request },
        { "inPanic", Free with { PanicIncidentId = "panic" }, Request },
        { "signingOff", Free with { SigningOff = true }, Request },
        { "activity:meal", Free with { Activity = PairActivity.Meal, Availability = PairAvailability.NotAvailable }, Request },
        { "askedAlready", Free, Request with { ExcludedPairIds = ["a"] } },
        { "singleOfficer", Free with { PresentOfficerIds = ["g"] }, Request },
        { "committed", Free with { Commitment = OnItsWay }, Request },
        { "committed", Free with { Commitment = OnItsWay with { Priority = 2 } }, Request with { AllowPreemption = true } },
        { "committed", Free with { Commitment = OnItsWay with { Status = AssignmentStatus.OnScene } }, Request with { AllowPreemption = true } },
        { "signingOff", Free with { Commitment = OnItsWay, SigningOff = true }, Request with { AllowPreemption = true } },
    };

    [Theory, MemberData(nameof(Shortfalls))]
    public void WhyNot_IsSaid(string reason, PairView pair, RecommendationRequest request)
    {
        var answer = Recommend(request, pair, Free with { Id = "b", CommunityId = "elsewhere" });
        Assert.Equal(["b"], answer.Recommendations.Select(x => x.PairId));
        Assert.Equal([new Shortfall("a", reason, 1300)], answer.Shortfalls);
        Assert.Equal([KeyValuePair.Create(reason, 1)], answer.LeftOut!);
        Assert.Equal(reason, Explain(request, pair).Shortfall);
    }

    [Fact]
    public void Recommend_EqualPairs_ComeInTheOrderOfTheirIds()
    {
        var pairs = "hgfedcba".Select(x => Free with { Id = $"{x}" }).ToArray();
        Assert.Equal(["a", "b", "c", "d", "e"], Recommend(Request, pairs).Recommendations.Select(x => x.PairId));
    }

    private static PairExplanation Explain(RecommendationRequest request, PairView pair) =>
        RecommendationRules.Explain(QueryOf(request), CandidateOf(pair));

    /// <summary>The index's answer, which must be the rules'.</summary>
    private static Recommendation Recommend(RecommendationRequest request, params PairView[] pairs)
    {
        var index = new PairIndex(RecommendationOptions.Default);
        foreach (var pair in pairs)
        {
            index.Place(CandidateOf(pair));
        }

        return index.Recommend(QueryOf(request));
    }

    private static RecommendationQuery QueryOf(RecommendationRequest request) => new(request, RecommendationOptions.Default, AreaClass.Urban, Now);

    private static Candidate CandidateOf(PairView pair) => new(pair, There, Now, AreaClass.Urban, RecommendationOptions.Default);
}
