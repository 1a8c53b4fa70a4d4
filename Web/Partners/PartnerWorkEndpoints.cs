using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>What a partner's own account sees: the work given to it, with the least data.</summary>
public static class PartnerWorkEndpoints
{
    private const int MostAtOnce = 200;
    private static readonly string[] Kinds = [MatterIds.NameOf(MatterKind.Referral), MatterIds.NameOf(MatterKind.Whistle)];

    /// <summary>Maps it.</summary>
    public static void MapPartnerWork(this IEndpointRouteBuilder api) => api.MapGet("/partner/work", ListAsync).WithTags("Partners").OpenToPartners();

    /// <summary>Maps the list of a community's matters of one kind.</summary>
    /// <param name="api">The API.</param>
    /// <param name="name">The kind's name in URLs, for instance <c>referrals</c>.</param>
    /// <param name="kind">The kind.</param>
    public static void MapListOf(this IEndpointRouteBuilder api, string name, MatterKind kind) => api.MapGet(
        $"/communities/{{id}}/{name}",
        async (string id, bool? open, string? cursor, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, CancellationToken cancelled,
            int limit = MostAtOnce) =>
        {
            var user = SignedIn.Of(principal, organisation);
            var scope = CommunityScope.Of(user, organisation.Current, null, id);
            if ((WhyNot(limit) ?? scope.Refusal) is { } refusal)
            {
                return refusal.ToResult();
            }

            var query = new MatterQuery(null, scope.CommunityIds, limit) { Kinds = [MatterIds.NameOf(kind)], IsOpen = open, Cursor = cursor };
            var page = await search.FindAsync(query, cancelled);
            var sight = user.SightOf(organisation.Current.Community(id)!);
            return TypedResults.Ok(new Page<ListedMatter>([.. page.Items.Select(x => ListedMatter.Of(x, sight))], page.NextCursor));
        }).WithTags("Partners");

    private static async Task<IResult> ListAsync(
        bool? open, string? cursor, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, CancellationToken cancelled,
        int limit = MostAtOnce)
    {
        if (SignedIn.Of(principal, organisation).PartnerId is not { } partnerId)
        {
            return Problems.Forbidden("The work of a partner").ToResult();
        }

        if (WhyNot(limit) is { } refusal)
        {
            return refusal.ToResult();
        }

        var query = new MatterQuery(null, null, limit) { Kinds = Kinds, Ref = PartnerIds.RefOf(partnerId), IsOpen = open, Cursor = cursor };
        var page = await search.FindAsync(query, cancelled);
        return TypedResults.Ok(new Page<PartnerWork>([.. page.Items.Select(x => Of(x, partnerId))], page.NextCursor));
    }

    private static PartnerWork Of(MatterRow row, string partnerId) => row.Kind == MatterKind.Referral
        ? new PartnerWork(PartnerReferral.Of(row.View.As<ReferralView>()!), null)
        : new PartnerWork(null, PartnerWhistle.Of(row.View.As<WhistleView>()!, partnerId));

    private static Refusal? WhyNot(int limit) =>
        limit is < 1 or > MostAtOnce ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "limit", $"limit is 1 to {MostAtOnce}.") : null;
}
