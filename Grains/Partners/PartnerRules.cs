using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <summary>What the rules of partners look at beside the registry.</summary>
/// <param name="StationId">The station whose registry it is; null for the bureau's.</param>
/// <param name="NewId">Id of the partner that the command would register.</param>
/// <param name="Pack">The model that the bureau works by.</param>
/// <param name="Organisation">The organisation.</param>
public sealed record PartnerGround(string? StationId, string NewId, ModelPack Pack, OrganisationSnapshot Organisation);

/// <summary>Who can be a partner. Pure.</summary>
public static partial class PartnerRules
{
    /// <summary>Decides a command.</summary>
    public static Decision<PartnerEvent> Decide(PartnerRegistryState? state, PartnerCommand command, PartnerGround ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        return command switch
        {
            RegisterPartner c => Register(state, c, ground),
            ChangePartner c => state?.Find(c.PartnerId) is not { } partner ? NotFound
                : WhyNot(partner.Kind, c.Details, c.TextConfirmed, ground) is { } refusal ? refusal
                : new PartnerChanged(partner.Id, Clean(c.Details)),
            DeactivatePartner c => state?.Find(c.PartnerId) is not { } partner ? NotFound
                : Wording.WhyNotNeeded("reason", c.Reason, Wording.MostReason, confirmed: false) is { } refusal ? refusal
                : !partner.Active ? Refusal.Rule(RefusalCodes.PartnerNotActive, "The partner is not active already.")
                : new PartnerDeactivated(partner.Id, Wording.Of(c.Reason)),
            ReactivatePartner c => state?.Find(c.PartnerId) is not { } partner ? NotFound
                : partner.Active ? Refusal.Rule(RefusalCodes.PartnerAlreadyActive, "The partner is active.")
                : new PartnerReactivated(partner.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
    }

    /// <summary>Why a partner cannot be given something in a community; null where it can.</summary>
    public static Refusal? WhyNotGiven(PartnerView? partner, CommunityInfo community) =>
        partner is null ? Refusal.Invalid(RefusalCodes.PartnerNotFound, "partnerId", "There is no such partner.")
        : !partner.Active ? Refusal.Rule(RefusalCodes.PartnerNotActive, $"{partner.Details.Name} is not active.")
        : !partner.Serves(community) ? Refusal.Rule(RefusalCodes.PartnerNotOfCommunity, $"{partner.Details.Name} is not there for this community.")
        : null;

    private static Refusal NotFound => Refusal.NotFound(RefusalCodes.PartnerNotFound, "There is no such partner.");

    private static Decision<PartnerEvent> Register(PartnerRegistryState? state, RegisterPartner c, PartnerGround ground) =>
        WhyNot(c.Kind, c.Details, c.TextConfirmed, ground) is { } refusal ? refusal
        : state?.Partners.Length >= PartnerRegistryState.Most
            ? Refusal.Rule(RefusalCodes.RegistryFull, $"A registry keeps at most {PartnerRegistryState.Most} partners.")
        : new PartnerRegistered(ground.NewId, ground.StationId, c.Kind, Clean(c.Details));

    private static PartnerDetails Clean(PartnerDetails d) => d with
    {
        Name = Wording.Of(d.Name),
        NameEn = Wording.Clean(d.NameEn),
        CommunityIds = [.. d.CommunityIds.Distinct(StringComparer.Ordinal)],
        Contacts = [.. d.Contacts.Select(x => x with { Office = Wording.Of(x.Office), Phone = Wording.Clean(x.Phone) })],
        Place = d.Place is { } place ? place with { Name = Wording.Of(place.Name) } : null,
        Patrol = d.Patrol is { } patrol ? patrol with { Auxiliaries = [.. patrol.Auxiliaries.Select(Wording.Of)] } : null,
    };
}
