using Dispatch.Bureau;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.KdTree;

namespace Dispatch.Stations;

/// <summary>What is done with the pairs of a <see cref="SpotTree"/>.</summary>
internal interface ISpotVisitor
{
    /// <summary>How far from the centre a pair may be and still matter, metres; may shrink with every visit.</summary>
    double ReachMetres { get; }

    /// <summary>A pair that is near enough by its spot; by its own place it may be farther.</summary>
    void Visit(IndexedPair pair);
}

/// <summary>
/// Pairs by place: the library's k-d tree over spots, which are corners of a grid of about 100 m, so that a pair that walks about stays at its
/// spot and costs nothing. The tree cannot remove, so spots are left empty and the tree is made anew, shuffled, when that many came to it as
/// it had, which also keeps it balanced: an update costs O(log n) in the long run.
/// </summary>
internal sealed class SpotTree
{
    /// <summary>A thousandth of a degree, 111 m of latitude.</summary>
    private const int Decimals = 3;

    /// <summary>How far a pair is from its spot at most: half a grid step of latitude and of longitude.</summary>
    private const double SpotMetres = 79;

    private const int SmallestRebuild = 64;

    private readonly Random shuffle = new(1);
    private KdTree<Spot> tree = new();
    private int spots;
    private int spotsWhenBuilt;

    /// <summary>How many pairs there are.</summary>
    public int Count { get; private set; }

    /// <summary>The spot of a place.</summary>
    public static GeoPoint SpotOf(GeoPoint place) => new(Math.Round(place.Lat, Decimals), Math.Round(place.Lon, Decimals));

    /// <summary>Adds a pair at its spot.</summary>
    public void Add(IndexedPair pair)
    {
        Count++;
        var at = new Coordinate(pair.Spot.Lon, pair.Spot.Lat);
        if (tree.Query(at) is { } node)
        {
            node.Data.Pairs.Add(pair);
            return;
        }

        if (spots - spotsWhenBuilt >= Math.Max(SmallestRebuild, spotsWhenBuilt))
        {
            Rebuild();
        }

        tree.Insert(at, new Spot(at, [pair]));
        spots++;
    }

    /// <summary>Removes a pair from its spot, where it was added.</summary>
    public void Remove(IndexedPair pair)
    {
        if (tree.Query(new Coordinate(pair.Spot.Lon, pair.Spot.Lat)) is { } node && node.Data.Pairs.Remove(pair))
        {
            Count--;
        }
    }

    /// <summary>Visits every pair within the visitor's reach, the near ones first by and large. None within reach is left out.</summary>
    public void Search<TVisitor>(GeoPoint centre, Stack<SpotBranch> branches, ref TVisitor visitor)
        where TVisitor : struct, ISpotVisitor
    {
        var reach = visitor.ReachMetres;
        var cap = new GeoCap(centre, reach + SpotMetres);
        branches.Clear();
        Push(branches, tree.Root, true, -90, 90, -180, 180);
        while (branches.TryPop(out var branch))
        {
            if (!cap.Touches(branch.FromLat, branch.ToLat, branch.FromLon, branch.ToLon))
            {
                continue;
            }

            var node = branch.Node;
            if (cap.Contains(node.Y, node.X))
            {
                foreach (var pair in node.Data.Pairs)
                {
                    visitor.Visit(pair);
                }

                if (visitor.ReachMetres < reach)
                {
                    reach = visitor.ReachMetres;
                    cap = new GeoCap(centre, reach + SpotMetres);
                }
            }

            // The side of the centre goes on top, so that the reach has shrunk when the other side's turn comes.
            var (lower, upper) = branch.ByLongitude
                ? (branch with { Node = node.Left, ByLongitude = false, ToLon = node.X }, branch with { Node = node.Right, ByLongitude = false, FromLon = node.X })
                : (branch with { Node = node.Left, ByLongitude = true, ToLat = node.Y }, branch with { Node = node.Right, ByLongitude = true, FromLat = node.Y });
            var centreIsLower = branch.ByLongitude ? centre.Lon < node.X : centre.Lat < node.Y;
            Push(branches, centreIsLower ? upper : lower);
            Push(branches, centreIsLower ? lower : upper);
        }
    }

    private static void Push(Stack<SpotBranch> branches, KdNode<Spot>? node, bool byLongitude, double fromLat, double toLat, double fromLon, double toLon)
    {
        if (node is not null)
        {
            branches.Push(new SpotBranch(node, byLongitude, fromLat, toLat, fromLon, toLon));
        }
    }

    private static void Push(Stack<SpotBranch> branches, in SpotBranch branch)
    {
        if (branch.Node is not null)
        {
            branches.Push(branch);
        }
    }

    private void Rebuild()
    {
        var kept = tree.Query(new Envelope(-180, 180, -90, 90)).Select(x => x.Data).Where(x => x.Pairs.Count > 0).ToArray();
        shuffle.Shuffle(kept);
        tree = new KdTree<Spot>();
        foreach (var spot in kept)
        {
            tree.Insert(spot.At, spot);
        }

        spots = spotsWhenBuilt = kept.Length;
    }
}

/// <summary>A spot and who is there.</summary>
internal sealed record Spot(Coordinate At, List<IndexedPair> Pairs);

/// <summary>A part of a <see cref="SpotTree"/> and the rectangle that it covers.</summary>
internal readonly record struct SpotBranch(
    KdNode<Spot> Node, bool ByLongitude, double FromLat, double ToLat, double FromLon, double ToLon);
