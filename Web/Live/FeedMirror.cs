using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Dispatch.Live;

/// <summary>
/// This web node's copy of one feed: pulled from its grain once, however many screens watch it, with the grain's own epoch and seqs, so that
/// a cursor from one web node holds on every other. The batch from one cursor is made and serialised once and shared by all screens there.
/// </summary>
public sealed partial class FeedMirror
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly string name;
    private readonly IFeedGrain source;
    private readonly LiveOptions options;
    private readonly TimeSpan flushInterval;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly HashSet<FeedConnection> watchers = [];
    private readonly Dictionary<long, SerializedHubMessage> batches = [];
    private readonly TaskCompletionSource<bool> loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool stopped;
    private readonly VersionedMap map = new("none");

    /// <summary>A copy that starts pulling at once.</summary>
    public FeedMirror(string name, FeedKind kind, IFeedGrain source, IOptions<LiveOptions> options, TimeProvider time, ILogger<FeedMirror> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.name = name;
        this.source = source;
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
        flushInterval = kind == FeedKind.Positions ? this.options.PositionFlushInterval : this.options.FlushInterval;
        Pulling = PullAsync();
    }

    /// <summary>True once the first content is there; false where the grain keeps no such feed.</summary>
    public Task<bool> Loaded => loaded.Task;

    /// <summary>Ends when pulling has ended.</summary>
    public Task Pulling { get; }

    /// <summary>When the last screen left; null while one watches.</summary>
    public DateTimeOffset? UnwatchedSince { get; private set; }

    /// <summary>Adds a screen; false where this copy is being given up and another must be taken.</summary>
    public bool TryWatch(FeedConnection connection)
    {
        lock (gate)
        {
            if (stopped)
            {
                return false;
            }

            watchers.Add(connection);
            UnwatchedSince = null;
            return true;
        }
    }

    /// <summary>Removes a screen.</summary>
    public void Unwatch(FeedConnection connection)
    {
        lock (gate)
        {
            if (watchers.Remove(connection) && watchers.Count == 0)
            {
                UnwatchedSince = time.GetUtcNow();
            }
        }
    }

    /// <summary>Gives the copy up where nobody has watched it for a while.</summary>
    public bool TryStop(DateTimeOffset now)
    {
        lock (gate)
        {
            if (watchers.Count > 0 || UnwatchedSince is not { } since || since > now - options.LingerAfterLast)
            {
                return false;
            }

            stopped = true;
            return true;
        }
    }

    /// <summary>Stops pulling, whoever watches: the process ends.</summary>
    public void Stop() => stopped = true;

    /// <summary>What a screen at this cursor has to be sent; null where it has everything.</summary>
    /// <param name="cursor">Where it stands; null for nothing.</param>
    /// <returns>The message, shared by all at the same cursor, and the cursor after it.</returns>
    public (SerializedHubMessage Message, FeedCursor Next)? Read(FeedCursor? cursor)
    {
        lock (gate)
        {
            // A screen that comes from another web node may be ahead of this copy for a moment; it waits rather than going backwards.
            if (cursor is not null && cursor.Epoch == map.Epoch && cursor.Seq >= map.Seq)
            {
                return null;
            }

            // All snapshots are alike, so they share the key that no cursor has.
            var key = cursor is null || cursor.Epoch != map.Epoch ? -1 : cursor.Seq;
            if (!batches.TryGetValue(key, out var message))
            {
                var batch = map.Read(cursor);
                key = batch.Snapshot ? -1 : key;
                if (!batches.TryGetValue(key, out message))
                {
                    batches[key] = message = new SerializedHubMessage(new InvocationMessage(FeedMessage.Method, [ToMessage(batch)]));
                }
            }

            return (message, new FeedCursor(map.Epoch, map.Seq));
        }
    }

    private FeedMessage ToMessage(FeedBatch batch) => new(
        name, batch.Epoch, batch.From, batch.To, batch.Snapshot, [.. batch.Changes.Select(x => new FeedChange(x.Key, x.Value))]);

    private async Task PullAsync()
    {
        await Task.Yield();
        FeedCursor? cursor = null;
        var pause = FirstPause;
        while (!stopped)
        {
            try
            {
                var batch = await source.ReadFeedAsync(name, cursor, cursor is null ? TimeSpan.Zero : options.LongPoll);
                if (batch is null)
                {
                    loaded.TrySetResult(false);
                    await Task.Delay(LongestPause, time);
                    continue;
                }

                pause = FirstPause;
                if (!batch.IsEmpty)
                {
                    cursor = Take(batch);
                    loaded.TrySetResult(true);
                    await Task.Delay(flushInterval, time);
                }
            }
            catch (Exception) when (stopped)
            {
                return;
            }
            catch (Exception exception)
            {
                LogPullFailed(name, exception.Message);
                var jittered = pause * (0.5 + Random.Shared.NextDouble());
                await Task.Delay(jittered, time);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
        }
    }

    private FeedCursor Take(FeedBatch batch)
    {
        lock (gate)
        {
            if (!map.Apply(batch))
            {
                throw new InvalidOperationException($"Feed {name} was answered from {batch.From} where {map.Seq} was asked for.");
            }

            batches.Clear();
            foreach (var watcher in watchers)
            {
                watcher.Signal();
            }

            return new FeedCursor(map.Epoch, map.Seq);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {Feed} could not be read and is read again: {Reason}")]
    private partial void LogPullFailed(string feed, string reason);
}
