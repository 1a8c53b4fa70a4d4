using System.Text.Json;

namespace Dispatch.Trials.Checking;

/// <summary>Where a client stands in a feed.</summary>
/// <param name="Epoch">The life of the feed that <paramref name="Seq"/> counts in.</param>
/// <param name="Seq">The last change that the client has.</param>
public sealed record FeedCursor(string Epoch, long Seq)
{
    /// <summary>Marks the epoch of those who are shown a feed without its protected fields.</summary>
    private const char Masked = 'm';

    /// <summary>The life itself: who may see more or less of a feed than before is shown the same life in another epoch.</summary>
    public string Life => Epoch.TrimEnd(Masked);

    /// <inheritdoc/>
    public override string ToString() => $"{Epoch}:{Seq}";
}

/// <summary>A key and its newest value.</summary>
/// <param name="Key">For instance <c>incident/…</c>.</param>
/// <param name="Json">The value as it came; null where the key is gone.</param>
/// <param name="Version">The version that the value names; null where it has none.</param>
public readonly record struct FeedValue(string Key, string? Json, long? Version = null);

/// <summary>One message of a feed, as the public contract has it.</summary>
/// <param name="Feed">Name of the feed.</param>
/// <param name="Epoch">Its life.</param>
/// <param name="From">The cursor it applies to.</param>
/// <param name="To">The cursor after it.</param>
/// <param name="Snapshot">Whether it replaces everything.</param>
/// <param name="More">Whether what follows belongs to it.</param>
/// <param name="Changes">The changes.</param>
public sealed record FeedPart(string Feed, string Epoch, long From, long To, bool Snapshot, bool More, IReadOnlyList<FeedValue> Changes)
{
    /// <summary>The cursor after it.</summary>
    public FeedCursor Next => new(Epoch, To);

    /// <summary>Reads a message.</summary>
    public static FeedPart Read(JsonElement message) => new(
        message.GetProperty("feed").GetString()!,
        message.GetProperty("epoch").GetString()!,
        message.GetProperty("from").GetInt64(),
        message.GetProperty("to").GetInt64(),
        message.GetProperty("snapshot").GetBoolean(),
        message.TryGetProperty("more", out var more) && more.ValueKind == JsonValueKind.True,
        [.. message.GetProperty("changes").EnumerateArray().Select(ReadValue)]);

    /// <summary>Whether a client that stands there may apply it.</summary>
    public bool AppliesTo(FeedCursor? cursor) => Snapshot || (cursor?.Epoch == Epoch && cursor.Seq == From);

    private static FeedValue ReadValue(JsonElement change)
    {
        var key = change.GetProperty("key").GetString()!;
        if (!change.TryGetProperty("value", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return new FeedValue(key, null);
        }

        var version = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("version", out var named) && named.ValueKind == JsonValueKind.Number
            ? named.GetInt64()
            : (long?)null;
        return new FeedValue(key, value.GetRawText(), version);
    }
}
