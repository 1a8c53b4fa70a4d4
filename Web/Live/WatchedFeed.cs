namespace Dispatch.Live;

/// <summary>How what a client shows of a feed is to be taken.</summary>
public enum FeedPhase
{
    /// <summary>There is no connection now; what is shown is from before.</summary>
    Connecting,

    /// <summary>Asked for, and not all has come.</summary>
    CatchingUp,

    /// <summary>It shows the present.</summary>
    Current,

    /// <summary>The connection is fine, but the server does not hear from the feed's source.</summary>
    Stale,

    /// <summary>The server did not let it be watched; it is asked again, at length.</summary>
    Refused,

    /// <summary>It is not sent any more and nothing of it is kept; it is asked for again on the next connection.</summary>
    Ended,
}

/// <summary>How a watched feed is doing.</summary>
/// <param name="Phase">How.</param>
/// <param name="Refusal">Why, where it was refused or ended.</param>
/// <param name="Since">Since when the server has not heard from its source, where it is stale.</param>
public sealed record FeedState(FeedPhase Phase, HubRefusal? Refusal = null, DateTimeOffset? Since = null);

/// <summary>A client's copy of a feed and how it is doing, with its values parsed once. Safe to use from every thread.</summary>
public sealed class WatchedFeed
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, object> parsed = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FeedReplica replica = new();
    private FeedState state = new(FeedPhase.Connecting);
    private TaskCompletionSource applied = NewSignal();
    private TaskCompletionSource misfit = NewSignal();
    private int vain;

    internal WatchedFeed(string name) => Name = name;

    /// <summary>Name of the feed.</summary>
    public string Name { get; }

    /// <summary>How it is doing.</summary>
    public FeedState State => Volatile.Read(ref state);

    /// <summary>What the values are as of; null while there are none.</summary>
    public FeedCursor? Shown
    {
        get
        {
            lock (gate)
            {
                return replica.Shown;
            }
        }
    }

    /// <summary>Ends when what is shown is next renewed.</summary>
    public Task NextChange
    {
        get
        {
            lock (gate)
            {
                return applied.Task;
            }
        }
    }

    /// <summary>Every key with its newest value, as it is now.</summary>
    public Dictionary<string, JsonText> Values()
    {
        lock (gate)
        {
            return new Dictionary<string, JsonText>(replica.Values, StringComparer.Ordinal);
        }
    }

    /// <summary>The value of a key; default where it has none. Parsed once for each change and shared: not to be changed.</summary>
    public T? Find<T>(string key)
    {
        lock (gate)
        {
            return replica.Values.TryGetValue(key, out var value) ? Parse<T>(key, value) : default;
        }
    }

    /// <summary>The values of all keys with this prefix.</summary>
    public IReadOnlyList<T> All<T>(string prefix)
    {
        lock (gate)
        {
            return [.. replica.Values.Where(x => x.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(x => Parse<T>(x.Key, x.Value)!)];
        }
    }

    /// <summary>Ends when the server first answered, whatever it said.</summary>
    internal Task Answered => answered.Task;

    /// <summary>The cursor to ask with. What came before does not count as a misfit any more.</summary>
    internal FeedCursor? BeginAsking()
    {
        lock (gate)
        {
            ForgetMisfit();
            return replica.Cursor;
        }
    }

    /// <summary>The connection is another one: what was said on the last one does not hold, and the feed has to catch up.</summary>
    internal bool BeginLine()
    {
        lock (gate)
        {
            vain = 0;
            return Move(new FeedState(FeedPhase.CatchingUp));
        }
    }

    /// <summary>The connection is gone.</summary>
    internal bool EndLine()
    {
        lock (gate)
        {
            return state.Phase is not (FeedPhase.Refused or FeedPhase.Ended) && Move(new FeedState(FeedPhase.Connecting));
        }
    }

    /// <summary>The server answered the question, with a refusal or without.</summary>
    /// <returns>Whether the state is another now.</returns>
    internal bool Answer(HubRefusal? refusal)
    {
        lock (gate)
        {
            var moved = Judge(refusal);
            answered.TrySetResult();
            return moved;
        }
    }

    /// <summary>Takes a message.</summary>
    /// <returns>What it did, and whether the state is another now.</returns>
    internal (FeedOutcome Outcome, bool Moved) Take(FeedMessage message)
    {
        lock (gate)
        {
            if (state.Phase == FeedPhase.Ended)
            {
                return (FeedOutcome.Known, false);
            }

            var outcome = replica.Apply(message);
            if (outcome is FeedOutcome.Applied or FeedOutcome.Gathered)
            {
                vain = 0;
                ForgetMisfit();
            }

            if (outcome == FeedOutcome.Applied)
            {
                ForgetParsed();
            }

            return (outcome, Moved(outcome));
        }
    }

    /// <summary>Takes what the server says of the feed itself.</summary>
    /// <returns>Whether the state is another now.</returns>
    internal bool Take(FeedStatus status)
    {
        lock (gate)
        {
            if (status.Status == FeedCondition.Ended)
            {
                Drop();
                return Move(new FeedState(FeedPhase.Ended, new HubRefusal(status.Code ?? HubRefusal.Unforeseen, status.Message ?? string.Empty)));
            }

            return state.Phase is not (FeedPhase.Refused or FeedPhase.Ended)
                && Move(status.Status == FeedCondition.Stale ? new FeedState(FeedPhase.Stale, Since: status.Since) : WholeOrNot());
        }
    }

    /// <summary>Ends when a message came that does not fit.</summary>
    internal Task Misfit
    {
        get
        {
            lock (gate)
            {
                return misfit.Task;
            }
        }
    }

    /// <summary>How often it was asked for since the last message that fitted; counts this one.</summary>
    internal int CountAsked()
    {
        lock (gate)
        {
            return vain++;
        }
    }

    private FeedState WholeOrNot() => new(replica.Shown is not null && !replica.IsGathering ? FeedPhase.Current : FeedPhase.CatchingUp);

    private void Drop()
    {
        replica = new FeedReplica();
        parsed.Clear();
        Pulse(ref applied);
    }

    private bool Judge(HubRefusal? refusal)
    {
        if (refusal is null)
        {
            return state.Phase is not (FeedPhase.Ended or FeedPhase.Stale) && Move(WholeOrNot());
        }

        if (refusal.IsFinal)
        {
            Drop();
        }

        return Move(new FeedState(FeedPhase.Refused, refusal));
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Pulse(ref TaskCompletionSource signal)
    {
        signal.TrySetResult();
        signal = NewSignal();
    }

    private bool Moved(FeedOutcome outcome)
    {
        switch (outcome)
        {
            case FeedOutcome.Gap:
                misfit.TrySetResult();
                return state.Phase == FeedPhase.Current && Move(new FeedState(FeedPhase.CatchingUp));
            case FeedOutcome.Applied:
                Pulse(ref applied);
                return state.Phase == FeedPhase.CatchingUp && Move(new FeedState(FeedPhase.Current));
            default:
                return false;
        }
    }

    private bool Move(FeedState next)
    {
        if (next == state)
        {
            return false;
        }

        Volatile.Write(ref state, next);
        return true;
    }

    private void ForgetMisfit()
    {
        if (misfit.Task.IsCompleted)
        {
            misfit = NewSignal();
        }
    }

    private void ForgetParsed()
    {
        foreach (var key in replica.Changed)
        {
            parsed.Remove(key);
        }
    }

    private T? Parse<T>(string key, JsonText value)
    {
        if (parsed.TryGetValue(key, out var known) && known is T again)
        {
            return again;
        }

        var made = value.As<T>();
        if (made is not null)
        {
            parsed[key] = made;
        }

        return made;
    }
}
