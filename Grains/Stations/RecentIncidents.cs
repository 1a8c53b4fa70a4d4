using System.Collections.Immutable;
using Dispatch.Incidents;

namespace Dispatch.Stations;

/// <summary>
/// The incidents that a new one may be the same as: those being opened at this moment, those that are open, and the last that ended. In memory:
/// after a restart what ended before is not known any more, and nothing but a hint is missing.
/// </summary>
public sealed class RecentIncidents
{
    /// <summary>Most ended ones that are kept.</summary>
    public const int MostEnded = 200;

    private readonly Dictionary<string, KnownIncident> known = new(StringComparer.Ordinal);
    private readonly Queue<string> ended = new();

    /// <summary>One that is being opened; nothing where its state is known.</summary>
    public void Announce(NewIncident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        known.TryAdd(
            incident.IncidentId,
            new KnownIncident(incident.IncidentId, string.Empty, incident.Category, incident.Location, incident.At, null, IncidentStatus.New));
    }

    /// <summary>The present state of one.</summary>
    public void Know(IncidentView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var before = known.GetValueOrDefault(view.Id);
        known[view.Id] = KnownIncident.Of(view);
        if (view.IsOpen || before?.EndedAt is not null)
        {
            return;
        }

        ended.Enqueue(view.Id);
        if (ended.Count > MostEnded && ended.Dequeue() is { } oldest && known.GetValueOrDefault(oldest)?.EndedAt is not null)
        {
            known.Remove(oldest);
        }
    }

    /// <summary>Those that may be the same as a new one.</summary>
    /// <param name="incident">The new one.</param>
    /// <param name="open">What the station's list of open incidents has; an open one that is not on it has gone elsewhere, or never came to be.</param>
    /// <param name="stationId">The station.</param>
    public ImmutableArray<DuplicateCandidate> Find(
        NewIncident incident, IReadOnlyDictionary<string, RegisteredIncident> open, string stationId)
    {
        ArgumentNullException.ThrowIfNull(open);
        foreach (var gone in known.Values.Where(x => x.EndedAt is null && !open.ContainsKey(x.Id)).ToArray())
        {
            known.Remove(gone.Id);
        }

        return DuplicateRules.Find(incident, known.Values.Select(x => x.Number.Length == 0 ? x with { Number = open[x.Id].Number } : x), stationId);
    }
}
