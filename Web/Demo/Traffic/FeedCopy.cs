using Dispatch.Live;

namespace Dispatch.Demo;

/// <summary>A <see cref="FeedReplica"/> that may be used from every thread, with its values parsed once.</summary>
public sealed class FeedCopy
{
    private readonly Lock gate = new();
    private readonly FeedReplica replica = new();
    private readonly Dictionary<string, (byte[] Json, object Value)> parsed = new(StringComparer.Ordinal);

    /// <summary>Where the copy stands; null before the first message.</summary>
    public FeedCursor? Cursor
    {
        get
        {
            lock (gate)
            {
                return replica.Cursor;
            }
        }
    }

    /// <summary>Takes a message.</summary>
    /// <returns>False where something is missing in between: subscribe again with the copy's cursor.</returns>
    public bool Apply(FeedMessage message)
    {
        lock (gate)
        {
            var outcome = replica.Apply(message);
            foreach (var gone in parsed.Keys.Where(x => !replica.Values.ContainsKey(x)).ToArray())
            {
                parsed.Remove(gone);
            }

            return outcome != FeedOutcome.Gap;
        }
    }

    /// <summary>The value of a key; null where it has none.</summary>
    public T? Find<T>(string key)
        where T : class
    {
        lock (gate)
        {
            return replica.Values.TryGetValue(key, out var value) ? Parse<T>(key, value) : null;
        }
    }

    /// <summary>The values of all keys with this prefix.</summary>
    public IReadOnlyList<T> All<T>(string prefix)
        where T : class
    {
        lock (gate)
        {
            return [.. replica.Values.Where(x => x.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(x => Parse<T>(x.Key, x.Value))];
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
