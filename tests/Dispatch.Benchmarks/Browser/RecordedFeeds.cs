using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dispatch.Benchmarks.Live;
using Dispatch.Benchmarks.Live.Servers;
using Dispatch.Live;
using Dispatch.Pairs;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Benchmarks.Browser;

/// <summary>What the server sent of each feed of a town to one that asked for all of it, part by part.</summary>
public sealed class RecordedFeeds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private RecordedFeeds(IReadOnlyDictionary<string, IReadOnlyList<FeedMessage>> snapshots) => Snapshots = snapshots;

    /// <summary>The parts of each feed's snapshot, by its name.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<FeedMessage>> Snapshots { get; }

    /// <summary>Asks the server.</summary>
    public static async Task<RecordedFeeds> OfAsync(DispatchLiveServer server, LiveTown town)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(town);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Url, server.HubPath))
            .AddJsonProtocol(x => DispatchJson.Configure(x.PayloadSerializerOptions))
            .Build();
        var parts = new ConcurrentDictionary<string, List<FeedMessage>>(StringComparer.Ordinal);
        var whole = new ConcurrentDictionary<string, TaskCompletionSource>(StringComparer.Ordinal);
        connection.On<FeedMessage>(FeedMessage.Method, message =>
        {
            var done = whole[message.Feed];
            if (done.Task.IsCompleted)
            {
                return;
            }

            parts.GetOrAdd(message.Feed, _ => []).Add(message);
            if (!message.More)
            {
                done.SetResult();
            }
        });
        await connection.StartAsync();
        foreach (var feed in Enumerable.Range(0, town.Stations).Select(LiveTown.StationId).SelectMany(x => new[] { FeedName.Station(x), FeedName.Positions(x) }))
        {
            whole[feed] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await connection.InvokeAsync("Subscribe", feed, (FeedCursor?)null);
            await whole[feed].Task.WaitAsync(Patience);
        }

        return new RecordedFeeds(parts.ToDictionary(x => x.Key, x => (IReadOnlyList<FeedMessage>)x.Value, StringComparer.Ordinal));
    }

    /// <summary>What the server would send of a feed of positions after one more report of each pair, a step to the north of the one before.</summary>
    public FeedMessage Moved(string feed, long from, long step)
    {
        var now = DateTimeOffset.UtcNow;
        var north = step % 400 * 0.0000125;
        ImmutableArray<FeedChange> changes =
        [
            .. Snapshots[feed].SelectMany(x => x.Changes).Select(x =>
            {
                var place = x.Value.As<PairPosition>()!;
                return new FeedChange(x.Key, JsonText.Of(place with { Lat = Math.Round(place.Lat + north, 5), At = now }));
            }),
        ];
        return new FeedMessage(feed, Snapshots[feed][0].Epoch, from, from + 1, false, changes);
    }
}
