using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Processes;
using HdrHistogram;

namespace Dispatch.Benchmarks.Community;

/// <summary>One who works in a community and looks at its screens: does one thing after the other and takes the time of each.</summary>
public sealed class CommunityProbe : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HttpClient http;
    private readonly FeedClient screen;
    private readonly string communityId;
    private readonly Dictionary<string, LongHistogram> times = new(StringComparer.Ordinal);

    private CommunityProbe(HttpClient http, FeedClient screen, string communityId)
    {
        this.http = http;
        this.screen = screen;
        this.communityId = communityId;
    }

    /// <summary>What was measured, microseconds.</summary>
    public IReadOnlyDictionary<string, LongHistogram> Times => times;

    /// <summary>Signs in as a supervisor of the whole bureau and subscribes to the community.</summary>
    public static async Task<CommunityProbe> StartAsync(DispatchServer server, string communityId)
    {
        ArgumentNullException.ThrowIfNull(server);
        using (var admin = Client(server, await SignInAsync(server, "admin")))
        {
            string[] everywhere = ["*"];
            string[] roles = ["supervisor"];
            using var made = await admin.PostAsJsonAsync(
                "accounts", new { userName = "chief", password = DispatchServer.Password, displayName = "Chief", roles, stationIds = everywhere });
            made.EnsureSuccessStatusCode();
        }

        var token = await SignInAsync(server, "chief");
        var screen = new FeedClient(server.Url, () => Task.FromResult<string?>(token));
        await screen.StartAsync();
        await screen.SubscribeAsync(FeedName.Community(communityId));
        return new CommunityProbe(Client(server, token), screen, communityId);
    }

    /// <summary>Records interactions in all communities in turn at a steady rate until it is told to stop.</summary>
    public async Task LoadAsync(int communities, double rate, CancellationToken stop)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1 / rate));
        var sent = new List<Task>();
        for (var i = 1; await WaitAsync(beat, stop); i++)
        {
            sent.RemoveAll(x => x.IsCompletedSuccessfully);
            sent.Add(RecordAsync($"c{i % communities}"));
        }

        await Task.WhenAll(sent);
    }

    /// <summary>Does everything once that one community's people do.</summary>
    public async Task DoAsync()
    {
        var began = Stopwatch.GetTimestamp();
        var id = await RecordAsync(communityId);
        Record("interaction recorded", began);
        await screen.WaitForAsync<InteractionView>(FeedName.Community(communityId), $"interaction/{id}", x => x is not null, Patience);
        Record("interaction on the screen", began);
        await ReadAsync("newest of the community", $"interactions?communityId={communityId}&limit=50");
        await ReadAsync("words in the community", $"interactions?communityId={communityId}&text=停车纠纷&limit=50");
        await ReadAsync("open matters of the community", $"matters?communityId={communityId}&open=true&limit=50");
        await ReadAsync("figures of the community, 7 days", $"figures?communityId={communityId}&{LastDays}");
        await ReadAsync("summary of the community", $"communities/{communityId}/summary");
        await ReadAsync("words in the whole bureau", "interactions?text=停车纠纷 17&limit=50");
    }

    /// <summary>What grows with the bureau by its nature.</summary>
    public async Task DoWholeBureauAsync()
    {
        await ReadAsync("figures of the whole bureau, 7 days", $"figures?{LastDays}");
        await ReadAsync("roll-out board of the whole bureau", "communities/roll-out");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await screen.DisposeAsync();
        http.Dispose();
    }

    private static string LastDays =>
        string.Create(CultureInfo.InvariantCulture, $"from={DateTimeOffset.UtcNow.AddDays(-7):yyyy-MM-dd}&to={DateTimeOffset.UtcNow:yyyy-MM-dd}");

    private async Task<string> RecordAsync(string community)
    {
        using var answer = await http.PostAsJsonAsync($"communities/{community}/interactions", new { kind = "visit", text = "入户走访", participants = 2 });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private async Task ReadAsync(string name, string path)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
        Record(name, began);
    }

    private void Record(string name, long began)
    {
        if (!times.TryGetValue(name, out var histogram))
        {
            times[name] = histogram = new LongHistogram(60_000_000, 3);
        }

        histogram.RecordValue((long)Stopwatch.GetElapsedTime(began).TotalMicroseconds);
    }

    private static async Task<bool> WaitAsync(PeriodicTimer beat, CancellationToken stop)
    {
        try
        {
            return await beat.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static HttpClient Client(DispatchServer server, string token)
    {
        var client = new HttpClient { BaseAddress = new Uri(server.Url, "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<string> SignInAsync(DispatchServer server, string userName)
    {
        using var client = new HttpClient { BaseAddress = server.Url };
        using var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { userName, password = DispatchServer.Password });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }
}
