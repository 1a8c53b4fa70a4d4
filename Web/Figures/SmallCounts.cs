using System.Collections.Immutable;

namespace Dispatch.Figures;

/// <summary>
/// Counts that are so small that they may tell of somebody are left out of every breakdown (guard rail: small counts suppressed). Where one alone would be
/// missing it could be worked out from the total, so the next smallest is left out with it.
/// </summary>
public static class SmallCounts
{
    /// <summary>Counts below this, but for 0, are not told.</summary>
    public const int Least = 5;

    /// <summary>The breakdown as it is told: null stands for a count that is not.</summary>
    public static ImmutableSortedDictionary<string, int?> Suppress(IReadOnlyDictionary<string, int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var hidden = counts.Where(x => IsSmall(x.Value)).Select(x => x.Key).ToHashSet(StringComparer.Ordinal);
        if (hidden.Count == 1 && counts.Where(x => x.Value >= Least).OrderBy(x => x.Value).ThenBy(x => x.Key, StringComparer.Ordinal).Select(x => x.Key).FirstOrDefault() is { } next)
        {
            hidden.Add(next);
        }

        return counts.ToImmutableSortedDictionary(x => x.Key, x => hidden.Contains(x.Key) ? (int?)null : x.Value, StringComparer.Ordinal);
    }

    /// <summary>A count of its own as it is told: null where it is too small.</summary>
    public static int? Told(int count) => IsSmall(count) ? null : count;

    private static bool IsSmall(int count) => count is > 0 and < Least;
}
