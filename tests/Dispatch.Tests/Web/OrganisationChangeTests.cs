using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Dispatch.Tests.Web;

/// <summary>
/// Stations and communities change while everything runs. Fails where of two administrators the second overwrites what he did not see, where something vanishes
/// from under pairs or open work, where a bad feature of a file is not told or half of a file gets in, or where a change is not in the journal.
/// </summary>
public sealed class OrganisationChangeTests(PostgresServer postgres)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Communities_AreImportedKeptAndRemoved_ByTheVersionThatWasSeen(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var file = (await admin.GetAsync("organisation/file")).Body!;
        Assert.Equal((1, 4), ((int)file["version"]!, file["organisation"]!["communities"]!.AsArray().Count(x => x!["boundary"] is not null)));

        var list = new
        {
            expectedVersion = 1, illustrative = false, stations = new[] { new { id = "west", name = "西所" } },
            communities = new object[] { Draft("north-west", "north", 35.1, 115.0, 0.05), Draft("new", "west", 35.2, 115.0), Draft("south-west", "south", 35.0, 115.0) },
        };
        var plan = (await admin.PostAsync("communities/import/plan", list)).Body!;
        Assert.Equal("""[["new"],["north-west"],["south-west"],[],[]]""", Plan(plan));
        var done = await admin.DoAsync("communities/import", list, "import");
        Assert.Equal(2, (int)done["organisationVersion"]!);
        Assert.True(JsonNode.DeepEquals(done, await admin.DoAsync("communities/import", list, "import")));
        await ExpectAsync(admin, HttpMethod.Post, "communities/import", list, 409, "organisationChangedMeanwhile");
        var boundaries = (await admin.GetAsync("communities.geojson")).Body!;
        Assert.Equal((5, false), (boundaries["features"]!.AsArray().Count, (bool)boundaries["illustrative"]!));
        Assert.Equal("new", (string?)(await admin.DoAsync("incidents", new
        {
            category = "dispute", priority = 2, location = new { lat = 35.25, lon = 115.05 }, summary = "x",
        }))["communityId"]);
        await ExpectAsync(admin, HttpMethod.Post, "communities/new/remove", new { reason = "x", expectedVersion = 2 }, 409, "communityHasWork");
        await ExpectAsync(admin, HttpMethod.Post, "communities/north-west/remove", new { reason = "x", expectedVersion = 2 }, 409, "communityHasPairs");
        await ExpectAsync(admin, HttpMethod.Put, "communities/north-west", new { name = "n", stationId = "south", expectedVersion = 2 }, 409, "communityHasPairs");
        await ExpectAsync(admin, HttpMethod.Post, "stations/west/remove", new { reason = "x", expectedVersion = 2 }, 409, "stationHasCommunities");

        await PutAsync(admin, "communities/north-west", new { name = "西北社区", nameEn = "Northwest", stationId = "north", areaClass = "rural", expectedVersion = 2 });
        await PutAsync(admin, "stations/east", new { name = "东所", expectedVersion = 3 });
        await admin.DoAsync("stations/east/remove", new { reason = "by mistake", expectedVersion = 4 });
        var organisation = (await admin.GetAsync("organisation")).Body!;
        Assert.Equal(["north", "south", "west"], organisation["stations"]!.AsArray().Select(x => (string)x!["id"]!));
        Assert.NotEmpty(organisation["pairs"]!.AsArray());
        var alone = (await admin.GetAsync("organisation?pairs=false")).Body!;
        Assert.Empty(alone["pairs"]!.AsArray());
        Assert.Equal(organisation["communities"]!.ToJsonString(), alone["communities"]!.ToJsonString());
        Assert.Equal("Northwest", (string?)organisation["communities"]!.AsArray().Single(x => (string?)x!["id"] == "north-west")!["nameEn"]);
        if (!onPostgres)
        {
            Assert.Equal(["organisationImported", "communitiesImported", "communityKept", "stationKept", "stationRemoved"], await KindsAsync(server));
        }
    }

    [Fact]
    public async Task File_WithBadFeatures_TellsEachAndTakesNone()
    {
        await using var server = await StartAsync(null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var bow = new { type = "Polygon", coordinates = new[] { new[] { new[] { 115.0, 35 }, [115.1, 35.1], [115.1, 35], [115.0, 35.1], [115.0, 35] } } };
        object[] communities =
        [
            Draft("fine", "north", 35.3, 115), Draft("bow", "north", 35, 115) with { Boundary = bow }, Draft("fine", "north", 35.3, 115), Draft("no id", "north", 35, 115),
            Draft("nowhere", "moon", 35, 115), Draft("line", "north", 35, 115) with { Boundary = new { type = "LineString", coordinates = new[] { new[] { 1, 2 }, [3, 4] } } },
            Draft("far", "north", 89.95, 115), Draft("bare", "north", 0, 0) with { Boundary = null }, Draft("mute", "north", 35, 115) with { Name = " " },
        ];
        var list = new { expectedVersion = 1, removeOthers = true, communities };
        var faults = (await admin.PostAsync("communities/import/plan", list)).Body!["faults"]!.AsArray();
        Assert.Equal(
            [
                "1 bow boundaryCrossesItself", "2 fine idRepeated", "3 no id idInvalid", "4 nowhere stationNotFound", "5 line boundaryNoPolygon", "6 far boundaryOutsideWorld",
                "7 bare boundaryMissing", "8 mute valueMissing", "-1 north-west communityHasPairs", "-1 north-east communityHasPairs", "-1 south-west communityHasPairs",
                "-1 south-east communityHasPairs",
            ],
            faults.Select(x => $"{x!["index"]} {x["communityId"]} {x["code"]}"));
        Assert.Equal(35.05, (double)faults[0]!["at"]!["lat"]!, 3);
        await ExpectAsync(admin, HttpMethod.Post, "communities/import", list, 422, "communitiesRefused");
        Assert.Equal(1, (int)(await admin.GetAsync("organisation")).Body!["version"]!);
    }

    [Fact]
    public async Task Plan_OfBoundariesThatOverlap_TellsBySharesAndPlaces_AndTakesThemAllTheSame()
    {
        await using var server = await StartAsync(null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        object[] communities =
        [
            Draft("across", "north", 35.15, 115.02, 0.04), Draft("again", "north", 35.3, 115.0), Draft("inside", "north", 35.32, 115.02, 0.01), Draft("beside", "north", 35.4, 115.0),
            Draft("sliver", "north", 35.3, 115.0995, 0.05),
        ];
        var list = new { expectedVersion = 1, communities };
        var plan = (await admin.PostAsync("communities/import/plan", list)).Body!;
        Assert.Empty(plan["faults"]!.AsArray());
        var overlaps = plan["overlaps"]!.AsArray();
        Assert.Equal(["across north-west 1", "again inside 1"], overlaps.Select(x => $"{x!["firstId"]} {x["secondId"]} {x["share"]}"));
        Assert.InRange((double)overlaps[1]!["at"]!["lat"]!, 35.32, 35.33);
        await admin.DoAsync("communities/import", list);

        // What overlaps already and is not in the file is not told again.
        var other = new { expectedVersion = 2, communities = new object[] { Draft("elsewhere", "north", 36, 115) } };
        Assert.Empty((await admin.PostAsync("communities/import/plan", other)).Body!["overlaps"]!.AsArray());
    }

    [Fact]
    public async Task RealBoundaries_OfWholeCounties_AreTaken()
    {
        await using var server = await StartAsync(null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var rows = Enumerable.Range(0, 400).Select(i => (object)Draft($"c{i}", "north", 36 + (i / 20 * 0.01), 116 + (i % 20 * 0.01), 0.01));
        await admin.DoAsync("communities/import", new { expectedVersion = 1, communities = rows });
        Assert.Equal(404, (await admin.GetAsync("communities.geojson")).Body!["features"]!.AsArray().Count);
    }

    [Fact]
    public async Task Administrators_AtOnce_OneIsTold_AndOthersAreNotLetIn()
    {
        await using var server = await StartAsync(null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        var race = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            admin.SendRawAsync(HttpMethod.Put, $"stations/s{i}", JsonText.Of(new { name = $"S{i}", expectedVersion = 1 }).ToString())));
        Assert.Single(race, x => x.Status == HttpStatusCode.OK);
        Assert.All(race.Where(x => x.Status != HttpStatusCode.OK), x => Assert.Equal("organisationChangedMeanwhile", (string?)x.Body!["code"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await supervisor.GetAsync("organisation/file")).Status);
        await ExpectAsync(supervisor, HttpMethod.Put, "stations/x", new { name = "x", expectedVersion = 2 }, 403, "forbidden");
        await ExpectAsync(supervisor, HttpMethod.Post, "communities/import", new { expectedVersion = 2, communities = Array.Empty<object>() }, 403, "forbidden");
        var timers = (await admin.GetAsync("organisation/timers")).Body!;
        Assert.Equal((60, 30, 3), ((int)timers["dispatchSeconds"]!["1"]!, (int)timers["offerSeconds"]!["4"]!, (int)timers["refusalsBeforeSupervisor"]!));
    }

    private sealed record Wanted(string Id, string Name, string StationId, object? Boundary);

    private static Wanted Draft(string id, string station, double lat, double lon, double size = 0.1) => new(id, id, station, new
    {
        type = "Polygon",
        coordinates = new[] { new[] { new[] { lon, lat }, [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat] } },
    });

    private static string Plan(JsonNode plan) => new JsonArray(
        plan["added"]!.DeepClone(), plan["changed"]!.DeepClone(), plan["unchanged"]!.DeepClone(), plan["removed"]!.DeepClone(), plan["faults"]!.DeepClone()).ToJsonString();

    private static async Task PutAsync(ApiClient user, string path, object body)
    {
        var (status, answer) = await user.SendRawAsync(HttpMethod.Put, path, JsonText.Of(body).ToString());
        Assert.True(status == HttpStatusCode.OK, $"PUT {path} was answered {(int)status}: {answer}");
    }

    private static async Task ExpectAsync(ApiClient user, HttpMethod method, string path, object body, int status, string code)
    {
        var (answered, problem) = await user.SendRawAsync(method, path, JsonText.Of(body).ToString());
        Assert.True(((int)answered, (string?)problem?["code"]) == (status, code), $"{method} {path} was answered {(int)answered}: {problem}");
    }

    private static async Task<List<string>> KindsAsync(DispatchServer server)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "dispatch.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT kind FROM journal WHERE stream = 'bureau' ORDER BY version";
        await using var reader = await command.ExecuteReaderAsync();
        var kinds = new List<string>();
        while (await reader.ReadAsync())
        {
            kinds.Add(reader.GetString(0));
        }

        return kinds;
    }

    private static async Task<DispatchServer> StartAsync(string? database)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var server = DispatchServer.On(database, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        return server;
    }
}
