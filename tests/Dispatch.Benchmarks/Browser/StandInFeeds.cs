using Dispatch.Live;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Benchmarks.Browser;

/// <summary>
/// The recorded feeds, in which every pair moves with every flush. Each feed of positions has its own turn within the interval, as at the server, where they do not wait for each other.
/// </summary>
public sealed class StandInFeeds(RecordedFeeds recorded, IHubContext<StandInHub> hub)
{
    private readonly Dictionary<string, Feed> feeds = recorded.Snapshots.ToDictionary(x => x.Key, x => new Feed(x.Value[^1].To), StringComparer.Ordinal);
    private long sent;

    /// <summary>How many flushes of feeds were sent.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>Gives the snapshot of a feed; nothing changes in it meanwhile.</summary>
    public async Task SubscribeAsync(string name, Func<IEnumerable<FeedMessage>, Task> send)
    {
        ArgumentNullException.ThrowIfNull(send);
        var feed = feeds[name];
        await feed.Turn.WaitAsync();
        try
        {
            var later = feed.At - recorded.Snapshots[name][^1].To;
            await send(recorded.Snapshots[name].Select(x => x with { From = x.From + later, To = x.To + later }));
        }
        finally
        {
            feed.Turn.Release();
        }
    }

    /// <summary>Moves everybody until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var moving = feeds.Where(x => x.Key.EndsWith("/positions", StringComparison.Ordinal)).ToArray();
        var pause = TimeSpan.FromMilliseconds((double)ScreensBenchmark.FlushMilliseconds / moving.Length);
        using var timer = new PeriodicTimer(pause);
        for (var turn = 0L; await NextAsync(timer, stop); turn++)
        {
            var (name, feed) = moving[turn % moving.Length];
            await feed.Turn.WaitAsync(CancellationToken.None);
            await hub.Clients.Group(name).SendAsync(FeedMessage.Method, recorded.Moved(name, feed.At, turn / moving.Length), CancellationToken.None);
            feed.At++;
            feed.Turn.Release();
            Interlocked.Increment(ref sent);
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed class Feed(long at)
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public long At { get; set; } = at;
    }
}
