using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Commands;
using Dispatch.Packs;
using NetTopologySuite.Geometries;

namespace Dispatch.Bureau;

/// <summary>What an organisation must be before it is taken.</summary>
public static partial class OrganisationRules
{
    /// <summary>Checks it and works out what follows from it: the centre of each community, the usual lists where it has none.</summary>
    /// <param name="organisation">The organisation as it was given.</param>
    /// <param name="packs">The model packs that there are.</param>
    /// <returns>The organisation as it is to be kept, or the first fault.</returns>
    public static (Organisation? Organisation, Refusal? Refusal) Prepare(Organisation organisation, ModelPacks packs)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(packs);
        if (FindFault(organisation) is { } fault)
        {
            return (null, Refusal.Invalid(RefusalCodes.OrganisationInvalid, fault.Field, fault.Message));
        }

        if (ModelPackRules.WhyNotThere(organisation.ModelPack, packs) is { } noPack)
        {
            return (null, noPack);
        }

        var communities = new List<CommunityInfo>();
        foreach (var community in organisation.Communities)
        {
            try
            {
                var inside = CommunityMap.ReadBoundary(community.Boundary).InteriorPoint;
                var centre = new GeoPoint(Math.Round(inside.Y, 6), Math.Round(inside.X, 6));
                if (!centre.IsValid)
                {
                    return Fault("communities", $"The boundary of community '{community.Id}' is outside the world.");
                }

                communities.Add(community with { Centre = centre });
            }
            catch (Exception exception) when (exception is JsonException or ArgumentException or TopologyException)
            {
                return Fault("communities", $"The boundary of community '{community.Id}' cannot be read: {exception.Message}");
            }
        }

        return (organisation with
        {
            Communities = [.. communities],
            DeclineReasons = organisation.DeclineReasons ?? DeclineReasons.Usual,
            Categories = organisation.Categories.Any(x => x.Code == Panic.Code) ? organisation.Categories : organisation.Categories.Add(Panic),
        }, null);
    }

    /// <summary>The category of a pair's call for help, which every bureau has.</summary>
    private static readonly CodedName Panic = new(Incidents.IncidentRules.PanicCategory, "民警紧急求助", "Officer in danger");

    /// <summary>Whether a text can be an id: 1 to 64 letters, digits, '.', '_' or '-'.</summary>
    public static bool IsId(string? id) => id is not null && Id().IsMatch(id);

    private static (Organisation?, Refusal?) Fault(string field, string message) =>
        (null, Refusal.Invalid(RefusalCodes.OrganisationInvalid, field, message));

    private static (string Field, string Message)? FindFault(Organisation o)
    {
        if (o.Stations.IsDefaultOrEmpty || o.Communities.IsDefaultOrEmpty || o.Pairs.IsDefault || o.Categories.IsDefaultOrEmpty
            || o.Dispositions.IsDefaultOrEmpty || o.DeclineReasons is { IsDefaultOrEmpty: true })
        {
            return ("organisation", "Stations, communities, categories, dispositions and decline reasons must not be empty, and pairs must be given.");
        }

        return FindBadId("stations", o.Stations.Select(x => x.Id))
            ?? FindBadId("communities", o.Communities.Select(x => x.Id))
            ?? FindBadId("pairs", o.Pairs.Select(x => x.Id))
            ?? FindBadId("categories", o.Categories.Select(x => x.Code))
            ?? FindBadId("dispositions", o.Dispositions.Select(x => x.Code))
            ?? FindBadId("declineReasons", (o.DeclineReasons ?? []).Select(x => x.Code))
            ?? FindBadId("officers", o.Pairs.SelectMany(x => x.Officers.IsDefault ? [] : x.Officers).Concat(o.UnpairedOfficers ?? []).Select(x => x.Id))
            ?? FindDangling(o);
    }

    private static (string Field, string Message)? FindBadId(string field, IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!IsId(id))
            {
                return (field, $"'{id}' is no id: 1 to 64 letters, digits, '.', '_' or '-'.");
            }

            if (!seen.Add(id))
            {
                return (field, $"The id '{id}' is there twice.");
            }
        }

        return null;
    }

    private static (string Field, string Message)? FindDangling(Organisation o)
    {
        var stations = o.Stations.Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        var communities = o.Communities.Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var community in o.Communities.Where(x => !stations.Contains(x.StationId)))
        {
            return ("communities", $"Community '{community.Id}' belongs to station '{community.StationId}', which does not exist.");
        }

        foreach (var pair in o.Pairs)
        {
            if (!stations.Contains(pair.StationId) || !communities.Contains(pair.CommunityId))
            {
                return ("pairs", $"Pair '{pair.Id}' belongs to a station or community that does not exist.");
            }

            if (pair.Officers.IsDefault || pair.Officers.Length is 0 or > 2)
            {
                return ("pairs", $"Pair '{pair.Id}' must have one or two officers.");
            }

            if (PairCareRules.FindFault(pair) is { } fault)
            {
                return ("pairs", fault);
            }

            if (pair.Home is { IsValid: false })
            {
                return ("pairs", $"The home of pair '{pair.Id}' is outside the world.");
            }
        }

        return null;
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Id();
}
