using System.Collections.Immutable;
using System.Threading.Channels;
using Dispatch.Benchmarks.Live.Servers;
using Dispatch.Live;
using Dispatch.Pairs;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Benchmarks.Live.Raw;

/// <summary>The raw server's pairs: changed one commit after the other each, and sent to everybody as often as ours sends.</summary>
public sealed class RawStation(IReadOnlyCollection<PairView> pairs, RawStore store, IHubContext<RawHub> hub)
{
    private readonly Dictionary<string, Entry> entries = pairs.ToDictionary(x => x.Id, x => new Entry(x), StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string epoch = Guid.NewGuid().ToString("N");
    private Dictionary<string, JsonText> unsent = [];
    private long seq = pairs.Count;
    private long sent = pairs.Count;

    /// <summary>Everything.</summary>
    public FeedMessage Snapshot(string feed)
    {
        lock (gate)
        {
            return new FeedMessage(feed, epoch, 0, seq, Snapshot: true, [.. entries.Select(x => new FeedChange($"pair/{x.Key}", x.Value.Json))]);
        }
    }

    /// <summary>Changes a pair; ends when it is committed.</summary>
    public async Task<PairView> SetActivityAsync(string pairId, PairActivity activity)
    {
        var entry = entries[pairId];
        await entry.Turn.WaitAsync();
        try
        {
            var next = entry.View with { Activity = activity, Version = entry.View.Version + 1 };
            var json = JsonText.Of(next);
            await store.CommitAsync(pairId, next.Version, json.Utf8!);
            lock (gate)
            {
                (entry.View, entry.Json) = (next, json);
                unsent[$"pair/{pairId}"] = json;
                seq++;
            }

            changed.Writer.TryWrite(true);

            return next;
        }
        finally
        {
            entry.Turn.Release();
        }
    }

    /// <summary>Sends what changed at once, then what changed within each interval, until it is stopped.</summary>
    public async Task FlushAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await changed.Reader.ReadAsync(stop);
                await hub.Clients.All.SendAsync(FeedMessage.Method, TakeUnsent(), stop);
                await Task.Delay(LiveServer.FlushMilliseconds, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // It ends.
        }
    }

    private FeedMessage TakeUnsent()
    {
        lock (gate)
        {
            var message = new FeedMessage(
                "station/s0", epoch, sent, seq, Snapshot: false, unsent.Select(x => new FeedChange(x.Key, x.Value)).ToImmutableArray());
            unsent = [];
            sent = seq;
            return message;
        }
    }

    private sealed class Entry(PairView view)
    {
        public PairView View { get; set; } = view;

        public JsonText Json { get; set; } = JsonText.Of(view);

        /// <summary>One commit of a pair after the other, as a grain takes its commands.</summary>
        public SemaphoreSlim Turn { get; } = new(1, 1);
    }
}
