using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dispatch.Incidents;
using Dispatch.Pairs;

namespace Dispatch.Stations;

/// <summary>
/// A station's figures, counted as things change, so that a change costs the same however much there is. Told of each change with the state before
/// and after it; null for what was not there or is not any more.
/// </summary>
public sealed class StationTally
{
    private readonly Dictionary<string, int> byStatus = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> byPriority = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> pairs = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset OpenedAt, string Id)> waiting = [];
    private int open;

    /// <summary>An incident changed.</summary>
    public void Count(IncidentView? before, IncidentView? after)
    {
        Count(before, -1);
        Count(after, 1);
    }

    /// <summary>A pair changed.</summary>
    public void Count(PairView? before, PairView? after)
    {
        Add(pairs, before is null ? null : NameOf(before), -1);
        Add(pairs, after is null ? null : NameOf(after), 1);
    }

    /// <summary>The figures, with the clocks of the day.</summary>
    public StationSummary Summary(string stationId, StationRecord record, ResponseClocks clocks)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new StationSummary(
            stationId, open, waiting.Count, Sorted(byStatus), Sorted(byPriority), Sorted(pairs), record.NumberedToday, record.EndedToday,
            waiting.Count == 0 ? null : waiting.Min.OpenedAt, clocks);
    }

    private void Count(IncidentView? incident, int by)
    {
        if (incident is not { IsOpen: true })
        {
            return;
        }

        open += by;
        Add(byStatus, Name(incident.Status), by);
        Add(byPriority, incident.Priority.ToString(CultureInfo.InvariantCulture), by);
        if (incident.IsWaiting)
        {
            _ = by > 0 ? waiting.Add((incident.OpenedAt, incident.Id)) : waiting.Remove((incident.OpenedAt, incident.Id));
        }
    }

    private static void Add(Dictionary<string, int> counts, string? name, int by)
    {
        if (name is null)
        {
            return;
        }

        counts[name] = counts.GetValueOrDefault(name) + by;
        if (counts[name] == 0)
        {
            counts.Remove(name);
        }
    }

    private static string NameOf(PairView pair) =>
        pair.Duty == PairDuty.OffDuty ? "offDuty" : pair.Commitment is not null ? "committed" : Name(pair.Availability);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static ImmutableSortedDictionary<string, int> Sorted(Dictionary<string, int> counts) => counts.ToImmutableSortedDictionary(StringComparer.Ordinal);
}
