namespace Dispatch.Live;

/// <summary>
/// A feed with protected fields: two feeds with epochs of their own, one with everything and one with what is left without them. Whoever may not
/// see a field is fed from bytes that never had it.
/// </summary>
public sealed class SightedFeed(string epoch, TimeProvider time)
{
    private readonly FeedHost full = new(epoch, time);
    private readonly FeedHost masked = new($"{epoch}m", time);

    /// <summary>Sets a key that has protected fields.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">An immutable value.</param>
    /// <param name="shown">The value without them.</param>
    /// <param name="version">The value's own version, which only grows; 0 where it has none.</param>
    public void Set<T>(string key, T value, T shown, long version = 0)
    {
        full.Set(key, value, version);
        masked.Set(key, shown, version);
    }

    /// <summary>Sets a key that has none.</summary>
    public void Set<T>(string key, T value) => Set(key, value, value);

    /// <summary>Removes a key.</summary>
    public void Remove(string key)
    {
        full.Remove(key);
        masked.Remove(key);
    }

    /// <summary>Removes every key of the prefix that is not among those kept.</summary>
    public void RemoveExcept(string prefix, IReadOnlySet<string> kept)
    {
        full.RemoveExcept(prefix, kept);
        masked.RemoveExcept(prefix, kept);
    }

    /// <summary>What changed since the cursor; waits for a change where nothing did.</summary>
    public Task<FeedBatch?> ReadAsync(FeedSight sight, FeedCursor? cursor, TimeSpan wait) => (sight == FeedSight.Full ? full : masked).ReadAsync(cursor, wait);
}
