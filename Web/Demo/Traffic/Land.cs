using System.Text.Json;
using Dispatch.Bureau;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Dispatch.Demo;

/// <summary>Where the communities are, as the public API tells it.</summary>
public sealed class Land
{
    private const double MetresPerDegree = 111_195;
    private const int Attempts = 40;
    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };
    private readonly Dictionary<string, IndexedPointInAreaLocator> boundaries = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, GeoPoint> centres;
    private readonly TrafficDice dice;

    /// <summary>Reads the answer of <c>GET /communities.geojson</c>.</summary>
    /// <param name="geoJson">A FeatureCollection with the community's id on each feature.</param>
    /// <param name="centres">A point inside each community.</param>
    /// <param name="dice">Chooses points.</param>
    public Land(byte[] geoJson, IReadOnlyDictionary<string, GeoPoint> centres, TrafficDice dice)
    {
        this.centres = centres;
        this.dice = dice;
        using var document = JsonDocument.Parse(geoJson);
        foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            boundaries[feature.GetProperty("id").GetString()!] =
                new IndexedPointInAreaLocator(feature.GetProperty("geometry").Deserialize<Geometry>(GeoJson)!);
        }
    }

    /// <summary>The centre of a community.</summary>
    public GeoPoint Centre(string communityId) => centres[communityId];

    /// <summary>A point of a community, at most so many metres from its centre, more often near than far.</summary>
    public GeoPoint Somewhere(string communityId, double radiusMetres)
    {
        var centre = centres[communityId];
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var angle = dice.Between((0, 2 * Math.PI));
            var distance = radiusMetres * dice.Next() / MetresPerDegree;
            var place = new GeoPoint(
                Math.Round(centre.Lat + (distance * Math.Sin(angle)), 6),
                Math.Round(centre.Lon + (distance * Math.Cos(angle) / Math.Cos(double.DegreesToRadians(centre.Lat))), 6));
            if (boundaries.GetValueOrDefault(communityId)?.Locate(new Coordinate(place.Lon, place.Lat)) == Location.Interior)
            {
                return place;
            }
        }

        return centre;
    }
}
