using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Packs;

namespace Dispatch.Disputes;

/// <summary>An earlier dispute that a new one may be a repeat of; found by kind, place and what it has to do with, never by who took part.</summary>
/// <param name="Id">The earlier dispute.</param>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="DistanceMetres">How far away, rounded to 10 m; null where a place is not known.</param>
/// <param name="SharedRefs">What both have to do with.</param>
public sealed record RepeatCandidate(
    string Id, string Number, string Kind, string Status, DateTimeOffset OpenedAt, double? DistanceMetres, IReadOnlyList<string> SharedRefs);

/// <summary>Finds them.</summary>
public static class RepeatCandidates
{
    private const double WithinMetres = 200;
    private const int MostLookedAt = 200;
    private const int MostShown = 20;

    /// <summary>Earlier disputes of the same community and kind within the pack's window that are near or share something.</summary>
    public static async Task<IResult> ListAsync(
        string communityId, string kind, ClaimsPrincipal principal, OrganisationCache organisation, MatterSearch search, ModelPacks packs, TimeProvider time,
        CancellationToken cancellationToken, double? lat = null, double? lon = null, string? refs = null)
    {
        var user = SignedIn.Of(principal, organisation);
        GeoPoint? near = lat is { } y && lon is { } x ? new GeoPoint(y, x).Rounded() : null;
        var refusal = organisation.Current.Community(communityId) is not { } community
            ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{communityId}'.")
            : user.SightOf(community) != FeedSight.Full || !user.SeesCommunity(community) ? Problems.Forbidden("The community")
            : near is { IsValid: false } || lat is null != lon is null ? Refusal.Invalid(RefusalCodes.LocationInvalid, "lat", "lat and lon are one place on earth.")
            : null;
        if (refusal is not null)
        {
            return refusal.ToResult();
        }

        var now = time.GetUtcNow();
        var window = packs.Of(organisation.Current.Organisation) is var pack ? pack.Due(pack.Clocks.RepeatWindow, now) - now : default;
        var shared = refs?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var page = await search.FindAsync(
            new MatterQuery(null, [communityId], MostLookedAt) { Kinds = [MatterIds.NameOf(MatterKind.Dispute)], Category = kind },
            cancellationToken);
        return TypedResults.Ok(page.Items
            .Where(row => row.IsOpen || (row.ClosedAt ?? row.OpenedAt) > now - window)
            .Select(row => Of(row, near, shared))
            .Where(candidate => candidate.DistanceMetres <= WithinMetres || candidate.SharedRefs.Count > 0)
            .Take(MostShown));
    }

    private static RepeatCandidate Of(MatterRow row, GeoPoint? near, string[] shared)
    {
        var place = row.View.As<DisputeView>()?.Location;
        double? distance = near is { } here && place is { } there ? Math.Round(here.DistanceMetresTo(there) / 10) * 10 : null;
        return new RepeatCandidate(row.Id, row.Number, row.Category ?? string.Empty, row.Status, row.OpenedAt, distance, [.. row.Refs.Intersect(shared)]);
    }
}
