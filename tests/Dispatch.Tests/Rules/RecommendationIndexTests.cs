using System.Collections.Immutable;
using CsCheck;
using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Tests.Rules;

/// <summary>
/// The index answers what scoring every pair answers, whatever was changed before: fails where a bound is too sharp and a better pair is never
/// looked at, where a pair lies on the wrong shelf after a change, or where the counts drift from what is there.
/// </summary>
public sealed class RecommendationIndexTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] SkillCodes = ["mediation", "lang:yi", "drone", "rare", "nobody"];
    private static readonly string[] Communities = ["c0", "c1", "c2"];

    /// <summary>A town, a crossing where many stand at one place, both poles, both sides of the antimeridian, and the whole earth.</summary>
    private static readonly Gen<GeoPoint> Places = Gen.Frequency(
        (6, Near(35.1, 115.0, 0.2)),
        (3, Near(35.1, 115.0, 0.004)),
        (2, Gen.Const(new GeoPoint(35.1, 115.0))),
        (1, Near(89.9, 0, 180)),
        (1, Near(-89.95, 30, 180)),
        (2, Gen.Select(Gen.Double[-17.2, -16.8], Gen.Double[-0.2, 0.2], (lat, off) => new GeoPoint(lat, off < 0 ? 180 + off : -180 + off))),
        (1, Gen.Select(Gen.OneOf(-90.0, 0.0, 90.0), Gen.OneOf(-180.0, 0.0, 180.0), (lat, lon) => new GeoPoint(lat, lon))),
        (1, Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180], (lat, lon) => new GeoPoint(lat, lon))));

    private static readonly Gen<RecommendationOptions> Options = Gen.Frequency(
        (4, Gen.Const(RecommendationOptions.Default)),
        (1, Gen.Const(RecommendationOptions.Default with { MissingSkillSeconds = 0, AwayFromHomeSeconds = 0, RoadFactor = 1 })),
        (1, Gen.Const(RecommendationOptions.Default with { DriftAtMostMetres = 50_000, BusyShiftSeconds = 3600, MissingRoleSeconds = 1000 })));

    private static readonly Gen<(PairView Pair, GeoPoint At, int Age, AreaClass Area)> Pairs = Gen.Select(
        Gen.Int[0, 59], Shapes(), Places, Gen.Frequency((3, Gen.Int[-20, 40]), (1, Gen.Int[0, 4000]), (1, Gen.Const(-1000))), Gen.Enum<AreaClass>(),
        (id, shape, at, age, area) => (shape with { Id = $"pair-{id}" }, at, age, area));

    private static readonly Gen<RecommendationRequest> Requests = Gen.Select(
        Places,
        Gen.OneOf(SkillCodes.Append("greenLeaf").Append("redFlower").ToArray()).Array[0, 4],
        Gen.Int[0, 59].Array[0, 8],
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 12], Gen.OneOf(0, 1, 7, 100, RecommendationRequest.EveryPair)),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.OneOf("dispute", "fraud", "traffic", null)),
        (place, skills, excluded, numbers, how) => new RecommendationRequest(
            "incident", place, Communities[numbers.Item1 % 3], numbers.Item1, [.. skills], [.. excluded.Select(x => $"pair-{x}")], numbers.Item2,
            how.Item1, Category: how.Item3, IncludeSingleOfficer: how.Item2, ShortfallLimit: numbers.Item3));

    [Fact]
    public void Recommend_AfterAnyChanges_IsWhatScoringEveryPairGives() =>
        Gen.Select(
            Options,
            Gen.Select(Pairs, Gen.Int[0, 9]).Array[0, 250],
            Gen.Select(Requests, Gen.Enum<AreaClass>(), Gen.Int[0, 3], Gen.Bool).Array[1, 4]).Sample(
            (options, changes, questions) =>
            {
                var index = new PairIndex(options);
                var all = new Dictionary<string, Candidate>(StringComparer.Ordinal);
                var now = Start;
                foreach (var ((pair, at, age, area), what) in changes)
                {
                    now += TimeSpan.FromSeconds(1);
                    Change(index, all, new Candidate(pair, at, age == -1000 ? null : now.AddSeconds(-age), area, options), what);
                }

                foreach (var (request, area, hours, other) in questions)
                {
                    var query = new RecommendationQuery(request, options, area, now.AddHours(hours), other);
                    AssertSame(RecommendationRules.Recommend(query, all.Values), index.Recommend(query));
                }
            },
            iter: 4_000);

    /// <summary>As many as a bureau has, so that every tree is rebuilt and balanced on its way.</summary>
    [Fact]
    public void Recommend_ManyPairsThatMoveAndChange_IsWhatScoringEveryPairGives() =>
        Gen.Select(Shapes().Array[400], Requests.Array[100], Gen.Int).Sample(
            (shapes, requests, seed) =>
            {
                var random = new Random(seed);
                var options = RecommendationOptions.Default;
                var index = new PairIndex(options);
                var all = new Dictionary<string, Candidate>(StringComparer.Ordinal);
                for (var change = 0; change < 20_000; change++)
                {
                    var shape = shapes[random.Next(shapes.Length)] with { Id = $"pair-{random.Next(3_000)}" };
                    var at = new GeoPoint(35 + (random.NextDouble() * 0.4), 115 + (random.NextDouble() * 0.4));
                    Change(index, all, new Candidate(shape, at, Start, (AreaClass)random.Next(3), options), random.Next(10));
                    if (change % 200 == 0)
                    {
                        var request = requests[change / 200] with { Location = at };
                        var query = new RecommendationQuery(request, options, AreaClass.Urban, Start.AddSeconds(random.Next(600)));
                        AssertSame(RecommendationRules.Recommend(query, all.Values), index.Recommend(query));
                    }
                }
            },
            iter: 2);

    [Fact]
    public void Explain_OfEveryPair_AddsUpToTheScoreAndSaysWhyNot() =>
        Gen.Select(Pairs, Requests, Gen.Enum<AreaClass>()).Sample((pair, request, area) =>
        {
            var options = RecommendationOptions.Default;
            var candidate = new Candidate(pair.Pair, pair.At, pair.Age == -1000 ? null : Start.AddSeconds(-pair.Age), pair.Area, options);
            var query = new RecommendationQuery(request, options, area, Start);
            var explained = RecommendationRules.Explain(query, candidate);

            // Every part is rounded by itself, so the sum may be off by half a tenth for each and half a second for the time of arrival.
            Assert.Equal(explained.Score!.Value, explained.EtaSeconds!.Value + explained.Penalties.Sum(x => x.Seconds), 1.2);
            Assert.All(explained.Penalties, x => Assert.True(x.Seconds >= 0 && (x.Reason == "awayFromHome" || explained.Reasons.Contains(x.Reason))));
            Assert.NotEmpty(explained.Reasons.Concat(explained.Penalties.Select(x => x.Reason)));
            var alone = RecommendationRules.Recommend(query, [candidate]);
            Assert.Equal(explained.Shortfall, alone.Recommendations.IsEmpty ? alone.LeftOut!.Single().Key : null);
        });

    private static Gen<GeoPoint> Near(double lat, double lon, double degrees) => Gen.Select(
        Gen.Double[-1, 1], Gen.Double[-1, 1],
        (y, x) => new GeoPoint(Math.Clamp(lat + (y * Math.Min(degrees, 0.3)), -90, 90), Math.Clamp(lon + (x * degrees), -180, 180)));

    private static Gen<PairView> Shapes() => Gen.Select(
        Gen.Int[0, 11],
        Gen.OneOf(SkillCodes[..4]).Array[0, 2],
        Gen.Int[1, 2],
        Gen.Select(Gen.Enum<PairActivity>(), Gen.Enum<AssignmentStatus>(), Gen.Int[1, 4]),
        Gen.Select(Gen.Int[0, 12], Gen.Double[0, 20_000], Gen.Int[0, 2], Gen.Int[-1, 3]),
        (kind, skills, officers, state, load) =>
        {
            var (activity, status, priority) = state;
            var (incidents, busy, queued, planned) = load;
            var duty = kind == 0 ? PairDuty.OffDuty : PairDuty.OnDuty;
            var commitment = kind is 1 or 2 or 3 ? new CommitmentView("other", "offer", status, Start, priority) : null;
            var work = new QueuedWork("later", "offer-later", "n", 3);
            return new PairView(
                "pair", "pair", "station", Communities[incidents % 3],
                [new OfficerInfo("a", "A", OfficerRole.GreenLeaf, [.. skills]), new OfficerInfo("b", "B", OfficerRole.RedFlower, ["drone"])],
                duty == PairDuty.OffDuty ? [] : officers == 1 ? [incidents % 2 == 0 ? "a" : "b"] : ["a", "b"],
                duty, activity, AvailabilityOf(duty, activity, commitment), commitment, null, 1,
                [.. Enumerable.Repeat(work, queued)],
                planned < 0 ? null : [work with { StartsAt = Start.AddHours(planned) }],
                duty == PairDuty.OffDuty ? null : new ShiftView(Start.AddHours(-planned), incidents, busy),
                kind == 4 ? "panic" : null,
                kind == 5);
        });

    private static PairAvailability AvailabilityOf(PairDuty duty, PairActivity activity, CommitmentView? commitment) =>
        duty == PairDuty.OffDuty || commitment is not null || activity > PairActivity.Station ? PairAvailability.NotAvailable
        : activity == PairActivity.Available ? PairAvailability.Available
        : PairAvailability.ConditionallyAvailable;

    private static void Change(PairIndex index, Dictionary<string, Candidate> all, Candidate candidate, int what)
    {
        var id = candidate.Pair.Id;
        if (what == 0)
        {
            index.Remove(id);
            all.Remove(id);
        }
        else if (what < 5 && all.TryGetValue(id, out var known))
        {
            index.Move(id, candidate.At, candidate.ReportedAt);
            all[id] = known.MovedTo(candidate.At, candidate.ReportedAt);
        }
        else
        {
            index.Place(candidate);
            all[id] = candidate;
        }

        Assert.Equal(all.Count, index.Count);
    }

    private static void AssertSame(Recommendation expected, Recommendation actual) =>
        Assert.Equal(JsonText.Of(expected).ToString(), JsonText.Of(actual).ToString());
}
