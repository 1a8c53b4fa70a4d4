using System.Collections.Concurrent;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Live;

/// <summary>The feeds this web node keeps copies of; those that nobody watches any more are let go.</summary>
public sealed class FeedMirrors(IGrainFactory grains, IServiceProvider services, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string Name, FeedSight Sight), FeedMirror> mirrors = new();
    private volatile bool stopping;

    /// <summary>A subscription to the copy of a feed, which is among its watchers.</summary>
    /// <exception cref="TimeoutException">This web node is stopping.</exception>
    public FeedSubscription Watch(string name, FeedName feed, FeedSight sight, Func<FeedMirror, FeedSubscription> subscribe)
    {
        ArgumentNullException.ThrowIfNull(subscribe);
        while (true)
        {
            if (stopping)
            {
                throw new TimeoutException("This web node is stopping.");
            }

            var mirror = mirrors.GetOrAdd((name, sight), _ => Create(name, feed, sight));
            var subscription = subscribe(mirror);
            if (mirror.TryWatch(subscription))
            {
                return subscription;
            }

            mirrors.TryRemove(new KeyValuePair<(string, FeedSight), FeedMirror>((name, sight), mirror));
        }
    }

    /// <summary>Lets go of every feed before the silo begins to stop, so that nothing keeps asking it; the screens were sent away a moment before.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        stopping = true;
        foreach (var mirror in mirrors.Values)
        {
            mirror.Stop();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            foreach (var (key, mirror) in mirrors)
            {
                mirror.LookAfter(now);
                if (mirror.TryStop(now))
                {
                    mirrors.TryRemove(new KeyValuePair<(string, FeedSight), FeedMirror>(key, mirror));
                }
            }
        }
    }

    private FeedMirror Create(string name, FeedName feed, FeedSight sight)
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
        return ActivatorUtilities.CreateInstance<FeedMirror>(services, name, feed.Kind, sight, source);
    }
}
