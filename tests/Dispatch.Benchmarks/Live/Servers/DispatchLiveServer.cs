using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Processes;

namespace Dispatch.Benchmarks.Live.Servers;

/// <summary>The product: its web server with the silo in it, a town of which all pairs are on duty, and one account that all screens use.</summary>
public sealed class DispatchLiveServer : LiveServer
{
    /// <summary>The account of the screens; its password is <see cref="DispatchServer.Password"/>.</summary>
    public const string UserName = "board";

    private readonly DispatchServer server;
    private readonly HttpClient http;
    private readonly LiveTown town;
    private readonly string directory;
    private string token = string.Empty;

    private DispatchLiveServer(DispatchServer server, LiveTown town, string directory)
    {
        this.server = server;
        this.town = town;
        this.directory = directory;
        http = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Limits against floods that a benchmark would run into; all are set out of its way.</summary>
    public static IReadOnlyList<string> LiftedLimits { get; } =
    [
        "Live__MaxConnectionsPerAccount", "Live__SessionBurst", "Live__SessionsPerSecond", "Live__CallBurst", "Live__CallsPerSecond",
    ];

    /// <summary>Its address.</summary>
    public Uri Url => server.Url;

    /// <inheritdoc/>
    public override string Name => "ours";

    /// <inheritdoc/>
    public override int ProcessId => server.ProcessId;

    /// <inheritdoc/>
    public override int Port => server.Port;

    /// <inheritdoc/>
    public override string HubPath => $"/hubs/dispatch?access_token={Uri.EscapeDataString(token)}";

    /// <inheritdoc/>
    public override bool FeedsFollowOn => true;

    /// <summary>Starts it with a town whose pairs are all on duty.</summary>
    /// <param name="town">The town.</param>
    /// <param name="postgres">Connection string; null for SQLite.</param>
    public static async Task<DispatchLiveServer> StartAsync(LiveTown town, string? postgres)
    {
        ArgumentNullException.ThrowIfNull(town);
        var directory = Directory.CreateTempSubdirectory("dispatch-live-").FullName;
        var organisation = Path.Combine(directory, "organisation.json");
        await town.WriteAsync(organisation);
        var server = DispatchServer.On(postgres,
        [
            ("Dispatch__Demo", "false"),
            ("Dispatch__Organisation", organisation),
            ("Live__FlushInterval", TimeSpan.FromMilliseconds(FlushMilliseconds).ToString()),
            .. LiftedLimits.Select(x => (x, "1000000")),
        ]);
        var started = new DispatchLiveServer(server, town, directory);
        await server.StartAsync();
        await started.PrepareAsync();
        return started;
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyDictionary<int, long>> PairsAsync() => await PairsAsync(0);

    /// <summary>The pairs of a station with the version that each has now.</summary>
    public async Task<IReadOnlyDictionary<int, long>> PairsAsync(int station)
    {
        var pairs = await ViewsAsync(station);
        return pairs.ToDictionary(x => int.Parse(x.Id.AsSpan(1), CultureInfo.InvariantCulture), x => x.Version);
    }

    /// <summary>The pairs of a station as they are shown.</summary>
    public async Task<IReadOnlyList<PairView>> ViewsAsync(int station) =>
        (await http.GetFromJsonAsync<List<PairView>>($"/api/v1/pairs?stationId={LiveTown.StationId(station)}", DispatchJson.Options))!;

    /// <summary>Opens incidents spread over the town, and gives every second of them a pair, which sets out.</summary>
    public Task OpenIncidentsAsync(int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, stop) =>
    {
        var pair = number * (town.Pairs / count);
        var place = town.Place(pair);
        using var opened = await PostAsync("incidents", new { category = "dispute", priority = 1 + (number % 4), location = new { place.Lat, place.Lon }, summary = "benchmark" }, stop);
        if (number % 2 == 0)
        {
            return;
        }

        var id = (await opened.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("id").GetString();
        string[] pairIds = [LiveTown.PairId(pair)];
        using var assigned = await PostAsync($"incidents/{id}/offers", new { pairIds, mode = "assign", reason = "benchmark" }, stop);
        using var underWay = await PostAsync($"incidents/{id}/assignments/{pairIds[0]}/status", new { status = "enRoute" }, stop);
    });

    /// <summary>Makes the account of an officer of a pair.</summary>
    public async Task AddOfficerAsync(string userName, int pair)
    {
        await SignInAsync("admin");
        string[] roles = ["officer"];
        using var made = await PostAsync(
            "accounts", new { userName, password = DispatchServer.Password, displayName = userName, roles, officerId = $"{LiveTown.PairId(pair)}-a" }, CancellationToken.None);
        await SignInAsync(UserName);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task PrepareAsync()
    {
        await SignInAsync("admin");
        string[] everywhere = ["*"];
        string[] roles = ["supervisor", "dispatcher"];
        using var made = await http.PostAsJsonAsync(
            "/api/v1/accounts", new { userName = UserName, password = DispatchServer.Password, displayName = "Board", roles, stationIds = everywhere });
        await CheckAsync(made);
        await SignInAsync(UserName);
        await Parallel.ForAsync(0, town.Pairs, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (pair, stop) =>
        {
            var id = LiveTown.PairId(pair);
            using var answer = await http.PostAsJsonAsync($"/api/v1/pairs/{id}/sign-on", new SignOn([$"{id}-a", $"{id}-b"]), stop);
            await CheckAsync(answer);
        });
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object body, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}") { Content = JsonContent.Create(body, options: DispatchJson.Options) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString("N"));
        var answer = await http.SendAsync(request, stop);
        await CheckAsync(answer);
        return answer;
    }

    private async Task SignInAsync(string userName)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/auth/login", new { userName, password = DispatchServer.Password });
        await CheckAsync(answer);
        token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private static async Task CheckAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
