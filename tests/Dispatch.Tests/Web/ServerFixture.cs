using Dispatch.Live;
using Dispatch.Tests.Processes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;

[assembly: AssemblyFixture(typeof(Dispatch.Tests.Web.ServerFixture))]

namespace Dispatch.Tests.Web;

/// <summary>One server on SQLite with the small organisation, shared by the tests that only talk to it.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
    private int keys;

    public DispatchServer Server { get; private set; } = null!;

    public ApiClient Dispatcher { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await Server.StartAsync();
        Dispatcher = await ApiClient.SignInAsync(Server.Url, "dispatcher");
    }

    public Task<ApiClient> SignInAsync(string userName) => ApiClient.SignInAsync(Server.Url, userName);

    /// <summary>A client of the feeds, signed in.</summary>
    public async Task<FeedClient> ConnectAsync(ApiClient user, Action<IHubConnectionBuilder>? configure = null)
    {
        var client = new FeedClient(Server.Url, () => Task.FromResult(user.AccessToken), configure);
        await client.StartAsync();
        return client;
    }

    /// <summary>A key nobody used.</summary>
    public string NewKey() => $"key-{Interlocked.Increment(ref keys)}-{Guid.NewGuid():N}";

    /// <summary>A new incident; its id.</summary>
    public async Task<string> OpenAsync(int pairsNeeded = 1, double lat = 35.15, double lon = 115.05) => (string)(await Dispatcher.DoAsync("incidents", new
    {
        category = "dispute", priority = 2, location = new { lat, lon }, summary = "数人争吵", address = "某路 1 号", pairsNeeded,
        caller = new { name = "王某", phone = "13800001111" },
    }))["id"]!;

    /// <summary>A pair on duty and free, whatever earlier tests left.</summary>
    public async Task<string> FreePairAsync(string pairId)
    {
        await Dispatcher.PostAsync($"pairs/{pairId}/sign-on", new { officerIds = new[] { $"{pairId}-a", $"{pairId}-b" } }, NewKey());
        var (_, pair) = await Dispatcher.GetAsync($"pairs/{pairId}");
        if (pair!["commitment"] is { } commitment)
        {
            await Dispatcher.DoAsync($"incidents/{commitment["incidentId"]}/assignments/{pairId}/status", new { status = "cleared" });
        }

        await Dispatcher.PostAsync($"pairs/{pairId}/activity", new { activity = "available" }, NewKey());
        return pairId;
    }

    /// <summary>An offer to a pair; its id.</summary>
    public async Task<string> OfferAsync(string incidentId, string pairId, int expiresInSeconds = 60) => (string)(await Dispatcher.DoAsync(
        $"incidents/{incidentId}/offers", new { pairIds = new[] { pairId }, expiresInSeconds }))["offers"]![0]!["id"]!;

    /// <summary>Reads of protected fields that are in the journal: who, what, why.</summary>
    public Task<List<(string ActorId, string Fields, string Reason)>> ReadsOfAsync(string subject) => QueryAsync(
        "SELECT actor_id, fields, reason FROM access_journal WHERE subject = $1", subject, x => (x.GetString(0), x.GetString(1), x.GetString(2)));

    /// <summary>Kinds of the changes that are in a stream of the journal.</summary>
    public Task<List<string>> KindsOfAsync(string stream) =>
        QueryAsync("SELECT kind FROM journal WHERE stream = $1 ORDER BY version", stream, x => x.GetString(0));

    /// <summary>What the changes of a stream say.</summary>
    public Task<List<string>> DataOfAsync(string stream) => QueryAsync("SELECT data FROM journal WHERE stream = $1", stream, x => x.GetString(0));

    public async ValueTask DisposeAsync()
    {
        Dispatcher.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task<List<T>> QueryAsync<T>(string sql, string parameter, Func<SqliteDataReader, T> read)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Server.DataDirectory, "dispatch.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$1", parameter);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
