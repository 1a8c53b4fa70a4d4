using System.Text.Json.Serialization;

namespace Dispatch.Bureau;

/// <summary>A place in WGS-84 degrees.</summary>
/// <param name="Lat">Latitude, -90 to 90.</param>
/// <param name="Lon">Longitude, -180 to 180.</param>
[GenerateSerializer, Immutable, Alias("dispatch.geo-point")]
public readonly record struct GeoPoint(double Lat, double Lon)
{
    /// <summary>Mean radius of the earth in metres (IUGG R1).</summary>
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>Whether both numbers are finite and inside the world.</summary>
    [JsonIgnore]
    public bool IsValid => double.IsFinite(Lat) && double.IsFinite(Lon) && Math.Abs(Lat) <= 90 && Math.Abs(Lon) <= 180;

    /// <summary>Great-circle distance in metres (haversine).</summary>
    public double DistanceMetresTo(GeoPoint other)
    {
        var lat1 = double.DegreesToRadians(Lat);
        var lat2 = double.DegreesToRadians(other.Lat);
        var sinLat = Math.Sin((lat2 - lat1) / 2);
        var sinLon = Math.Sin(double.DegreesToRadians(other.Lon - Lon) / 2);
        var h = (sinLat * sinLat) + (Math.Cos(lat1) * Math.Cos(lat2) * sinLon * sinLon);
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>The same place rounded to three decimals (about 100 m), as screens that everyone sees may show it.</summary>
    public GeoPoint Rounded() => new(Math.Round(Lat, 3), Math.Round(Lon, 3));
}
