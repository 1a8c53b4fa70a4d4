using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace Dispatch.Live;

/// <summary>
/// This web node's copy of one feed: pulled from its grain once, however many screens watch it, with the grain's own epoch and seqs, so that
/// a cursor from one web node holds on every other. The part from one cursor is made and serialised once and shared by all screens there.
/// </summary>
public sealed partial class FeedMirror
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Parts kept at once: screens stand at few places, and what a hostile one asks for must not pile up.</summary>
    private const int MaxParts = 64;

    private const long NoSeq = -1;

    /// <summary>Past epochs that are remembered.</summary>
    private const int MaxPastEpochs = 16;

    private readonly string name;
    private readonly FeedSight sight;
    private readonly IFeedGrain source;
    private readonly LiveOptions options;
    private readonly TimeSpan flushInterval;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly HashSet<FeedSubscription> watchers = [];
    private readonly List<FeedSubscription> early = [];
    private readonly Dictionary<long, FeedPart> parts = [];
    private readonly Queue<string> pastEpochs = new();
    private readonly TaskCompletionSource<bool> loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly VersionedMap map = new("none");
    private TaskCompletionSource readAnew = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedSubscription[]? watching;
    private DateTimeOffset heardAt;
    private DateTimeOffset knownAsOf = DateTimeOffset.MinValue;
    private DateTimeOffset? staleSince;
    private DateTimeOffset? unwatchedSince;
    private volatile bool stopped;

    /// <summary>A copy that starts pulling at once.</summary>
    public FeedMirror(
        string name, FeedKind kind, FeedSight sight, IFeedGrain source, IOptions<LiveOptions> options, TimeProvider time, ILogger<FeedMirror> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        this.name = name;
        this.sight = sight;
        this.source = source;
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
        heardAt = time.GetUtcNow();
        flushInterval = kind == FeedKind.Positions ? this.options.PositionFlushInterval : this.options.FlushInterval;
        _ = PullAsync();
    }

    /// <summary>True once the first content is there; false where the grain keeps no such feed.</summary>
    public Task<bool> Loaded => loaded.Task;

    /// <summary>How much of the feed it has.</summary>
    public FeedSight Sight => sight;

    /// <summary>Adds a screen; false where this copy is being given up and another must be taken.</summary>
    public bool TryWatch(FeedSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        DateTimeOffset? since;
        lock (gate)
        {
            if (stopped)
            {
                return false;
            }

            watchers.Add(subscription);
            watching = null;
            unwatchedSince = null;
            since = staleSince;
        }

        if (since is not null)
        {
            subscription.Tell(new FeedStatus(name, FeedCondition.Stale, since));
        }

        return true;
    }

    /// <summary>Removes a screen.</summary>
    public void Unwatch(FeedSubscription subscription)
    {
        lock (gate)
        {
            early.Remove(subscription);
            if (watchers.Remove(subscription))
            {
                watching = null;
                unwatchedSince = watchers.Count == 0 ? time.GetUtcNow() : null;
            }
        }
    }

    /// <summary>Gives the copy up where nobody has watched it for a while.</summary>
    public bool TryStop(DateTimeOffset now)
    {
        lock (gate)
        {
            if (watchers.Count > 0 || unwatchedSince is not { } since || since > now - options.LingerAfterLast)
            {
                return false;
            }

            stopped = true;
            return true;
        }
    }

    /// <summary>Stops pulling, whoever watches: the process ends.</summary>
    public void Stop() => stopped = true;

    /// <summary>Looks whether the grain has been silent for too long, and after screens that are ahead of this copy.</summary>
    public void LookAfter(DateTimeOffset now)
    {
        FeedSubscription[] told = [];
        lock (gate)
        {
            if (staleSince is null && now - heardAt > options.StaleAfter + flushInterval)
            {
                staleSince = heardAt;
                told = Watching();
            }

            if (early.Count > 0)
            {
                readAnew.TrySetResult();
            }
        }

        Array.ForEach(told, x => x.Tell(new FeedStatus(name, FeedCondition.Stale, staleSince)));
    }

    /// <summary>The present value of a key, for this node's own use.</summary>
    public JsonText Peek(string key)
    {
        lock (gate)
        {
            return map[key];
        }
    }

    /// <summary>What a screen has to be sent next; null where it has everything.</summary>
    public FeedPart? Read(FeedSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        var cursor = subscription.Cursor;
        lock (gate)
        {
            // Before the first answer there is nothing, which is not the same as an empty feed.
            if (!loaded.Task.IsCompleted)
            {
                return null;
            }

            // A screen that comes from another web node may be ahead of this copy for a moment; it waits rather than going backwards.
            if ((cursor is not null && cursor.Epoch == map.Epoch && cursor.Seq == map.Seq) || IsEarly(subscription))
            {
                return null;
            }

            // All snapshots begin alike, so they share the key that no cursor has.
            var key = map.CanContinue(cursor, subscription.HeldFrom) ? cursor!.Seq : NoSeq;
            if (!parts.TryGetValue(key, out var part))
            {
                if (parts.Count >= MaxParts)
                {
                    parts.Clear();
                }

                parts[key] = part = MakePart(map.Read(cursor, subscription.HeldFrom, options.MaxBatchBytes));
            }

            return part;
        }
    }

    private FeedPart MakePart(FeedBatch batch)
    {

        var message = new FeedMessage(
            name, batch.Epoch, batch.From, batch.To, batch.Snapshot, [.. batch.Changes.Select(x => new FeedChange(x.Key, x.Value))], batch.More);
        return new FeedPart(
            new SerializedHubMessage(new InvocationMessage(FeedMessage.Method, [message])), new FeedCursor(batch.Epoch, batch.To), batch.Snapshot, batch.More, map.Seq);
    }

    /// <summary>
    /// Whether a screen knows more of the feed than this copy, or a later life of it: it was fed by another web node. Epochs are named in the order of
    /// their beginning as far as the silos' clocks agree. It waits until the grain has answered a question that was asked after the screen came: whoever is ahead
    /// even then has a false cursor, or one of a silo whose clock is ahead.
    /// </summary>
    private bool IsEarly(FeedSubscription subscription)
    {
        var later = subscription.Cursor is { } cursor
            && (cursor.Epoch == map.Epoch ? cursor.Seq > map.Seq : string.CompareOrdinal(cursor.Epoch, map.Epoch) > 0 && !pastEpochs.Contains(cursor.Epoch))
            && knownAsOf <= subscription.Since;
        if (!later)
        {
            early.Remove(subscription);
        }
        else if (!early.Contains(subscription))
        {
            early.Add(subscription);
            readAnew.TrySetResult();
        }

        return later;
    }

    private FeedSubscription[] Watching() => watching ??= [.. watchers];

    private async Task PullAsync()
    {
        await Task.Yield();
        FeedCursor? cursor = null;
        var pause = FirstPause;
        while (!stopped)
        {
            try
            {
                var askedAt = time.GetUtcNow();
                var batch = await AskAsync(cursor);
                pause = FirstPause;
                Hear(batch);
                if (batch is null)
                {
                    await Task.Delay(LongestPause, time);
                }
                else if (!batch.IsEmpty)
                {
                    cursor = Take(batch);
                    await Task.Delay(flushInterval, time);
                }

                if (batch is { IsLoading: false })
                {
                    Know(askedAt);
                }
            }
            catch (Exception) when (stopped)
            {
                return;
            }
            catch (Exception exception)
            {
                LogPullFailed(name, exception.Message);
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
        }
    }

    /// <summary>Asks the grain; asks again where the answer is late (a silo that died never answers) or a screen is ahead of this copy.</summary>
    private async Task<FeedBatch?> AskAsync(FeedCursor? cursor)
    {
        Task anew;
        lock (gate)
        {
            if (readAnew.Task.IsCompleted)
            {
                readAnew = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            anew = readAnew.Task;
        }

        var asked = source.ReadFeedAsync(name, sight, cursor, options.LongPoll);
        asked.Ignore();
        if (await Task.WhenAny(asked, anew).WaitAsync(options.LongPoll + options.AnswerWithin, time) != asked)
        {
            asked = source.ReadFeedAsync(name, sight, cursor, TimeSpan.Zero);
            asked.Ignore();
        }

        return await asked.WaitAsync(options.LongPoll + options.AnswerWithin, time);
    }

    /// <summary>This copy is as the grain was at that time, or later: screens that waited for it are served with what there is.</summary>
    private void Know(DateTimeOffset asOf)
    {
        FeedSubscription[] waiting;
        lock (gate)
        {
            knownAsOf = asOf;
            waiting = [.. early.Where(x => x.Since < asOf)];
        }

        Array.ForEach(waiting, x => x.Signal());
    }

    private void Hear(FeedBatch? batch)
    {
        FeedSubscription[] current = [];
        lock (gate)
        {
            heardAt = time.GetUtcNow();
            if (staleSince is not null)
            {
                staleSince = null;
                current = Watching();
            }
        }

        if (batch is null)
        {
            loaded.TrySetResult(false);
        }

        Array.ForEach(current, x => x.Tell(new FeedStatus(name, FeedCondition.Current)));
    }

    private FeedCursor? Take(FeedBatch batch)
    {
        FeedSubscription[] told;
        FeedCursor cursor;
        lock (gate)
        {
            var epoch = map.Epoch;
            if (!map.Apply(batch))
            {
                return null;
            }

            if (map.Epoch != epoch)
            {
                Leave(epoch);
            }

            parts.Clear();
            cursor = new FeedCursor(map.Epoch, map.Seq);
            told = Watching();
            loaded.TrySetResult(true);
        }

        foreach (var watcher in told)
        {
            watcher.Signal();
        }

        return cursor;
    }

    private void Leave(string epoch)
    {
        pastEpochs.Enqueue(epoch);
        if (pastEpochs.Count > MaxPastEpochs)
        {
            pastEpochs.Dequeue();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed {Feed} could not be read and is read again: {Reason}")]
    private partial void LogPullFailed(string feed, string reason);
}
