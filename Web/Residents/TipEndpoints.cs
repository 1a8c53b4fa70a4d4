using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Residents;

/// <summary>Tips, for the police.</summary>
public static class TipEndpoints
{
    private const int MostAtOnce = 200;

    /// <summary>Maps them.</summary>
    public static void MapTips(this IEndpointRouteBuilder api)
    {
        api.MapGet("/communities/{id}/tips", ListAsync).WithTags("Tips");
        var tips = api.MapGroup("/tips").WithTags("Tips");
        tips.MapGet("/{id}", async (string id, ClaimsPrincipal user, OrganisationCache organisation, TipDesk desk) =>
            await desk.FindAsync(SignedIn.Of(user, organisation), id) is { Tip: { } tip } ? TypedResults.Ok(tip) : NotFound);
        tips.MapGet("/{id}/timeline", async (string id, ClaimsPrincipal user, OrganisationCache organisation, TipDesk desk, IGrainFactory grains) =>
            await desk.FindAsync(SignedIn.Of(user, organisation), id) is { Tip: not null }
                ? TypedResults.Ok(await grains.GetGrain<ITipGrain>(id).GetTimelineAsync())
                : NotFound);
        tips.MapPost("/{id}/take", async (string id, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, TipDesk desk) =>
            Shown(await desk.ExecuteAsync(SignedIn.Of(user, organisation), key.Value, id, new TakeTip())));
        tips.MapTipStep<ReplyToTip>("reply");
        tips.MapTipStep<CloseTip>("close");
        tips.MapPost("/{id}/toConcern", async (string id, ConcernOfTip body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, TipDesk desk) =>
            Shown(await desk.RaiseConcernAsync(SignedIn.Of(user, organisation), key.Value, id, body)));
        tips.MapPost("/{id}/toIncident", async (string id, IncidentOfTip body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, TipDesk desk) =>
            Shown(await desk.OpenIncidentAsync(SignedIn.Of(user, organisation), key.Value, id, body)));
    }

    private static IResult NotFound => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such tip.").ToResult();

    private static void MapTipStep<TStep>(this IEndpointRouteBuilder tips, string name)
        where TStep : TipCommand =>
        tips.MapPost($"/{{id}}/{name}", async (string id, TStep body, CommandKey key, ClaimsPrincipal user, OrganisationCache organisation, TipDesk desk) =>
            Shown(await desk.ExecuteAsync(SignedIn.Of(user, organisation), key.Value, id, body)));

    private static IResult Shown(Answer<TipView> answer) => answer.IsRefused ? answer.Refusal.ToResult() : TypedResults.Ok(answer.Value);

    private static async Task<IResult> ListAsync(
        string id, bool? open, string? cursor, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, CancellationToken cancellationToken,
        int limit = 100)
    {
        var user = SignedIn.Of(principal, organisation);
        if (organisation.Current.Community(id) is not { } community)
        {
            return Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{id}'.").ToResult();
        }

        var (aboutCommunity, aboutPolice) = (TipDesk.Sees(user, community, aboutPolice: false), TipDesk.Sees(user, community, aboutPolice: true));
        if (!aboutCommunity && !aboutPolice)
        {
            return Problems.Forbidden("The tips").ToResult();
        }

        if (limit is < 1 or > MostAtOnce)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.").ToResult();
        }

        var page = await search.FindAsync(
            new MatterQuery(null, [id], limit)
            {
                Kinds = [MatterIds.NameOf(MatterKind.Tip)],
                Restricted = true,
                IsOpen = open,
                Facet = aboutCommunity && aboutPolice ? null : $"about={(aboutPolice ? TipView.AboutPolice : "community")}",
                Cursor = cursor,
            },
            cancellationToken);
        return TypedResults.Ok(new Page<TipView>([.. page.Items.Select(x => x.View.As<TipView>()!)], page.NextCursor));
    }
}
