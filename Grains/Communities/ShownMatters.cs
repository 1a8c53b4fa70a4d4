using System.Collections.Immutable;
using Dispatch.Live;

namespace Dispatch.Communities;

/// <summary>The matters a community shows: open ones, and for a while those that ended. Used from the grain's own turns only.</summary>
public sealed class ShownMatters(SightedFeed feed)
{
    /// <summary>How long an ended matter stays on the feed.</summary>
    public static readonly TimeSpan EndedLinger = TimeSpan.FromDays(1);

    private readonly Dictionary<string, MatterRow> rows = new(StringComparer.Ordinal);

    /// <summary>A matter's newest row; an older one than is known is left out.</summary>
    /// <returns>Whether it was news.</returns>
    public bool Show(MatterRow row, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Restricted || (rows.TryGetValue(row.Id, out var known) && known.Version >= row.Version))
        {
            return false;
        }

        if (IsOver(row, now))
        {
            // It ended long ago, and that is told only now.
            return Forget(row);
        }

        rows[row.Id] = row;
        feed.Set(row.Key, row.View, row.Masked, row.Version);
        return true;
    }

    /// <summary>Which of these versions are not known here.</summary>
    public ImmutableArray<string> Unknown(IEnumerable<(string Id, long Version)> versions) =>
        [.. versions.Where(x => !(rows.GetValueOrDefault(x.Id)?.Version >= x.Version)).Select(x => x.Id)];

    /// <summary>Takes away what ended long enough ago.</summary>
    /// <returns>Whether there was any.</returns>
    public bool ForgetEnded(DateTimeOffset now)
    {
        var over = rows.Values.Where(x => IsOver(x, now)).ToArray();
        foreach (var row in over)
        {
            Forget(row);
        }

        return over.Length > 0;
    }

    private bool Forget(MatterRow row)
    {
        feed.Remove(row.Key);
        return rows.Remove(row.Id);
    }

    /// <summary>The figures of what is open.</summary>
    public CommunitySummary Count(CommunitySummary summary, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var open = rows.Values.Where(x => x.IsOpen).ToArray();
        return summary with
        {
            Open = Counts(open, x => MatterIds.NameOf(x.Kind)),
            ByStatus = Counts(open, x => $"{MatterIds.NameOf(x.Kind)}/{x.Status}"),
            Overdue = Counts(open.Where(x => x.DueAt < now), x => MatterIds.NameOf(x.Kind)),
            OldestOpenAt = open.Where(x => x.Kind == MatterKind.Concern).Min(x => (DateTimeOffset?)x.OpenedAt),
        };
    }

    private static bool IsOver(MatterRow row, DateTimeOffset now) => !row.IsOpen && row.ClosedAt < now - EndedLinger;

    private static ImmutableSortedDictionary<string, int> Counts(IEnumerable<MatterRow> rows, Func<MatterRow, string> name) =>
        rows.CountBy(name).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
