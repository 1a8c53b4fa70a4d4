using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Dispatch.Tests.Web;

/// <summary>A pair is formed, changed and dissolved while everything runs: at once on every screen, once only, in the journal, and never from under its work.</summary>
public sealed class PairMembershipTests(PostgresServer postgres)
{
    private static object Pair(string id, params string[] officers) => new
    {
        id, callSign = $"call {id}", stationId = "north", communityId = "north-west", reason = "new community",
        officers = new object[]
        {
            new { id = officers[0], name = "Green", role = "greenLeaf", skills = new[] { "mediation" } },
            new { id = officers[1], name = "Red", role = "redFlower" },
        },
    };

    [Theory, InlineData(false), InlineData(true)]
    public async Task Pair_FormedSubstitutedDissolved_IsSeenByEverybodyAtOnceAndSurvivesARestart(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        await using var screen = new FeedClient(server.Url, () => Task.FromResult(admin.AccessToken));
        await screen.StartAsync();
        await screen.SubscribeAsync("station/north");

        var formed = await admin.DoAsync("pairs", Pair("north-9", "n9-a", "n9-b"), "form");
        await screen.WaitForAsync<PairView>("station/north", "pair/north-9", x => x?.CallSign == "call north-9", ServerFixture.Patience);
        Assert.Contains((await ListAsync(admin)), x => x == "north-9");
        await admin.DoAsync("pairs/north-9/sign-on", new { officerIds = new[] { "n9-a" } });
        await ExpectAsync(admin, "pairs/north-9/dissolve", new { reason = "x" }, 409, "pairOnDuty");
        await ExpectAsync(
            admin, "pairs/north-9/substitute", new { outOfficerId = "n9-a", officer = new { id = "n9-c", name = "Third" }, reason = "x" }, 409, "pairOnDuty");

        // Who is not there can be substituted on duty, and the newcomer can join.
        await admin.DoAsync("pairs/north-9/substitute", new { outOfficerId = "n9-b", officer = new { id = "n9-c", name = "Third" }, reason = "leave" }, "change");
        await screen.WaitForAsync<PairView>("station/north", "pair/north-9", x => x?.Officers.Any(o => o.Id == "n9-c") == true, ServerFixture.Patience);
        await admin.DoAsync("pairs/north-9/sign-off");
        await admin.DoAsync("pairs/north-9/dissolve", new { reason = "merged" }, "dissolve");
        await screen.WaitForAsync<PairView>("station/north", "pair/north-9", x => x is null, ServerFixture.Patience);
        Assert.DoesNotContain(await ListAsync(admin), x => x == "north-9");
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("pairs/north-9")).Status);
        await ExpectAsync(admin, "pairs/north-9/sign-on", new { officerIds = new[] { "n9-a" } }, 404, "pairNotFound");

        await server.KillAsync();
        if (!onPostgres)
        {
            Assert.Equal(
                [("organisationImported", null), ("pairFormed", "new community"), ("memberSubstituted", "leave"), ("pairDissolved", "merged")],
                await JournalAsync(server));
        }

        await server.StartAsync();
        using var after = await ApiClient.SignInAsync(server.Url, "admin");
        Assert.True(JsonNode.DeepEquals(formed, await after.DoAsync("pairs", Pair("north-9", "n9-a", "n9-b"), "form")));
        Assert.Equal(HttpStatusCode.NotFound, (await after.GetAsync("pairs/north-9")).Status);
        var organisation = (await after.GetAsync("organisation")).Body!;
        Assert.Equal(4, (int)organisation["version"]!);
        Assert.Equal(["n9-a", "n9-b", "n9-c"], organisation["unpairedOfficers"]!.AsArray().Select(x => (string)x!["id"]!).Order());
    }

    [Fact]
    public async Task Pair_WithWork_IsNeitherDissolvedNorChanged_AndARepeatedImportDoesNotUndoAChange()
    {
        await using var server = await StartAsync(null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        await admin.DoAsync("pairs/north-1/sign-on", new { officerIds = new[] { "north-1-a", "north-1-b" } });
        var id = (string)(await admin.DoAsync(
            "incidents", new { category = "dispute", priority = 2, location = TestOrganisation.InNorthWest, summary = "x" }))["id"]!;
        await admin.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { "north-1" }, mode = "assign", reason = "near" });
        await ExpectAsync(admin, "pairs/north-1/dissolve", new { reason = "x" }, 409, "pairNotEmpty");
        await ExpectAsync(
            admin, "pairs/north-1/substitute", new { outOfficerId = "north-1-a", officer = new { id = "n", name = "N" }, reason = "x" }, 409, "pairNotEmpty");

        var import = JsonText.Of(TestOrganisation.Create() with { ModelPack = "fengqiao" }).ToString();
        Assert.Equal(HttpStatusCode.OK, (await admin.SendRawAsync(HttpMethod.Put, "organisation", import, key: "import")).Status);
        await admin.DoAsync("pairs/north-2/dissolve", new { reason = "x" });
        var again = await admin.SendRawAsync(HttpMethod.Put, "organisation", import, key: "import");
        Assert.Equal((HttpStatusCode.OK, 2), (again.Status, (int)again.Body!["version"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync("pairs/north-2")).Status);
    }

    [Fact]
    public async Task Change_ByTheWrongPersonOrRepeated_IsRefusedOrDoneOnce()
    {
        await using var server = await StartAsync(null);
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        using var officer = await ApiClient.SignInAsync(server.Url, "officer1");
        await ExpectAsync(dispatcher, "pairs", Pair("x", "x-a", "x-b"), 403, "forbidden");
        await ExpectAsync(officer, "pairs/north-1/dissolve", new { reason = "x" }, 403, "forbidden");
        await ExpectAsync(dispatcher, "pairs/north-1/substitute", new { outOfficerId = "north-1-a", inOfficerId = "x", reason = "x" }, 403, "forbidden");

        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => supervisor.PostAsync("pairs", Pair("x", "x-a", "x-b"), "once")));
        Assert.All(both, x => Assert.True(JsonNode.DeepEquals(both[0].Body, x.Body) && x.Status == HttpStatusCode.Created, $"{x.Status} {x.Body}"));
        await ExpectAsync(supervisor, "pairs", Pair("y", "y-a", "y-b"), 422, "idempotencyKeyReused", "once");

        // Two who take the same officer at the same time: one gets him.
        var race = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => supervisor.PostAsync("pairs", Pair($"race-{i}", "race-a", "race-b"), $"race-{i}")));
        Assert.Single(race, x => x.Status == HttpStatusCode.Created);
        Assert.All(race.Where(x => x.Status != HttpStatusCode.Created), x => Assert.Equal("officerInAnotherPair", (string?)x.Body!["code"]));
    }

    /// <summary>Fails where a web node or silo that has not heard of a new pair yet refuses it instead of asking.</summary>
    [Fact]
    public async Task Pair_FormedThroughOneWebNode_IsUsedThroughAnotherAtOnce()
    {
        var database = await postgres.CreateDatabaseAsync();
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var first = new SiloProcess(database);
        await first.StartAsync();
        await using var second = new SiloProcess(database);
        await second.StartAsync();
        await using var web = DispatchServer.On(
            database, ("Dispatch__Mode", "Cluster"), ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await web.StartAsync();
        await using var other = DispatchServer.On(database, ("Dispatch__Mode", "Cluster"));
        await other.StartAsync();
        using var admin = await ApiClient.SignInAsync(web.Url, "admin");
        using var dispatcher = await ApiClient.SignInAsync(other.Url, "admin");
        for (var i = 0; i < 8; i++)
        {
            await admin.DoAsync("pairs", Pair($"new-{i}", $"new-{i}-a", $"new-{i}-b"));
            var view = await dispatcher.DoAsync($"pairs/new-{i}/sign-on", new { officerIds = new[] { $"new-{i}-a", $"new-{i}-b" } });
            Assert.Equal("onDuty", (string?)view["duty"]);
            Assert.Contains($"new-{i}", await ListAsync(dispatcher));
            var id = (string)(await dispatcher.DoAsync(
                "incidents", new { category = "dispute", priority = 2, location = TestOrganisation.InNorthWest, summary = "x" }))["id"]!;
            await dispatcher.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { $"new-{i}" }, mode = "assign", reason = "near" });
        }
    }

    private static async Task<List<(string Kind, string? Reason)>> JournalAsync(DispatchServer server)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "dispatch.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT kind, data FROM journal WHERE stream = 'bureau' ORDER BY version";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(string, string?)>();
        while (await reader.ReadAsync())
        {
            rows.Add((reader.GetString(0), (string?)JsonNode.Parse(reader.GetString(1))!["reason"]));
        }

        return rows;
    }

    private async Task<DispatchServer> StartAsync(string? database)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var server = DispatchServer.On(
            database,
            ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)),
            ("DISPATCH_ADMIN_PASSWORD", DispatchServer.Password));
        await server.StartAsync();
        return server;
    }

    private static async Task<List<string>> ListAsync(ApiClient user) =>
        [.. (await user.GetAsync("pairs?stationId=north")).Body!.AsArray().Select(x => (string)x!["id"]!)];

    private static async Task ExpectAsync(ApiClient user, string path, object body, int status, string code, string? key = null)
    {
        var (answered, problem) = await user.PostAsync(path, body, key);
        Assert.True((int)answered == status && (string?)problem?["code"] == code, $"{path}: {(int)answered} {problem}");
    }
}
