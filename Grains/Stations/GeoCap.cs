using Dispatch.Bureau;
using NetTopologySuite.Geometries;

namespace Dispatch.Stations;

/// <summary>
/// The box of latitudes and longitudes around everything within a distance of a place: one band of latitudes, and one or two spans of
/// longitudes, two where it reaches over the antimeridian, all of them where it reaches over a pole.
/// </summary>
internal readonly struct GeoCap
{
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>Keeps rounding in the sines from cutting off what lies exactly on the edge: a centimetre.</summary>
    private const double EdgeMetres = 0.01;

    private readonly double south, north, west, east, otherWest, otherEast;

    /// <summary>The box around a place.</summary>
    /// <param name="centre">The place.</param>
    /// <param name="metres">The distance by great circle; anything above half the earth's circumference is everything.</param>
    public GeoCap(GeoPoint centre, double metres)
    {
        var angle = (metres + EdgeMetres) / EarthRadiusMetres;
        var degrees = double.RadiansToDegrees(angle);
        (south, north) = (centre.Lat - degrees, centre.Lat + degrees);
        (west, east, otherWest, otherEast) = (-180, 180, double.PositiveInfinity, double.NegativeInfinity);
        if (angle < Math.PI / 2 && south > -90 && north < 90)
        {
            // The meridians that touch the cap do so nearer to the pole than its centre: asin(sin r / cos lat), not r / cos lat.
            var half = double.RadiansToDegrees(Math.Asin(Math.Min(1, Math.Sin(angle) / Math.Cos(double.DegreesToRadians(centre.Lat)))));
            (west, east) = (centre.Lon - half, centre.Lon + half);
            if (west < -180)
            {
                (west, otherWest, otherEast) = (-180, west + 360, 180);
            }
            else if (east > 180)
            {
                (east, otherWest, otherEast) = (180, -180, east - 360);
            }
        }
    }

    /// <summary>The box as the library's rectangles, longitude by latitude.</summary>
    public IEnumerable<Envelope> Envelopes()
    {
        yield return new Envelope(west, east, south, north);
        if (otherWest <= otherEast)
        {
            yield return new Envelope(otherWest, otherEast, south, north);
        }
    }

    /// <summary>Whether a place is in the box.</summary>
    public bool Contains(double lat, double lon) =>
        lat >= south && lat <= north && ((lon >= west && lon <= east) || (lon >= otherWest && lon <= otherEast));

    /// <summary>Whether something of the box lies beyond a border.</summary>
    public bool Crosses(Border border) =>
        border.IsLongitude
            ? border.Upwards ? Math.Max(east, otherEast) >= border.At : Math.Min(west, otherWest) <= border.At
            : border.Upwards ? north >= border.At : south <= border.At;
}

/// <summary>A parallel or a meridian, and the side of it that is meant.</summary>
/// <param name="IsLongitude">Whether it is a meridian.</param>
/// <param name="Upwards">Whether what is at it or greater is meant; else what is at it or less.</param>
/// <param name="At">Where, degrees.</param>
internal readonly record struct Border(bool IsLongitude, bool Upwards, double At);
