namespace Dispatch.Pairs;

/// <summary>Where the pair is sent: shown on its phones, stored sealed. An incident sends the address along; a new activation opens what is stored.</summary>
public sealed partial class PairGrain
{
    private readonly Dictionary<string, string?> addresses = new(StringComparer.Ordinal);

    private static PairOffer? OfferOf(PairCommand command) => command switch
    {
        ReceiveOffer c => c.Offer,
        CommitPair c => c.Offer,
        QueueWork c => c.Offer,
        _ => null,
    };

    /// <summary>Remembers the address that came with a command, and leaves it out of what is decided and stored.</summary>
    private PairCommand WithoutAddress(PairCommand command)
    {
        if (OfferOf(command) is not { SealedAddress: not null } offer)
        {
            return command;
        }

        addresses[offer.IncidentId] = offer.Address;
        var bare = offer with { Address = null };
        return command switch
        {
            ReceiveOffer c => c with { Offer = bare },
            CommitPair c => c with { Offer = bare },
            QueueWork c => c with { Offer = bare },
            _ => command,
        };
    }

    private async Task OpenAddressesAsync()
    {
        foreach (var offer in Told.Where(x => x.SealedAddress is not null && !addresses.ContainsKey(x.IncidentId)).ToList())
        {
            addresses[offer.IncidentId] = (await Services.Vault.OpenAsync(offer.SealedAddress!))?.Address;
        }
    }

    /// <summary>What the pair is asked, committed to, has queued or planned.</summary>
    private IEnumerable<PairOffer> Told => State is { } state ? state.Offers.Concat(state.Held) : [];

    /// <summary>As the phone gets it.</summary>
    private PairOffer Open(PairOffer offer) => offer.SealedAddress is null
        ? offer
        : offer with { Address = addresses.GetValueOrDefault(offer.IncidentId), SealedAddress = null };

    /// <summary>Addresses of what it has nothing to do with any more are not its business.</summary>
    private void ForgetAddresses()
    {
        var told = Told.Select(x => x.IncidentId).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in addresses.Keys.Where(x => !told.Contains(x)).ToList())
        {
            addresses.Remove(gone);
        }
    }
}
