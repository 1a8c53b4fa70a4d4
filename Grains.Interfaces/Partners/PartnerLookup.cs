namespace Dispatch.Partners;

/// <summary>Finds partners, whoever keeps them.</summary>
public static class PartnerLookup
{
    /// <summary>A partner, active or not; null where there is none.</summary>
    /// <exception cref="TimeoutException">Its registry did not answer.</exception>
    public static async Task<PartnerView?> FindPartnerAsync(this IGrainFactory grains, string? partnerId)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return PartnerIds.IsId(partnerId)
            ? await grains.GetGrain<IPartnerRegistryGrain>(IPartnerRegistryGrain.KeyOf(PartnerIds.StationOf(partnerId!))).FindAsync(partnerId!)
            : null;
    }
}
