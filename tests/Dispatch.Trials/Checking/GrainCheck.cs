using System.Globalization;
using System.Text.Json;

namespace Dispatch.Trials.Checking;

/// <summary>Compares what a feed shows with what the grains hold. Pure.</summary>
public static class GrainCheck
{
    private const string Incident = "incident/";
    private const string Pair = "pair/";
    private const string Interaction = "interaction/";
    private const string Assignment = "assignment/";

    /// <summary>Everything that a feed's map and the grains do not agree about.</summary>
    public static IEnumerable<MapDifference> Check(string feed, IReadOnlyDictionary<string, string> map, GrainState grains)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(grains);
        return feed.Split('/') switch
        {
            ["station", var id] => Compare(Incident, grains.Open[id], map, GrainState.FactsOfIncident)
                .Concat(Compare(Pair, grains.Pairs[id], map, GrainState.FactsOfPair)),
            ["station", var id, "positions"] => Compare(Pair, grains.Positions[id], map, GrainState.FactsOfPosition),
            ["community", var id] => Compare(Interaction, grains.Interactions[id].ToDictionary(x => x, _ => "there"), map, _ => "there"),
            ["pair", var id] => OfPair(id, map, grains),
            ["incident", var id] => Compare("incident", Of(grains.Incidents, id), map, GrainState.FactsOfIncident),
            ["bureau"] => Compare("station/", grains.Open.ToDictionary(x => x.Key, x => Count(x.Value.Count)), map, x => Count(x.GetProperty("openIncidents").GetInt32())),
            _ => throw new ArgumentException($"There is no feed {feed}.", nameof(feed)),
        };
    }

    private static IEnumerable<MapDifference> OfPair(string id, IReadOnlyDictionary<string, string> map, GrainState grains)
    {
        foreach (var difference in Compare("pair", Of(grains.Pairs.Values.First(x => x.ContainsKey(id)), id), map, GrainState.FactsOfPair))
        {
            yield return difference;
        }

        // A pair has its assignment on the phone if and only if it is committed.
        var committed = map.TryGetValue("pair", out var shown) ? GrainState.CommitmentOf(JsonSerializer.Deserialize<JsonElement>(shown)) : null;
        var assignments = map.Keys.Where(x => x.StartsWith(Assignment, StringComparison.Ordinal)).Select(x => x[Assignment.Length..]).ToList();
        if (!assignments.SequenceEqual(committed is null ? [] : [committed]))
        {
            yield return new MapDifference("assignment", committed, string.Join(' ', assignments));
        }
    }

    /// <summary>The one subject of a feed, under an empty id: its key has none.</summary>
    private static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> facts, string id) =>
        facts.TryGetValue(id, out var known) ? new(StringComparer.Ordinal) { [string.Empty] = known } : [];

    private static IEnumerable<MapDifference> Compare(
        string prefix, IReadOnlyDictionary<string, string> held, IReadOnlyDictionary<string, string> map, Func<JsonElement, string> facts)
    {
        var isKey = prefix.EndsWith('/');
        var wanted = held.ToDictionary(x => prefix + x.Key, x => x.Value, StringComparer.Ordinal);
        var found = map.Where(x => isKey ? x.Key.StartsWith(prefix, StringComparison.Ordinal) : x.Key == prefix)
            .ToDictionary(x => x.Key, x => facts(JsonSerializer.Deserialize<JsonElement>(x.Value)), StringComparer.Ordinal);
        return MapDifference.Between(wanted, found);
    }

    private static string Count(int open) => string.Create(CultureInfo.InvariantCulture, $"{open} open incidents");
}
