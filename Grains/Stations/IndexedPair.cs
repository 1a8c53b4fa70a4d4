using Dispatch.Bureau;

namespace Dispatch.Stations;

/// <summary>A pair as it lies in a <see cref="PairIndex"/>.</summary>
internal sealed class IndexedPair(Candidate candidate, GeoPoint spot)
{
    /// <summary>The pair.</summary>
    public Candidate Candidate { get; set; } = candidate;

    /// <summary>Where the trees have it.</summary>
    public GeoPoint Spot { get; set; } = spot;

    /// <summary>The trees that have it beside that of everybody.</summary>
    public IReadOnlyList<SpotTree> Shelves { get; set; } = [];

    /// <summary>The last search that met it: it may lie in several trees.</summary>
    public long MetBy { get; set; }

    /// <summary>The last search that recommended it.</summary>
    public long RecommendedBy { get; set; }
}
