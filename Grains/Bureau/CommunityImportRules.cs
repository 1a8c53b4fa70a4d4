using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Live;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace Dispatch.Bureau;

/// <summary>What is wrong with one community of a list.</summary>
/// <param name="Index">Its place in the list, from 0; -1 for one that is not in it and would go.</param>
/// <param name="CommunityId">Its id, as far as it has one.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">One sentence in English.</param>
/// <param name="At">Where on the map, for a boundary that is wrong at a place.</param>
public sealed record CommunityFault(int Index, string? CommunityId, string Code, string Message, GeoPoint? At = null);

/// <summary>What an import of communities comes to.</summary>
/// <param name="Added">Ids that are new.</param>
/// <param name="Changed">Ids of which something changes.</param>
/// <param name="Unchanged">Ids that stay as they are.</param>
/// <param name="Removed">Ids that go.</param>
/// <param name="Faults">What is wrong; with anything in it nothing is taken.</param>
/// <param name="Overlaps">Communities that would claim the same ground, which is taken all the same: looked for in a plan without a fault.</param>
public sealed record CommunityPlan(
    ImmutableArray<string> Added, ImmutableArray<string> Changed, ImmutableArray<string> Unchanged, ImmutableArray<string> Removed, ImmutableArray<CommunityFault> Faults,
    ImmutableArray<CommunityOverlap>? Overlaps = null);

/// <summary>What comes of a list of communities. Pure.</summary>
public static class CommunityImportRules
{
    /// <summary>Most communities of one list.</summary>
    public const int MostCommunities = 5_000;

    private const int MaxName = 100;

    /// <summary>Works it out.</summary>
    /// <param name="o">The present organisation.</param>
    /// <param name="import">The list.</param>
    /// <param name="atWork">Communities with something open.</param>
    /// <returns>The plan, and the organisation after it where there is no fault.</returns>
    public static (CommunityPlan Plan, Organisation? Organisation) Decide(Organisation o, ImportCommunities import, ImmutableHashSet<string> atWork)
    {
        ArgumentNullException.ThrowIfNull(o);
        ArgumentNullException.ThrowIfNull(import);
        ArgumentNullException.ThrowIfNull(atWork);
        var stations = WithStations(o.Stations, import.Stations ?? []);
        var before = o.Communities.ToDictionary(x => x.Id, StringComparer.Ordinal);
        var busy = o.Pairs.Select(x => x.CommunityId).ToHashSet(StringComparer.Ordinal);
        var faults = ImmutableArray.CreateBuilder<CommunityFault>();
        var after = new Dictionary<string, CommunityInfo>(StringComparer.Ordinal);
        var known = stations.Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (index, draft) in import.Communities.Index())
        {
            var (community, fault) = Community(draft, before.GetValueOrDefault(draft.Id ?? string.Empty), known, x => Holds(x, busy, atWork));
            if ((fault ?? (after.ContainsKey(draft.Id!) ? ("idRepeated", $"The id '{draft.Id}' is there twice.", null) : null)) is { } wrong)
            {
                faults.Add(new CommunityFault(index, draft.Id, wrong.Code, wrong.Message, wrong.At));
            }
            else
            {
                after.Add(community!.Id, community);
            }
        }

