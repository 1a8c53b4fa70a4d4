using System.Collections.Immutable;
using Dispatch.Incidents;
using Dispatch.Stations;

namespace Dispatch.Pairs;

/// <summary>Finds what is to be handed over when a pair's member changes; every room that has something registers one.</summary>
public interface IHandoverSource
{
    /// <summary>What is open now. Without names, addresses and words of residents: a number says which it is.</summary>
    /// <param name="pairId">The pair.</param>
    /// <param name="communityId">The community that is handed over.</param>
    /// <param name="stationId">Its station.</param>
    /// <exception cref="TimeoutException">It is not known now; it is asked again.</exception>
    Task<ImmutableArray<HandoverItem>> FindAsync(string pairId, string communityId, string stationId);
}

/// <summary>Open incidents that the pair has or had a part in, and all that are open in its community.</summary>
public sealed class IncidentHandoverSource(IGrainFactory grains) : IHandoverSource
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<HandoverItem>> FindAsync(string pairId, string communityId, string stationId)
    {
        var open = await grains.GetGrain<IStationGrain>(stationId).ListIncidentsAsync();
        return
        [
            .. open.Where(x => x.IsOpen && (x.CommunityId == communityId || x.Assignments.Any(y => y.PairId == pairId)))
                .OrderBy(x => x.OpenedAt)
                .Select(x => new HandoverItem($"incident-{x.Id}", HandoverItemKind.Incident, $"{x.Number} {x.Category}", x.Id)),
        ];
    }
}

/// <summary>Work that waits for the pair.</summary>
public sealed class WorkHandoverSource(IGrainFactory grains) : IHandoverSource
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<HandoverItem>> FindAsync(string pairId, string communityId, string stationId) =>
        await grains.GetGrain<IPairGrain>(pairId).GetAsync() is not { } pair ? []
        :
        [
            .. (pair.Queued ?? []).Concat(pair.Planned ?? [])
                .Select(x => new HandoverItem($"work-{x.OfferId}", HandoverItemKind.Work, x.Number, x.IncidentId)),
        ];
}
