using Dispatch.Bureau;
using Dispatch.Partners;

namespace Dispatch.Places;

/// <summary>Finds places by what somebody types: the bureau's communities, its list of places, and its partners' service points.</summary>
public sealed class PlaceSearch(PlaceTable table, ServicePoints points, OrganisationCache organisation, CommunityLocator locator)
{
    private readonly Lock building = new();
    private (long Version, (FoundPlace Place, PlaceNames Names)[] Places) communities;

    /// <summary>Finds places, best first: what fits better, among equals what is nearer.</summary>
    /// <param name="text">What must be in it; null for what is near.</param>
    /// <param name="near">Nearer ones come first where it is given.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<FoundPlaces> FindAsync(PlaceText? text, GeoPoint? near, int limit, CancellationToken cancellationToken)
    {
        var known = await organisation.GetAsync();
        var partners = (await points.ListAsync(known.Organisation)).Select(x => Of(x, known)).OfType<FoundPlace>();
        var places = (await table.FindAsync(text, near, limit, cancellationToken)).Select(x => Of(x, known)).OfType<FoundPlace>();
        // What is near a place is no community: its centre says little of where it is.
        var found = (text is null ? [] : Communities(known))
            .Concat(partners.Concat(places).Select(x => (Place: x, Names: PlaceNames.Of(x.Name, x.NameEn, x.Address))))
            .Where(x => text is null || x.Names.Match(text))
            .OrderBy(x => text is null ? 0 : x.Names.RankOf(text))
            .ThenBy(x => near is { } middle ? middle.DistanceMetresTo(x.Place.Location) : 0)
            .ThenBy(x => x.Place.Name, StringComparer.Ordinal)
            .ThenBy(x => x.Place.Id, StringComparer.Ordinal);
        return new FoundPlaces([.. found.Take(limit).Select(x => x.Place)]);
    }

    private (FoundPlace Place, PlaceNames Names)[] Communities(OrganisationSnapshot known)
    {
        lock (building)
        {
            if (communities.Places is null || communities.Version != known.Version)
            {
                communities = (known.Version, [.. known.Organisation.Communities.Select(x => (
                    new FoundPlace("community", x.Id, x.Name, x.NameEn, null, null, x.Id, x.StationId, x.Centre ?? default, known.Organisation.BoundariesIllustrative),
                    PlaceNames.Of(x.Name, x.NameEn, null)))]);
            }

            return communities.Places;
        }
    }

    /// <summary>A place in its community; null where it lies in none any more, and nothing could be sent there.</summary>
    private FoundPlace? Of(Place place, OrganisationSnapshot known) => locator.Find(place.Location) is { } id && known.Community(id) is { } community
        ? new FoundPlace("place", place.Id, place.Name, place.NameEn, place.Address, place.Kind, id, community.StationId, place.Location, place.Illustrative)
        : null;

    private FoundPlace? Of(PartnerView partner, OrganisationSnapshot known) =>
        partner.Details.Place is { Location: { } location } point && locator.Find(location) is { } id && known.Community(id) is { } community
            ? new FoundPlace("partner", partner.Id, partner.Details.Name, partner.Details.NameEn, point.Name, null, id, community.StationId, location, false)
            : null;
}

/// <summary>Partners' service points that have a place, of all registries: public, so without a scope. Asked for anew every few seconds while somebody searches.</summary>
public sealed class ServicePoints(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);
    private volatile Known known = new([], DateTimeOffset.MinValue);

    /// <summary>The active ones.</summary>
    public async ValueTask<IReadOnlyList<PartnerView>> ListAsync(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        var now = time.GetUtcNow();
        if (now < known.At + GoodFor)
        {
            return known.Points;
        }

        var lists = await Task.WhenAll(organisation.Stations.Select(x => (string?)x.Id).Prepend(null)
            .Select(x => grains.GetGrain<IPartnerRegistryGrain>(IPartnerRegistryGrain.KeyOf(x)).ListAsync()));
        known = new Known([.. lists.SelectMany(x => x).Where(x => x.Active && x.Details.Place?.Location is not null)], now);
        return known.Points;
    }

    private sealed record Known(IReadOnlyList<PartnerView> Points, DateTimeOffset At);
}
