using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Benchmarks.Recommend;

/// <summary>
/// Pairs on duty as a bureau has them, all of one station, so that one index holds them: over 80 km by 80 km with towns in it, a third at work, most of
/// the others free, some alone, some at a meal, with skills, positions of all ages and a shift behind them. The same for the same seed.
/// </summary>
public sealed class Crowd
{
    private const double Degrees = 0.8;
    private static readonly string[] Skills = ["mediation", "lang:yi", "lang:en", "drone", "forensics", "negotiation"];
    private static readonly string?[] Categories = ["dispute", "traffic", "fraud", "publicOrder", "helpRequest", null];
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Random random;
    private readonly GeoPoint[] towns;
    private readonly Candidate[] pairs;

    /// <summary>So many pairs.</summary>
    public Crowd(int count, int seed)
    {
        random = new Random(seed);
        towns = [.. Enumerable.Range(0, 12).Select(_ => Anywhere())];
        pairs = [.. Enumerable.Range(0, count).Select(Pair)];
        Index = new PairIndex(RecommendationOptions.Default);
        foreach (var pair in pairs)
        {
            Index.Place(pair);
        }
    }

    /// <summary>The index of the product.</summary>
    public PairIndex Index { get; }

    /// <summary>Everybody, for scoring all of them.</summary>
    public IReadOnlyList<Candidate> Pairs => pairs;

    /// <summary>A pair moves, as every few milliseconds one does.</summary>
    public void MoveSomebody()
    {
        var i = random.Next(pairs.Length);
        var at = Near(pairs[i].At, 0.003);
        Index.Move(pairs[i].Pair.Id, at, Start);
        pairs[i] = pairs[i].MovedTo(at, Start);
    }

    /// <summary>A call somewhere, mostly in a town.</summary>
    public RecommendationRequest NextRequest() => new(
        "incident",
        Place(),
        Community(),
        random.Next(1, 5),
        [.. Enumerable.Range(0, random.Next(4) switch { 0 => 1, 1 when random.Next(4) == 0 => 2, _ => 0 }).Select(_ => Skills[random.Next(Skills.Length)])],
        [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(5) : 0).Select(_ => $"pair-{random.Next(pairs.Length)}")],
        Limit: 5,
        AllowPreemption: random.Next(4) == 0,
        Category: Categories[random.Next(Categories.Length)],
        IncludeSingleOfficer: random.Next(8) == 0);

    /// <summary>The request made ready, as the station does it.</summary>
    public static RecommendationQuery Ready(RecommendationRequest request) => new(request, RecommendationOptions.Default, AreaClass.Urban, Start);

    private Candidate Pair(int i)
    {
        var committed = random.Next(3) == 0;
        var activity = random.Next(20) switch { < 10 => PairActivity.Available, < 15 => PairActivity.Patrol, < 19 => PairActivity.Visit, _ => PairActivity.Meal };
        var alone = random.Next(20) == 0;
        var (green, red) = ($"pair-{i}-a", $"pair-{i}-b");
        var view = new PairView(
            $"pair-{i}", $"pair {i}", "station", Community(),
            [
                new OfficerInfo(green, "Green", OfficerRole.GreenLeaf, SomeSkills()),
                new OfficerInfo(red, "Red", OfficerRole.RedFlower, SomeSkills()),
            ],
            alone ? [green] : [green, red],
            PairDuty.OnDuty,
            activity,
            committed || activity == PairActivity.Meal ? PairAvailability.NotAvailable
            : activity == PairActivity.Available ? PairAvailability.Available : PairAvailability.ConditionallyAvailable,
            committed ? new CommitmentView($"incident-{i}", "offer", (AssignmentStatus)random.Next((int)AssignmentStatus.Committed, (int)AssignmentStatus.Reported), Start, random.Next(1, 5)) : null,
            null,
            1,
            Shift: new ShiftView(Start.AddHours(-random.Next(8)), random.Next(8), random.Next(10_000)));
        return new Candidate(
            view, Place(), random.Next(20) == 0 ? null : Start.AddSeconds(-random.Next(60)), (AreaClass)random.Next(3), RecommendationOptions.Default);
    }

    private ImmutableArray<string> SomeSkills() => random.Next(3) == 0 ? [Skills[random.Next(Skills.Length)]] : [];

    private string Community() => $"community-{random.Next(200)}";

    private GeoPoint Place() => random.Next(4) == 0 ? Anywhere() : Near(towns[random.Next(towns.Length)], 0.04);

    private GeoPoint Anywhere() => new(35 + (random.NextDouble() * Degrees), 115 + (random.NextDouble() * Degrees));

    private GeoPoint Near(GeoPoint place, double degrees) => new(
        place.Lat + (((random.NextDouble() * 2) - 1) * degrees), place.Lon + (((random.NextDouble() * 2) - 1) * degrees));
}
