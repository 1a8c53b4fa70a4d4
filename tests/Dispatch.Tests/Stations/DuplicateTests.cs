using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Stations;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Stations;

/// <summary>A second call about the same thing is recognised while it is taken: also across the border, also in the very moment of the first, and only by who may see it.</summary>
public sealed class DuplicateTests(ServerFixture server)
{
    [Fact]
    public async Task Preview_NearTheBorderAndAfterTheEnd_NamesTheOtherIncidentToThoseInScope()
    {
        // 110 m apart, in two stations.
        var south = await server.OpenAsync(lat: 35.0995, lon: 115.021);
        var found = await FindAsync(server.Dispatcher, 35.1005, 115.021, south);
        Assert.Equal(("south", 111), ((string?)found!["stationId"], (int)found["distanceMetres"]!));
        Assert.Contains("sameCategory", found["reasons"]!.AsArray().Select(x => (string?)x));
        Assert.Null(found["summary"]);
        Assert.Null(found["address"]);

        await server.Dispatcher.DoAsync($"incidents/{south}/cancel", new { reason = "x" });
        using var late = new CancellationTokenSource(ServerFixture.Patience);
        JsonNode? ended;
        do
        {
            ended = await FindAsync(server.Dispatcher, 35.1005, 115.021, south);
        }
        while (!ended!["reasons"]!.AsArray().Any(x => (string?)x == "ended") && !late.IsCancellationRequested);
        Assert.Equal("cancelled", (string?)ended["status"]);

        using var officer = await server.SignInAsync("officer1");
        Assert.Null(await FindAsync(officer, 35.1005, 115.021, south));
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("incidents/duplicates?category=dispute&lat=35.05&lon=115.021")).Status);
    }

    [Fact]
    public async Task Register_TwoAtTheSameMoment_TheSecondHearsOfTheFirst()
    {
        await using var silo = await TestSilo.StartAsync(null);
        await silo.Grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(CommandContext.System, TestOrganisation.Create());
        var station = silo.Grains.GetGrain<IStationGrain>("north");
        var at = DateTimeOffset.UtcNow;
        var both = await Task.WhenAll(
            station.RegisterOpeningAsync(new NewIncident("a", "dispute", TestOrganisation.InNorthWest, at)),
            station.RegisterOpeningAsync(new NewIncident("b", "dispute", TestOrganisation.InNorthWest, at)));
        var heard = Assert.Single(both, x => !x.Duplicates.IsEmpty);
        var other = both.Single(x => x.Duplicates.IsEmpty);
        Assert.Equal(other.Number, Assert.Single(heard.Duplicates).Number);
        Assert.NotEqual(heard.Number, other.Number);

        var again = await station.RegisterOpeningAsync(new NewIncident("a", "dispute", TestOrganisation.InNorthWest, at));
        Assert.Equal(both[0].Number, again.Number);
        Assert.Equal(["b"], again.Duplicates.Select(x => x.IncidentId));
    }

    private static async Task<JsonNode?> FindAsync(ApiClient user, double lat, double lon, string id)
    {
        var (status, found) = await user.GetAsync(FormattableString.Invariant($"incidents/duplicates?category=dispute&lat={lat}&lon={lon}"));
        Assert.Equal(HttpStatusCode.OK, status);
        return found!.AsArray().FirstOrDefault(x => (string?)x!["incidentId"] == id);
    }
}
