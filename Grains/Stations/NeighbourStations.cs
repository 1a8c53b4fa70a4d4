using System.Collections.Immutable;
using Dispatch.Bureau;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;

namespace Dispatch.Stations;

/// <summary>
/// Which stations have a community within reach of a place, by the boundaries' envelopes. Shared by all stations of the process, built anew
/// after an import.
/// </summary>
public sealed class NeighbourStations(OrganisationCache organisation, RecommendationOptions options)
{
    private readonly Lock building = new();
    private (long Version, STRtree<(string StationId, Envelope Envelope)> Tree)? built;

    /// <summary>The other stations within reach of a recommendation, nearest first, as many as are asked at most.</summary>
    public ImmutableArray<string> Near(GeoPoint place, string stationId) => Near(place, stationId, options.ReachMetres);

    /// <summary>The other stations that have a community within a distance, nearest first, as many as are asked at most.</summary>
    public ImmutableArray<string> Near(GeoPoint place, string stationId, double metres)
    {
        var tree = Tree();
        return
        [
            .. new GeoCap(place, metres).Envelopes()
                .SelectMany(tree.Query)
                .Where(x => x.StationId != stationId)
                .GroupBy(x => x.StationId, x => DistanceMetres(place, x.Envelope), StringComparer.Ordinal)
                .Select(x => (Id: x.Key, Metres: x.Min()))
                .OrderBy(x => x.Metres).ThenBy(x => x.Id, StringComparer.Ordinal)
                .Take(options.NeighboursAtMost)
                .Select(x => x.Id),
        ];
    }

    private static double DistanceMetres(GeoPoint place, Envelope envelope)
    {
        var lat = Math.Clamp(place.Lat, envelope.MinY, envelope.MaxY);
        return place.Lon >= envelope.MinX && place.Lon <= envelope.MaxX
            ? place.DistanceMetresTo(place with { Lat = lat })
            : Math.Min(place.DistanceMetresTo(new GeoPoint(lat, envelope.MinX)), place.DistanceMetresTo(new GeoPoint(lat, envelope.MaxX)));
    }

    private STRtree<(string StationId, Envelope Envelope)> Tree()
    {
        var snapshot = organisation.Current;
        lock (building)
        {
            if (built is not { } known || known.Version != snapshot.Version)
            {
                built = known = (snapshot.Version, Build(snapshot.Organisation));
            }

            return known.Tree;
        }
    }

    private static STRtree<(string StationId, Envelope Envelope)> Build(Organisation organisation)
    {
        var tree = new STRtree<(string, Envelope)>();
        foreach (var community in organisation.Communities)
        {
            var envelope = CommunityMap.ReadBoundary(community.Boundary).EnvelopeInternal;
            tree.Insert(envelope, (community.StationId, envelope));
        }

        tree.Build();
        return tree;
    }
}
