using System.Collections.Immutable;

namespace Dispatch.Live;

/// <summary>
/// A feed: key → (newest value, seq of its last change), kept in order of last change. A reader with a cursor gets every key that changed
/// since, newest value only, so a slow reader gets fewer, merged changes and never a gap. Not thread-safe: its owner serialises access.
/// </summary>
public sealed class VersionedMap
{
    private readonly Dictionary<string, LinkedListNode<FeedEntry>> nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<FeedEntry> byChange = new();
    private readonly int maxTombstones;
    private int tombstones;
    private long oldestReadable;

    /// <summary>An empty feed.</summary>
    /// <param name="epoch">Name of this life of the feed; never used twice.</param>
    /// <param name="maxTombstones">How many removed keys are remembered; a reader who has not seen an older removal gets a snapshot.</param>
    public VersionedMap(string epoch, int maxTombstones = 4096)
    {
        ArgumentException.ThrowIfNullOrEmpty(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(maxTombstones);
        Epoch = epoch;
        this.maxTombstones = maxTombstones;
    }

    /// <summary>Name of this life of the feed.</summary>
    public string Epoch { get; private set; }

    /// <summary>Seq of the last change; 0 while nothing ever changed.</summary>
    public long Seq { get; private set; }

    /// <summary>How many keys have a value.</summary>
    public int Count => nodes.Count - tombstones;

    /// <summary>Present value of a key; JSON null where it has none.</summary>
    public JsonText this[string key] => nodes.TryGetValue(key, out var node) ? node.Value.Value : default;

    /// <summary>Keys that have a value, in order of last change.</summary>
    public IEnumerable<string> Keys => byChange.Where(entry => !entry.Value.IsNull).Select(entry => entry.Key);

    /// <summary>Sets a key. Setting the value it has changes nothing.</summary>
    /// <returns>Whether it changed.</returns>
    public bool Set(string key, JsonText value)
    {
        if (this[key] == value)
        {
            return false;
        }

        Place(new FeedEntry(key, value, Seq + 1));
        return true;
    }

    /// <summary>Removes a key.</summary>
    /// <returns>Whether it had a value.</returns>
    public bool Remove(string key) => Set(key, default);

    /// <summary>What changed since the cursor; the whole map where the epoch is another or the cursor is too old or from the future.</summary>
    public FeedBatch Read(FeedCursor? cursor)
    {
        var snapshot = cursor is null || cursor.Epoch != Epoch || cursor.Seq > Seq || cursor.Seq < oldestReadable;
        var from = snapshot ? 0 : cursor!.Seq;
        var changes = new List<FeedEntry>();
        for (var node = byChange.Last; node is not null && node.Value.Seq > from; node = node.Previous)
        {
            if (!snapshot || !node.Value.Value.IsNull)
            {
                changes.Add(node.Value);
            }
        }

        changes.Reverse();
        return new FeedBatch(Epoch, from, Seq, snapshot, [.. changes]);
    }

    /// <summary>Applies what was read from another copy of the same feed, keeping its seqs, so that cursors hold on every copy.</summary>
    /// <returns>False where the batch does not follow on what this copy has; it must read again with its own cursor.</returns>
    public bool Apply(FeedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Snapshot)
        {
            nodes.Clear();
            byChange.Clear();
            tombstones = 0;
            Epoch = batch.Epoch;
            oldestReadable = batch.To;
            Seq = 0;
        }
        else if (batch.Epoch != Epoch || batch.From != Seq)
        {
            return false;
        }

        foreach (var entry in batch.Changes)
        {
            Place(entry);
        }

        Seq = batch.To;
        return true;
    }

    private void Place(FeedEntry entry)
    {
        if (nodes.Remove(entry.Key, out var old))
        {
            tombstones -= old.Value.Value.IsNull ? 1 : 0;
            byChange.Remove(old);
        }

        nodes[entry.Key] = byChange.AddLast(entry);
        Seq = entry.Seq;
        if (entry.Value.IsNull && ++tombstones > maxTombstones)
        {
            ForgetOldestTombstone();
        }
    }

    private void ForgetOldestTombstone()
    {
        var node = byChange.First;
        while (node is not null && !node.Value.Value.IsNull)
        {
            node = node.Next;
        }

        if (node is not null)
        {
            oldestReadable = Math.Max(oldestReadable, node.Value.Seq);
            nodes.Remove(node.Value.Key);
            byChange.Remove(node);
            tombstones--;
        }
    }
}
