namespace Dispatch.Live;

/// <summary>What a message did to a client's copy of a feed.</summary>
public enum FeedOutcome
{
    /// <summary>It was applied.</summary>
    Applied,

    /// <summary>It was known already: a repeat, or older than what the copy has.</summary>
    Known,

    /// <summary>Something is missing in between: subscribe again with the copy's cursor.</summary>
    Gap,
}

/// <summary>A client's copy of a feed: the reducer of the public contract. Never skips, never goes backwards. Not thread-safe.</summary>
public sealed class FeedReplica
{
    private readonly Dictionary<string, JsonText> values = new(StringComparer.Ordinal);

    /// <summary>Where the copy stands; null before the first message.</summary>
    public FeedCursor? Cursor { get; private set; }

    /// <summary>Every key with its newest value.</summary>
    public IReadOnlyDictionary<string, JsonText> Values => values;

    /// <summary>Applies a message where it follows on what the copy has.</summary>
    public FeedOutcome Apply(FeedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Epoch == Cursor?.Epoch && message.To <= Cursor.Seq)
        {
            return FeedOutcome.Known;
        }

        if (message.Snapshot)
        {
            values.Clear();
        }
        else if (message.Epoch != Cursor?.Epoch || message.From != Cursor.Seq)
        {
            return FeedOutcome.Gap;
        }

        foreach (var change in message.Changes)
        {
            if (change.Value.IsNull)
            {
                values.Remove(change.Key);
            }
            else
            {
                values[change.Key] = change.Value;
            }
        }

        Cursor = new FeedCursor(message.Epoch, message.To);
        return FeedOutcome.Applied;
    }
}
