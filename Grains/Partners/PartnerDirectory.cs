using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Partners;

/// <summary>The partners, as other kinds of matter look them up: whether there is one, what it is called, whether it is there for a community.</summary>
public sealed class PartnerDirectory(IGrainFactory grains)
{
    /// <summary>A partner, active or not; null where there is none.</summary>
    /// <exception cref="TimeoutException">Its registry did not answer.</exception>
    public Task<PartnerView?> FindAsync(string? partnerId) => grains.FindPartnerAsync(partnerId);

    /// <summary>Why a partner cannot be given something in a community; null where it can.</summary>
    /// <exception cref="TimeoutException">Its registry did not answer.</exception>
    public async Task<Refusal?> WhyNotGivenAsync(string? partnerId, CommunityInfo community) =>
        PartnerRules.WhyNotGiven(await FindAsync(partnerId), community);
}
