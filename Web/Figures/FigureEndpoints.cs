using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;

namespace Dispatch.Figures;

/// <summary>Figures of community work over HTTP.</summary>
public static class FigureEndpoints
{
    /// <summary>Longest period: a leap year.</summary>
    private const int LongestDays = 366;

    /// <summary>Maps them.</summary>
    public static void MapFigures(this IEndpointRouteBuilder api) => api.MapGet("/figures", CountAsync).WithTags("Figures");

    private static async Task<IResult> CountAsync(
        DateOnly from, DateOnly to, string? stationId, string? communityId, ClaimsPrincipal principal, OrganisationCache organisation,
        FigureSearch search, ModelPacks packs, CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        if (to < from || to.DayNumber - from.DayNumber > LongestDays)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "to", "to is not before from, and at most a year after it.").ToResult();
        }

        var scope = CommunityScope.Of(user, organisation.Current, stationId, communityId);
        return scope.Refusal is not null
            ? scope.Refusal.ToResult()
            : TypedResults.Ok(await search.CountAsync(
                scope.CommunityIds, scope.CommunityIds?.Count ?? organisation.Current.Organisation.Communities.Length, new FigurePeriod(from, to),
                packs.Of(organisation.Current.Organisation), cancellationToken));
    }
}
