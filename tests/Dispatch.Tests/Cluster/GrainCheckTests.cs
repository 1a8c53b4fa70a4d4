using System.Text.Json;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;

namespace Dispatch.Tests.Cluster;

/// <summary>What compares screens with fresh subscribers and with the grains at the end of a trial is itself tested, each difference planted alone.</summary>
public sealed class GrainCheckTests
{
    private readonly GrainState grains = new()
    {
        Open = Station(new() { ["x"] = GrainState.FactsOfIncident(Incident(5, "onScene")) }),
        Incidents = new Dictionary<string, string> { ["x"] = GrainState.FactsOfIncident(Incident(5, "onScene")) },
        Pairs = Station(new() { ["p"] = GrainState.FactsOfPair(Pair(7, "x")) }),
        Positions = Station(new() { ["p"] = GrainState.FactsOfPosition(Position(35.1)) }),
        Interactions = new Dictionary<string, IReadOnlySet<string>> { ["west"] = new HashSet<string> { "i" } },
    };

    private readonly Dictionary<string, Dictionary<string, string>> feeds = new()
    {
        ["station/north"] = new() { ["incident/x"] = Text(Incident(5, "onScene")), ["pair/p"] = Text(Pair(7, "x")), ["summary"] = "{}" },
        ["station/north/positions"] = new() { ["pair/p"] = Text(Position(35.1)) },
        ["community/west"] = new() { ["interaction/i"] = "{}" },
        ["pair/p"] = new() { ["pair"] = Text(Pair(7, "x")), ["assignment/x"] = "{}" },
        ["incident/x"] = new() { ["incident"] = Text(Incident(5, "onScene")), ["timeline/1"] = "{}" },
        ["bureau"] = new() { ["station/north"] = """{"openIncidents":1}""" },
    };

    [Fact]
    public void Check_FeedsAsTheGrains_FindsNothing() => Assert.Empty(feeds.SelectMany(x => GrainCheck.Check(x.Key, x.Value, grains)));

    [Fact]
    public void Check_IncidentIsMissing_IsFound() => Catches("station/north", "incident/x", x => x.Remove("incident/x"));

    [Fact]
    public void Check_EndedIncidentStays_IsFound() => Catches("station/north", "incident/y", x => x["incident/y"] = Text(Incident(3, "closed")));

    [Fact]
    public void Check_IncidentIsOfAnOlderVersion_IsFound() => Catches("station/north", "incident/x", x => x["incident/x"] = Text(Incident(4, "onScene")));

    [Fact]
    public void Check_IncidentHasAnotherStatus_IsFound() => Catches("station/north", "incident/x", x => x["incident/x"] = Text(Incident(5, "enRoute")));

    [Fact]
    public void Check_IncidentHasAnotherOffer_IsFound() => Catches("station/north", "incident/x", x => x["incident/x"] = Text(Incident(5, "onScene", "declined")));

    [Fact]
    public void Check_PairIsOfAnOlderVersion_IsFound() => Catches("station/north", "pair/p", x => x["pair/p"] = Text(Pair(6, "x")));

    [Fact]
    public void Check_PairIsCommittedElsewhere_IsFound() => Catches("station/north", "pair/p", x => x["pair/p"] = Text(Pair(7, null)));

    [Fact]
    public void Check_PositionIsAnother_IsFound() => Catches("station/north/positions", "pair/p", x => x["pair/p"] = Text(Position(35.2)));

    [Fact]
    public void Check_InteractionIsMissing_IsFound() => Catches("community/west", "interaction/i", x => x.Clear());

    [Fact]
    public void Check_PhoneShowsAnOlderPair_IsFound() => Catches("pair/p", "pair", x => x["pair"] = Text(Pair(6, "x")));

    [Fact]
    public void Check_PhoneMissesItsAssignment_IsFound() => Catches("pair/p", "assignment", x => x.Remove("assignment/x"));

    [Fact]
    public void Check_IncidentFeedIsOlder_IsFound() => Catches("incident/x", "incident", x => x["incident"] = Text(Incident(4, "onScene")));

    [Fact]
    public void Check_BureauMissesAStation_IsFound() => Catches("bureau", "station/north", x => x.Clear());

    [Fact]
    public void Check_BureauCountsOtherwise_IsFound() => Catches("bureau", "station/north", x => x["station/north"] = """{"openIncidents":2}""");

    [Fact]
    public void Between_EachKindOfDifference_IsFound() => Assert.Equal(
        [new MapDifference("a", "1", null), new MapDifference("b", "1", "2"), new MapDifference("d", null, "1")],
        MapDifference.Between(
            new Dictionary<string, string> { ["a"] = "1", ["b"] = "1", ["c"] = "1" },
            new Dictionary<string, string> { ["b"] = "2", ["c"] = "1", ["d"] = "1" }));

    [Fact]
    public void Apply_SnapshotInParts_ShowsTheOldUntilItIsWhole()
    {
        var copy = new FeedCopy();
        Assert.True(copy.Apply(new FeedPart("f", "a", 0, 3, true, false, [new("k", "1"), new("gone", "1")])));
        Assert.True(copy.Apply(new FeedPart("f", "b", 0, 1, true, true, [new("k", "2")])));
        Assert.Equal("1", copy.Values["k"]);
        Assert.False(copy.IsWhole);
        Assert.True(copy.Apply(new FeedPart("f", "b", 1, 2, false, false, [new("new", "2")])));
        Assert.Equal(["k", "new"], copy.Values.Keys.Order());
        Assert.Equal(new FeedCursor("b", 2), copy.Cursor);
    }

    [Fact]
    public void Read_AMessageOfTheContract_IsRead()
    {
        var part = FeedPart.Read(JsonSerializer.Deserialize<JsonElement>(
            """{"feed":"f","epoch":"e","from":2,"to":4,"snapshot":false,"changes":[{"key":"pair/p","value":{"id":"p","version":7}},{"key":"gone","value":null}],"more":true}"""));
        Assert.Equal(new FeedPart("f", "e", 2, 4, false, true, part.Changes), part);
        Assert.Equal([new FeedValue("pair/p", """{"id":"p","version":7}""", 7), new FeedValue("gone", null)], part.Changes);
    }

    private void Catches(string feed, string key, Action<Dictionary<string, string>> plant)
    {
        plant(feeds[feed]);
        Assert.Contains(GrainCheck.Check(feed, feeds[feed], grains), x => x.Key == key);
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Station(Dictionary<string, string> facts) => new() { ["north"] = facts };

    private static JsonElement Incident(long version, string status, string offer = "accepted") => Json(new
    {
        id = "x", version, status, offers = new[] { new { id = "o", status = offer } }, assignments = new[] { new { pairId = "p", status = "onScene" } },
    });

    private static JsonElement Pair(long version, string? incident) => Json(new
    {
        id = "p", version, duty = "onDuty", activity = "patrol", availability = "notAvailable", commitment = incident is null ? null : new { incidentId = incident },
    });

    private static JsonElement Position(double lat) => Json(new { lat, lon = 115.0, at = "2026-11-24T08:00:00Z" });

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    private static string Text(JsonElement value) => value.GetRawText();
}
