using System.Collections.Immutable;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace Dispatch.Bureau;

/// <summary>Two communities that claim the same ground. A place in it belongs to the first by id.</summary>
/// <param name="FirstId">The first by id, to which the places go.</param>
/// <param name="SecondId">The other.</param>
/// <param name="Share">How much of the smaller of the two, above <see cref="CommunityOverlaps.LeastShare"/> and at most 1.</param>
/// <param name="At">A place in it.</param>
public sealed record CommunityOverlap(string FirstId, string SecondId, double Share, GeoPoint At);

/// <summary>Finds communities that claim the same ground. Pure.</summary>
public static class CommunityOverlaps
{
    /// <summary>Least share of the smaller community that is told: borders that were drawn twice differ by slivers.</summary>
    public const double LeastShare = 0.01;

    /// <summary>Most that are told; who has more has another file in mind.</summary>
    public const int Most = 100;

    /// <summary>Those of the named communities with any other, the largest first.</summary>
    /// <param name="organisation">With valid boundaries.</param>
    /// <param name="ids">Communities in question: new ones, and those that are drawn anew.</param>
    public static ImmutableArray<CommunityOverlap> Find(Organisation organisation, IReadOnlySet<string> ids)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(ids);
        var tree = new STRtree<Drawn>();
        var drawn = organisation.Communities.Select(x => new Drawn(x.Id, CommunityMap.ReadBoundary(x.Boundary))).ToList();
        drawn.ForEach(x => tree.Insert(x.Boundary.EnvelopeInternal, x));

        // The first question would build it, and several threads ask.
        tree.Build();
        return
        [
            .. drawn.Where(x => ids.Contains(x.Id)).AsParallel()
                .SelectMany(one => OthersThan(one, tree.Query(one.Boundary.EnvelopeInternal), ids).Select(x => Between(one, x)))
                .OfType<CommunityOverlap>().OrderByDescending(x => x.Share).ThenBy(x => x.FirstId, StringComparer.Ordinal).ThenBy(x => x.SecondId, StringComparer.Ordinal).Take(Most),
        ];
    }

    /// <summary>Those that have more than a border in common with it; of two that are both in question, one looks.</summary>
    private static IEnumerable<Drawn> OthersThan(Drawn one, IEnumerable<Drawn> near, IReadOnlySet<string> ids)
    {
        var prepared = PreparedGeometryFactory.Prepare(one.Boundary);
        return near.Where(x => (!ids.Contains(x.Id) || string.CompareOrdinal(one.Id, x.Id) < 0) && x.Id != one.Id && prepared.Intersects(x.Boundary));
    }

    private static CommunityOverlap? Between(Drawn one, Drawn other)
    {
        var common = OverlayNGRobust.Overlay(one.Boundary, other.Boundary, SpatialFunction.Intersection);
        var share = common.Area / Math.Min(one.Boundary.Area, other.Boundary.Area);
        if (share < LeastShare)
        {
            return null;
        }

        var at = common.InteriorPoint;
        var (first, second) = string.CompareOrdinal(one.Id, other.Id) < 0 ? (one, other) : (other, one);
        return new CommunityOverlap(first.Id, second.Id, Math.Round(share, 3), new GeoPoint(at.Y, at.X));
    }

    private sealed record Drawn(string Id, Geometry Boundary);
}
