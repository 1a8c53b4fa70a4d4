using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Stations;

namespace Dispatch.Pairs;

/// <summary>
/// Gathers what is known of pairs in their communities: what the tables tell and what stations hold in memory, all asked for at the same time, however many
/// communities there are.
/// </summary>
public sealed class PairKnowing(
    IGrainFactory grains, PairTimeTable times, HandoverTable handovers, ILastContacts contacts)
{
    /// <summary>Of all pairs of these stations.</summary>
    public async Task<Known> OfStationsAsync(
        OrganisationSnapshot organisation, IReadOnlyList<string> stationIds, IReadOnlyCollection<string> communityIds, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        ArgumentNullException.ThrowIfNull(stationIds);
        var pairs = stationIds.SelectMany(organisation.PairsOfStation).ToList();
        var views = Task.WhenAll(stationIds.Select(x => grains.GetGrain<IStationGrain>(x).ListPairsAsync()));
        var taken = times.TakenAsync(BureauDay.Of(now).Monday.Start, null, cancellationToken);
        var sheets = handovers.OpenAsync(cancellationToken);
        var ofPairs = contacts.OfPairsAsync(pairs.ToDictionary(x => x.Id, x => x.CommunityId, StringComparer.Ordinal), cancellationToken);
        var ofCommunities = contacts.OfCommunitiesAsync(communityIds, cancellationToken);
        await Task.WhenAll(views, taken, sheets, ofPairs, ofCommunities);

        var viewOf = (await views).SelectMany(x => x).ToDictionary(x => x.Id, StringComparer.Ordinal);
        var takenOf = (await taken).ToLookup(x => x.PairId, StringComparer.Ordinal);
        var sheetsOf = (await sheets).ToLookup(x => x.CommunityId, StringComparer.Ordinal);
        var contactOf = await ofPairs;
        return new Known(
            [
                .. pairs.Select(x => new PairKnowledge(
                    x, viewOf.GetValueOrDefault(x.Id), contactOf.TryGetValue(x.Id, out var at) ? at : null, [.. takenOf[x.Id]],
                    [.. sheetsOf[x.CommunityId].Where(sheet => sheet.PairId == x.Id)])),
            ],
            sheetsOf, await ofCommunities);
    }

    /// <summary>Of one pair.</summary>
    public async Task<PairKnowledge> OfPairAsync(PairInfo pair, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var view = grains.GetGrain<IPairGrain>(pair.Id).GetAsync();
        var taken = times.TakenAsync(BureauDay.Of(now).Monday.Start, pair.Id, cancellationToken);
        var sheets = handovers.OfPairAsync(pair.Id, cancellationToken);
        var contact = contacts.OfPairsAsync(new Dictionary<string, string>(StringComparer.Ordinal) { [pair.Id] = pair.CommunityId }, cancellationToken);
        await Task.WhenAll(view, taken, sheets, contact);
        return new PairKnowledge(
            pair, await view, (await contact).TryGetValue(pair.Id, out var at) ? at : null,
            await taken, [.. (await sheets).Where(x => x.ClosedAt is null)]);
    }
}

/// <summary>What is known of pairs and communities.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="OpenSheets">Open handover sheets by community.</param>
/// <param name="LastContacts">Last contact by community.</param>
public sealed record Known(
    IReadOnlyList<PairKnowledge> Pairs, ILookup<string, HandoverView> OpenSheets, IReadOnlyDictionary<string, DateTimeOffset> LastContacts);
