using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Month;

/// <summary>Where a month plays, and who is there.</summary>
/// <param name="CommunityId">The community.</param>
/// <param name="StationId">Its station.</param>
/// <param name="PairId">The pair whose home it is.</param>
/// <param name="GreenLeaf">Id of its senior officer.</param>
/// <param name="RedFlower">Id of its young officer.</param>
/// <param name="Centre">The middle of the community.</param>
public sealed record MonthCast(string CommunityId, string StationId, string PairId, string GreenLeaf, string RedFlower, GeoPoint Centre)
{
    /// <summary>
    /// Whether the pair works live beside the month, as in a demonstration: then nobody borrows it and no member of it changes, which would take it from its work.
    /// </summary>
    public bool PairIsLive { get; init; }

    /// <summary>The cast of a community; null where it has no full pair.</summary>
    public static MonthCast? Of(MonthOrganisation organisation, string communityId)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        var pair = organisation.Pairs
            .Where(x => x.CommunityId == communityId && x.Officers.Length == 2)
            .OrderBy(x => x.Id, StringComparer.Ordinal)
            .FirstOrDefault();
        return organisation.Communities.FirstOrDefault(x => x.Id == communityId) is { } community && pair is not null
            ? new MonthCast(community.Id, community.StationId, pair.Id, Officer(pair, OfficerRole.GreenLeaf), Officer(pair, OfficerRole.RedFlower), community.Centre)
            : null;
    }

    private static string Officer(MonthPair pair, OfficerRole role) => (pair.Officers.FirstOrDefault(x => x.Role == role) ?? pair.Officers[0]).Id;
}

/// <summary>What a month needs of <c>GET /organisation</c>.</summary>
public sealed record MonthOrganisation(ImmutableArray<MonthCommunity> Communities, ImmutableArray<MonthPair> Pairs, string ModelPack);

/// <summary>A community of it.</summary>
public sealed record MonthCommunity(string Id, string StationId, GeoPoint Centre);

/// <summary>A pair of it.</summary>
public sealed record MonthPair(string Id, string CommunityId, ImmutableArray<MonthOfficer> Officers);

/// <summary>An officer of a pair.</summary>
public sealed record MonthOfficer(string Id, string Name, OfficerRole Role);
