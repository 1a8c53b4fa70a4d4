using System.Collections.Concurrent;
using System.Text.Json;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;

namespace Dispatch.Trials.Recording;

/// <summary>Reads over HTTP what the grains hold. Each incident and each pair is asked itself; a station only for which incidents it knows and for positions.</summary>
public sealed class GrainReader(ApiClient client, OrganisationMap map)
{
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 6 };
    private readonly HashSet<string> everOpen = new(StringComparer.Ordinal);

    /// <summary>Finds every incident that the search says is open, so that one is noticed that its station has forgotten.</summary>
    public async Task SearchAsync(CancellationToken stop)
    {
        for (string? cursor = string.Empty; cursor is not null;)
        {
            var page = await client.GetAsync($"incidents?state=all&limit=200{(cursor.Length == 0 ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}")}", stop)
                ?? throw new InvalidOperationException("The incidents could not be searched.");
            everOpen.UnionWith(Items(page).Where(GrainState.IsOpen).Select(IdOf));
            cursor = page.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        }
    }

    /// <summary>Reads everything that the feeds are compared with.</summary>
    /// <param name="incidents">Incidents that somebody looks at.</param>
    /// <param name="communities">Communities that somebody looks at.</param>
    /// <param name="stop">Stops it.</param>
    public async Task<GrainState> ReadAsync(IEnumerable<string> incidents, IEnumerable<string> communities, CancellationToken stop)
    {
        var asked = new ConcurrentDictionary<string, bool>(everOpen.Union(incidents, StringComparer.Ordinal).ToDictionary(x => x, _ => true), StringComparer.Ordinal);
        var positions = new ConcurrentDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(map.Stations, AtOnce, async (station, _) =>
        {
            foreach (var id in Items(await client.GetAsync($"incidents?state=open&stationId={station}", stop)).Select(IdOf))
            {
                asked.TryAdd(id, true);
            }

            positions[station] = (await client.GetAsync($"pairs?stationId={station}", stop))!.Value.EnumerateArray()
                .Where(x => x.TryGetProperty("position", out var position) && position.ValueKind == JsonValueKind.Object)
                .ToDictionary(IdOf, x => GrainState.FactsOfPosition(x.GetProperty("position")), StringComparer.Ordinal);
        });
        var views = await ReadAllAsync("incidents", asked.Keys, stop);
        var pairs = await ReadAllAsync("pairs", map.Pairs.Select(x => x.Id), stop);
        var interactions = new ConcurrentDictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(communities, AtOnce, async (id, _) =>
            interactions[id] = (await client.GetAsync($"communities/{id}/interactions", stop))!.Value.EnumerateArray().Select(IdOf).ToHashSet(StringComparer.Ordinal));
        return new GrainState
        {
            Incidents = views.ToDictionary(x => x.Key, x => GrainState.FactsOfIncident(x.Value), StringComparer.Ordinal),
            Open = ByStation(views.Where(x => GrainState.IsOpen(x.Value)), GrainState.FactsOfIncident),
            Pairs = ByStation(pairs, GrainState.FactsOfPair),
            Positions = positions,
            Interactions = interactions,
        };
    }

    private static IEnumerable<JsonElement> Items(JsonElement? page) => page?.GetProperty("items").EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    private static string IdOf(JsonElement value) => value.GetProperty("id").GetString()!;

    private async Task<IReadOnlyDictionary<string, JsonElement>> ReadAllAsync(string kind, IEnumerable<string> ids, CancellationToken stop)
    {
        var read = new ConcurrentDictionary<string, JsonElement>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(ids, AtOnce, async (id, _) =>
        {
            if (await client.GetAsync($"{kind}/{id}", stop) is { } view)
            {
                read[id] = view;
            }
        });
        return read;
    }

    private Dictionary<string, IReadOnlyDictionary<string, string>> ByStation(
        IEnumerable<KeyValuePair<string, JsonElement>> views, Func<JsonElement, string> facts)
    {
        var byStation = views.ToLookup(x => x.Value.GetProperty("stationId").GetString()!, StringComparer.Ordinal);
        return map.Stations.ToDictionary(
            x => x,
            x => (IReadOnlyDictionary<string, string>)byStation[x].ToDictionary(y => y.Key, y => facts(y.Value), StringComparer.Ordinal),
            StringComparer.Ordinal);
    }
}
