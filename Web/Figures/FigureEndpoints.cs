using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Figures;

/// <summary>Figures of community work over HTTP.</summary>
public static class FigureEndpoints
{
    /// <summary>Longest period: a year and a day.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(367);

    /// <summary>Maps them.</summary>
    public static void MapFigures(this IEndpointRouteBuilder api) => api.MapGet("/figures", CountAsync).WithTags("Figures");

    private static async Task<IResult> CountAsync(
        DateTimeOffset from, DateTimeOffset before, string? stationId, string? communityId, ClaimsPrincipal principal, OrganisationCache organisation,
        FigureSearch search, CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        if (before <= from || before - from > Longest)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "before", "before is after from, by at most a year.").ToResult();
        }

        var scope = CommunityScope.Of(user, organisation.Current, stationId, communityId);
        return scope.Refusal is not null
            ? scope.Refusal.ToResult()
            : TypedResults.Ok(await search.CountAsync(
                scope.CommunityIds, scope.CommunityIds?.Count ?? organisation.Current.Organisation.Communities.Length, from, before, cancellationToken));
    }
}
