using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dispatch.Incidents;
using Dispatch.Pairs;

namespace Dispatch.Stations;

/// <summary>Works out a station's figures. Pure.</summary>
public static class StationSummaries
{
    /// <summary>The figures of what is known.</summary>
    public static StationSummary Of(
        string stationId, IReadOnlyCollection<IncidentView> incidents, IReadOnlyCollection<PairView> pairs, StationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var open = incidents.Where(x => x.IsOpen).ToImmutableArray();
        return new StationSummary(
            stationId,
            open.Length,
            open.Count(x => x.IsWaiting),
            Count(open.Select(x => Name(x.Status))),
            Count(open.Select(x => x.Priority.ToString(CultureInfo.InvariantCulture))),
            Count(pairs.Select(NameOf)),
            record.NumberedToday,
            record.EndedToday,
            open.Where(x => x.IsWaiting).Select(x => (DateTimeOffset?)x.OpenedAt).Min());
    }

    private static string NameOf(PairView pair) =>
        pair.Duty == PairDuty.OffDuty ? "offDuty" : pair.Commitment is not null ? "committed" : Name(pair.Availability);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static ImmutableSortedDictionary<string, int> Count(IEnumerable<string> names) =>
        names.CountBy(x => x).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
