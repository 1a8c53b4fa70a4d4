using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Stations;

namespace Dispatch.Tests.Rules;

/// <summary>What may be the same is named with its reasons, likeliest first; what is too far, too long ago, merged or the incident itself is not.</summary>
public sealed class DuplicateRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly GeoPoint Here = new(35.15, 115.05);
    private static readonly NewIncident New = new("new", "dispute", Here, Now);

    [Theory]
    [InlineData("same", true, "dispute", 0, 0, null, IncidentStatus.New)]
    [InlineData("new", false, "dispute", 0, 0, null, IncidentStatus.New)]
    [InlineData("near", true, "dispute", 299, 0, null, IncidentStatus.New)]
    [InlineData("far", false, "dispute", 301, 0, null, IncidentStatus.New)]
    [InlineData("recent", true, "dispute", 10, 60, null, IncidentStatus.OnScene)]
    [InlineData("old", false, "dispute", 10, 61, null, IncidentStatus.OnScene)]
    [InlineData("later", true, "dispute", 10, -5, null, IncidentStatus.New)]
    [InlineData("ended", true, "dispute", 10, 50, 30.0, IncidentStatus.Closed)]
    [InlineData("endedLongAgo", false, "dispute", 10, 50, 31.0, IncidentStatus.Closed)]
    [InlineData("merged", false, "dispute", 10, 5, 1.0, IncidentStatus.Merged)]
    [InlineData("otherKind", true, "traffic", 10, 5, null, IncidentStatus.New)]
    public void Find_ByPlaceTimeAndState(string id, bool found, string category, double metres, double minutesAgo, double? endedMinutesAgo, IncidentStatus status)
    {
        var known = Known(id, category, metres, minutesAgo, endedMinutesAgo) with { Status = status };
        Assert.Equal(found ? [id] : [], DuplicateRules.Find(New, [known], "north").Select(x => x.IncidentId));
    }

    [Fact]
    public void Find_Several_LikeliestFirstWithReasonsAndNeverMoreThanTen()
    {
        var found = DuplicateRules.Find(
            New,
            [
                Known("far", "dispute", 250, 50), Known("exact", "dispute", 0, 0), Known("related", "complaint", 0, 0), Known("other", "traffic", 0, 0),
                Known("ended", "dispute", 100, 12, 2),
                .. Enumerable.Range(0, 20).Select(i => Known($"filler-{i}", "traffic", 290, 59)),
            ],
            "north");
        Assert.Equal(["exact", "related", "ended", "other", "far"], found.Take(5).Select(x => x.IncidentId));
        Assert.Equal(DuplicateRules.Most, found.Length);
        Assert.Equal((1.0, 0.0, 0.0), (found[0].Score, found[0].DistanceMetres, found[0].MinutesApart));
        Assert.Equal(["distance:0", "minutes:0", "sameCategory"], found[0].Reasons);
        Assert.Equal(["distance:0", "minutes:0", "relatedCategory"], found[1].Reasons);
        Assert.Equal(["distance:100", "minutes:12", "sameCategory", "ended"], found[2].Reasons);
        Assert.Equal(["distance:0", "minutes:0"], found[3].Reasons);
        Assert.All(found, x => Assert.InRange(x.Score, 0, 1));
        Assert.Equal("north", found[0].StationId);
    }

    [Fact]
    public void Recent_KeepsTheLastEndedAndForgetsWhatWentElsewhere()
    {
        var recent = new RecentIncidents();
        var open = new Dictionary<string, RegisteredIncident>(StringComparer.Ordinal);
        recent.Announce(new NewIncident("being-opened", "dispute", Here, Now));
        recent.Announce(new NewIncident("never-came", "dispute", Here, Now));
        open["being-opened"] = new RegisteredIncident("N-7", Now);
        var found = Assert.Single(recent.Find(New, open, "north"));
        Assert.Equal(("being-opened", "N-7"), (found.IncidentId, found.Number));

        for (var i = 0; i <= RecentIncidents.MostEnded; i++)
        {
            recent.Know(View($"e-{i}", i < 2 ? 1 : 250));
        }

        // The first of more than are kept is forgotten, the second is there.
        Assert.Equal("e-1", recent.Find(New, new Dictionary<string, RegisteredIncident>(), "north")[0].IncidentId);
    }

    private static IncidentView View(string id, double metres) => new(
        id, id, IncidentStatus.Closed, "dispute", 2, North(metres), null, "north-west", "north", "x", 1, [], Now, Now, "settled", Now, [], 1, [], [], []);

    private static KnownIncident Known(string id, string category, double metres, double minutesAgo, double? endedMinutesAgo = null) => new(
        id, $"N-{id}", category, North(metres), Now.AddMinutes(-minutesAgo), endedMinutesAgo is { } ended ? Now.AddMinutes(-ended) : null, IncidentStatus.New);

    /// <summary>So many metres to the north: a degree of latitude is 111,195 m on the sphere that is used.</summary>
    private static GeoPoint North(double metres) => Here with { Lat = Here.Lat + (metres / 111_195.08) };
}
