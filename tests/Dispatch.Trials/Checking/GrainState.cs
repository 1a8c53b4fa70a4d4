using System.Globalization;
using System.Text.Json;

namespace Dispatch.Trials.Checking;

/// <summary>
/// What the grains hold by their own word, read over HTTP. Each is told in a line of what must agree (<see cref="FactsOfIncident"/>,
/// <see cref="FactsOfPair"/>, <see cref="FactsOfPosition"/>), so that two lines can be compared and read.
/// </summary>
public sealed class GrainState
{
    /// <summary>Statuses of incidents that have ended.</summary>
    private static readonly HashSet<string> Ended = new(StringComparer.Ordinal) { "closed", "cancelled", "merged", "diverted" };

    /// <summary>Open incidents by station and id.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Open { get; init; }

    /// <summary>Incidents that somebody looks at, and those that are open, by id.</summary>
    public required IReadOnlyDictionary<string, string> Incidents { get; init; }

    /// <summary>Pairs by station and id.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Pairs { get; init; }

    /// <summary>Positions of pairs by station and id of the pair.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Positions { get; init; }

    /// <summary>Ids of interactions by community.</summary>
    public required IReadOnlyDictionary<string, IReadOnlySet<string>> Interactions { get; init; }

    /// <summary>Whether an incident has not ended.</summary>
    public static bool IsOpen(JsonElement incident) => !Ended.Contains(Text(incident, "status"));

    /// <summary>What of an incident must be the same everywhere.</summary>
    public static string FactsOfIncident(JsonElement incident) => string.Create(
        CultureInfo.InvariantCulture,
        $"version {incident.GetProperty("version").GetInt64()} {Text(incident, "status")} offers [{List(incident, "offers", "id")}] assignments [{List(incident, "assignments", "pairId")}]");

    /// <summary>What of a pair must be the same everywhere.</summary>
    public static string FactsOfPair(JsonElement pair) => string.Create(
        CultureInfo.InvariantCulture,
        $"version {pair.GetProperty("version").GetInt64()} {Text(pair, "duty")} {Text(pair, "activity")} {Text(pair, "availability")} committed to {CommitmentOf(pair) ?? "nothing"}");

    /// <summary>What of a position must be the same everywhere.</summary>
    public static string FactsOfPosition(JsonElement position) => string.Create(
        CultureInfo.InvariantCulture, $"{position.GetProperty("lat").GetDouble():0.000000} {position.GetProperty("lon").GetDouble():0.000000} {position.GetProperty("at").GetDateTimeOffset():O}");

    /// <summary>The incident that a pair is committed to; null where it is to none.</summary>
    public static string? CommitmentOf(JsonElement pair) =>
        pair.TryGetProperty("commitment", out var commitment) && commitment.ValueKind == JsonValueKind.Object ? Text(commitment, "incidentId") : null;

    private static string List(JsonElement incident, string list, string id) =>
        string.Join(' ', incident.GetProperty(list).EnumerateArray().Select(x => $"{Text(x, id)}:{Text(x, "status")}"));

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;
}
