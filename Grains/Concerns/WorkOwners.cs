using Dispatch.Bureau;
using Dispatch.Partners;

namespace Dispatch.Concerns;

/// <summary>Looks up who is named to see to something.</summary>
public static class WorkOwners
{
    /// <summary>Whether a station has this officer or pair, or the partner is known and active.</summary>
    /// <exception cref="TimeoutException">The bureau or the partner's registry did not answer.</exception>
    public static async ValueTask<bool> ExistsAsync(IGrainFactory grains, OrganisationCache organisation, string stationId, WorkOwner owner)
    {
        ArgumentNullException.ThrowIfNull(grains);
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(owner);
        return owner.Kind switch
        {
            OwnerKind.Pair => (await organisation.FindPairAsync(owner.Id))?.StationId == stationId,
            OwnerKind.Officer => await organisation.KnowingAsync(x => x.PairOfOfficer(owner.Id) is not null) is var known
                && known.PairOfOfficer(owner.Id) is { } pair && known.Pair(pair)?.StationId == stationId,
            _ => await new PartnerDirectory(grains).FindAsync(owner.Id) is { Active: true },
        };
    }
}
