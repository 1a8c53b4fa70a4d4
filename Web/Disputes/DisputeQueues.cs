using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Disputes;

/// <summary>What waits in the disputes of a community or station; each list newest first, at most 100 of it.</summary>
/// <param name="Overdue">Those whose clock is over; each tells which.</param>
/// <param name="Repeat">Open ones that have come back.</param>
/// <param name="Consent">Those where a party has not agreed to be mediated.</param>
/// <param name="Performance">Those where an obligation waits to be looked at.</param>
/// <param name="FollowUp">Those where a visit is due or to come.</param>
/// <param name="Confirmation">Those where the court is to be asked.</param>
/// <param name="Referral">Those where a partner has not answered.</param>
public sealed record DisputeQueues(
    IReadOnlyList<ListedMatter> Overdue, IReadOnlyList<ListedMatter> Repeat, IReadOnlyList<ListedMatter> Consent, IReadOnlyList<ListedMatter> Performance,
    IReadOnlyList<ListedMatter> FollowUp, IReadOnlyList<ListedMatter> Confirmation, IReadOnlyList<ListedMatter> Referral)
{
    private const int MostOfEach = 100;

    /// <summary>Finds them in what is in scope.</summary>
    public static async Task<IResult> ListAsync(
        string? communityId, string? stationId, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var user = SignedIn.Of(principal, organisation);
        var scope = CommunityScope.Of(user, organisation.Current, stationId, communityId);
        if (scope.Refusal is not null)
        {
            return scope.Refusal.ToResult();
        }

        var open = new MatterQuery(null, scope.CommunityIds, MostOfEach) { Kinds = [MatterIds.NameOf(MatterKind.Dispute)], IsOpen = true };
        return TypedResults.Ok(new DisputeQueues(
            await FindAsync(open with { IsOpen = null, OverdueAt = time.GetUtcNow() }),
            await FindAsync(open with { Facet = DisputeFacets.Repeat }),
            await FindAsync(open with { Facet = DisputeFacets.WaitsForConsent }),
            await FindAsync(open with { Facet = DisputeFacets.WaitsForPerformance }),
            await FindAsync(open with { Facet = DisputeFacets.WaitsForFollowUp }),
            await FindAsync(open with { Facet = DisputeFacets.WaitsForConfirmation }),
            await FindAsync(open with { Facet = DisputeFacets.WaitsForPartner })));

        async Task<IReadOnlyList<ListedMatter>> FindAsync(MatterQuery query) =>
            [.. (await search.FindAsync(query, cancellationToken)).Items.Select(x => ListedMatter.Of(
                x, organisation.Current.Community(x.CommunityId) is { } community ? user.SightOf(community) : FeedSight.Masked))];
    }
}
