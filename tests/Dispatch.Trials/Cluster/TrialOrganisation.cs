using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dispatch.Trials.Cluster;

/// <summary>A small bureau for trials: two stations of two square communities, and as many pairs as are asked for.</summary>
public static class TrialOrganisation
{
    private static readonly (string Id, string Station, double Lat, double Lon)[] Communities =
    [
        ("north-west", "north", 35.1, 115.0), ("north-east", "north", 35.1, 115.1),
        ("south-west", "south", 35.0, 115.0), ("south-east", "south", 35.0, 115.1),
    ];

    /// <summary>Id of a pair.</summary>
    /// <param name="number">From 1.</param>
    public static string PairId(int number) => $"pair-{number}";

    /// <summary>Ids of a pair's officers.</summary>
    public static string[] OfficerIds(string pairId) => [$"{pairId}-a", $"{pairId}-b"];

    /// <summary>Account of a pair's first officer.</summary>
    /// <param name="number">The pair's number, from 1.</param>
    public static string OfficerUserName(int number) => $"officer{(2 * number) - 1}";

    /// <summary>A place in a community.</summary>
    public static object Place(Random random)
    {
        var (lat, lon) = Spot(random);
        return new { lat, lon };
    }

    /// <summary>Coordinates of a place in a community.</summary>
    public static (double Lat, double Lon) Spot(Random random)
    {
        var community = Communities[random.Next(Communities.Length)];
        return (community.Lat + 0.01 + (random.NextDouble() * 0.08), community.Lon + 0.01 + (random.NextDouble() * 0.08));
    }

    /// <summary>Writes the organisation's file.</summary>
    /// <param name="directory">Where.</param>
    /// <param name="pairs">How many pairs it has; they come first, so that the accounts of their officers are known.</param>
    /// <param name="other">Another organisation whose stations, communities, pairs and lists it has beside its own.</param>
    public static async Task<string> WriteAsync(string directory, int pairs, JsonObject? other = null)
    {
        var organisation = new
        {
            bureau = new { id = "trial", name = "试验公安局" },
            stations = new[] { new { id = "north", name = "北所" }, new { id = "south", name = "南所" } },
            communities = Communities.Select(x => new { id = x.Id, name = x.Id, stationId = x.Station, boundary = Square(x.Lat, x.Lon) }),
            pairs = Enumerable.Range(1, pairs).Select(Pair),
            categories = new[] { new { code = "dispute", name = "纠纷" } },
            dispositions = new[] { new { code = "settled", name = "现场调处" } },
            modelPack = "red-flower-green-leaf",
            boundariesIllustrative = true,
        };
        var all = JsonSerializer.SerializeToNode(organisation)!.AsObject();
        foreach (var list in all.Select(x => x.Value).OfType<JsonArray>().ToList())
        {
            foreach (var item in other?[list.GetPropertyName()]?.AsArray() ?? [])
            {
                list.Add(item!.DeepClone());
            }
        }

        var path = Path.Combine(directory, "organisation.json");
        await File.WriteAllTextAsync(path, all.ToJsonString());
        return path;
    }

    private static object Pair(int number)
    {
        var community = Communities[number % Communities.Length];
        var id = PairId(number);
        return new
        {
            id,
            callSign = id,
            stationId = community.Station,
            communityId = community.Id,
            officers = new[]
            {
                new { id = $"{id}-a", name = $"{id} a", role = "greenLeaf", skills = new[] { "mediation" } },
                new { id = $"{id}-b", name = $"{id} b", role = "redFlower", skills = new[] { "technology" } },
            },
        };
    }

    private static object Square(double lat, double lon) => new
    {
        type = "Polygon",
        coordinates = new[] { new[] { new[] { lon, lat }, [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat + 0.1], [lon, lat] } },
    };
}
