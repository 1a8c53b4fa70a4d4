using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Stations;

namespace Dispatch.Pairs;

/// <summary>Pairs over HTTP.</summary>
public static class PairEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapPairs(this IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/pairs").WithTags("Pairs");
        pairs.MapGet("/", ListAsync);
        pairs.MapGet("/{id}", GetAsync);
        Map<SignOn>(pairs, "sign-on");
        pairs.MapPost("/{id}/sign-off",
            (string id, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation, SignOff? body = null) =>
                ExecuteAsync(desk, organisation, user, key, id, body ?? new SignOff()));
        Map<SetActivity>(pairs, "activity");
        Map<MemberLeaves>(pairs, "members/leave");
        Map<MemberReturns>(pairs, "members/return");
        pairs.MapPost("/{id}/panic",
            (string id, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation, RaisePanic? body = null) =>
                ExecuteAsync(desk, organisation, user, key, id, body ?? new RaisePanic()));
        pairs.MapPost("/{id}/free",
            async (string id, FreePair body, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation) =>
                ToResult(await desk.FreeAsync(SignedIn.Of(user, organisation), key.Value, id, body)));
        pairs.MapPost("/{id}/handover",
            async (string id, HandOverBody body, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation) =>
                ToResult(await desk.HandOverAsync(SignedIn.Of(user, organisation), key.Value, id, body)));
        pairs.MapPost("/{id}/position",
            async (string id, PairPosition body, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation) =>
                await desk.ReportPositionAsync(SignedIn.Of(user, organisation), id, body) is { } refusal
                    ? refusal.ToResult()
                    : TypedResults.NoContent());
    }

    private static void Map<TCommand>(RouteGroupBuilder pairs, string name)
        where TCommand : PairCommand =>
        pairs.MapPost($"/{{id}}/{name}",
            (string id, TCommand body, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, organisation, user, key, id, body));

    private static async Task<IResult> ExecuteAsync(
        PairDesk desk, OrganisationCache organisation, ClaimsPrincipal user, CommandKey key, string id, PairCommand command) =>
        ToResult(await desk.ExecuteAsync(SignedIn.Of(user, organisation), key.Value, id, command));

    private static IResult ToResult(Answer<PairView> answer) => answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);

    private static async Task<IResult> ListAsync(string? stationId, ClaimsPrincipal principal, OrganisationCache organisation, IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, organisation);
        if (stationId is not null && organisation.Current.Station(stationId) is null)
        {
            return Refusal.NotFound(RefusalCodes.StationNotFound, $"There is no station '{stationId}'.").ToResult();
        }

        if (stationId is not null && !user.SeesStation(stationId))
        {
            return Problems.Forbidden("The station").ToResult();
        }

        var stations = stationId is not null ? [stationId] : organisation.Current.Organisation.Stations.Select(x => x.Id).Where(user.SeesStation);
        var lists = await Task.WhenAll(stations.Select(x => grains.GetGrain<IStationGrain>(x).ListPairsAsync()));
        return TypedResults.Ok(lists.SelectMany(x => x).ToList());
    }

    private static async Task<IResult> GetAsync(string id, ClaimsPrincipal principal, OrganisationCache organisation, PairDesk desk)
    {
        if (await organisation.FindPairAsync(id) is not { } pair || await desk.Grain(id).GetAsync() is not { } view)
        {
            return Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{id}'.").ToResult();
        }

        return SignedIn.Of(principal, organisation).SeesPair(pair) ? TypedResults.Ok(view) : Problems.Forbidden("The pair").ToResult();
    }
}
