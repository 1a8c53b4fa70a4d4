using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Packs;

namespace Dispatch.Bureau;

/// <summary>Which stations and communities there may be. Pure: the organisation, its version and a change in, the next organisation or a refusal out.</summary>
public static class OrganisationChangeRules
{
    private const int MaxName = 100;

    /// <summary>The organisation after a change.</summary>
    /// <param name="o">The present organisation.</param>
    /// <param name="version">Its version.</param>
    /// <param name="change">The change.</param>
    /// <param name="atWork">Communities with something open.</param>
    /// <param name="packs">The model packs that there are.</param>
    public static Answer<Organisation> Decide(Organisation o, long version, OrganisationChange change, ImmutableHashSet<string> atWork, ModelPacks packs)
    {
        ArgumentNullException.ThrowIfNull(o);
        ArgumentNullException.ThrowIfNull(change);
        if (change.ExpectedVersion != version)
        {
            return Refusal.Rule(RefusalCodes.OrganisationChangedMeanwhile, "Somebody changed the organisation meanwhile; look at it again.");
        }

        var decided = change switch
        {
            KeepStation c => Keep(o, c),
            RemoveStation c => Remove(o, c),
            KeepCommunity c => Keep(o, c, atWork),
            RemoveCommunity c => Remove(o, c, atWork),
            ImportCommunities c => Import(o, c, atWork),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "Not a change of the organisation."),
        };
        return decided.IsRefused ? decided
            : OrganisationRules.Prepare(decided.Value, packs) is { Refusal: null } prepared ? prepared.Organisation!
            : OrganisationRules.Prepare(decided.Value, packs).Refusal!;
    }

    /// <summary>What of a change goes into the journal: what was decided, without the boundaries, which are long.</summary>
    public static JsonText Journalled(Organisation before, Organisation after, OrganisationChange change)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return change switch
        {
            KeepCommunity c => JsonText.Of(c with { Community = c.Community with { Boundary = null } }),
            ImportCommunities c => JsonText.Of(new
            {
                removeOthers = c.RemoveOthers,
                stations = c.Stations,
                added = after.Communities.Select(x => x.Id).Except(before.Communities.Select(x => x.Id)),
                removed = before.Communities.Select(x => x.Id).Except(after.Communities.Select(x => x.Id)),
                named = c.Communities.Select(x => x.Id),
            }),
            _ => JsonText.Of(change),
        };
    }

    private static Answer<Organisation> Keep(Organisation o, KeepStation c)
    {
        if (WhyNotNamed(c.Id, c.Name, c.NameEn) is { } refusal)
        {
            return refusal;
        }

        var station = new StationInfo(c.Id, c.Name.Trim(), NullIfBlank(c.NameEn));
        return o.Stations.FirstOrDefault(x => x.Id == c.Id) is { } before
            ? o with { Stations = o.Stations.Replace(before, station) }
            : o with { Stations = o.Stations.Add(station) };
    }

    private static Answer<Organisation> Remove(Organisation o, RemoveStation c) =>
        o.Stations.FirstOrDefault(x => x.Id == c.Id) is not { } station
            ? Refusal.NotFound(RefusalCodes.StationNotFound, $"There is no station '{c.Id}'.")
        : Reason(c.Reason) is { } refusal ? refusal
        : o.Communities.Any(x => x.StationId == c.Id) ? Refusal.Rule(RefusalCodes.StationHasCommunities, $"Communities belong to station '{c.Id}'.")
        : o.Pairs.Any(x => x.StationId == c.Id) ? Refusal.Rule(RefusalCodes.StationHasPairs, $"Pairs belong to station '{c.Id}'.")
        : o.Stations.Length == 1 ? Refusal.Rule(RefusalCodes.OrganisationInvalid, "A bureau has at least one station.")
        : o with { Stations = o.Stations.Remove(station) };

    private static Answer<Organisation> Keep(Organisation o, KeepCommunity c, ImmutableHashSet<string> atWork)
    {
        var before = o.Communities.FirstOrDefault(x => x.Id == c.Community.Id);
        var (community, fault) = CommunityImportRules.Community(
            c.Community, before, o.Stations.Select(x => x.Id).ToHashSet(StringComparer.Ordinal), x => CommunityImportRules.Holds(x, WithPairs(o), atWork));
        return fault is { } wrong
                ? wrong.Code is RefusalCodes.CommunityHasPairs or RefusalCodes.CommunityHasWork
                    ? new Refusal(RefusalKind.Rule, wrong.Code, wrong.Message, "stationId")
                    : Refusal.Invalid(wrong.Code, FieldOf(wrong.Code), wrong.Message)
            : o with
            {
                Communities = before is null
                    ? o.Communities.Add(community!)
                    : o.Communities.Replace(before, community! with { NameEn = NullIfBlank(c.Community.NameEn) }),
            };
    }

    private static Answer<Organisation> Remove(Organisation o, RemoveCommunity c, ImmutableHashSet<string> atWork) =>
        o.Communities.FirstOrDefault(x => x.Id == c.Id) is not { } community
            ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{c.Id}'.")
        : Reason(c.Reason) is { } refusal ? refusal
        : CommunityImportRules.Holds(c.Id, WithPairs(o), atWork) is { } holds ? Refusal.Rule(holds.Code, holds.Message)
        : o.Communities.Length == 1 ? Refusal.Rule(RefusalCodes.OrganisationInvalid, "A bureau has at least one community.")
        : o with { Communities = o.Communities.Remove(community) };

    private static Answer<Organisation> Import(Organisation o, ImportCommunities c, ImmutableHashSet<string> atWork)
    {
        if (c.Communities.IsDefaultOrEmpty || c.Communities.Length > CommunityImportRules.MostCommunities)
        {
            return Refusal.Invalid(RefusalCodes.ValueOutOfRange, "communities", $"communities are 1 to {CommunityImportRules.MostCommunities}.");
        }

        if ((c.Stations ?? []).Select(x => WhyNotNamed(x.Id, x.Name, x.NameEn)).FirstOrDefault(x => x is not null) is { } bad)
        {
            return bad with { Field = "stations" };
        }

        var (plan, after) = CommunityImportRules.Decide(o, c, atWork);
        return after is not null ? after
            : Refusal.Invalid(RefusalCodes.CommunitiesRefused, "communities", $"{plan.Faults[0].CommunityId}: {plan.Faults[0].Message}");
    }

    private static HashSet<string> WithPairs(Organisation o) => o.Pairs.Select(x => x.CommunityId).ToHashSet(StringComparer.Ordinal);

    private static Refusal? WhyNotNamed(string? id, string? name, string? nameEn) =>
        !OrganisationRules.IsId(id) ? Refusal.Invalid("idInvalid", "id", "An id is 1 to 64 letters, digits, '.', '_' or '-'.")
        : PairMembershipRules.Text("name", name, MaxName, required: true) ?? PairMembershipRules.Text("nameEn", nameEn, MaxName, required: false);

    private static string FieldOf(string code) => code switch
    {
        "idInvalid" => "id",
        RefusalCodes.ValueMissing or RefusalCodes.ValueTooLong => "name",
        RefusalCodes.StationNotFound => "stationId",
        _ => "boundary",
    };

    private static Refusal? Reason(string? reason) => PairMembershipRules.Text("reason", reason, PairMembershipRules.MaxReason, required: true);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
