using Dispatch.Bureau;
using Dispatch.Packs;
using Dispatch.Pairs;

namespace Dispatch.Communities;

/// <summary>Makes the roll-out board of what is known. Pure.</summary>
public sealed class RollOutRules(ModelPack pack, PairCareOptions options)
{
    private readonly PairHealthRules health = new(pack, options);

    /// <summary>The board of these communities.</summary>
    public RollOutView Tell(IReadOnlyList<CommunityInfo> communities, Known known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(communities);
        ArgumentNullException.ThrowIfNull(known);
        var pairsOf = known.Pairs.ToLookup(x => x.Pair.CommunityId, StringComparer.Ordinal);
        var rows = communities.Select(x => Row(x, [.. pairsOf[x.Id]], known, now)).ToList();
        return new RollOutView(
            now, pack.Clocks.PairContact, rows,
            [.. rows.GroupBy(x => x.StationId).Select(x => RollOutTotal.Of(x.Key, [.. x]))], RollOutTotal.Of(null, rows));
    }

    private RollOutRow Row(CommunityInfo community, IReadOnlyList<PairKnowledge> pairs, Known known, DateTimeOffset now)
    {
        var told = pairs.Select(x => health.Tell(x, now)).ToList();
        var cover = pairs.Select(x => x.Pair.Officers.Length).DefaultIfEmpty(0).Max() switch
        {
            0 => PairCover.None,
            1 => PairCover.OneOfficer,
            _ => PairCover.FullPair,
        };
        DateTimeOffset? last = known.LastContacts.TryGetValue(community.Id, out var at) ? at : null;
        var contact = health.Contact(last, now);
        var sheets = known.OpenSheets[community.Id].ToList();
        var handover = PairHealthRules.Handover(sheets, now);
        return new RollOutRow(
            community.Id, community.Name, community.NameEn, community.StationId, cover, last, contact, handover, [.. sheets.Select(x => x.Id)],
            Taken(pairs, now), told, Alerts(cover, told, contact, handover));
    }

    private IReadOnlyList<TakenFrom> Taken(IReadOnlyList<PairKnowledge> pairs, DateTimeOffset now) =>
    [
        .. pairs.SelectMany(x => health.TakenBy(x, now))
            .GroupBy(x => x.Key, x => x.Value)
            .Select(x => new TakenFrom(x.Key, (int)x.Sum()))
            .Where(x => x.Minutes > 0)
            .OrderBy(x => x.ByWhom, StringComparer.Ordinal),
    ];

    /// <summary>Contact and handing over are the community's; what the pairs' own clocks of them say is in their facts.</summary>
    private static IReadOnlyList<string> Alerts(PairCover cover, IReadOnlyList<PairHealth> pairs, PairFact contact, PairFact handover) =>
    [
        .. new[] { cover == PairCover.None ? "noPair" : null, contact.Code, handover.Code }
            .Concat(pairs.SelectMany(x => new[] { x.Members.Code, x.Agreement.Code, x.TimeTaken.Code, x.Succession.Code }))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];
}
