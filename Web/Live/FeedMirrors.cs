using System.Collections.Concurrent;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Live;

/// <summary>The feeds this web node keeps copies of; those that nobody watches any more are let go.</summary>
public sealed class FeedMirrors(IGrainFactory grains, IServiceProvider services, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, FeedMirror> mirrors = new(StringComparer.Ordinal);

    /// <summary>The copy of a feed, with this screen among its watchers.</summary>
    public FeedMirror Watch(string name, FeedName feed, FeedConnection connection)
    {
        while (true)
        {
            var mirror = mirrors.GetOrAdd(name, _ => Create(name, feed));
            if (mirror.TryWatch(connection))
            {
                return mirror;
            }

            mirrors.TryRemove(new KeyValuePair<string, FeedMirror>(name, mirror));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (name, mirror) in mirrors)
            {
                if (mirror.TryStop(time.GetUtcNow()))
                {
                    mirrors.TryRemove(new KeyValuePair<string, FeedMirror>(name, mirror));
                }
            }
        }
    }

    private FeedMirror Create(string name, FeedName feed)
    {
        IFeedGrain source = feed.Kind switch
        {
            FeedKind.Bureau => grains.GetGrain<IBureauGrain>(IBureauGrain.Key),
            FeedKind.Station or FeedKind.Positions => grains.GetGrain<IStationGrain>(feed.Id),
            FeedKind.Community => grains.GetGrain<ICommunityGrain>(feed.Id),
            FeedKind.Pair => grains.GetGrain<IPairGrain>(feed.Id),
            FeedKind.Incident => grains.GetGrain<IIncidentGrain>(feed.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(feed), feed.Kind, "Unknown feed."),
        };
        return ActivatorUtilities.CreateInstance<FeedMirror>(services, name, feed.Kind, source);
    }
}
