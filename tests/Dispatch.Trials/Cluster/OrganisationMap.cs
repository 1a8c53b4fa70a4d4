using System.Text.Json;

namespace Dispatch.Trials.Cluster;

/// <summary>A community and its station.</summary>
public sealed record CommunityPlace(string Id, string StationId);

/// <summary>A pair, where it belongs, and the account of its first officer.</summary>
public sealed record PairPlace(string Id, string StationId, string CommunityId, string UserName);

/// <summary>Who is where in an organisation, as its file has it.</summary>
public sealed record OrganisationMap(IReadOnlyList<string> Stations, IReadOnlyList<CommunityPlace> Communities, IReadOnlyList<PairPlace> Pairs)
{
    /// <summary>Reads it. The accounts of officers are numbered in the order of the file.</summary>
    public static async Task<OrganisationMap> ReadAsync(string path)
    {
        var root = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(path));
        var pairs = new List<PairPlace>();
        var officers = 0;
        foreach (var pair in root.GetProperty("pairs").EnumerateArray())
        {
            pairs.Add(new PairPlace(Text(pair, "id"), Text(pair, "stationId"), Text(pair, "communityId"), $"officer{officers + 1}"));
            officers += pair.GetProperty("officers").GetArrayLength();
        }

        return new OrganisationMap(
            [.. root.GetProperty("stations").EnumerateArray().Select(x => Text(x, "id"))],
            [.. root.GetProperty("communities").EnumerateArray().Select(x => new CommunityPlace(Text(x, "id"), Text(x, "stationId")))],
            pairs);
    }

    /// <summary>The pairs of a station.</summary>
    public IReadOnlyList<PairPlace> PairsOf(string stationId) => [.. Pairs.Where(x => x.StationId == stationId)];

    /// <summary>The communities of a station.</summary>
    public IReadOnlyList<CommunityPlace> CommunitiesOf(string stationId) => [.. Communities.Where(x => x.StationId == stationId)];

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;
}
