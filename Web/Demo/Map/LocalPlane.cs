using NetTopologySuite.Geometries;

namespace Dispatch.Demo;

/// <summary>A flat map in kilometres around the middle of the prefecture: good to a few parts in a thousand there, which is all a drawing needs.</summary>
public static class LocalPlane
{
    private const double MiddleLat = 35.2;
    private const double MiddleLon = 115.6;
    private const double KilometresPerDegree = 111.2;
    private static readonly double LonScale = KilometresPerDegree * Math.Cos(double.DegreesToRadians(MiddleLat));

    /// <summary>From WGS-84 degrees to kilometres east (x) and north (y).</summary>
    public static Coordinate FromWgs84(double lat, double lon) =>
        new((lon - MiddleLon) * LonScale, (lat - MiddleLat) * KilometresPerDegree);

    /// <summary>Back to WGS-84: x is the longitude and y the latitude, rounded to five decimals, about a metre.</summary>
    public static Coordinate ToWgs84(Coordinate place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return new Coordinate(
            Math.Round((place.X / LonScale) + MiddleLon, 5), Math.Round((place.Y / KilometresPerDegree) + MiddleLat, 5));
    }
}
