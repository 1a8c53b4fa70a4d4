using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Communities;

/// <summary>Which communities a search may look into: those asked for, as far as they are in scope.</summary>
/// <param name="CommunityIds">Communities in question; null for all.</param>
/// <param name="Refusal">Why not, where something out of scope is asked for.</param>
public sealed record CommunityScope(IReadOnlyCollection<string>? CommunityIds, Refusal? Refusal = null)
{
    /// <summary>What somebody may look into.</summary>
    /// <param name="user">Who.</param>
    /// <param name="organisation">The organisation.</param>
    /// <param name="stationId">A station that is asked for.</param>
    /// <param name="communityId">A community that is asked for.</param>
    public static CommunityScope Of(SignedIn user, OrganisationSnapshot organisation, string? stationId, string? communityId)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(organisation);
        if (stationId is not null && organisation.Station(stationId) is null)
        {
            return new CommunityScope([], Refusal.Invalid(RefusalCodes.StationNotFound, "stationId", $"There is no station '{stationId}'."));
        }

        if (communityId is not null)
        {
            return organisation.Community(communityId) is not { } one
                ? new CommunityScope([], Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{communityId}'."))
                : user.SeesCommunity(one) ? new CommunityScope([communityId]) : new CommunityScope([], Problems.Forbidden("The community"));
        }

        if (stationId is null && user.SeesEverything)
        {
            return new CommunityScope((IReadOnlyCollection<string>?)null);
        }

        var asked = stationId is null ? organisation.Organisation.Communities : organisation.CommunitiesOfStation(stationId);
        var seen = asked.Where(user.SeesCommunity).Select(x => x.Id).ToList();
        return seen.Count == 0 && stationId is not null ? new CommunityScope([], Problems.Forbidden("The station")) : new CommunityScope(seen);
    }
}
