using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Communities;

/// <summary>Why an interaction is taken back.</summary>
/// <param name="Reason">1 to 200 characters.</param>
/// <param name="TextConfirmed">Whether the reason is meant as it is though it looks as if it held somebody's number.</param>
public sealed record WithdrawBody(string Reason, bool TextConfirmed = false);

/// <summary>Communities over HTTP.</summary>
public static class CommunityEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapCommunities(this IEndpointRouteBuilder api)
    {
        var communities = api.MapGroup("/communities").WithTags("Communities");
        communities.MapGet("/{id}/interactions", ListAsync);
        communities.MapPost("/{id}/interactions", RecordAsync);
        communities.MapPost("/{id}/interactions/{interactionId}/withdraw", WithdrawAsync);
        communities.MapGet("/{id}/summary", SummaryAsync);
    }

    private static async Task<IResult> ListAsync(string id, ClaimsPrincipal user, OrganisationCache organisation, IGrainFactory grains) =>
        WhyNot(id, user, organisation) is { } refusal ? refusal.ToResult()
        : await Grain(grains, id).GetAsync() is { } community ? TypedResults.Ok(community.Interactions.Reverse().Select(Shown(id, user, organisation)))
        : NotFound(id).ToResult();

    private static Func<InteractionView, InteractionView> Shown(string id, ClaimsPrincipal user, OrganisationCache organisation) =>
        SignedIn.Of(user, organisation).SightOf(organisation.Current.Community(id)!) == FeedSight.Full ? x => x : x => x.ForMasked();

    private static async Task<IResult> RecordAsync(
        string id, RecordInteraction body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, GrainCommands commands, IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, organisation);
        var command = body with { PairId = body.PairId ?? user.PairId };
        var answer = await SendAsync(id, key, user, organisation, commands, grains, command);
        if (answer.IsRefused)
        {
            return answer.Refusal.ToResult();
        }

        var recordedId = DerivedIds.For("interaction", user.Id, key.Value);
        var recorded = answer.Value.Interactions.First(x => x.Id == recordedId);
        return TypedResults.Created($"/api/v1/interactions/{recordedId}", Shown(id, principal, organisation)(recorded));
    }

    private static async Task<IResult> WithdrawAsync(
        string id, string interactionId, WithdrawBody body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, GrainCommands commands,
        IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, organisation);
        var answer = await SendAsync(id, key, user, organisation, commands, grains, new WithdrawInteraction(interactionId, body.Reason, body.TextConfirmed));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value.Interactions.First(x => x.Id == interactionId));
    }

    private static async Task<Answer<CommunityView>> SendAsync(
        string id, CommandKey key, SignedIn user, OrganisationCache organisation, GrainCommands commands, IGrainFactory grains, CommunityCommand command) =>
        organisation.Current.Community(id) is not { } community ? NotFound(id)
        : !user.SeesCommunity(community) ? Problems.Forbidden("The community")
        : await commands.UntilKnownAsync(() => Grain(grains, id).ExecuteAsync(new CommandContext(key.Value, user.Actor), command));

    private static async Task<IResult> SummaryAsync(string id, ClaimsPrincipal user, OrganisationCache organisation, IGrainFactory grains) =>
        WhyNot(id, user, organisation) is { } refusal ? refusal.ToResult()
        : await Grain(grains, id).GetSummaryAsync() is { } summary ? TypedResults.Ok(summary)
        : NotFound(id).ToResult();

    private static Refusal? WhyNot(string id, ClaimsPrincipal user, OrganisationCache organisation) =>
        organisation.Current.Community(id) is not { } community ? NotFound(id)
        : SignedIn.Of(user, organisation).SeesCommunity(community) ? null
        : Problems.Forbidden("The community");

    private static Refusal NotFound(string id) => Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{id}'.");

    private static ICommunityGrain Grain(IGrainFactory grains, string id) => grains.GetGrain<ICommunityGrain>(id);
}
