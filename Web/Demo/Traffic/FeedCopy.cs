using Dispatch.Live;

namespace Dispatch.Demo;

/// <summary>A screen's copy of one feed, by the rules of the public contract. Safe to use from every thread.</summary>
public sealed class FeedCopy
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JsonText> values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (byte[] Json, object Value)> parsed = new(StringComparer.Ordinal);
    private FeedCursor? cursor;

    /// <summary>Where the copy stands; null before the first message.</summary>
    public FeedCursor? Cursor
    {
        get
        {
            lock (gate)
            {
                return cursor;
            }
        }
    }

    /// <summary>Takes a message.</summary>
    /// <returns>False where it does not follow on what the copy has: subscribe again with its cursor.</returns>
    public bool Apply(FeedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        lock (gate)
        {
            if (message.Snapshot)
            {
                values.Clear();
                parsed.Clear();
            }
            else if (cursor is null || message.Epoch != cursor.Epoch || message.From != cursor.Seq)
            {
                return false;
            }

            foreach (var (key, value) in message.Changes)
            {
                Set(key, value);
            }

            cursor = new FeedCursor(message.Epoch, message.To);
            return true;
        }
    }

    /// <summary>The value of a key; null where it has none.</summary>
    public T? Find<T>(string key)
        where T : class
    {
        lock (gate)
        {
            return values.TryGetValue(key, out var value) ? Parse<T>(key, value) : null;
        }
    }

    /// <summary>The values of all keys with this prefix.</summary>
    public IReadOnlyList<T> All<T>(string prefix)
        where T : class
    {
        lock (gate)
        {
            return [.. values.Where(x => x.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(x => Parse<T>(x.Key, x.Value))];
        }
    }

    private void Set(string key, JsonText value)
    {
        if (value.IsNull)
        {
            values.Remove(key);
            parsed.Remove(key);
        }
        else
        {
            values[key] = value;
        }
    }

    private T Parse<T>(string key, JsonText value)
        where T : class
    {
        if (!parsed.TryGetValue(key, out var known) || !ReferenceEquals(known.Json, value.Utf8))
        {
            parsed[key] = known = (value.Utf8!, value.As<T>()!);
        }

        return (T)known.Value;
    }
}
