using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Concerns;

/// <summary>Lists one kind of matter from its table; never asks a grain.</summary>
public sealed class ConcernLists(OrganisationCache organisation, MatterSearch search, TimeProvider time)
{
    /// <summary>A page of those in scope, newest first.</summary>
    public async Task<IResult> ListAsync(MatterKind kind, string? communityId, ConcernFilter filter, SignedIn user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var scope = CommunityScope.Of(user, organisation.Current, filter.StationId, communityId);
        if ((filter.FindFault(kind) ?? NotFound(communityId) ?? scope.Refusal) is { } refusal)
        {
            return refusal.ToResult();
        }

        var page = await search.FindAsync(filter.ToQuery(kind, scope.CommunityIds, time.GetUtcNow()), cancellationToken);
        return TypedResults.Ok(new Page<ListedMatter>([.. page.Items.Select(x => Shown(x, user))], page.NextCursor));
    }

    /// <summary>What has to do with a matter of a station, as far as it is in scope, newest first.</summary>
    public async Task<IReadOnlyList<ListedMatter>> OfAsync(string reference, MatterKind kind, SignedIn user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        const int MostAtOnce = 200;
        var page = await search.FindAsync(
            new MatterQuery(null, null, MostAtOnce) { Kinds = [MatterIds.NameOf(kind)], Ref = reference }, cancellationToken);
        return [.. page.Items.Where(x => organisation.Current.Community(x.CommunityId) is { } community && user.SeesCommunity(community)).Select(x => Shown(x, user))];
    }

    /// <summary>A matter as somebody in scope may see it.</summary>
    public ListedMatter Shown(MatterRow row, SignedIn user)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(user);
        return ListedMatter.Of(row, organisation.Current.Community(row.CommunityId) is { } community ? user.SightOf(community) : FeedSight.Masked);
    }

    private Refusal? NotFound(string? communityId) =>
        communityId is null || organisation.Current.Community(communityId) is not null
            ? null
            : Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{communityId}'.");
}
