using Dispatch.Bureau;

namespace Dispatch.Concerns;

/// <summary>Looks up who is named to see to something.</summary>
public static class WorkOwners
{
    /// <summary>Whether a station has this officer or pair. Partners belong to no station and are taken at their word.</summary>
    /// <exception cref="TimeoutException">The bureau did not answer.</exception>
    public static async ValueTask<bool> ExistsAsync(OrganisationCache organisation, string stationId, WorkOwner owner)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(owner);
        return owner.Kind switch
        {
            OwnerKind.Pair => (await organisation.FindPairAsync(owner.Id))?.StationId == stationId,
            OwnerKind.Officer => await organisation.KnowingAsync(x => x.PairOfOfficer(owner.Id) is not null) is var known
                && known.PairOfOfficer(owner.Id) is { } pair && known.Pair(pair)?.StationId == stationId,
            _ => true,
        };
    }
}
