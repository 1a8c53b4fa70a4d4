using System.Globalization;

namespace Dispatch.Trials.Checking;

/// <summary>
/// Watches over what one client is sent of one feed, over its whole life: across epochs, web nodes, breaks and new subscriptions. Pure; knows the rules of the
/// public contract and keeps its own cursor, so that it does not depend on the client's copy being right. Used from one thread at a time.
/// </summary>
/// <param name="screen">Name of the client, for the evidence.</param>
/// <param name="feed">Name of the feed.</param>
public sealed class FeedWatch(string screen, string feed)
{
    private readonly Dictionary<string, (long Version, Sighting Seen, FeedCursor Cursor)> versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeedCursor> left = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeedCursor> last = new(StringComparer.Ordinal);
    private readonly List<FeedFault> faults = [];
    private readonly List<(FeedValue Value, FeedCursor Cursor)> unshown = [];
    private FeedCursor? cursor;
    private FeedCursor? shown;
    private bool inSnapshot;
    private bool mayBeOld;

    /// <summary>What was found.</summary>
    public IReadOnlyList<FeedFault> Faults => faults;

    /// <summary>The client subscribed.</summary>
    /// <param name="onSameLine">Whether messages of an earlier subscription may still be on their way: those need not follow on its cursor.</param>
    public void Subscribed(bool onSameLine) => mayBeOld = onSameLine;

    /// <summary>The client let go of its copy: the next message must be a snapshot. Versions and epochs are remembered.</summary>
    public void Dropped()
    {
        cursor = null;
        inSnapshot = false;
        unshown.Clear();
    }

    /// <summary>A message came.</summary>
    public void Received(FeedPart part, Sighting seen)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (!part.AppliesTo(cursor))
        {
            if (!mayBeOld)
            {
                Report(FeedRule.Unchained, seen, null, $"{cursor}", $"{part.Epoch}:{part.From} to {part.To}");
            }

            return;
        }

        mayBeOld = false;
        if (part.Snapshot)
        {
            inSnapshot = true;
            unshown.Clear();
        }

        cursor = part.Next;
        unshown.AddRange(part.Changes.Where(x => x.Version is not null).Select(x => (x, part.Next)));
        if (!inSnapshot || !part.More)
        {
            inSnapshot = false;
            Show(seen);
        }
    }

    /// <summary>Judges what a client shows now; it may wait for the last part of a snapshot.</summary>
    private void Show(Sighting seen)
    {
        if (shown is not null && shown.Life != cursor!.Life)
        {
            left[shown.Life] = shown;
        }

        if (left.TryGetValue(cursor!.Life, out var earlier))
        {
            Report(FeedRule.EpochCameBack, seen, null, $"{earlier}, then {shown}", $"{cursor}");

            // Going on from there to what was shown before is no second fault.
            left.Remove(cursor.Life);
            left.Remove(shown!.Life);
        }
        else if (last.TryGetValue(cursor.Epoch, out var before) && cursor.Seq < before.Seq)
        {
            Report(FeedRule.CursorWentBack, seen, null, $"{before}", $"{cursor}");
        }

        last[cursor.Epoch] = cursor;
        shown = cursor;
        foreach (var (value, at) in unshown)
        {
            Show(value, at, seen);
        }

        unshown.Clear();
    }

    private void Show(FeedValue value, FeedCursor at, Sighting seen)
    {
        var version = value.Version!.Value;
        if (versions.TryGetValue(value.Key, out var known) && version < known.Version)
        {
            Report(
                FeedRule.VersionWentDown,
                seen,
                value.Key,
                string.Create(CultureInfo.InvariantCulture, $"version {known.Version} at {known.Seen.At:HH:mm:ss.fff}, web node {known.Seen.Node}, {known.Cursor}"),
                $"version {version}, {at}");
        }

        versions[value.Key] = (version, seen, at);
    }

    private void Report(FeedRule rule, Sighting seen, string? key, string before, string after) =>
        faults.Add(new FeedFault(rule, screen, seen, feed, key, before, after));
}
