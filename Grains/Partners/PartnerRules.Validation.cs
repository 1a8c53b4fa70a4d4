using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <content>What may be known of a partner.</content>
public static partial class PartnerRules
{
    private const int MaxName = 100;
    private const int MaxPlace = 200;
    private const int MaxPhone = 40;
    private const int MaxServiceNumber = 40;
    private const int MostCommunities = 200;
    private const int MostContacts = 10;

    /// <summary>Why a patrol team is not complete: its officers are of its pair, and there are as many officers and auxiliaries as the pack says.</summary>
    public static Refusal? WhyNotComplete(PatrolComposition patrol, PatrolTeamRule rule, OrganisationSnapshot organisation)
    {
        ArgumentNullException.ThrowIfNull(patrol);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(organisation);
        return organisation.Pair(patrol.PairId) is not { } pair
                ? Refusal.Invalid(RefusalCodes.PairNotFound, "details.patrol.pairId", $"There is no pair '{patrol.PairId}'.")
            : patrol.OfficerIds.FirstOrDefault(x => pair.Officers.All(y => y.Id != x)) is { } stranger
                ? Refusal.Invalid(RefusalCodes.OfficerNotInPair, "details.patrol.officerIds", $"Officer '{stranger}' is not in pair {pair.Id}.")
            : patrol.OfficerIds.Distinct(StringComparer.Ordinal).Count() != rule.Officers || patrol.OfficerIds.Length != rule.Officers
                ? Incomplete("officerIds", $"{rule.Officers} officers")
            : patrol.Auxiliaries.Distinct(StringComparer.Ordinal).Count() != rule.Auxiliaries || patrol.Auxiliaries.Length != rule.Auxiliaries
                ? Incomplete("auxiliaries", $"{rule.Auxiliaries} auxiliaries")
            : null;
    }

    private static Refusal Incomplete(string field, string what) =>
        Refusal.Invalid(RefusalCodes.PatrolTeamIncomplete, $"details.patrol.{field}", $"A patrol team has {what}, each once.");

    private static Refusal? WhyNot(string kind, PartnerDetails d, bool confirmed, PartnerGround ground) =>
        WhyNotKind(kind, d, ground)
        ?? Wording.WhyNotNeeded("details.name", d.Name, MaxName, confirmed)
        ?? Wording.WhyNot("details.nameEn", d.NameEn, MaxName, confirmed)
        ?? WhyNotThere(d, ground)
        ?? WhyNotReached(d, confirmed, ground.Pack)
        ?? d.Hours?.WhyNot("details.hours")
        ?? (d.Place is { } place ? WhyNotPlace(place, confirmed) : null);

    /// <summary>A service point has a place, a patrol team its composition, and nothing else has either.</summary>
    private static Refusal? WhyNotKind(string kind, PartnerDetails d, PartnerGround ground)
    {
        var pack = ground.Pack;
        var known = d.Place is null ? pack.FindPartnerKind(kind) is not null : pack.ServicePointKinds.Any(x => x.Code == kind);
        if (!known)
        {
            return Refusal.Invalid(
                RefusalCodes.PartnerKindNotFound, "kind", $"The model has no {(d.Place is null ? "kind of partner" : "kind of service point")} '{kind}'.");
        }

        var rule = d.Place is null && pack.PatrolTeam?.PartnerKind == kind ? pack.PatrolTeam : null;
        return (d.Patrol, rule) switch
        {
            (null, null) => null,
            ({ } patrol, { } wanted) => WhyNotNumbered(patrol) ?? WhyNotComplete(patrol, wanted, ground.Organisation) ?? WhyNotOfStation(patrol, ground),
            (null, _) => Refusal.Invalid(RefusalCodes.ValueMissing, "details.patrol", "Say of whom the patrol team is made."),
            _ => Refusal.Invalid(RefusalCodes.ValueOutOfRange, "details.patrol", "Only a patrol team is made of officers and auxiliaries."),
        };
    }

    private static Refusal? WhyNotNumbered(PatrolComposition patrol) =>
        patrol.Auxiliaries.Any(x => Wording.Clean(x) is null || x.Length > MaxServiceNumber)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "details.patrol.auxiliaries", $"A service number is 1 to {MaxServiceNumber} characters.")
            : null;

    private static Refusal? WhyNotOfStation(PatrolComposition patrol, PartnerGround ground) =>
        ground.StationId is { } station && ground.Organisation.Pair(patrol.PairId)!.StationId != station
            ? Refusal.Invalid(RefusalCodes.PairNotFound, "details.patrol.pairId", $"Pair '{patrol.PairId}' is of another station.")
            : null;

    private static Refusal? WhyNotThere(PartnerDetails d, PartnerGround ground) =>
        d.CommunityIds.Length > MostCommunities
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "details.communityIds", $"At most {MostCommunities} communities; name none for all.")
        : d.CommunityIds.FirstOrDefault(x => ground.Organisation.Community(x) is null) is { } unknown
            ? Refusal.Invalid(RefusalCodes.CommunityNotFound, "details.communityIds", $"There is no community '{unknown}'.")
        : ground.StationId is { } station && d.CommunityIds.FirstOrDefault(x => ground.Organisation.Community(x)!.StationId != station) is { } other
            ? Refusal.Invalid(RefusalCodes.CommunityNotOfStation, "details.communityIds", $"Community '{other}' belongs to another station.")
        : null;

    private static Refusal? WhyNotReached(PartnerDetails d, bool confirmed, ModelPack pack)
    {
        if (d.Contacts.Length > MostContacts)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "details.contacts", $"At most {MostContacts} contacts.");
        }

        return d.Contacts.Select((x, i) => WhyNot($"details.contacts[{i}]", x, confirmed, pack)).FirstOrDefault(x => x is not null);
    }

    private static Refusal? WhyNot(string field, PartnerContact x, bool confirmed, ModelPack pack) =>
        pack.ContactBookRoles.All(y => y.Code != x.Role)
            ? Refusal.Invalid(RefusalCodes.ContactRoleNotFound, $"{field}.role", $"The model's contact book has no role '{x.Role}'.")
        : Wording.WhyNotNeeded($"{field}.office", x.Office, MaxName, confirmed)
        ?? (x.Phone?.Length > MaxPhone ? Refusal.Invalid(RefusalCodes.ValueTooLong, $"{field}.phone", $"phone is at most {MaxPhone} characters.")
        : !confirmed && x.Phone is { } phone && FreeText.Find(phone).Any(y => y.Kind is SuspectKind.MobileNumber or SuspectKind.IdNumber)
            ? new Refusal(
                RefusalKind.Rule, RefusalCodes.ProtectedTextSuspected, "This looks like somebody's own number; give the office's, or say textConfirmed.", $"{field}.phone")
        : null);

    private static Refusal? WhyNotPlace(ServicePlace place, bool confirmed) =>
        Wording.WhyNotNeeded("details.place.name", place.Name, MaxPlace, confirmed)
        ?? (place.Location is { IsValid: false }
            ? Refusal.Invalid(RefusalCodes.LocationInvalid, "details.place.location", "Latitude is -90 to 90, longitude -180 to 180.")
            : null);
}
