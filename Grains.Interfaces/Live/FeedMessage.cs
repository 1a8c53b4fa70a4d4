using System.Collections.Immutable;

namespace Dispatch.Live;

/// <summary>What the server calls <c>Feed</c> with on a screen; see the public contract.</summary>
/// <param name="Feed">Name of the feed.</param>
/// <param name="Epoch">Its life.</param>
/// <param name="From">The cursor it applies to.</param>
/// <param name="To">The cursor after it.</param>
/// <param name="Snapshot">True where it replaces everything.</param>
/// <param name="Changes">Newest values; JSON null where a key is gone.</param>
public sealed record FeedMessage(string Feed, string Epoch, long From, long To, bool Snapshot, ImmutableArray<FeedChange> Changes)
{
    /// <summary>Name of the client's method.</summary>
    public const string Method = "Feed";
}

/// <summary>A key and its newest value.</summary>
public readonly record struct FeedChange(string Key, JsonText Value);
