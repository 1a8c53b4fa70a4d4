using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Live;

/// <summary>What the server calls <c>Feed</c> with on a screen; see the public contract.</summary>
/// <param name="Feed">Name of the feed.</param>
/// <param name="Epoch">Its life.</param>
/// <param name="From">The cursor it applies to.</param>
/// <param name="To">The cursor after it.</param>
/// <param name="Snapshot">True where it replaces everything.</param>
/// <param name="Changes">Newest values; JSON null where a key is gone.</param>
/// <param name="More">
/// True where what follows belongs to it and is on its way: a large batch travels in parts, so that no connection holds much. Left out where
/// false. A screen may wait for the last part before it shows any; one that does not know of parts is right in the end all the same.
/// </param>
public sealed record FeedMessage(
    string Feed,
    string Epoch,
    long From,
    long To,
    bool Snapshot,
    ImmutableArray<FeedChange> Changes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool More = false)
{
    /// <summary>Name of the client's method.</summary>
    public const string Method = "Feed";
}

/// <summary>A key and its newest value.</summary>
public readonly record struct FeedChange(string Key, JsonText Value);

/// <summary>What the server calls <c>FeedStatus</c> with: how a feed that is subscribed to is doing.</summary>
/// <param name="Feed">Name of the feed.</param>
/// <param name="Status">How.</param>
/// <param name="Since">Since when nothing was heard of it, where it is stale.</param>
/// <param name="Code">Why it ended: the code of a refusal.</param>
/// <param name="Message">The same for people.</param>
public sealed record FeedStatus(string Feed, FeedCondition Status, DateTimeOffset? Since = null, string? Code = null, string? Message = null)
{
    /// <summary>Name of the client's method.</summary>
    public const string Method = "FeedStatus";
}

/// <summary>How a feed is doing.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FeedCondition>))]
public enum FeedCondition
{
    /// <summary>It shows the present.</summary>
    Current,

    /// <summary>Its source does not answer: what is shown may be old. It goes on by itself.</summary>
    Stale,

    /// <summary>It is not sent any more: the right to it is gone, or what it is of. The screen drops what it has of it.</summary>
    Ended,
}
