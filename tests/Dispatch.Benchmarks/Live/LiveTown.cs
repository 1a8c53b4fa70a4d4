using System.Text.Json;
using Dispatch.Bureau;
using Dispatch.Live;

namespace Dispatch.Benchmarks.Live;

/// <summary>A town whose size is chosen: stations in a grid, each with a column of square communities, and pairs spread over the stations.</summary>
/// <param name="Stations">How many stations.</param>
/// <param name="Communities">How many communities in all, at least one for each station.</param>
/// <param name="Pairs">How many pairs in all.</param>
public sealed record LiveTown(int Stations, int Communities, int Pairs)
{
    /// <summary>A side of a community, degrees.</summary>
    private const double Side = 0.02;

    /// <summary>Stations beside each other before the next line of the grid.</summary>
    private const int Columns = 10;

    /// <summary>Id of a station.</summary>
    public static string StationId(int station) => $"s{station}";

    /// <summary>Id of a pair. The digits are its number, which the clients read back from the feed's keys.</summary>
    public static string PairId(int pair) => $"p{pair}";

    /// <summary>Number of a pair's station.</summary>
    public int StationOf(int pair) => pair % Stations;

    /// <summary>Numbers of the pairs of a station.</summary>
    public IEnumerable<int> PairsOf(int station) => Enumerable.Range(0, Pairs).Where(x => StationOf(x) == station);

    /// <summary>A place in a pair's community.</summary>
    public GeoPoint Place(int pair)
    {
        var (lat, lon) = Corner(CommunityOf(pair));
        return new GeoPoint(lat + (Side / 2), lon + (Side / 2));
    }

    /// <summary>Writes the organisation's file.</summary>
    public async Task WriteAsync(string path)
    {
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, Create(), DispatchJson.Options);
    }

    private Organisation Create() => new(
        new BureauInfo("live", "测试公安局", "Live Bureau"),
        [.. Enumerable.Range(0, Stations).Select(i => new StationInfo(StationId(i), $"第{i}派出所", $"Station {i}"))],
        [.. Enumerable.Range(0, Communities).Select(Community)],
        [.. Enumerable.Range(0, Pairs).Select(Pair)],
        [new CodedName("dispute", "纠纷", "Dispute")],
        [new CodedName("settled", "现场调处", "Settled by contact")],
        "red-flower-green-leaf",
        BoundariesIllustrative: true);

    /// <summary>Communities go to the stations in turn, as the pairs do, so a pair's community is of its station.</summary>
    private int CommunityOf(int pair) => StationOf(pair) + (pair / Stations % (Communities / Stations) * Stations);

    private (double Lat, double Lon) Corner(int community)
    {
        var (station, row) = (community % Stations, community / Stations);
        var rows = (Communities + Stations - 1) / Stations;
        return (30 + (((station / Columns * rows) + row) * Side), 110 + (station % Columns * Side));
    }

    private CommunityInfo Community(int community)
    {
        var (lat, lon) = Corner(community);
        return new CommunityInfo($"c{community}", $"社区 {community}", StationId(community % Stations), JsonText.Of(new
        {
            type = "Polygon",
            coordinates = new[] { new[] { new[] { lon, lat }, [lon + Side, lat], [lon + Side, lat + Side], [lon, lat + Side], [lon, lat] } },
        }));
    }

    private PairInfo Pair(int pair) => new(
        PairId(pair), $"Unit {pair}", StationId(StationOf(pair)), $"c{CommunityOf(pair)}",
        [
            new OfficerInfo($"p{pair}-a", $"Green {pair}", OfficerRole.GreenLeaf, ["mediation"]),
            new OfficerInfo($"p{pair}-b", $"Red {pair}", OfficerRole.RedFlower, ["technology"]),
        ]);
}
