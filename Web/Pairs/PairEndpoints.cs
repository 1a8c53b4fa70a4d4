using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Stations;

namespace Dispatch.Pairs;

/// <summary>Pairs over HTTP and the hub.</summary>
public sealed class PairDesk(IGrainFactory grains, OrganisationCache organisation)
{
    /// <summary>Does a command in the name of who is signed in.</summary>
    public async Task<Answer<PairView>> ExecuteAsync(SignedIn user, string key, string pairId, PairCommand command)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await WhyNotAsync(user, pairId) is { } refusal
            ? refusal
            : await Grain(pairId).ExecuteAsync(new CommandContext(key, user.Actor), command);
    }

    /// <summary>Takes a position report.</summary>
    public async Task<Refusal?> ReportPositionAsync(SignedIn user, string pairId, PairPosition position)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await WhyNotAsync(user, pairId) ?? await Grain(pairId).ReportPositionAsync(position);
    }

    /// <summary>The grain of a pair.</summary>
    public IPairGrain Grain(string pairId) => grains.GetGrain<IPairGrain>(pairId);

    private async ValueTask<Refusal?> WhyNotAsync(SignedIn user, string pairId) =>
        await organisation.FindPairAsync(pairId) is not { } pair ? Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{pairId}'.")
        : user.SpeaksFor(pair) ? null
        : Problems.Forbidden($"Pair {pairId}");
}

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
            (string id, CommandKey key, ClaimsPrincipal user, PairDesk desk, OrganisationCache organisation) =>
                ExecuteAsync(desk, organisation, user, key, id, new SignOff()));
        Map<SetActivity>(pairs, "activity");
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
        PairDesk desk, OrganisationCache organisation, ClaimsPrincipal user, CommandKey key, string id, PairCommand command)
    {
        var answer = await desk.ExecuteAsync(SignedIn.Of(user, organisation), key.Value, id, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

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