        // An id with a fault is in the file all the same, and is not counted as gone.
        var named = import.Communities.Select(x => x.Id ?? string.Empty).ToHashSet(StringComparer.Ordinal);
        var gone = import.RemoveOthers ? o.Communities.Where(x => !named.Contains(x.Id)).Select(x => x.Id).ToImmutableArray() : [];
        faults.AddRange(gone.Select(x => (Id: x, Why: Holds(x, busy, atWork))).Where(x => x.Why is not null)
            .Select(x => new CommunityFault(-1, x.Id, x.Why!.Value.Code, x.Why.Value.Message)));
        var plan = new CommunityPlan(
            [.. after.Keys.Where(x => !before.ContainsKey(x))],
            [.. after.Values.Where(x => before.TryGetValue(x.Id, out var old) && old != x).Select(x => x.Id)],
            [.. after.Values.Where(x => before.TryGetValue(x.Id, out var old) && old == x).Select(x => x.Id)],
            gone,
            faults.ToImmutable());
        return plan.Faults.IsEmpty
            ? (plan, o with
            {
                Stations = stations,
                Communities = [.. o.Communities.Where(x => !gone.Contains(x.Id)).Select(x => after.GetValueOrDefault(x.Id) ?? x), .. plan.Added.Select(x => after[x])],
                BoundariesIllustrative = import.Illustrative ?? o.BoundariesIllustrative,
            })
            : (plan, null);
    }

    /// <summary>Why a community may neither go nor change its station; null where it may.</summary>
    public static (string Code, string Message)? Holds(string communityId, IReadOnlySet<string> withPairs, ImmutableHashSet<string> atWork)
    {
        ArgumentNullException.ThrowIfNull(withPairs);
        ArgumentNullException.ThrowIfNull(atWork);
        return withPairs.Contains(communityId) ? (RefusalCodes.CommunityHasPairs, $"Pairs belong to community '{communityId}'.")
            : atWork.Contains(communityId) ? (RefusalCodes.CommunityHasWork, $"Incidents or matters are open in community '{communityId}'.")
            : null;
    }

    /// <summary>A community after a draft, or what is wrong with it.</summary>
    /// <param name="draft">What is wanted.</param>
    /// <param name="before">The community as it is; null for a new one.</param>
    /// <param name="stations">Stations that there are.</param>
    /// <param name="holds">Why a community may not change its station.</param>
    public static (CommunityInfo? Community, (string Code, string Message, GeoPoint? At)? Fault) Community(
        CommunityDraft draft, CommunityInfo? before, IReadOnlySet<string> stations, Func<string, (string Code, string Message)?> holds)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(holds);
        var drawn = draft.Boundary is { IsNull: false } given ? given : (JsonText?)null;
        return !OrganisationRules.IsId(draft.Id) ? Bad("idInvalid", "An id is 1 to 64 letters, digits, '.', '_' or '-'.")
            : string.IsNullOrWhiteSpace(draft.Name) ? Bad(RefusalCodes.ValueMissing, "A name is needed.")
            : draft.Name.Length > MaxName || draft.NameEn?.Length > MaxName ? Bad(RefusalCodes.ValueTooLong, $"A name is at most {MaxName} characters.")
            : draft.StationId is null || !stations.Contains(draft.StationId) ? Bad(RefusalCodes.StationNotFound, $"There is no station '{draft.StationId}'.")
            : drawn is null && before is null ? Bad("boundaryMissing", "A new community needs a boundary.")
            : drawn is { } boundary && FindFault(boundary) is { } wrong ? (null, wrong)
            : before is not null && before.StationId != draft.StationId && holds(draft.Id) is { } why ? Bad(why.Code, why.Message)
            : (new CommunityInfo(
                draft.Id, draft.Name.Trim(), draft.StationId, drawn ?? before!.Boundary, before?.Centre, Trimmed(draft.NameEn) ?? before?.NameEn,
                draft.AreaClass ?? before?.AreaClass ?? AreaClass.Urban), null);

        static (CommunityInfo?, (string, string, GeoPoint?)?) Bad(string code, string message) => (null, (code, message, null));
    }

    private static (string Code, string Message, GeoPoint? At)? FindFault(JsonText boundary)
    {
        try
        {
            var geometry = CommunityMap.ReadBoundary(boundary);
            var frame = geometry.EnvelopeInternal;
            return frame.MinX < -180 || frame.MaxX > 180 || frame.MinY < -90 || frame.MaxY > 90 ? ("boundaryOutsideWorld", "The boundary is outside the world.", null)
                : new IsValidOp(geometry).ValidationError is { } error
                    ? ("boundaryCrossesItself", $"The boundary is no area: {error.Message}.", new GeoPoint(error.Coordinate.Y, error.Coordinate.X))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or TopologyException)
        {
            return ("boundaryNoPolygon", "The boundary is no GeoJSON Polygon or MultiPolygon.", null);
        }
    }

    private static ImmutableArray<StationInfo> WithStations(ImmutableArray<StationInfo> stations, ImmutableArray<StationInfo> wanted) =>
    [
        .. stations.Select(x => wanted.FirstOrDefault(y => y.Id == x.Id) ?? x),
        .. wanted.Where(x => stations.All(y => y.Id != x.Id)),
    ];

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
