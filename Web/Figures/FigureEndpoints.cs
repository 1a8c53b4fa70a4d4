using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;

namespace Dispatch.Figures;

/// <summary>Figures of community work and of the response to incidents over HTTP.</summary>
public static class FigureEndpoints
{
    /// <summary>Longest period: a leap year.</summary>
    private const int LongestDays = 366;

    /// <summary>Longest period of response figures, which are worked out of each incident: a quarter of a year.</summary>
    private const int LongestResponseDays = 92;

    /// <summary>Maps them.</summary>
    public static void MapFigures(this IEndpointRouteBuilder api)
    {
        var figures = api.MapGroup("/figures").WithTags("Figures");
        figures.MapGet("/", CountAsync);
        figures.MapGet("/response", CountResponseAsync);
        figures.MapGet("/response/targets", GetTargets);
    }

    private static async Task<IResult> CountAsync(
        DateOnly from, DateOnly to, string? stationId, string? communityId, ClaimsPrincipal principal, OrganisationCache organisation,
        FigureSearch search, ModelPacks packs, CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        if (WhyNot(from, to, LongestDays) is { } refusal)
        {
            return refusal.ToResult();
        }

        var scope = CommunityScope.Of(user, organisation.Current, stationId, communityId);
        return scope.Refusal is not null
            ? scope.Refusal.ToResult()
            : TypedResults.Ok(await search.CountAsync(
                scope.CommunityIds, scope.CommunityIds?.Count ?? organisation.Current.Organisation.Communities.Length, new FigurePeriod(from, to),
                packs.Of(organisation.Current.Organisation), cancellationToken));
    }

    private static async Task<IResult> CountResponseAsync(
        DateOnly from, DateOnly to, string? stationId, string? communityId, ClaimsPrincipal principal, OrganisationCache organisation,
        ResponseSearch search, CancellationToken cancellationToken)
    {
        if (WhyNot(from, to, LongestResponseDays) is { } refusal)
        {
            return refusal.ToResult();
        }

        var scope = CommunityScope.Of(SignedIn.Of(principal, organisation), organisation.Current, stationId, communityId);
        return scope.Refusal is not null
            ? scope.Refusal.ToResult()
            : TypedResults.Ok(await search.CountAsync(scope.CommunityIds, new FigurePeriod(from, to), cancellationToken));
    }

    private static IResult GetTargets(string? stationId, ClaimsPrincipal principal, OrganisationCache organisation, ResponseSearch search)
    {
        var scope = CommunityScope.Of(SignedIn.Of(principal, organisation), organisation.Current, stationId, null);
        return scope.Refusal is not null ? scope.Refusal.ToResult() : TypedResults.Ok(search.Targets(scope.CommunityIds));
    }

    private static Refusal? WhyNot(DateOnly from, DateOnly to, int longestDays) => to < from || to.DayNumber - from.DayNumber > longestDays
        ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "to", $"to is not before from, and at most {longestDays} days after it.")
        : null;
}
