using System.Collections.Immutable;
using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Commands;

namespace Dispatch.Bureau;

/// <summary>A pair to form. See <see cref="FormPair"/>.</summary>
public sealed record FormPairBody(
    string Id,
    string CallSign,
    string StationId,
    string CommunityId,
    ImmutableArray<NamedOfficer> Officers,
    GeoPoint? Home = null,
    string? Reason = null);

/// <summary>Why a pair is dissolved.</summary>
public sealed record DissolvePairBody(string Reason);

/// <summary>Who goes and who comes: by <paramref name="InOfficerId"/> alone where the bureau knows the officer, or described by <paramref name="Officer"/>.</summary>
public sealed record SubstituteMemberBody(string Reason, string? OutOfficerId = null, string? InOfficerId = null, NamedOfficer? Officer = null);

/// <summary>Who is in which pair, over HTTP: for administrators, and for supervisors of the pair's station.</summary>
public static class PairMembershipEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapPairMembership(this IEndpointRouteBuilder api)
    {
        var pairs = api.MapGroup("/pairs").WithTags("Organisation");
        pairs.MapPost("/", FormAsync);
        pairs.MapPost("/{id}/dissolve",
            (string id, DissolvePairBody body, CommandKey key, ClaimsPrincipal user, PairMembershipDesk desk) =>
                ChangeAsync(desk, user, key, new DissolvePair(id, body.Reason)));
        pairs.MapPost("/{id}/substitute",
            (string id, SubstituteMemberBody body, CommandKey key, ClaimsPrincipal user, PairMembershipDesk desk) =>
                body.Officer is null == body.InOfficerId is null
                    ? Task.FromResult(Refusal.Invalid(RefusalCodes.ValueMissing, "officer", "Name who comes by inOfficerId or officer, not both.").ToResult())
                    : ChangeAsync(desk, user, key, new SubstituteMember(id, body.OutOfficerId, body.Officer ?? new NamedOfficer(body.InOfficerId!), body.Reason)));
    }

    /// <summary>
    /// Sees to it that an officer who is in no pair as far as this process knows is not kept out of one that was formed a moment ago.
    /// </summary>
    public static void UsePresentPairOfOfficer(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (context.User.FindFirstValue(SignedIn.OfficerClaim) is { Length: > 0 } officer)
        {
            var organisation = context.RequestServices.GetRequiredService<OrganisationCache>();
            await organisation.KnowingAsync(x => x.PairOfOfficer(officer) is not null);
        }

        await next(context);
    });

    private static async Task<IResult> FormAsync(FormPairBody body, CommandKey key, ClaimsPrincipal user, PairMembershipDesk desk)
    {
        var answer = await desk.ChangeAsync(user, key.Value, new FormPair(
            body.Id, body.CallSign, body.StationId, body.CommunityId, body.Officers, body.Home, body.Reason));
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Created($"/api/v1/pairs/{answer.Value.Pair.Id}", answer.Value);
    }

    private static async Task<IResult> ChangeAsync(PairMembershipDesk desk, ClaimsPrincipal user, CommandKey key, PairChange change)
    {
        var answer = await desk.ChangeAsync(user, key.Value, change);
        return answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);
    }
}

/// <summary>Takes changes of pairs to the bureau: checks whose they are, and knows their result when it answers.</summary>
public sealed class PairMembershipDesk(IGrainFactory grains, OrganisationCache organisation)
{
    /// <summary>Does a change in the name of who is signed in.</summary>
    public async Task<Answer<PairChanged>> ChangeAsync(ClaimsPrincipal principal, string key, PairChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var user = SignedIn.Of(principal, organisation);
        var stationId = change is FormPair form ? form.StationId : (await organisation.FindPairAsync(change.PairId))?.StationId;
        if (stationId is null ? !user.FormsPairs : !user.FormsPairsOf(stationId))
        {
            return Problems.Forbidden("Who is in which pair");
        }

        // A pair that is gone may be one that this very command dissolved: the bureau knows its first answer.
        var answer = await grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ChangePairAsync(new CommandContext(key, user.Actor), change);
        if (!answer.IsRefused)
        {
            await organisation.KnowingAsync(x => x.Version >= answer.Value.OrganisationVersion);
        }

        return answer;
    }
}
