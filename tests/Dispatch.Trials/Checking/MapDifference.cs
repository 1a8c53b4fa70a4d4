namespace Dispatch.Trials.Checking;

/// <summary>A key that two maps do not agree about.</summary>
/// <param name="Key">The key.</param>
/// <param name="Wanted">What should be there; null for nothing.</param>
/// <param name="Found">What is there; null for nothing.</param>
public sealed record MapDifference(string Key, string? Wanted, string? Found)
{
    private const int Lead = 60;
    private const int Excerpted = 160;

    /// <summary>Everything that two maps do not agree about, byte for byte.</summary>
    public static IEnumerable<MapDifference> Between(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> found)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(found);
        return wanted.Keys.Union(found.Keys, StringComparer.Ordinal)
            .Select(x => new MapDifference(x, wanted.GetValueOrDefault(x), found.GetValueOrDefault(x)))
            .Where(x => !string.Equals(x.Wanted, x.Found, StringComparison.Ordinal));
    }

    /// <summary>Both values around the first place where they differ.</summary>
    public (string Wanted, string Found) Excerpts()
    {
        var same = (Wanted ?? string.Empty).AsSpan().CommonPrefixLength(Found);
        return (Excerpt(Wanted, same), Excerpt(Found, same));
    }

    private static string Excerpt(string? value, int around)
    {
        if (value is null)
        {
            return "nothing";
        }

        var from = Math.Max(0, Math.Min(around, value.Length) - Lead);
        return $"{(from > 0 ? "…" : string.Empty)}{value.AsSpan(from, Math.Min(Excerpted, value.Length - from))}";
    }
}
