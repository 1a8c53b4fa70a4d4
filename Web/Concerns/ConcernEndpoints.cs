using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Concerns;

/// <summary>Why protected fields are read, and whether those of persons under 14 are meant as well.</summary>
public sealed record ReadPersonsBody(string Reason, bool ShowMinors = false);

/// <summary>Concerns over HTTP, for those who work there.</summary>
public static class ConcernEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapConcerns(this IEndpointRouteBuilder api)
    {
        var ofCommunity = api.MapGroup("/communities/{communityId}/concerns").WithTags("Concerns");
        ofCommunity.MapPost("/", RaiseAsync);
        ofCommunity.MapGet("/", ListAsync);

        var concerns = api.MapGroup("/concerns").WithTags("Concerns");
        concerns.MapGet("/", ListAllAsync);
        concerns.MapMatter<IConcernGrain, ConcernCommand, ConcernView>(x => x.ForMasked());
        concerns.MapGet("/{id}/interactions", InteractionsAsync);
        concerns.MapGet("/{id}/public", PublicAsync);
        concerns.MapPost("/{id}/persons", ReadPersonsAsync);
        concerns.MapPost("/{id}/trace", TraceAsync);
        concerns.MapPost("/{id}/take", TakeAsync);
        concerns.MapPost("/{id}/confirm", ConfirmAsync);
        Map<AssignConcernOwner>(concerns, "assign-owner");
        Map<AnswerConcern>(concerns, "answer");
        Map<NoteConcernProgress>(concerns, "progress");
        Map<GroupConcern>(concerns, "group");
        Map<UngroupConcern>(concerns, "ungroup");
        Map<EscalateConcern>(concerns, "escalate");
        Map<CloseConcern>(concerns, "close");
        Map<ReopenConcern>(concerns, "reopen");
        Map<WithdrawConcern>(concerns, "withdraw");
    }

    private static void Map<TStep>(RouteGroupBuilder concerns, string name)
        where TStep : ConcernCommand => concerns.MapStep<IConcernGrain, ConcernCommand, ConcernView, TStep>(name);

    private static async Task<IResult> RaiseAsync(
        string communityId, RaiseConcern body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk, InteractionOrigins origins,
        IGrainFactory grains, CancellationToken cancellationToken)
    {
        if (body.Source is ConcernSource.Open311 or ConcernSource.Tip)
        {
            return Refusal.Invalid(
                RefusalCodes.ConcernSourceInvalid, "source", "Those come in by their own way; what a resident says to an officer has the source resident.").ToResult();
        }

        var user = SignedIn.Of(principal, organisation);

        // A repeat gets its first answer, whatever became of the interactions since.
        if (user.MayLookIn(organisation.Current, communityId)
            && await grains.GetGrain<IConcernGrain>(MatterIds.ForOpening(MatterKind.Concern, user.Id, key.Value)).GetAsync() is null
            && await origins.WhyNotAsync(communityId, body.InteractionIds, cancellationToken) is { } refusal)
        {
            return refusal.ToResult();
        }

        var (id, answer) = await desk.OpenAsync<IConcernGrain, ConcernCommand, ConcernView>(
            user, key.Value, MatterKind.Concern, communityId, body with { CommunityId = communityId });
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/concerns/{id}", answer.Value);
    }

    private static Task<IResult> ListAsync(
        string communityId, [AsParameters] ConcernFilter filter, ClaimsPrincipal user, OrganisationCache organisation, ConcernLists lists,
        CancellationToken cancellationToken) =>
        lists.ListAsync(MatterKind.Concern, communityId, filter, SignedIn.Of(user, organisation), cancellationToken);

    private static Task<IResult> ListAllAsync(
        [AsParameters] ConcernFilter filter, ClaimsPrincipal user, OrganisationCache organisation, ConcernLists lists, CancellationToken cancellationToken) =>
        lists.ListAsync(MatterKind.Concern, null, filter, SignedIn.Of(user, organisation), cancellationToken);

    private static async Task<IResult> InteractionsAsync(
        string id, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk, InteractionOrigins origins, CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        var (concern, refusal) = await desk.FindAsync<IConcernGrain, ConcernCommand, ConcernView>(user, id);
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var found = await origins.FindAsync(concern!.InteractionIds, cancellationToken);
        return TypedResults.Ok(desk.SightOf(user, concern.CommunityId) == FeedSight.Full
            ? found
            : [.. found.Select(x => x with { Interaction = x.Interaction.ForMasked() })]);
    }

    private static async Task<IResult> PublicAsync(string id, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk)
    {
        var (concern, refusal) = await desk.FindAsync<IConcernGrain, ConcernCommand, ConcernView>(SignedIn.Of(principal, organisation), id);
        return refusal is not null ? refusal.ToResult() : TypedResults.Ok(ConcernPublicView.Of(concern!));
    }

    private static async Task<IResult> ReadPersonsAsync(
        string id, ReadPersonsBody body, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk, IGrainFactory grains)
    {
        var user = SignedIn.Of(principal, organisation);
        var (concern, refusal) = await desk.FindAsync<IConcernGrain, ConcernCommand, ConcernView>(user, id);
        refusal ??= desk.SightOf(user, concern!.CommunityId) == FeedSight.Full ? null : Problems.Forbidden("Who reported it");
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var answer = await grains.GetGrain<IConcernGrain>(id).ReadPersonsAsync(new CommandContext(null, user.Actor), body.Reason, body.ShowMinors);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    private static async Task<IResult> TraceAsync(
        string id, TraceConcern body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk, InteractionOrigins origins,
        CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        var (concern, refusal) = await desk.FindAsync<IConcernGrain, ConcernCommand, ConcernView>(user, id);
        refusal ??= await origins.WhyNotAsync(concern!.CommunityId, [.. body.InteractionIds.Except(concern.InteractionIds)], cancellationToken);
        return refusal is not null ? refusal.ToResult() : await ExecuteAsync(desk, user, key, id, body);
    }

    private static async Task<IResult> TakeAsync(
        string id, TakeConcern body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk)
    {
        var user = SignedIn.Of(principal, organisation);
        var pairId = body.PairId ?? user.PairId;
        return pairId is not null && await organisation.FindPairAsync(pairId) is { } pair && !user.SpeaksFor(pair)
            ? Problems.Forbidden("The pair").ToResult()
            : await ExecuteAsync(desk, user, key, id, new TakeConcern(pairId));
    }

    private static Task<IResult> ConfirmAsync(
        string id, ConfirmConcern body, CommandKey key, ClaimsPrincipal principal, OrganisationCache organisation, MatterDesk desk) =>
        ExecuteAsync(desk, SignedIn.Of(principal, organisation), key, id, body with { GivenBy = VerdictGiver.Officer });

    private static async Task<IResult> ExecuteAsync(MatterDesk desk, SignedIn user, CommandKey key, string id, ConcernCommand command)
    {
        var answer = await desk.ExecuteAsync<IConcernGrain, ConcernCommand, ConcernView>(user, key.Value, id, command);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }

    /// <summary>Whether somebody works in a community, so that what is there may be looked up; the desk refuses who does not.</summary>
    private static bool MayLookIn(this SignedIn user, OrganisationSnapshot organisation, string communityId) =>
        organisation.Community(communityId) is { } community && user.SeesCommunity(community) && user.SightOf(community) == FeedSight.Full;
}
