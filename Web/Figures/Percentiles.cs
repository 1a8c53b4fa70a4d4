namespace Dispatch.Figures;

/// <summary>Percentiles as figures tell them.</summary>
public static class Percentiles
{
    /// <summary>By nearest rank, to two places; null where so few were measured that it would tell of one of them.</summary>
    /// <param name="sorted">What was measured, least first.</param>
    /// <param name="share">0 to 1.</param>
    public static double? NearestRank(double[] sorted, double share)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        return sorted.Length < SmallCounts.Least ? null : Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 2);
    }
}
