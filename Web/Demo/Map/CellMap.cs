using NetTopologySuite.Geometries;
using NetTopologySuite.Triangulate;

namespace Dispatch.Demo;

/// <summary>
/// The land as a few thousand small irregular cells, each of which belongs to a town or lies outside. Regions made of such cells have borders
/// that look grown rather than ruled, and neighbours share their border exactly.
/// </summary>
public sealed class CellMap
{
    /// <summary>Owner of a cell outside the prefecture.</summary>
    public const int Outside = -1;

    private readonly int[] owners;
    private readonly Dictionary<(Coordinate From, Coordinate To), (int Left, int Right)> walls = [];
    private readonly List<int>[] neighbours;

    /// <summary>Divides the plane around the sites into cells.</summary>
    /// <param name="sites">One per cell, in kilometres; the outermost must be outside.</param>
    /// <param name="owners">Who owns the cell of each site.</param>
    public CellMap(IReadOnlyList<Coordinate> sites, int[] owners)
    {
        ArgumentNullException.ThrowIfNull(sites);
        ArgumentNullException.ThrowIfNull(owners);
        this.owners = owners;
        neighbours = [.. sites.Select(_ => new List<int>())];
        var indexes = sites.Select((site, i) => (site, i)).ToDictionary(x => x.site, x => x.i);
        var builder = new VoronoiDiagramBuilder();
        builder.SetSites([.. sites]);
        foreach (var cell in builder.GetSubdivision().GetVoronoiCellPolygons(GeometryFactory.Default))
        {
            if (indexes.TryGetValue((Coordinate)cell.UserData, out var index))
            {
                AddWalls(index, cell.Coordinates);
            }
        }
    }

    /// <summary>Gives every part of a region that is cut off from its largest part to the neighbours, so that every region is in one piece.</summary>
    public void JoinFragments()
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var parts in Parts().GroupBy(x => owners[x[0]]))
            {
                foreach (var fragment in parts.OrderByDescending(x => x.Count).Skip(1))
                {
                    var owner = owners[fragment[0]];
                    var next = fragment.SelectMany(x => neighbours[x]).Select(x => owners[x]).Where(x => x != owner)
                        .CountBy(x => x).OrderByDescending(x => x.Value).ThenBy(x => x.Key).First().Key;
                    fragment.ForEach(x => owners[x] = next);
                    changed = true;
                }
            }
        }
    }

    /// <summary>The pieces of border: walls with different owners on their sides.</summary>
    public IEnumerable<LineString> Borders() => walls
        .Where(x => x.Value.Right >= 0 && owners[x.Value.Left] != owners[x.Value.Right])
        .Select(x => GeometryFactory.Default.CreateLineString([x.Key.From, x.Key.To]));

    private void AddWalls(int cell, Coordinate[] ring)
    {
        for (var i = 1; i < ring.Length; i++)
        {
            var wall = ring[i - 1].CompareTo(ring[i]) < 0 ? (ring[i - 1], ring[i]) : (ring[i], ring[i - 1]);
            if (walls.TryGetValue(wall, out var known))
            {
                walls[wall] = (known.Left, cell);
                neighbours[known.Left].Add(cell);
                neighbours[cell].Add(known.Left);
            }
            else
            {
                walls[wall] = (cell, -1);
            }
        }
    }

    private List<List<int>> Parts()
    {
        var parts = new List<List<int>>();
        var seen = new bool[owners.Length];
        for (var start = 0; start < owners.Length; start++)
        {
            if (seen[start])
            {
                continue;
            }

            seen[start] = true;
            var part = new List<int> { start };
            for (var i = 0; i < part.Count; i++)
            {
                foreach (var next in neighbours[part[i]].Where(x => !seen[x] && owners[x] == owners[start]))
                {
                    seen[next] = true;
                    part.Add(next);
                }
            }

            parts.Add(part);
        }

        return parts;
    }
}
