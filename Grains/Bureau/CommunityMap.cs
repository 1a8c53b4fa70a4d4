using System.Text.Json;
using Dispatch.Live;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.IO.Converters;

namespace Dispatch.Bureau;

/// <summary>Finds the community a place lies in: an R-tree over the boundaries' envelopes, then point in polygon.</summary>
public sealed class CommunityMap
{
    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };
    private readonly STRtree<(string Id, IPreparedGeometry Boundary)> tree = new();

    /// <summary>Builds the index.</summary>
    /// <exception cref="JsonException">A boundary is not GeoJSON.</exception>
    public CommunityMap(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        foreach (var community in organisation.Communities)
        {
            var boundary = ReadBoundary(community.Boundary);
            tree.Insert(boundary.EnvelopeInternal, (community.Id, PreparedGeometryFactory.Prepare(boundary)));
        }

        tree.Build();
    }

    /// <summary>Reads a Polygon or MultiPolygon.</summary>
    /// <exception cref="JsonException">It is neither.</exception>
    public static Geometry ReadBoundary(JsonText boundary)
    {
        var geometry = boundary.Utf8 is null ? null : JsonSerializer.Deserialize<Geometry>(boundary.Utf8, GeoJson);
        return geometry is Polygon or MultiPolygon && !geometry.IsEmpty
            ? geometry
            : throw new JsonException("A boundary must be a GeoJSON Polygon or MultiPolygon.");
    }

    /// <summary>The community of a place; where boundaries overlap, the first by id; null outside every one.</summary>
    public string? Find(GeoPoint place)
    {
        var point = new Point(place.Lon, place.Lat);
        return tree.Query(point.EnvelopeInternal)
            .Where(x => x.Boundary.Intersects(point))
            .Select(x => x.Id)
            .Min(StringComparer.Ordinal);
    }
}

/// <summary>The community map of this process's present organisation, built anew after an import.</summary>
public sealed class CommunityLocator(OrganisationCache organisation)
{
    private readonly Lock building = new();
    private (long Version, CommunityMap Map)? built;

    /// <summary>The community of a place; null outside every one.</summary>
    public string? Find(GeoPoint place) => Map().Find(place);

    private CommunityMap Map()
    {
        var snapshot = organisation.Current;
        lock (building)
        {
            if (built is not { } known || known.Version != snapshot.Version)
            {
                built = known = (snapshot.Version, new CommunityMap(snapshot.Organisation));
            }

            return known.Map;
        }
    }
}
