using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Dispatch.Stations;

/// <summary>The part that finds incidents which may be the same.</summary>
public sealed partial class StationGrain
{
    /// <summary>How long other stations are waited for: an opening waits along.</summary>
    private static readonly TimeSpan NeighbourWait = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<RegisteredOpening> RegisterOpeningAsync(NewIncident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);

        // On the list first, in the same turn: a second call for the same thing finds it though nothing of it is stored yet.
        var registering = RegisterIncidentAsync(incident.IncidentId);
        recent.Announce(incident);
        var finding = FindDuplicatesAsync(incident);
        return new RegisteredOpening(await registering, await finding);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<DuplicateCandidate>> FindDuplicatesAsync(NewIncident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var own = recent.Find(incident, record.Open, Id);
        var neighbours = recommendation.Neighbours.Near(incident.Location, Id, DuplicateRules.ReachMetres);
        return neighbours.IsEmpty
            ? own
            : DuplicateRules.Best(own.Concat((await Task.WhenAll(neighbours.Select(x => AskForDuplicatesAsync(x, incident)))).SelectMany(x => x)));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<DuplicateCandidate>> FindOwnDuplicatesAsync(NewIncident incident) => Task.FromResult(recent.Find(incident, record.Open, Id));

    private async Task<ImmutableArray<DuplicateCandidate>> AskForDuplicatesAsync(string neighbour, NewIncident incident)
    {
        try
        {
            return await GrainFactory.GetGrain<IStationGrain>(neighbour).FindOwnDuplicatesAsync(incident).WaitAsync(NeighbourWait, services.Time);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNeighbourSilent(exception, Id, neighbour);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Station {StationId} looks for duplicates without {Neighbour}, which did not answer.")]
    private partial void LogNeighbourSilent(Exception exception, string stationId, string neighbour);
}
