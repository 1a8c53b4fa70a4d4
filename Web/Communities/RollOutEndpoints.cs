using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Pairs;

namespace Dispatch.Communities;

/// <summary>The roll-out board over HTTP.</summary>
public static class RollOutEndpoints
{
    /// <summary>Maps it.</summary>
    public static void MapRollOut(this IEndpointRouteBuilder api) => api.MapGet("/communities/roll-out", GetAsync).WithTags("Communities");

    private static async Task<IResult> GetAsync(
        string? stationId, ClaimsPrincipal principal, OrganisationCache cache, PairKnowing knowing, ModelPacks packs, PairCareOptions options,
        TimeProvider time, CancellationToken cancellationToken)
    {
        var organisation = await cache.GetAsync();
        var user = SignedIn.Of(principal, cache);
        if (stationId is not null && organisation.Station(stationId) is null)
        {
            return Refusal.NotFound(RefusalCodes.StationNotFound, $"There is no station '{stationId}'.").ToResult();
        }

        if (stationId is not null && !user.SeesStation(stationId))
        {
            return Problems.Forbidden("The station").ToResult();
        }

        var communities = organisation.Organisation.Communities
            .Where(x => (stationId is null || x.StationId == stationId) && user.LooksAfter(x)).ToList();
        var stations = communities.Select(x => x.StationId).Distinct(StringComparer.Ordinal).ToList();
        var now = time.GetUtcNow();
        var known = await knowing.OfStationsAsync(organisation, stations, [.. communities.Select(x => x.Id)], now, cancellationToken);
        return TypedResults.Ok(new RollOutRules(packs.Of(organisation.Organisation), options).Tell(communities, known, now));
    }
}
