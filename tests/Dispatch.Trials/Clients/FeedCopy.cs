using System.Text.Json;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Clients;

/// <summary>A client's copy of a feed, by the rules of the public contract. While a snapshot of several parts arrives, it shows what it had before.</summary>
public sealed class FeedCopy
{
    private readonly Lock gate = new();
    private Dictionary<string, string> shown = new(StringComparer.Ordinal);
    private Dictionary<string, string>? arriving;
    private FeedCursor? cursor;

    /// <summary>Where it stands, to be sent with a subscription; null before the first message.</summary>
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

    /// <summary>How often what it shows became another.</summary>
    public long Changes { get; private set; }

    /// <summary>Whether it has content that is whole.</summary>
    public bool IsWhole
    {
        get
        {
            lock (gate)
            {
                return cursor is not null && arriving is null;
            }
        }
    }

    /// <summary>Every key with its newest value, as it is now.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, string>(shown, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Takes a message.</summary>
    /// <returns>False where something is missing in between.</returns>
    public bool Apply(FeedPart part)
    {
        lock (gate)
        {
            if (!part.AppliesTo(cursor))
            {
                return false;
            }

            if (part.Snapshot)
            {
                arriving = new Dictionary<string, string>(StringComparer.Ordinal);
            }

            var target = arriving ?? shown;
            var changed = false;
            foreach (var change in part.Changes)
            {
                changed |= Set(target, change);
            }

            cursor = part.Next;
            if (!part.More && arriving is not null)
            {
                changed = MapDifference.Between(shown, arriving).Any();
                (shown, arriving) = (arriving, null);
            }

            Changes += changed && arriving is null ? 1 : 0;
            return true;
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Drop()
    {
        lock (gate)
        {
            shown.Clear();
            (arriving, cursor) = (null, null);
        }
    }

    /// <summary>All keys that begin like this.</summary>
    public IReadOnlyList<string> Keys(string prefix)
    {
        lock (gate)
        {
            return [.. shown.Keys.Where(x => x.StartsWith(prefix, StringComparison.Ordinal))];
        }
    }

    /// <summary>The values of all keys that begin like this.</summary>
    public IReadOnlyList<JsonElement> All(string prefix)
    {
        lock (gate)
        {
            return [.. shown.Where(x => x.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(x => JsonSerializer.Deserialize<JsonElement>(x.Value))];
        }
    }

    private static bool Set(Dictionary<string, string> target, FeedValue change)
    {
        if (change.Json is null)
        {
            return target.Remove(change.Key);
        }

        var known = target.GetValueOrDefault(change.Key);
        target[change.Key] = change.Json;
        return !string.Equals(known, change.Json, StringComparison.Ordinal);
    }
}
