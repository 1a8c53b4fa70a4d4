namespace Dispatch.Live;

/// <summary>What a message did to a client's copy of a feed.</summary>
public enum FeedOutcome
{
    /// <summary>What the copy shows was renewed.</summary>
    Applied,

    /// <summary>A part of a larger message, kept beside what is shown until its last part comes.</summary>
    Gathered,

    /// <summary>It was known already: a repeat, or older than what the copy has.</summary>
    Known,

    /// <summary>Something is missing in between: subscribe again with the copy's cursor.</summary>
    Gap,
}

/// <summary>
/// A client's copy of a feed: the reducer of the public contract. Never skips, never goes backwards within an epoch, and never shows half of a
/// message that comes in parts. Not thread-safe.
/// </summary>
public sealed class FeedReplica
{
    private Dictionary<string, JsonText> values = new(StringComparer.Ordinal);
    private Parts? parts;

    /// <summary>Where the next message must begin, with the parts that are gathered; null before the first message.</summary>
    public FeedCursor? Cursor => parts?.Cursor ?? Shown;

    /// <summary>What the values are as of; null before the first whole message.</summary>
    public FeedCursor? Shown { get; private set; }

    /// <summary>Whether parts wait for their last one.</summary>
    public bool IsGathering => parts is not null;

    /// <summary>Every key with its newest value.</summary>
    public IReadOnlyDictionary<string, JsonText> Values => values;

    /// <summary>The keys that the last applied message set or removed; of a snapshot, all before it and all in it.</summary>
    public IReadOnlyCollection<string> Changed { get; private set; } = [];

    /// <summary>Applies a message where it follows on what the copy has.</summary>
    public FeedOutcome Apply(FeedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!(message.Snapshot ? message.More || IsNews(message) : Continues(message)))
        {
            return message.Epoch == Cursor?.Epoch && message.To <= Cursor.Seq ? FeedOutcome.Known : FeedOutcome.Gap;
        }

        var gathered = message.Snapshot || parts is null ? new Parts(message.Snapshot) : parts;
        gathered.Add(message);
        parts = message.More ? gathered : null;
        return message.More ? FeedOutcome.Gathered : Show(gathered);
    }

    private bool Continues(FeedMessage message) =>
        message.Epoch == Cursor?.Epoch && message.From == Cursor.Seq && (message.To > message.From || (message.To == message.From && IsGathering));

    /// <summary>A whole snapshot that came late shows nothing that is not known.</summary>
    private bool IsNews(FeedMessage message) =>
        (message.Epoch != Shown?.Epoch || message.To > Shown.Seq || (message.To == Shown.Seq && IsGathering))
        && (message.Epoch != Cursor?.Epoch || message.To >= Cursor.Seq);

    private FeedOutcome Show(Parts whole)
    {
        if (whole.Cursor!.Epoch == Shown?.Epoch && whole.Cursor.Seq < Shown.Seq)
        {
            // A snapshot in parts that came late as a whole.
            return FeedOutcome.Known;
        }

        Changed = whole.Replaces ? [.. values.Keys.Union(whole.Changes.Keys)] : whole.Changes.Keys;
        if (whole.Replaces)
        {
            values = new Dictionary<string, JsonText>(whole.Changes.Count, StringComparer.Ordinal);
        }

        foreach (var (key, value) in whole.Changes)
        {
            if (value.IsNull)
            {
                values.Remove(key);
            }
            else
            {
                values[key] = value;
            }
        }

        Shown = whole.Cursor;
        return FeedOutcome.Applied;
    }

    /// <summary>What the parts say so far: newest values, JSON null where a key is gone.</summary>
    private sealed class Parts(bool replaces)
    {
        public bool Replaces { get; } = replaces;

        public FeedCursor? Cursor { get; private set; }

        public Dictionary<string, JsonText> Changes { get; } = new(StringComparer.Ordinal);

        public void Add(FeedMessage part)
        {
            foreach (var change in part.Changes)
            {
                Changes[change.Key] = change.Value;
            }

            Cursor = new FeedCursor(part.Epoch, part.To);
        }
    }
}
