using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Live;

/// <summary>A screen behind a line that breaks again and again, in the middle of a message too, at a real server.</summary>
public sealed class FaultyLineTests(ServerFixture server)
{
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(2);
    private static readonly string[] Feeds = ["station/north", "station/south", "station/north/positions"];

    [Fact]
    public async Task Screen_BehindALineThatBreaks_EndsEqualToAFreshOneAndNeverShowsAnOlderVersion()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var line = new FaultyLine(server.Server.Port, seed);
        await using var screen = new FeedClient(new FeedClientOptions(line.Url, () => Task.FromResult(server.Dispatcher.AccessToken))
        {
            FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(100),
        });
        using var stopping = new CancellationTokenSource();
        var versions = new Versions(screen);
        foreach (var feed in Feeds)
        {
            screen.Watch(feed);
        }

        var running = screen.RunAsync(stopping.Token);
        await WorkUntilAsync(() => line.Cuts >= 12 && versions.Renewals >= 40, () => $"seed {seed}: {line.Cuts} cuts, {versions.Renewals} renewals");
        line.Mend();
        await AssertEqualToAFreshOneAsync(screen, seed);
        Assert.Empty(versions.Faults);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    /// <summary>What happens in a station: incidents are opened, noted on and closed, pairs move.</summary>
    private async Task WorkUntilAsync(Func<bool> isEnough, Func<string> evidence)
    {
        var pair = await server.FreePairAsync("north-1");
        var worked = Stopwatch.StartNew();
        for (var round = 0; !isEnough(); round++)
        {
            Assert.True(worked.Elapsed < LongestWork, $"Not enough happened on the line within {LongestWork}. {evidence()}");
            var id = await server.OpenAsync(lat: round % 2 == 0 ? 35.15 : 35.05);
            await server.Dispatcher.DoAsync($"incidents/{id}/hold", new { reason = "later" });
            await server.Dispatcher.DoAsync($"pairs/{pair}/position", new { lat = 35.1 + (round % 50 * 0.001), lon = 115.1, at = DateTimeOffset.UtcNow });
            await server.Dispatcher.DoAsync($"pairs/{pair}/activity", new { activity = round % 2 == 0 ? "patrol" : "available" });
            if (round % 20 != 0)
            {
                await server.Dispatcher.DoAsync($"incidents/{id}/cancel", new { reason = "over" });
            }
        }
    }

    private async Task AssertEqualToAFreshOneAsync(FeedClient screen, int seed)
    {
        await using var fresh = await server.ConnectAsync(server.Dispatcher);
        foreach (var feed in Feeds)
        {
            await fresh.SubscribeAsync(feed);
            await Until.HoldsAsync(
                () => screen.Watch(feed) is { State.Phase: FeedPhase.Current } one && fresh.Watch(feed) is { State.Phase: FeedPhase.Current } other
                    && one.Shown == other.Shown && ModelFeed.Text(one.Values()) == ModelFeed.Text(other.Values()),
                () => $"seed {seed}, {feed}: {screen.Watch(feed).State} {screen.Watch(feed).Shown}, fresh {fresh.Watch(feed).State} {fresh.Watch(feed).Shown}");
            Assert.NotEmpty(fresh.Values(feed));
        }
    }

    /// <summary>Looks at everything that is shown, each time it is renewed.</summary>
    private sealed class Versions
    {
        private readonly Dictionary<string, long> newest = new(StringComparer.Ordinal);
        private readonly FeedClient screen;
        private int renewals;

        public Versions(FeedClient screen)
        {
            this.screen = screen;
            screen.Applied += Look;
        }

        public int Renewals => Volatile.Read(ref renewals);

        public ConcurrentQueue<string> Faults { get; } = new();

        private void Look(string feed)
        {
            Interlocked.Increment(ref renewals);
            foreach (var (key, value) in screen.Values(feed))
            {
                if (value.As<JsonNode>() is not JsonObject entity || entity["version"] is not { } told)
                {
                    continue;
                }

                var (name, version) = ($"{feed} {key}", (long)told);
                if (version < newest.GetValueOrDefault(name))
                {
                    Faults.Enqueue($"{name} was shown in version {version} after {newest[name]}.");
                }

                newest[name] = version;
            }
        }
    }
}
