using System.Text.Json;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;

namespace Dispatch.Trials.Recording;

/// <summary>Reads what the API shows of incidents and pairs.</summary>
public static class FinalViews
{
    private const int AtOnce = 8;
    private static readonly HashSet<string> Committing = new(StringComparer.Ordinal) { "committed", "enRoute", "onScene", "reported" };

    /// <summary>Reads these streams' subjects; one that is not there is left out.</summary>
    public static async Task<IReadOnlyList<FinalView>> ReadAsync(ApiClient client, IEnumerable<string> streams, CancellationToken stop)
    {
        var views = new List<FinalView>();
        foreach (var some in streams.Where(x => EffectTable.IsIncident(x) || EffectTable.IsPair(x)).Chunk(AtOnce))
        {
            views.AddRange((await Task.WhenAll(some.Select(x => ReadAsync(client, x, stop)))).OfType<FinalView>());
        }

        return views;
    }

    /// <summary>Reads one; null where it is not there.</summary>
    public static async Task<FinalView?> ReadAsync(ApiClient client, string stream, CancellationToken stop)
    {
        var isPair = EffectTable.IsPair(stream);
        if (await client.GetAsync($"{(isPair ? "pairs" : "incidents")}/{EffectTable.IdOf(stream)}", stop) is not { } view)
        {
            return null;
        }

        var version = view.GetProperty("version").GetInt64();
        return isPair
            ? new FinalView(stream, version, [], [], IncidentOf(view))
            : new FinalView(
                stream,
                version,
                [.. Where(view, "assignments", Committing).Select(x => x.GetProperty("pairId").GetString()!)],
                [.. Where(view, "offers", ["pending"]).Select(x => x.GetProperty("id").GetString()!)]);
    }

    private static string? IncidentOf(JsonElement pair) =>
        pair.TryGetProperty("commitment", out var commitment) && commitment.ValueKind == JsonValueKind.Object
            ? commitment.GetProperty("incidentId").GetString()
            : null;

    private static IEnumerable<JsonElement> Where(JsonElement incident, string list, HashSet<string> statuses) =>
        incident.GetProperty(list).EnumerateArray().Where(x => statuses.Contains(x.GetProperty("status").GetString()!));
}
