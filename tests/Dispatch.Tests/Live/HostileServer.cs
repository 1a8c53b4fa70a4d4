using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Live;

/// <summary>The tests of hostile and unlucky clients, one after the other against one server.</summary>
[CollectionDefinition(nameof(HostileClients))]
public sealed class HostileClients : ICollectionFixture<HostileServer>;

/// <summary>
/// A server process of its own, with short limits so that tests reach them soon. The station <c>north</c> is crowded: more is to be sent of it than
/// the buffers of a screen that does not read can hold.
/// </summary>
public sealed class HostileServer : IAsyncLifetime
{
    public const int MaxConnectionsPerAccount = 120, MaxSubscriptions = 40, SessionBurst = 130, CallBurst = 2500, MaxMessageBytes = 32 * 1024;

    private const int Crowd = 150;
    private static readonly string LongSummary = new('吵', 1900);
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-hostile-").FullName;
    private DispatchServer process = null!;
    private ApiClient dispatcher = null!;
    private ApiClient admin = null!;
    private int accounts;

    public Uri Url => process.Url;

    public int Port => process.Port;

    /// <summary>Somebody signed in with whom anything may be tried that does not end the account.</summary>
    public ApiClient Stranger { get; private set; } = null!;

    /// <summary>Incidents of the crowded station.</summary>
    public IReadOnlyList<string> Crowded { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        process = DispatchServer.On(
            null,
            ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)),
            ("Live__StalledAfter", "00:00:02"),
            ("Live__HandshakeWithin", "00:00:02"),
            ("Live__RightsInterval", "00:00:01"),
            ("Live__MaxConnectionsPerAccount", Number(MaxConnectionsPerAccount)),
            ("Live__MaxSubscriptions", Number(MaxSubscriptions)),
            ("Live__SessionBurst", Number(SessionBurst)),
            ("Live__SessionsPerSecond", "10"),
            ("Live__CallBurst", Number(CallBurst)),
            ("Live__MaxMessageBytes", Number(MaxMessageBytes)));
        await process.StartAsync();
        dispatcher = await ApiClient.SignInAsync(Url, "dispatcher");
        admin = await ApiClient.SignInAsync(Url, "admin");
        Stranger = await NewAccountAsync();
        Crowded = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => OpenAsync("north", LongSummary)));
    }

    /// <summary>Somebody signed in whom no other test uses: by default a dispatcher of everything.</summary>
    public async Task<ApiClient> NewAccountAsync(string[]? roles = null, string[]? stationIds = null, string[]? communityIds = null)
    {
        var userName = $"account{Interlocked.Increment(ref accounts)}";
        await admin.DoAsync("accounts", new
        {
            userName, password = DispatchServer.Password, displayName = userName, roles = roles ?? ["dispatcher"], stationIds = stationIds ?? ["*"], communityIds,
        });
        return await ApiClient.SignInAsync(Url, userName);
    }

    public Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(Url, userName);

    /// <summary>Changes an account as its administrator.</summary>
    public async Task ChangeAccountAsync(ApiClient account, string change)
    {
        var (status, body) = await admin.SendRawAsync(HttpMethod.Put, $"accounts/{account.User!["id"]}", change, key: Guid.NewGuid().ToString());
        Assert.True((int)status == 200, $"The account could not be changed: {(int)status} {body}");
    }

    /// <summary>A screen that was greeted.</summary>
    public async Task<RawScreen> ConnectAsync(ApiClient account, int receiveBuffer = 0)
    {
        var screen = await RawScreen.ConnectAsync(Url, account.AccessToken!, receiveBuffer);
        await screen.GreetAsync();
        return screen;
    }

    /// <summary>A screen of somebody else, which must not notice what the others do.</summary>
    public async Task<GoodScreen> WatchAsync(string stationId = "south")
    {
        var client = new FeedClient(Url, () => Task.FromResult(dispatcher.AccessToken));
        var screen = new GoodScreen(this, client, stationId);
        await client.StartAsync();
        await client.SubscribeAsync(screen.Feed);
        return screen;
    }

    /// <summary>A new incident of a station; its id.</summary>
    public async Task<string> OpenAsync(string stationId, string summary = "数人争吵") => (string)(await dispatcher.DoAsync("incidents", new
    {
        category = "dispute", priority = 2, location = new { lat = stationId == "north" ? 35.15 : 35.05, lon = 115.05 }, summary,
    }))["id"]!;

    /// <summary>Changes every incident of the crowded station once.</summary>
    public Task ChangeCrowdAsync() => Parallel.ForEachAsync(
        Crowded, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (id, _) => await dispatcher.DoAsync($"incidents/{id}/notes", new { text = "仍在现场" }));

    /// <summary>What the HTTP side says.</summary>
    public async Task<JsonNode> GetAsync(string path) => (await dispatcher.GetAsync(path)).Body!;

    /// <summary>Most memory that the server ever had.</summary>
    public long PeakKilobytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{process.ProcessId}/status").First(x => x.StartsWith("VmHWM", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
    }

    public async ValueTask DisposeAsync()
    {
        dispatcher.Dispose();
        admin.Dispose();
        Stranger.Dispose();
        await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
