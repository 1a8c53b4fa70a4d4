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
    private volatile bool stopping;

    /// <summary>The copy of a feed, with this screen among its watchers.</summary>
    public FeedMirror Watch(string name, FeedName feed, FeedConnection connection)
    {
        while (true)
        {
            if (stopping)
            {
                throw new TimeoutException("This web node is stopping.");
            }

            var mirror = mirrors.GetOrAdd(name, _ => Create(name, feed));
            if (mirror.TryWatch(connection))
            {
                return mirror;
            }

            mirrors.TryRemove(new KeyValuePair<string, FeedMirror>(name, mirror));
        }
    }

    /// <summary>Lets go of every feed before the silo stops, so that nothing keeps asking it.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        foreach (var mirror in mirrors.Values)
        {
            mirror.Stop();
        }

        return base.StopAsync(cancellationToken);
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
