namespace Dispatch.Live;

/// <summary>A feed inside a grain: the map, and the readers that wait for its next change. Used from the grain's own turns only.</summary>
public sealed class FeedHost(string epoch, TimeProvider time)
{
    private readonly VersionedMap map = new(epoch);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Keys that have a value.</summary>
    public IEnumerable<string> Keys => map.Keys;

    /// <summary>Sets a key and wakes the readers where that changed it.</summary>
    public void Set<T>(string key, T value)
    {
        if (map.Set(key, JsonText.Of(value)))
        {
            Wake();
        }
    }

    /// <summary>Removes a key and wakes the readers where it had a value.</summary>
    public void Remove(string key)
    {
        if (map.Remove(key))
        {
            Wake();
        }
    }

    /// <summary>Removes every key of the prefix that is not among those kept.</summary>
    public void RemoveExcept(string prefix, IReadOnlySet<string> kept)
    {
        foreach (var key in map.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !kept.Contains(key)).ToArray())
        {
            Remove(key);
        }
    }

    /// <summary>What changed since the cursor; waits for a change where nothing did.</summary>
    public async Task<FeedBatch?> ReadAsync(FeedCursor? cursor, TimeSpan wait)
    {
        var batch = map.Read(cursor);
        if (!batch.IsEmpty || wait <= TimeSpan.Zero)
        {
            return batch;
        }

        try
        {
            await changed.Task.WaitAsync(wait, time);
        }
        catch (TimeoutException)
        {
            // Nothing changed: the empty batch says so.
        }

        return map.Read(cursor);
    }

    private void Wake()
    {
        var waiting = changed;
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.TrySetResult();
    }
}
