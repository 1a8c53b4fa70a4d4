using Dispatch.Bureau;
using Dispatch.Live;

namespace Dispatch.Tests.Processes;

/// <summary>A small organisation: two stations of two square communities each, four pairs a station.</summary>
public static class TestOrganisation
{
    public static readonly GeoPoint InNorthWest = new(35.15, 115.05);

    public static Organisation Create() => new(
        new BureauInfo("test", "测试公安局", "Test Bureau"),
        [new StationInfo("north", "北所", "North"), new StationInfo("south", "南所", "South")],
        [
            Square("north-west", "north", 35.1, 115.0),
            Square("north-east", "north", 35.1, 115.1),
            Square("south-west", "south", 35.0, 115.0),
            Square("south-east", "south", 35.0, 115.1),
        ],
        [.. Pairs("north", "north-west", "north-east"), .. Pairs("south", "south-west", "south-east")],
        [new CodedName("dispute", "纠纷", "Dispute"), new CodedName("traffic", "交通", "Traffic")],
        [new CodedName("settled", "现场调处", "Settled by contact")],
        "red-flower-green-leaf",
        BoundariesIllustrative: true);

    /// <summary>Writes it to a file.</summary>
    public static async Task<string> WriteAsync(string directory)
    {
        var path = Path.Combine(directory, "organisation.json");
        await File.WriteAllBytesAsync(path, JsonText.Of(Create()).Utf8!);
        return path;
    }

    private static CommunityInfo Square(string id, string station, double lat, double lon) => new(id, id, station, JsonText.Of(new
    {
        type = "Polygon",
        coordinates = new[] { new[] { new[] { lon, lat }, [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat + 0.1], [lon, lat] } },
    }));

    private static IEnumerable<PairInfo> Pairs(string station, params string[] communities) => Enumerable.Range(1, 4).Select(i => new PairInfo(
        $"{station}-{i}", $"{station} {i}", station, communities[i % communities.Length],
        [
            new OfficerInfo($"{station}-{i}-a", $"Green {i}", OfficerRole.GreenLeaf, ["mediation"]),
            new OfficerInfo($"{station}-{i}-b", $"Red {i}", OfficerRole.RedFlower, ["technology"]),
        ]));
}
