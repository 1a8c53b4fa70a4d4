using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Web;

/// <summary>
/// A pair's day through the public API, on both databases. Fails where a step that was made is missing, where one is told twice or in another order, where what
/// somebody wrote is in it, or where somebody sees it who does not look after the pair.
/// </summary>
public sealed class PairHistoryTests(PostgresServer postgres)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task History_OfADay_TellsEveryStepOnceInOrder(bool onPostgres)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(
            onPostgres ? await postgres.CreateDatabaseAsync() : null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await dispatcher.DoAsync("pairs/north-2/sign-on", new { officerIds = new[] { "north-2-a", "north-2-b" } });
        await dispatcher.DoAsync("pairs/north-2/activity", new { activity = "patrol" });
        var incident = await WorkAsync(dispatcher);
        await dispatcher.DoAsync(
            "communities/north-west/interactions", new { kind = "visit", text = "secret words", participants = 2, pairId = "north-2" });

        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        var history = await HistoryAsync(supervisor, string.Empty);
        var entries = history["entries"]!.AsArray().Select(x => x!).ToList();
        Assert.Equal(
            ["signedOn", "activity", "offered", "declined", "offered", "accepted", "enRoute", "onScene", "reported", "released", "interaction"],
            entries.Select(x => (string)x["kind"]!));
        Assert.Equal("busy", (string)entries[3]["code"]!);
        Assert.Equal((2, "patrol"), ((int)entries[0]["officers"]!, (string)entries[1]["code"]!));
        Assert.All(entries[2..10], x => Assert.Equal(((string)incident["id"]!, (string)incident["number"]!), ((string)x["incident"]!["id"]!, (string)x["incident"]!["number"]!)));
        Assert.Equal(("visit", 2), ((string)entries[10]["code"]!, (int)entries[10]["participants"]!));
        Assert.Contains(history["times"]!.AsArray(), x => (bool)x!["isRunning"]!);
        Assert.DoesNotContain("secret", history.ToJsonString(), StringComparison.Ordinal);

        var before = await HistoryAsync(supervisor, $"?day={DateTimeOffset.UtcNow.AddHours(8).AddDays(-3):yyyy-MM-dd}");
        Assert.Empty(before["entries"]!.AsArray());
        Assert.Empty(before["times"]!.AsArray());
        using var other = await ApiClient.SignInAsync(server.Url, "officer1");
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("pairs/north-2/history")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await supervisor.GetAsync("pairs/none/history")).Status);
    }

    /// <summary>An incident that the pair declines, with words of its own, and then takes to its end.</summary>
    private static async Task<JsonNode> WorkAsync(ApiClient dispatcher)
    {
        var incident = await dispatcher.DoAsync("incidents", new
        {
            category = "dispute", priority = 2, location = TestOrganisation.InNorthWest, summary = "secret words", address = "secret road",
        });
        await dispatcher.DoAsync($"offers/{await OfferAsync()}/decline", new { reason = "busy", note = "secret note" });
        await dispatcher.DoAsync($"offers/{await OfferAsync()}/accept");
        foreach (var status in new[] { "enRoute", "onScene", "reported", "cleared" })
        {
            await dispatcher.DoAsync($"incidents/{incident["id"]}/assignments/north-2/status", new { status });
        }

        return incident;

        async Task<string> OfferAsync() =>
            (string)(await dispatcher.DoAsync($"incidents/{incident["id"]}/offers", new { pairIds = new[] { "north-2" } }))["offers"]![0]!["id"]!;
    }

    private static async Task<JsonNode> HistoryAsync(ApiClient user, string query)
    {
        var (status, history) = await user.GetAsync($"pairs/north-2/history{query}");
        Assert.True(status == HttpStatusCode.OK, $"The history was answered {(int)status}: {history}");
        return history!;
    }
}
