namespace Dispatch.Live;

/// <summary>
/// A feed inside a grain: the map, and the readers that wait for its next change. Used from the grain's own turns only. A value is serialised
/// when somebody reads: one that is overtaken before, or that nobody watches, costs nothing.
/// </summary>
public sealed class FeedHost(string epoch, TimeProvider time)
{
    private readonly VersionedMap map = new(epoch);
    private readonly Dictionary<string, (Func<JsonText> Value, long Version)> unread = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int waiting;

    /// <summary>Sets a key to an immutable value and wakes the readers where that changed it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="version">The value's own version, which only grows; 0 where it has none.</param>
    public void Set<T>(string key, T value, long version = 0)
    {
        unread[key] = (() => JsonText.Of(value), version);
        if (waiting > 0)
        {
            TakeUnread();
        }
    }

    /// <summary>Removes a key and wakes the readers where it had a value.</summary>
    public void Remove(string key)
    {
        unread.Remove(key);
        if (map.Remove(key))
        {
            Wake();
        }
    }

    /// <summary>Removes every key of the prefix that is not among those kept.</summary>
    public void RemoveExcept(string prefix, IReadOnlySet<string> kept)
    {
        List<string>? gone = null;
        foreach (var key in map.Keys.Concat(unread.Keys))
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal) && !kept.Contains(key))
            {
                (gone ??= []).Add(key);
            }
        }

        gone?.ForEach(Remove);
    }

    /// <summary>What changed since the cursor, for a copy of the feed; waits for a change where nothing did.</summary>
    public async Task<FeedBatch?> ReadAsync(FeedCursor? cursor, TimeSpan wait)
    {
        TakeUnread();
        var batch = map.ReadForCopy(cursor);
        if (!batch.IsEmpty || wait <= TimeSpan.Zero)
        {
            return batch;
        }

        waiting++;
        try
        {
            await changed.Task.WaitAsync(wait, time);
        }
        catch (TimeoutException)
        {
            // Nothing changed: the empty batch says so.
        }
        finally
        {
            waiting--;
        }

        TakeUnread();
        return map.ReadForCopy(cursor);
    }

    private void TakeUnread()
    {
        var any = false;
        foreach (var (key, value) in unread)
        {
            any |= map.Set(key, value.Value(), value.Version);
        }

        unread.Clear();
        if (any)
        {
            Wake();
        }
    }

    private void Wake()
    {
        var woken = changed;
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        woken.TrySetResult();
    }
}
