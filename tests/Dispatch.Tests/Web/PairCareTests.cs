using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Web;

/// <summary>Pairs in their communities through the public API: agreed, borrowed, handed over, seen on the board by those whose they are.</summary>
public sealed class PairCareTests(PostgresServer postgres)
{
    private static readonly object Agreement = new { from = "2026-01-01", to = "2035-12-31", goals = "每季入户一次", signedOn = "2026-01-01" };

    [Theory, InlineData(false), InlineData(true)]
    public async Task Handover_OfASubstitutedMember_IsOpenedTickedSignedAndClosed(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        using var leaving = await ApiClient.SignInAsync(server.Url, "officer1");
        using var other = await ApiClient.SignInAsync(server.Url, "officer3");
        var community = (string)(await supervisor.GetAsync("pairs/north-1")).Body!["communityId"]!;
        var incident = (string)(await supervisor.DoAsync("incidents", new
        {
            category = "dispute", priority = 3, location = Inside(community), summary = "secret words", address = "secret road",
        }))["id"]!;
        await supervisor.DoAsync("pairs/north-1/substitute", new { outOfficerId = "north-1-a", officer = new { id = "new-a", name = "New" }, reason = "secret move" });
        var sheet = await UntilAsync(supervisor, "pairs/north-1/handover-sheets", x => x.AsArray() is [{ } one] ? one : null);
        var id = (string)sheet["id"]!;
        Assert.Equal(["north-1-a"], Ids(sheet["outgoing"]!));
        Assert.Equal(["new-a"], Ids(sheet["incoming"]!));
        Assert.Contains(sheet["items"]!.AsArray(), x => (string?)x!["referenceId"] == incident);
        Assert.DoesNotContain("secret", sheet.ToJsonString(), StringComparison.Ordinal);

        // Who leaves sees it though he is in no pair any more; a colleague of another pair does not.
        Assert.Contains((await leaving.GetAsync("handover-sheets")).Body!.AsArray(), x => (string?)x!["id"] == id);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"handover-sheets/{id}")).Status);
        Assert.DoesNotContain((await other.GetAsync("handover-sheets")).Body!.AsArray(), x => (string?)x!["id"] == id);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"handover-sheets/{Guid.NewGuid()}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("handover-sheets/none")).Status);

        using var coming = await AccountAsync(server, "new-a");
        await leaving.DoAsync($"handover-sheets/{id}/notes", new { text = "Look after the market." });
        await supervisor.DoAsync($"handover-sheets/{id}/items", new { text = "keys" }, "keys");
        var again = await supervisor.DoAsync($"handover-sheets/{id}/items", new { text = "keys" }, "keys");
        Assert.Single(again["items"]!.AsArray(), x => (string?)x!["kind"] == "free");
        await ExpectAsync(supervisor, $"handover-sheets/{id}/items", new { text = "other" }, 422, "idempotencyKeyReused", "keys");
        await ExpectAsync(coming, $"handover-sheets/{id}/sign", null, 409, "handoverUnfinished");
        await ExpectAsync(supervisor, $"handover-sheets/{id}/sign", null, 403, "notYourHandover");
        await ExpectAsync(leaving, $"handover-sheets/{id}/close", new { reason = "x" }, 403, "forbidden");
        await ExpectAsync(other, $"handover-sheets/{id}/items", new { text = "x" }, 403, "forbidden");
        foreach (var item in again["items"]!.AsArray())
        {
            await coming.DoAsync($"handover-sheets/{id}/items/{item!["id"]}/tick");
        }

        await coming.DoAsync($"handover-sheets/{id}/sign");
        await leaving.DoAsync($"handover-sheets/{id}/sign");
        var closed = await supervisor.DoAsync($"handover-sheets/{id}/close");
        Assert.NotNull(closed["closedAt"]);
        Assert.Equal("Look after the market.", (string?)closed["notes"]);
        var row = (await supervisor.GetAsync("pairs/north-1/handover-sheets")).Body!.AsArray().Single()!;
        Assert.Equal(((long)closed["version"]!, (string?)null), ((long)row["version"]!, (string?)row["notes"]));
        Assert.Empty((await supervisor.GetAsync("handover-sheets")).Body!.AsArray());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Board_ShowsEveryCommunityWithItsPairsTimeAndContacts(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        var before = (await supervisor.GetAsync("communities/roll-out")).Body!;
        Assert.Equal(4, before["communities"]!.AsArray().Count);
        Assert.Equal((4, 4, 0, 4), Totals(before["bureau"]!));
        Assert.All(before["communities"]!.AsArray(), x => Assert.Equal(["noContact", "noAgreement"], Texts(x!["alerts"]!)));

        var community = (string)(await supervisor.GetAsync("pairs/north-1")).Body!["communityId"]!;
        foreach (var pair in before["communities"]!.AsArray().Single(x => (string?)x!["communityId"] == community)!["pairs"]!.AsArray())
        {
            await supervisor.DoAsync($"pairs/{pair!["pairId"]}/agreement", Agreement);
        }

        await supervisor.DoAsync("pairs/north-1/sign-on", new { officerIds = new[] { "north-1-a", "north-1-b" } });
        await supervisor.DoAsync($"communities/{community}/interactions", new { kind = "visit", pairId = "north-1" });
        await supervisor.DoAsync("pairs/north-1/take", new { by = "south", reason = "secret market" });
        await supervisor.DoAsync("pairs/north-1/give-back");
        await supervisor.DoAsync("pairs/north-1/activity", new { activity = "meeting", by = "bureau", reason = "weekly" });
        await supervisor.DoAsync("pairs/north-1/sign-off");
        await supervisor.DoAsync("pairs/north-1/retirement", new { officerId = "north-1-a", retiresOn = Day(100), reason = "age" });

        var board = (await supervisor.GetAsync("communities/roll-out?stationId=north")).Body!;
        Assert.Equal(2, board["communities"]!.AsArray().Count);
        Assert.Equal((2, 2, 0, 1), Totals(board["stations"]!.AsArray().Single()!));
        var row = board["communities"]!.AsArray().Single(x => (string?)x!["communityId"] == community)!;
        Assert.Equal("ok", (string?)row["contact"]!["state"]);
        Assert.Equal(["successionDue"], Texts(row["alerts"]!));
        Assert.DoesNotContain("secret", board.ToJsonString(), StringComparison.Ordinal);
        await supervisor.DoAsync("pairs/north-1/successor", new { officerId = "south-1-a", reason = "knows the streets" });
        var health = (await supervisor.GetAsync("pairs/north-1/health")).Body!;
        Assert.All(
            new[] { "members", "agreement", "contact", "timeTaken", "handover", "succession" },
            x => Assert.True((string?)health[x]!["state"] == "ok", $"{x}: {health}"));
        Assert.InRange((double)health["succession"]!["number"]!, 99, 101);

        var times = (await supervisor.GetAsync("pairs/north-1/time?days=1")).Body!["ended"]!.AsArray();
        Assert.Contains(times, x => (string?)x!["kind"] == "borrowed" && (string?)x["byWhom"] == "south" && (string?)x["reason"] == "secret market");
        Assert.Contains(times, x => (string?)x!["kind"] == "activity" && (string?)x["byWhom"] == "bureau" && (string?)x["reason"] == "weekly");
        Assert.All(times.Zip(times.Skip(1)), x => Assert.True((DateTimeOffset)x.First!["from"]! >= (DateTimeOffset)x.Second!["to"]!));
    }

    [Fact]
    public async Task Agreement_RepeatedAndRenewed_IsSetOnceEachAndKeptInItsHistory()
    {
        await using var server = await StartAsync(null);
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        var first = await supervisor.DoAsync("pairs/north-1/agreement", Agreement, "first");
        await supervisor.DoAsync("pairs/north-1/agreement", new { from = "2026-06-01", to = "2036-05-31", goals = "更多", signedOn = "2026-05-01" });
        Assert.True(JsonNode.DeepEquals(first, await supervisor.DoAsync("pairs/north-1/agreement", Agreement, "first")));
        await supervisor.DoAsync("pairs/south-1/agreement", Agreement);
        var view = (await supervisor.GetAsync("pairs/north-1/agreement")).Body!;
        Assert.Equal(("2026-06-01", "2026-01-01"), ((string?)view["present"]!["from"], (string?)view["present"]!["renewedFrom"]));
        Assert.Equal(["2026-06-01", "2026-01-01"], view["history"]!.AsArray().Select(x => (string?)x!["from"]));
        Assert.True((int)view["daysLeft"]! > 0);
        await ExpectAsync(supervisor, "pairs/north-1/agreement", new { from = "2026-01-01", to = "2026-01-01", goals = "x", signedOn = "2026-01-01" }, 422, "valueOutOfRange");
        await ExpectAsync(supervisor, "pairs/none/agreement", Agreement, 404, "pairNotFound");
        await ExpectAsync(supervisor, "pairs/north-1/successor", new { officerId = "nobody", reason = "x" }, 422, "officerNotFound");
        await ExpectAsync(supervisor, "pairs/north-1/take", new { by = "x", reason = "" }, 422, "valueMissing");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await supervisor.GetAsync("pairs/north-1/time?days=93")).Status);
    }

    [Fact]
    public async Task Scope_AnOfficerSeesTheOwnPairAndCommunity_AndDecidesNothing()
    {
        await using var server = await StartAsync(null);
        using var officer = await ApiClient.SignInAsync(server.Url, "officer1");
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        var own = (string)(await officer.GetAsync("pairs/north-1")).Body!["communityId"]!;
        foreach (var what in new[] { "health", "skills", "agreement", "time" })
        {
            Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync($"pairs/north-1/{what}")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync($"pairs/north-2/{what}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync($"pairs/none/{what}")).Status);
        }

        var board = (await officer.GetAsync("communities/roll-out")).Body!;
        Assert.Equal([own], board["communities"]!.AsArray().Select(x => (string?)x!["communityId"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("communities/roll-out?stationId=south")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await officer.GetAsync("communities/roll-out?stationId=none")).Status);
        await ExpectAsync(officer, "pairs/north-1/agreement", Agreement, 403, "forbidden");
        await ExpectAsync(officer, "pairs/north-1/take", new { by = "x", reason = "x" }, 403, "forbidden");
        await ExpectAsync(officer, "pairs/north-1/successor", new { officerId = "north-2-a", reason = "x" }, 403, "forbidden");
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("pairs/match?greenLeaf=north-1-a&redFlower=north-2-b")).Status);

        var match = (await supervisor.GetAsync("pairs/match?greenLeaf=north-1-a&redFlower=south-2-b")).Body!;
        Assert.Equal(["mediation"], Texts(match["greenLeaf"]!["skills"]!));
        Assert.Equal(["technology"], Texts(match["redFlower"]!["skills"]!));
        Assert.Empty(match["both"]!.AsArray());
        Assert.Empty(match["missing"]!.AsArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await supervisor.GetAsync("pairs/match?greenLeaf=north-1-b&redFlower=south-2-b")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.GetAsync("pairs/match?greenLeaf=nobody&redFlower=south-2-b")).Status);
    }

    private static object Inside(string community) => community == "north-west" ? TestOrganisation.InNorthWest : new { lat = 35.15, lon = 115.15 };

    private static string Day(int ahead) => DateTime.UtcNow.AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string[] Ids(JsonNode list) => [.. list.AsArray().Select(x => (string)x!["id"]!)];

    private static string[] Texts(JsonNode list) => [.. list.AsArray().Select(x => (string)x!)];

    private static (int Communities, int FullPair, int None, int WithoutContact) Totals(JsonNode total) =>
        ((int)total["communities"]!, (int)total["fullPair"]!, (int)total["none"]!, (int)total["withoutContact"]!);

    /// <summary>An account of an officer who has none yet.</summary>
    private static async Task<ApiClient> AccountAsync(DispatchServer server, string officerId)
    {
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        await admin.DoAsync("accounts", new
        {
            userName = officerId, password = DispatchServer.Password, displayName = officerId, roles = new[] { "officer" }, officerId,
        });
        return await ApiClient.SignInAsync(server.Url, officerId);
    }

    /// <summary>Asks until there is what is looked for: a sheet is opened right after its change, not with it.</summary>
    private static async Task<JsonNode> UntilAsync(ApiClient user, string path, Func<JsonNode, JsonNode?> find)
    {
        using var patience = new CancellationTokenSource(ServerFixture.Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            if (find((await user.GetAsync(path)).Body!) is { } found)
            {
                return found;
            }
        }
    }

    private static async Task<DispatchServer> StartAsync(string? database)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var server = DispatchServer.On(database, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        return server;
    }

    private static async Task ExpectAsync(ApiClient user, string path, object? body, int status, string code, string? key = null)
    {
        var (answered, problem) = await user.PostAsync(path, body, key);
        Assert.True((int)answered == status && (string?)problem?["code"] == code, $"{path}: {(int)answered} {problem}");
    }
}
