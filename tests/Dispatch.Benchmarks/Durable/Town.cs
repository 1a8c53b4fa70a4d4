using Dispatch.Bureau;
using Dispatch.Live;

namespace Dispatch.Benchmarks.Durable;

/// <summary>A town of 20 stations with two square communities each, and its pairs spread over them.</summary>
public static class Town
{
    private const int Stations = 20;

    /// <summary>The organisation.</summary>
    public static Organisation Create() => new(
        new BureauInfo("bench", "测试公安局", "Bench Bureau"),
        [.. Enumerable.Range(0, Stations).Select(i => new StationInfo($"s{i}", $"第{i}派出所", $"Station {i}"))],
        [.. Enumerable.Range(0, Stations).SelectMany(i => new[] { Square(i, 0), Square(i, 1) })],
        [.. Enumerable.Range(0, DurableOptions.Grains).Select(Pair)],
        [new CodedName("dispute", "纠纷", "Dispute"), new CodedName("traffic", "交通", "Traffic")],
        [new CodedName("settled", "现场调处", "Settled by contact")],
        "red-flower-green-leaf",
        BoundariesIllustrative: true);

    /// <summary>Id of a pair.</summary>
    public static string PairId(int i) => $"p{i}";

    /// <summary>A place in the area of a pair's station.</summary>
    public static GeoPoint Place(int i) => new(35 + (0.1 * (i % Stations)) + 0.05, 115 + (i / Stations % 2 * 0.1) + 0.05);

    private static CommunityInfo Square(int station, int side)
    {
        var (lat, lon) = (35 + (0.1 * station), 115 + (0.1 * side));
        return new CommunityInfo($"s{station}-c{side}", $"社区 {station}-{side}", $"s{station}", JsonText.Of(new
        {
            type = "Polygon",
            coordinates = new[] { new[] { new[] { lon, lat }, [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat + 0.1], [lon, lat] } },
        }));
    }

    private static PairInfo Pair(int i) => new(
        PairId(i), $"Unit {i}", $"s{i % Stations}", $"s{i % Stations}-c{i / Stations % 2}",
        [
            new OfficerInfo($"p{i}-a", $"Green {i}", OfficerRole.GreenLeaf, ["mediation"]),
            new OfficerInfo($"p{i}-b", $"Red {i}", OfficerRole.RedFlower, ["technology"]),
        ]);
}
