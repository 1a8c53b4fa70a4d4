using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Pairs;

namespace Dispatch.Bureau;

/// <summary>Who may be in which pair. Pure: the organisation and a change in, the next organisation or a refusal out.</summary>
public static class PairMembershipRules
{
    private const int MaxCallSign = 40;
    private const int MaxName = 100;
    internal const int MaxReason = 500;
    private const int MaxSkills = 20;
    private const int MaxSkill = 64;

    /// <summary>The organisation after a change, and the pair it was about.</summary>
    public static PairMembership Decide(Organisation organisation, PairChange change)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        return change switch
        {
            FormPair c => Form(organisation, c),
            DissolvePair c => Dissolve(organisation, c),
            SubstituteMember c => Substitute(organisation, c),
            AgreePair or PlanRetirement or NameSuccessor => PairCareRules.Decide(organisation, change),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Not a change of a pair."),
        };
    }

    /// <summary>Why the pair's present state does not allow the change; null where it does.</summary>
    /// <param name="change">The change.</param>
    /// <param name="pair">What the pair says of itself; null where it never was on duty.</param>
    public static Refusal? WhyNotNow(PairChange change, PairView? pair) => (change, pair) switch
    {
        ({ TakesMembersAway: false }, _) or (_, null) => null,
        (_, { } busy) when busy.Commitment is not null || busy.PanicIncidentId is not null
            || busy.Queued is { IsDefaultOrEmpty: false } || busy.Planned is { IsDefaultOrEmpty: false } =>
            Refusal.Rule(RefusalCodes.PairNotEmpty, $"Pair {change.PairId} has work; hand it over, or free the pair first."),
        (DissolvePair, { Duty: PairDuty.OnDuty }) => Refusal.Rule(RefusalCodes.PairOnDuty, $"Pair {change.PairId} is on duty; it must sign off first."),
        (SubstituteMember { OutOfficerId: { } officer }, { Duty: PairDuty.OnDuty } present) when present.PresentOfficerIds.Contains(officer) =>
            Refusal.Rule(RefusalCodes.PairOnDuty, $"Officer {officer} is on duty with pair {change.PairId}."),
        _ => null,
    };

    private static PairMembership Form(Organisation o, FormPair c)
    {
        if (WhyNotFormed(o, c) is { } refusal)
        {
            return refusal;
        }

        var (officers, fault) = Officers(o, c.PairId, c.Officers.IsDefault ? [] : c.Officers);
        return fault is not null
            ? fault
            : With(o, new PairInfo(c.PairId, c.CallSign.Trim(), c.StationId, c.CommunityId, officers, c.Home), gone: []);
    }

    private static Refusal? WhyNotFormed(Organisation o, FormPair c) =>
        !OrganisationRules.IsId(c.PairId) ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "id", "An id is 1 to 64 letters, digits, '.', '_' or '-'.")
        : Find(o, c.PairId) is not null ? Refusal.Rule(RefusalCodes.PairAlreadyExists, $"There is a pair '{c.PairId}' already.")
        : Text("callSign", c.CallSign, MaxCallSign, required: true) is { } callSign ? callSign
        : o.Pairs.Any(x => string.Equals(x.CallSign, c.CallSign.Trim(), StringComparison.OrdinalIgnoreCase))
            ? Refusal.Rule(RefusalCodes.CallSignTaken, $"Another pair is called '{c.CallSign.Trim()}'.")
        : o.Stations.All(x => x.Id != c.StationId) ? Refusal.Invalid(RefusalCodes.StationNotFound, "stationId", $"There is no station '{c.StationId}'.")
        : o.Communities.FirstOrDefault(x => x.Id == c.CommunityId) is not { } community
            ? Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{c.CommunityId}'.")
        : community.StationId != c.StationId
            ? Refusal.Invalid(RefusalCodes.CommunityNotOfStation, "communityId", $"Community '{c.CommunityId}' belongs to another station.")
        : c.Home is { IsValid: false } ? Refusal.Invalid(RefusalCodes.LocationInvalid, "home", "Latitude is -90 to 90, longitude -180 to 180.")
        : Text("reason", c.Reason, MaxReason, required: false);

    private static PairMembership Dissolve(Organisation o, DissolvePair c) =>
        Find(o, c.PairId) is not { } pair ? NotFound(c.PairId)
        : Text("reason", c.Reason, MaxReason, required: true) is { } invalid ? invalid
        : new PairMembership(
            o with { Pairs = o.Pairs.Remove(pair), UnpairedOfficers = Unpaired(o, coming: [], gone: pair.Officers) }, pair, null);

    private static PairMembership Substitute(Organisation o, SubstituteMember c)
    {
        if (Find(o, c.PairId) is not { } pair)
        {
            return NotFound(c.PairId);
        }

        if (Text("reason", c.Reason, MaxReason, required: true) is { } invalid)
        {
            return invalid;
        }

        var gone = pair.Officers.Where(x => x.Id == c.OutOfficerId).ToImmutableArray();
        if (c.OutOfficerId is not null && gone.IsEmpty)
        {
            return Refusal.Invalid(RefusalCodes.OfficerNotInPair, "outOfficerId", $"Officer '{c.OutOfficerId}' is not in pair {c.PairId}.");
        }

        var stays = pair.Officers.RemoveRange(gone);
        if (c.Officer is not null && stays.Any(x => x.Id == c.Officer.Id))
        {
            return InAnother(c.Officer.Id, pair);
        }

        var wanted = gone.IsEmpty ? stays.Select(x => (OfficerRole?)Other(x.Role)).FirstOrDefault() : gone[0].Role;
        var (coming, fault) = Officer(o, c.PairId, c.Officer, wanted, "officer");
        if (fault is not null)
        {
            return fault;
        }

        ImmutableArray<OfficerInfo> officers = [.. stays.Add(coming!).OrderBy(x => x.Role)];
        return WhyIncomplete(officers) is { } incomplete ? incomplete
            : With(o, pair with { Officers = officers, Agreement = null, Successor = SuccessorAfter(pair, gone, coming!) }, gone);
    }

    /// <summary>Who was named to follow the green leaf is not to follow him any more once somebody did, or is in the pair already.</summary>
    private static NamedSuccessor? SuccessorAfter(PairInfo pair, ImmutableArray<OfficerInfo> gone, OfficerInfo coming) =>
        gone.Any(x => x.Role == OfficerRole.GreenLeaf) || pair.Successor?.OfficerId == coming.Id ? null : pair.Successor;

    private static (ImmutableArray<OfficerInfo> Officers, Refusal? Fault) Officers(Organisation o, string pairId, ImmutableArray<NamedOfficer> named)
    {
        var officers = ImmutableArray.CreateBuilder<OfficerInfo>();
        foreach (var one in named.Take(3))
        {
            var (officer, fault) = Officer(o, pairId, one, null, "officers");
            if (fault is not null)
            {
                return ([], fault);
            }

            officers.Add(officer!);
        }

        ImmutableArray<OfficerInfo> ordered = [.. officers.OrderBy(x => x.Role)];
        return (ordered, WhyIncomplete(ordered));
    }

    private static (OfficerInfo? Officer, Refusal? Fault) Officer(
        Organisation o, string pairId, NamedOfficer? named, OfficerRole? usualRole, string field)
    {
        if (named is null || !OrganisationRules.IsId(named.Id))
        {
            return (null, Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, "An officer's id is 1 to 64 letters, digits, '.', '_' or '-'."));
        }

        if (o.Pairs.FirstOrDefault(x => x.Id != pairId && x.Officers.Any(y => y.Id == named.Id)) is { } other)
        {
            return (null, InAnother(named.Id, other));
        }

        var known = (o.UnpairedOfficers ?? []).FirstOrDefault(x => x.Id == named.Id);
        if (known is null && named.Name is null)
        {
            return (null, Refusal.Invalid(RefusalCodes.OfficerNotFound, field, $"No officer '{named.Id}' is known without a pair; say who it is."));
        }

        var skills = named.Skills ?? known?.Skills ?? [];
        if (skills.IsDefault || skills.Length > MaxSkills || skills.Any(x => string.IsNullOrWhiteSpace(x) || x.Length > MaxSkill))
        {
            return (null, Refusal.Invalid(RefusalCodes.ValueOutOfRange, field, $"At most {MaxSkills} skills of 1 to {MaxSkill} characters."));
        }

        var role = named.Role ?? known?.Role ?? usualRole;
        return Text(field, named.Name ?? known!.Name, MaxName, required: true) is { } invalid ? (null, invalid)
            : role is null ? (null, RolesIncomplete)
            : (new OfficerInfo(named.Id, named.Name ?? known!.Name, role.Value, skills, known?.RetiresOn), null);
    }

    private static Refusal? WhyIncomplete(ImmutableArray<OfficerInfo> officers) =>
        officers is [{ Role: OfficerRole.GreenLeaf }, { Role: OfficerRole.RedFlower }] && officers[0].Id != officers[1].Id ? null : RolesIncomplete;

    private static Refusal RolesIncomplete => Refusal.Invalid(
        RefusalCodes.RolesIncomplete, "officers", "A pair is one green leaf and one red flower.");

    private static OfficerRole Other(OfficerRole role) => role == OfficerRole.GreenLeaf ? OfficerRole.RedFlower : OfficerRole.GreenLeaf;

    /// <summary>There is no such pair.</summary>
    internal static Refusal NotFound(string pairId) => Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{pairId}'.");

    private static Refusal InAnother(string officerId, PairInfo pair) =>
        Refusal.Rule(RefusalCodes.OfficerInAnotherPair, $"Officer '{officerId}' is in pair {pair.Id}.");

    /// <summary>A pair by id.</summary>
    internal static PairInfo? Find(Organisation o, string pairId) => o.Pairs.FirstOrDefault(x => x.Id == pairId);

    /// <summary>The organisation with a pair as it is now, and its former members in none.</summary>
    internal static PairMembership With(Organisation o, PairInfo pair, ImmutableArray<OfficerInfo> gone) => new(
        o with
        {
            Pairs = [.. o.Pairs.Where(x => x.Id != pair.Id), pair],
            UnpairedOfficers = Unpaired(o, pair.Officers, gone),
        }, pair, null);

    private static ImmutableArray<OfficerInfo> Unpaired(Organisation o, ImmutableArray<OfficerInfo> coming, ImmutableArray<OfficerInfo> gone) =>
    [
        .. (o.UnpairedOfficers ?? []).Where(x => coming.All(y => y.Id != x.Id) && gone.All(y => y.Id != x.Id)),
        .. gone,
    ];

    /// <summary>What is wrong with a text; null where nothing is.</summary>
    internal static Refusal? Text(string field, string? value, int longest, bool required) =>
        required && string.IsNullOrWhiteSpace(value) ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} is needed.")
        : value?.Length > longest ? Refusal.Invalid(RefusalCodes.ValueTooLong, field, $"{field} is at most {longest} characters.")
        : null;
}

/// <summary>What a change of a pair comes to.</summary>
/// <param name="Organisation">The next organisation; null where it was refused.</param>
/// <param name="Pair">The pair as it is then; as it was where it is dissolved.</param>
/// <param name="Refusal">Why not.</param>
public sealed record PairMembership(Organisation? Organisation, PairInfo? Pair, Refusal? Refusal)
{
    /// <summary>A change that is refused.</summary>
    public static implicit operator PairMembership(Refusal refusal) => new(null, null, refusal);
}
