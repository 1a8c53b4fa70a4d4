using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Dispatch.Live;

/// <summary>Where a reader stands in a feed.</summary>
/// <param name="Epoch">The life of the feed that <paramref name="Seq"/> counts in; another epoch means everything must be read anew.</param>
/// <param name="Seq">The last change that the reader has.</param>
[GenerateSerializer, Immutable, Alias("dispatch.feed-cursor")]
public sealed record FeedCursor(string Epoch, long Seq);

/// <summary>The newest value of one key.</summary>
/// <param name="Key">For instance <c>incident/…</c>.</param>
/// <param name="Value">JSON null where the key is gone.</param>
/// <param name="Seq">When it last changed.</param>
/// <param name="Version">The value's own version, which only grows, from life to life of the feed, too; 0 where it has none.</param>
[GenerateSerializer, Immutable, Alias("dispatch.feed-entry")]
public readonly record struct FeedEntry(string Key, JsonText Value, long Seq, long Version = 0);

/// <summary>What changed in a feed after <see cref="From"/>, newest values only, in order of last change.</summary>
/// <param name="Epoch">The life of the feed.</param>
/// <param name="From">The cursor it applies to; 0 for a snapshot.</param>
/// <param name="To">The cursor after it.</param>
/// <param name="Snapshot">True where it replaces everything the reader has.</param>
/// <param name="Changes">The changes; empty where nothing changed.</param>
/// <param name="More">Whether there is more to be read from its end at once.</param>
/// <param name="OldestReadable">The oldest cursor that a copy which has this can still answer for.</param>
[GenerateSerializer, Immutable, Alias("dispatch.feed-batch")]
public sealed record FeedBatch(
    string Epoch, long From, long To, bool Snapshot, ImmutableArray<FeedEntry> Changes, bool More = false, long OldestReadable = 0)
{
    /// <summary>Whether a reader who stood at the batch's start learns anything from it.</summary>
    public bool IsEmpty => !Snapshot && Changes.IsEmpty;

    /// <summary>Whether the feed does not know yet what it has; says nothing about what changed.</summary>
    public bool IsLoading => OldestReadable < 0;

    /// <summary>The feed does not know yet what it has.</summary>
    public static FeedBatch Loading(FeedCursor? cursor) => new(cursor?.Epoch ?? string.Empty, cursor?.Seq ?? 0, cursor?.Seq ?? 0, false, [], OldestReadable: -1);
}

/// <summary>How much of a feed somebody may see. Each is a feed of its own with bytes of its own, made where the feed is kept.</summary>
public enum FeedSight
{
    /// <summary>Everything that the feed has, protected fields too: for those who need them for their work.</summary>
    Full,

    /// <summary>Without protected fields.</summary>
    Masked,
}

/// <summary>A grain that keeps feeds. Reading is the same question on every hop: what changed since my cursor?</summary>
[Alias("dispatch.feed-grain")]
public interface IFeedGrain : IGrainWithStringKey
{
    /// <summary>
    /// Answers at once where something changed since the cursor, else when it does or after <paramref name="wait"/>. While the grain is still finding
    /// out what there is, it answers an empty batch after the wait, so that nobody is shown half of it.
    /// </summary>
    /// <param name="feed">Full name of the feed, see <see cref="FeedName"/>.</param>
    /// <param name="sight">How much of it; feeds without protected fields are the same either way.</param>
    /// <param name="cursor">Where the reader stands; null for a first read.</param>
    /// <param name="wait">Longest wait for a change; must be shorter than the response timeout.</param>
    /// <returns>The changes, empty after a wait in vain; null where the grain keeps no such feed or its subject does not exist.</returns>
    [Alias("read-feed"), AlwaysInterleave]
    Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait);
}
