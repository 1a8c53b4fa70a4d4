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

    /// <summary>By how much the reach must have shrunk for the box around it to be drawn anew.</summary>
    private const double WorthANewBox = 0.95;

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
        for (var branch = new SpotBranch(tree.Root, true, new Border(false, true, double.NegativeInfinity)); ; )
        {
            // Down to where the centre would be; what lies beyond a border on the way waits until the reach has shrunk.
            var byLongitude = branch.ByLongitude;
            for (var node = cap.Crosses(branch.Border) ? branch.Node : null; node is not null; byLongitude = !byLongitude)
            {
                if (cap.Contains(node.Y, node.X))
                {
                    foreach (var pair in node.Data.Pairs)
                    {
                        visitor.Visit(pair);
                    }

                    // A box costs several sines, so a slightly larger one does.
                    if (visitor.ReachMetres < reach * WorthANewBox)
                    {
                        reach = visitor.ReachMetres;
                        cap = new GeoCap(centre, reach + SpotMetres);
                    }
                }

                var at = byLongitude ? node.X : node.Y;
                var centreIsLower = (byLongitude ? centre.Lon : centre.Lat) < at;
                var beyond = new Border(byLongitude, centreIsLower, at);
                var (near, far) = centreIsLower ? (node.Left, node.Right) : (node.Right, node.Left);
                if (far is not null && cap.Crosses(beyond))
                {
                    branches.Push(new SpotBranch(far, !byLongitude, beyond));
                }

                node = near;
            }

            if (!branches.TryPop(out branch))
            {
                return;
            }
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

/// <summary>A part of a <see cref="SpotTree"/> that lies beyond a border.</summary>
internal readonly record struct SpotBranch(KdNode<Spot>? Node, bool ByLongitude, Border Border);
