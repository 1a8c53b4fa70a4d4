using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Communities;

/// <summary>Communities over HTTP.</summary>
public static class CommunityEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapCommunities(this IEndpointRouteBuilder api)
    {
        var communities = api.MapGroup("/communities").WithTags("Communities");
        communities.MapGet("/{id}/interactions", ListAsync);
        communities.MapPost("/{id}/interactions", RecordAsync);
    }

    private static async Task<IResult> ListAsync(string id, ClaimsPrincipal user, OrganisationCache organisation, IGrainFactory grains) =>
        WhyNot(id, user, organisation) is { } refusal ? refusal.ToResult()
        : await Grain(grains, id).GetAsync() is { } community ? TypedResults.Ok(community.Interactions.Reverse().Select(Shown(id, user, organisation)))
        : NotFound(id).ToResult();

    private static Func<InteractionView, InteractionView> Shown(string id, ClaimsPrincipal user, OrganisationCache organisation) =>
        SignedIn.Of(user, organisation).SightOf(organisation.Current.Community(id)!) == FeedSight.Full ? x => x : x => x.ForMasked();

    private static async Task<IResult> RecordAsync(
        string id, RecordInteraction body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, IGrainFactory grains)
    {
        if (WhyNot(id, user, organisation) is { } refusal)
        {
            return refusal.ToResult();
        }

        var actor = SignedIn.Of(user, organisation).Actor;
        var command = body with { PairId = body.PairId ?? actor.PairId };
        var answer = await Grain(grains, id).ExecuteAsync(new CommandContext(key.Value, actor), command);
        return answer.IsRefused
            ? answer.Refusal.ToResult()
            : TypedResults.Created($"/api/v1/communities/{id}/interactions/{answer.Value.Interactions[^1].Id}", answer.Value.Interactions[^1]);
    }

    private static Refusal? WhyNot(string id, ClaimsPrincipal user, OrganisationCache organisation) =>
        organisation.Current.Community(id) is not { } community ? NotFound(id)
        : SignedIn.Of(user, organisation).SeesCommunity(community) ? null
        : Problems.Forbidden("The community");

    private static Refusal NotFound(string id) => Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{id}'.");

    private static ICommunityGrain Grain(IGrainFactory grains, string id) => grains.GetGrain<ICommunityGrain>(id);
}
