namespace Dispatch.Trials.Checking;

/// <summary>A key that two maps do not agree about.</summary>
/// <param name="Key">The key.</param>
/// <param name="Wanted">What should be there; null for nothing.</param>
/// <param name="Found">What is there; null for nothing.</param>
public sealed record MapDifference(string Key, string? Wanted, string? Found)
{
    /// <summary>Everything that two maps do not agree about, byte for byte.</summary>
    public static IEnumerable<MapDifference> Between(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> found)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(found);
        return wanted.Keys.Union(found.Keys, StringComparer.Ordinal)
            .Select(x => new MapDifference(x, wanted.GetValueOrDefault(x), found.GetValueOrDefault(x)))
            .Where(x => !string.Equals(x.Wanted, x.Found, StringComparison.Ordinal));
    }
}
