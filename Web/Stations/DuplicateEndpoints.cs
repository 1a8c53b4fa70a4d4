using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Stations;

/// <summary>Incidents that may be the same, for a call-taker who is about to open one.</summary>
public static class DuplicateEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapDuplicates(this IEndpointRouteBuilder api) => api.MapGet("/incidents/duplicates", FindAsync).WithTags("Incidents");

    private static async Task<IResult> FindAsync(
        string category,
        double lat,
        double lon,
        ClaimsPrincipal principal,
        OrganisationCache cache,
        CommunityLocator communities,
        TimeProvider time,
        IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, cache);
        var organisation = await cache.KnowingAsync(x => x.HasCategory(category));
        if (!organisation.HasCategory(category))
        {
            return Refusal.Invalid(RefusalCodes.CategoryNotFound, "category", $"There is no category '{category}'.").ToResult();
        }

        var place = new GeoPoint(lat, lon);
        if (!place.IsValid)
        {
            return Refusal.Invalid(RefusalCodes.LocationInvalid, "lat", "Latitude is -90 to 90, longitude -180 to 180.").ToResult();
        }

        if (communities.Find(place) is not { } id || organisation.Community(id) is not { } community)
        {
            return Refusal.Invalid(RefusalCodes.LocationOutsideEveryCommunity, "lat", "The location is outside every community.").ToResult();
        }

        if (!user.SeesStation(community.StationId))
        {
            return Problems.Forbidden("The place").ToResult();
        }

        var found = await grains.GetGrain<IStationGrain>(community.StationId)
            .FindDuplicatesAsync(new NewIncident(string.Empty, category, place, time.GetUtcNow()));
        return TypedResults.Ok(found.Where(x => user.SeesStation(x.StationId)).ToList());
    }
}
