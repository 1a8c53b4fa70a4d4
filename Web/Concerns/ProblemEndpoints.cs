using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;

namespace Dispatch.Concerns;

/// <summary>Problems over HTTP, for those who work there.</summary>
public static class ProblemEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapProblems(this IEndpointRouteBuilder api)
    {
        var ofCommunity = api.MapGroup("/communities/{communityId}/problems").WithTags("Concerns");
        ofCommunity.MapPost("/", OpenAsync);
        ofCommunity.MapGet("/", ListAsync);

        var problems = api.MapGroup("/problems").WithTags("Concerns");
        problems.MapGet("/", ListAllAsync);
        problems.MapMatter<IProblemGrain, ProblemCommand, ProblemView>(x => x.ForMasked());
        problems.MapGet("/{id}/concerns", ConcernsAsync);
        Map<ScanProblem>(problems, "scan");
        Map<AnalyseProblem>(problems, "analyse");
        Map<PlanMeasure>(problems, "measures");
        Map<FinishMeasure>(problems, "measures/finish");
        Map<DropMeasure>(problems, "measures/drop");
        Map<AssessProblem>(problems, "assess");
        Map<AdvanceProblem>(problems, "advance");
        Map<ReturnProblem>(problems, "return");
        Map<CloseProblem>(problems, "close");
        Map<ReopenProblem>(problems, "reopen");
    }

    private static void Map<TStep>(RouteGroupBuilder problems, string name)
        where TStep : ProblemCommand => problems.MapStep<IProblemGrain, ProblemCommand, ProblemView, TStep>(name);

    private static async Task<IResult> OpenAsync(
        string communityId, OpenProblem body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk)
    {
        var user = SignedIn.Of(principal, organisation);
        var command = body with { CommunityId = communityId, PairId = body.PairId ?? user.PairOf(organisation.Current, communityId) };
        var (id, answer) = await desk.OpenAsync<IProblemGrain, ProblemCommand, ProblemView>(user, key.Value, MatterKind.Problem, communityId, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/problems/{id}", answer.Value);
    }

    private static Task<IResult> ListAsync(
        string communityId, [AsParameters] ConcernFilter filter, ClaimsPrincipal user, OrganisationCache organisation, ConcernLists lists,
        CancellationToken cancellationToken) =>
        lists.ListAsync(MatterKind.Problem, communityId, filter, SignedIn.Of(user, organisation), cancellationToken);

    private static Task<IResult> ListAllAsync(
        [AsParameters] ConcernFilter filter, ClaimsPrincipal user, OrganisationCache organisation, ConcernLists lists, CancellationToken cancellationToken) =>
        lists.ListAsync(MatterKind.Problem, null, filter, SignedIn.Of(user, organisation), cancellationToken);

    private static async Task<IResult> ConcernsAsync(
        string id, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk, ConcernLists lists, CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        var (_, refusal) = await desk.FindAsync<IProblemGrain, ProblemCommand, ProblemView>(user, id);
        return refusal is not null
            ? refusal.ToResult()
            : TypedResults.Ok(await lists.OfAsync($"problem/{id}", MatterKind.Concern, user, cancellationToken));
    }

    /// <summary>The pair of who is signed in, where it is of the community's station.</summary>
    internal static string? PairOf(this SignedIn user, OrganisationSnapshot organisation, string communityId) =>
        user.PairId is { } pair && organisation.Pair(pair)?.StationId == organisation.Community(communityId)?.StationId ? pair : null;
}
