using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Linemerge;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Simplify;

namespace Dispatch.Demo;

/// <summary>
/// Draws a map for the demonstration, without any data: the outline is cut into small irregular cells, each goes to the nearest town with some
/// smooth noise, and the borders between towns are smoothed once for both sides, so that there are neither gaps nor overlaps. The same map
/// on every machine.
/// </summary>
public static class DemoBoundaries
{
    private const ulong Seed = 20240601;
    private const double CellKilometres = 2;
    private const double OutlineRoughness = 0.13;
    private const int OutlineLevels = 4;
    private const int SmoothingRounds = 3;
    private const double SimplifyKilometres = 0.06;

    /// <summary>Within this distance of a town, the noise fades, so that a town's seat is its own.</summary>
    private const double QuietKilometres = 7;

    /// <summary>Wavelength and amplitude of the noise that bends the borders, in kilometres.</summary>
    private static readonly (double Wavelength, double Amplitude)[] Octaves = [(15, 3.2), (5, 1.4)];

    /// <summary>The boundary of each town in WGS-84, longitude as x.</summary>
    /// <exception cref="InvalidOperationException">The towns are too near to one another, or outside the outline.</exception>
    public static IReadOnlyList<Polygon> Draw(IReadOnlyList<(double Lat, double Lon)> outline, IReadOnlyList<DemoTown> towns)
    {
        ArgumentNullException.ThrowIfNull(outline);
        ArgumentNullException.ThrowIfNull(towns);
        var random = new RepeatableRandom(Seed);
        var seats = towns.Select(x => LocalPlane.FromWgs84(x.Lat, x.Lon)).ToArray();
        var land = Roughen([.. outline.Select(x => LocalPlane.FromWgs84(x.Lat, x.Lon))], random);
        Coordinate[] sites = [.. seats, .. Scatter(land, random)];
        var inside = new IndexedPointInAreaLocator(land);
        var owners = Array.ConvertAll(sites, site => inside.Locate(site) == Location.Exterior ? CellMap.Outside : NearestTown(site, seats));
        var cells = new CellMap(sites, owners);
        cells.JoinFragments();

        var merger = new LineMerger();
        merger.Add(cells.Borders());
        var polygonizer = new Polygonizer();
        foreach (var border in merger.GetMergedLineStrings().Cast<LineString>())
        {
            polygonizer.Add(Smooth(border));
        }

        var regions = polygonizer.GetPolygons().Cast<Polygon>().ToArray();
        return [.. towns.Select(town => regions.Single(x => x.Contains(new Point(town.Lon, town.Lat))))];
    }

    /// <summary>Makes a coarse ring look natural: every edge gets a displaced middle, again and again.</summary>
    private static Polygon Roughen(List<Coordinate> ring, RepeatableRandom random)
    {
        for (var level = 0; level < OutlineLevels; level++)
        {
            var finer = new List<Coordinate>(ring.Count * 2);
            for (var i = 0; i < ring.Count; i++)
            {
                var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
                var aside = random.NextSigned() * OutlineRoughness;
                finer.Add(a);
                finer.Add(new Coordinate(((a.X + b.X) / 2) - ((b.Y - a.Y) * aside), ((a.Y + b.Y) / 2) + ((b.X - a.X) * aside)));
            }

            ring = finer;
        }

        return GeometryFactory.Default.CreatePolygon([.. ring, ring[0]]);
    }

    /// <summary>A jittered grid over the land and a margin around it.</summary>
    private static IEnumerable<Coordinate> Scatter(Polygon land, RepeatableRandom random)
    {
        var wide = new IndexedPointInAreaLocator(land.Buffer(CellKilometres * 4));
        var extent = land.EnvelopeInternal.Copy();
        extent.ExpandBy(CellKilometres * 4);
        for (var y = extent.MinY; y < extent.MaxY; y += CellKilometres)
        {
            for (var x = extent.MinX; x < extent.MaxX; x += CellKilometres)
            {
                var site = new Coordinate(x + (random.NextSigned() * CellKilometres * 0.48), y + (random.NextSigned() * CellKilometres * 0.48));
                if (wide.Locate(site) != Location.Exterior)
                {
                    yield return site;
                }
            }
        }
    }

    private static int NearestTown(Coordinate site, Coordinate[] seats)
    {
        var calm = Math.Min(1, seats[Nearest(site, seats)].Distance(site) / QuietKilometres);
        return Nearest(new Coordinate(site.X + (Noise(site, 1) * calm), site.Y + (Noise(site, 2) * calm)), seats);
    }

    private static int Nearest(Coordinate site, Coordinate[] seats)
    {
        var nearest = 0;
        for (var i = 1; i < seats.Length; i++)
        {
            nearest = seats[i].Distance(site) < seats[nearest].Distance(site) ? i : nearest;
        }

        return nearest;
    }

    /// <summary>Smooth noise in kilometres: random values on a grid, blended in between.</summary>
    private static double Noise(Coordinate at, ulong channel)
    {
        var sum = 0.0;
        foreach (var (wavelength, amplitude) in Octaves)
        {
            var (x, y) = (at.X / wavelength, at.Y / wavelength);
            var (column, row) = ((int)Math.Floor(x), (int)Math.Floor(y));
            var (u, v) = (Ease(x - column), Ease(y - row));
            var seed = Seed + channel + ((ulong)wavelength << 8);
            var south = double.Lerp(RepeatableRandom.At(seed, column, row), RepeatableRandom.At(seed, column + 1, row), u);
            var north = double.Lerp(RepeatableRandom.At(seed, column, row + 1), RepeatableRandom.At(seed, column + 1, row + 1), u);
            sum += amplitude * double.Lerp(south, north, v);
        }

        return sum;
    }

    private static double Ease(double t) => t * t * (3 - (2 * t));

    /// <summary>Cuts corners (Chaikin), keeping the ends, where borders meet; then drops points that add nothing.</summary>
    private static Geometry Smooth(LineString border)
    {
        var points = border.Coordinates;
        for (var round = 0; round < SmoothingRounds; round++)
        {
            var smoother = new List<Coordinate>(points.Length * 2) { points[0] };
            for (var i = 1; i < points.Length; i++)
            {
                var (a, b) = (points[i - 1], points[i]);
                smoother.Add(new Coordinate(double.Lerp(a.X, b.X, 0.25), double.Lerp(a.Y, b.Y, 0.25)));
                smoother.Add(new Coordinate(double.Lerp(a.X, b.X, 0.75), double.Lerp(a.Y, b.Y, 0.75)));
            }

            smoother.Add(points[^1]);
            points = [.. smoother];
        }

        var simplified = DouglasPeuckerSimplifier.Simplify(GeometryFactory.Default.CreateLineString(points), SimplifyKilometres);
        return GeometryFactory.Default.CreateLineString(Array.ConvertAll(simplified.Coordinates, LocalPlane.ToWgs84));
    }
}
