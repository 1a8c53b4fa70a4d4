using System.Collections.Immutable;

namespace Dispatch.Live;

/// <summary>
/// A feed: key → (newest value, seq of its last change), kept in order of last change. A reader with a cursor gets every key that changed
/// since, newest value only, so a slow reader gets fewer, merged changes and never a gap. Not thread-safe: its owner serialises access.
/// </summary>
/// <remarks>
/// A change costs O(1) and a read O(log n + what it returns), whatever else is in the map: entries lie in one list by seq, an overtaken one
/// leaves a hole, and holes are closed once they are as many as the entries.
/// </remarks>
public sealed class VersionedMap
{
    private const int FewHoles = 16;

    /// <summary>What an entry takes on the wire beside its key and value, in bytes.</summary>
    private const int EntryOverhead = 20;

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly List<FeedEntry> log = [];
    private readonly Queue<FeedEntry> removals = new();
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
    public int Count => places.Count - tombstones;

    /// <summary>Present value of a key; JSON null where it has none.</summary>
    public JsonText this[string key] => places.TryGetValue(key, out var place) ? log[place].Value : default;

    /// <summary>Keys that have a value, in order of last change.</summary>
    public IEnumerable<string> Keys => log.Where(entry => !IsHole(entry) && !entry.Value.IsNull).Select(entry => entry.Key);

    /// <summary>Sets a key. Setting the value it has changes nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="version">The value's own version, which only grows; 0 where it has none.</param>
    /// <returns>Whether it changed.</returns>
    public bool Set(string key, JsonText value, long version = 0)
    {
        if (this[key] == value)
        {
            return false;
        }

        Place(new FeedEntry(key, value, Seq + 1, version));
        return true;
    }

    /// <summary>Removes a key.</summary>
    /// <returns>Whether it had a value.</returns>
    public bool Remove(string key) => Set(key, default);

    /// <summary>What changed since the cursor; everything that has a value where the epoch is another or the cursor is too old or from the future.</summary>
    /// <param name="cursor">Where the reader stands; null for nothing.</param>
    /// <param name="heldFrom">
    /// Seq at which the reader's snapshot began, where it has read a part of one from this very map: what was forgotten before then it never had.
    /// </param>
    /// <param name="maxBytes">How much one batch may hold, roughly, at least one entry; the rest is read from its end.</param>
    public FeedBatch Read(FeedCursor? cursor, long heldFrom = 0, int maxBytes = int.MaxValue) =>
        CanContinue(cursor, heldFrom) ? Collect(cursor!.Seq, snapshot: false, removed: true, maxBytes) : Collect(0, snapshot: true, removed: false, maxBytes);

    /// <summary>The same for another copy of the feed, which takes over what was removed, too, so that it can answer old cursors as well as this one.</summary>
    public FeedBatch ReadForCopy(FeedCursor? cursor) =>
        CanContinue(cursor) ? Collect(cursor!.Seq, snapshot: false, removed: true, int.MaxValue) : Collect(0, snapshot: true, removed: true, int.MaxValue);

    /// <summary>
    /// Applies what was read from another copy of the same feed, keeping its seqs, so that cursors hold on every copy. A new life of the feed that knows an
    /// older version of a value than this copy has does not take it back: where a silo died, the last word may have reached the old life alone, and the new
    /// one hears of it by itself.
    /// </summary>
    /// <returns>False where the batch does not follow on what this copy has; it must read again with its own cursor.</returns>
    public bool Apply(FeedBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        IReadOnlyDictionary<string, FeedEntry>? before = null;
        if (batch.Snapshot)
        {
            before = Versioned();
            Clear();
            Epoch = batch.Epoch;
            oldestReadable = batch.OldestReadable;
        }
        else if (batch.Epoch != Epoch || batch.From != Seq)
        {
            return false;
        }

        foreach (var entry in batch.Changes)
        {
            Place(before is not null && before.TryGetValue(entry.Key, out var old) && old.Version > entry.Version && entry.Version > 0
                ? old with { Seq = entry.Seq }
                : entry);
        }

        Seq = batch.To;
        return true;
    }

    /// <summary>Whether a reader there can be told what changed since; else it needs everything. See <see cref="Read"/>.</summary>
    public bool CanContinue(FeedCursor? cursor, long heldFrom = 0) =>
        cursor is not null && cursor.Epoch == Epoch && cursor.Seq >= 0 && cursor.Seq <= Seq && Math.Max(cursor.Seq, heldFrom) >= oldestReadable;

    private static bool IsHole(in FeedEntry entry) => entry.Key is null;

    private FeedBatch Collect(long from, bool snapshot, bool removed, int maxBytes)
    {
        var changes = ImmutableArray.CreateBuilder<FeedEntry>();
        var bytes = 0L;
        for (var i = FirstAfter(from); i < log.Count; i++)
        {
            var entry = log[i];
            if (IsHole(entry) || (!removed && entry.Value.IsNull))
            {
                continue;
            }

            bytes += entry.Key.Length + (entry.Value.Utf8?.Length ?? 0) + EntryOverhead;
            if (bytes > maxBytes && changes.Count > 0)
            {
                return new FeedBatch(Epoch, from, changes[^1].Seq, snapshot, changes.DrainToImmutable(), More: true, OldestReadable: Seq);
            }

            changes.Add(entry);
        }

        return new FeedBatch(Epoch, from, Seq, snapshot, changes.DrainToImmutable(), OldestReadable: removed ? oldestReadable : Seq);
    }

    private Dictionary<string, FeedEntry> Versioned() =>
        log.Where(x => !IsHole(x) && x.Version > 0).ToDictionary(x => x.Key, StringComparer.Ordinal);

    private int FirstAfter(long seq)
    {
        var (low, high) = (0, log.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = log[middle].Seq > seq ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void Place(FeedEntry entry)
    {
        if (places.TryGetValue(entry.Key, out var old))
        {
            tombstones -= log[old].Value.IsNull ? 1 : 0;
            log[old] = new FeedEntry(null!, default, log[old].Seq);
        }

        places[entry.Key] = log.Count;
        log.Add(entry);
        Seq = entry.Seq;
        if (entry.Value.IsNull)
        {
            tombstones++;
            removals.Enqueue(entry);
        }

        ForgetOldRemovals();
        if (log.Count - places.Count > places.Count + FewHoles)
        {
            CloseHoles();
        }
    }

    private void ForgetOldRemovals()
    {
        while (tombstones > maxTombstones && removals.TryDequeue(out var oldest))
        {
            if (IsRemovedAt(oldest))
            {
                oldestReadable = oldest.Seq;
                log[places[oldest.Key]] = new FeedEntry(null!, default, oldest.Seq);
                places.Remove(oldest.Key);
                tombstones--;
            }
        }
    }

    /// <summary>Whether this removal is the last that happened to its key.</summary>
    private bool IsRemovedAt(in FeedEntry removal) => places.TryGetValue(removal.Key, out var place) && log[place].Seq == removal.Seq;

    private void CloseHoles()
    {
        log.RemoveAll(entry => IsHole(entry));
        removals.Clear();
        for (var i = 0; i < log.Count; i++)
        {
            places[log[i].Key] = i;
            if (log[i].Value.IsNull)
            {
                removals.Enqueue(log[i]);
            }
        }
    }

    private void Clear()
    {
        places.Clear();
        log.Clear();
        removals.Clear();
        tombstones = 0;
        Seq = 0;
    }
}
