using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

[assembly: AssemblyFixture(typeof(Dispatch.Tests.Protocol.ProtocolFixture))]

namespace Dispatch.Tests.Protocol;

/// <summary>A server of its own for the tests of the dispatch protocol, on which every test begins with free pairs.</summary>
public sealed class ProtocolFixture : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;

    public DispatchServer Server { get; private set; } = null!;

    public ApiClient Supervisor { get; private set; } = null!;

    public ApiClient Dispatcher { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await Server.StartAsync();
        Supervisor = await ApiClient.SignInAsync(Server.Url, "supervisor");
        Dispatcher = await ApiClient.SignInAsync(Server.Url, "dispatcher");
    }

    /// <summary>A client of the feeds, signed in.</summary>
    public async Task<FeedClient> ConnectAsync(ApiClient user)
    {
        var client = new FeedClient(Server.Url, () => Task.FromResult(user.AccessToken));
        await client.StartAsync();
        return client;
    }

    /// <summary>The account of an officer of the pair: its first or its second.</summary>
    public Task<ApiClient> SignInOfficerAsync(string pairId, int which = 0)
    {
        var index = TestOrganisation.Create().Pairs.ToList().FindIndex(x => x.Id == pairId);
        return ApiClient.SignInAsync(Server.Url, $"officer{(2 * index) + which + 1}");
    }

    /// <summary>A pair on duty with both officers, free of everything earlier tests left.</summary>
    public async Task<string> FreshAsync(string pairId, int officers = 2)
    {
        await Supervisor.DoAsync($"pairs/{pairId}/free", new { reason = "next test" });
        await Supervisor.PostAsync($"pairs/{pairId}/sign-off", null, Guid.NewGuid().ToString());
        string[] present = [$"{pairId}-a", $"{pairId}-b"];
        await Supervisor.DoAsync($"pairs/{pairId}/sign-on", new { officerIds = present.Take(officers) });
        return pairId;
    }

    /// <summary>Every pair off duty but these, which are fresh.</summary>
    public async Task OnlyOnDutyAsync(params string[] pairIds)
    {
        foreach (var pair in TestOrganisation.Create().Pairs)
        {
            await FreshAsync(pair.Id);
            if (!pairIds.Contains(pair.Id))
            {
                await Supervisor.DoAsync($"pairs/{pair.Id}/sign-off");
            }
        }
    }

    /// <summary>A new incident; its id.</summary>
    public async Task<string> OpenAsync(int priority = 3, int pairsNeeded = 1, double lat = 35.15, double lon = 115.05, DateTimeOffset? scheduledFor = null) =>
        (string)(await Dispatcher.DoAsync("incidents", new
        {
            category = "dispute", priority, location = new { lat, lon }, summary = "数人争吵", address = "某路 1 号", pairsNeeded, scheduledFor,
        }))["id"]!;

    public async Task<JsonNode> IncidentAsync(string id) => (await Supervisor.GetAsync($"incidents/{id}")).Body!;

    public async Task<JsonNode> PairAsync(string id) => (await Supervisor.GetAsync($"pairs/{id}")).Body!;

    public async Task<List<string>> KindsAsync(string id) =>
        [.. (await Supervisor.GetAsync($"incidents/{id}/timeline")).Body!.AsArray().Select(x => (string)x!["kind"]!)];

    /// <summary>Commits a pair without asking.</summary>
    public Task<JsonNode> AssignAsync(string id, string pairId, bool preempt = false, string mode = "assign") =>
        Dispatcher.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { pairId }, mode, reason = "nearest", preempt });

    public Task<JsonNode> StepAsync(string id, string pairId, string status) =>
        Dispatcher.DoAsync($"incidents/{id}/assignments/{pairId}/status", new { status });

    /// <summary>Expects a command to be refused.</summary>
    public async Task RefusedAsync(string path, object? body, HttpStatusCode status, string code, ApiClient? by = null)
    {
        var (answered, problem) = await (by ?? Supervisor).PostAsync(path, body, Guid.NewGuid().ToString());
        Assert.True((answered, code) == (status, (string?)problem?["code"]), $"{path}: {(int)answered} {problem}");
    }

    /// <summary>Waits until an incident is as told, as a screen that watches it sees it.</summary>
    public async Task<JsonNode> UntilAsync(string feed, string key, Func<JsonNode?, bool> isSo)
    {
        await using var screen = await ConnectAsync(Supervisor);
        await screen.SubscribeAsync(feed);
        return await screen.WaitForAsync<JsonNode>(feed, key, isSo, ServerFixture.Patience);
    }

    public Task<JsonNode> UntilIncidentAsync(string id, Func<JsonNode?, bool> isSo) => UntilAsync($"incident/{id}", "incident", x => x is not null && isSo(x));

    public Task<JsonNode> UntilPairAsync(string id, Func<JsonNode?, bool> isSo) => UntilAsync($"pair/{id}", "pair", x => x is not null && isSo(x));

    /// <summary>Waits until an incident has left a station's feed.</summary>
    public async Task UntilGoneAsync(string stationId, string id)
    {
        await using var screen = await ConnectAsync(Supervisor);
        await screen.SubscribeAsync($"station/{stationId}");
        await screen.WaitForAsync<JsonNode>($"station/{stationId}", "summary", x => x is not null, ServerFixture.Patience);
        await screen.WaitForAsync<JsonNode>($"station/{stationId}", $"incident/{id}", x => x is null, ServerFixture.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        Supervisor.Dispose();
        Dispatcher.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }
}
