using Dispatch.Bureau;
using Dispatch.Places;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace Dispatch.Demo;

/// <summary>Invented public places inside the demonstration's communities, marked as illustrative: schools, markets, squares, buildings, crossings. The same every time.</summary>
public static class DemoAddresses
{
    private const ulong Seed = 20240607;
    private const int Attempts = 60;

    /// <summary>About how far from a community's centre they lie, in degrees.</summary>
    private const double Reach = 0.03;

    private static readonly (string Kind, string Name, string NameEn)[] Sorts =
    [
        ("school", "中心小学", "Central Primary School"), ("school", "实验中学", "Experimental Middle School"), ("market", "农贸市场", "Farmers' Market"),
        ("square", "文化广场", "Culture Square"), ("hospital", "社区卫生服务中心", "Community Health Centre"), ("building", "便民服务大厅", "Citizens' Service Hall"),
        ("transport", "公交首末站", "Bus Terminus"),
    ];

    private static readonly (string Name, string NameEn)[] Roads =
    [
        ("长江路", "Changjiang Road"), ("黄河路", "Huanghe Road"), ("人民路", "Renmin Road"), ("和平路", "Heping Road"), ("中华路", "Zhonghua Road"), ("牡丹大道", "Peony Avenue"),
        ("解放街", "Jiefang Street"), ("八一街", "Bayi Street"), ("青年路", "Qingnian Road"), ("康庄路", "Kangzhuang Road"), ("双河路", "Shuanghe Road"), ("育才街", "Yucai Street"),
    ];

    private static readonly (string Name, string NameEn)[] Buildings =
        [("福苑小区", "Fuyuan Estate"), ("阳光花园", "Sunshine Garden"), ("祥和家园", "Xianghe Homes"), ("银座商城", "Yinzuo Mall"), ("新世纪商务楼", "New Century Building")];

    /// <summary>Makes them for every community that has a boundary and a centre.</summary>
    public static IReadOnlyList<Place> Of(Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        var random = new RepeatableRandom(Seed);
        return [.. organisation.Communities.SelectMany(x => InCommunity(x, random)).DistinctBy(x => x.Id)];
    }

    private static IEnumerable<Place> InCommunity(CommunityInfo community, RepeatableRandom random)
    {
        var land = new IndexedPointInAreaLocator(CommunityMap.ReadBoundary(community.Boundary));
        var (town, townEn) = (Short(community.Name, "街道", "镇", "乡"), Short(community.NameEn ?? community.Name, " Subdistrict", " Town", " Township"));
        foreach (var (kind, name, nameEn) in Sorts)
        {
            var (road, roadEn) = Roads[random.Below(Roads.Length)];
            var number = 1 + random.Below(180);
            yield return Place.Of($"{town}{name}", $"{townEn} {nameEn}", $"{community.Name}{road} {number} 号", kind, Somewhere(community, land, random), illustrative: true);
            if (kind == "square")
            {
                var (building, buildingEn) = Buildings[random.Below(Buildings.Length)];
                yield return Place.Of(
                    $"{town}{building}", $"{townEn} {buildingEn}", $"{community.Name}{road} {number + 7} 号", "building", Somewhere(community, land, random), illustrative: true);
                var (other, otherEn) = Roads[(Array.IndexOf(Roads, (road, roadEn)) + 1 + random.Below(Roads.Length - 1)) % Roads.Length];
                yield return Place.Of(
                    $"{road}与{other}路口", $"{roadEn} and {otherEn}", community.Name, "crossing", Somewhere(community, land, random), illustrative: true);
            }
        }
    }

    private static GeoPoint Somewhere(CommunityInfo community, IndexedPointInAreaLocator land, RepeatableRandom random)
    {
        var centre = community.Centre ?? default;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var place = new GeoPoint(Math.Round(centre.Lat + (Reach * random.NextSigned()), 5), Math.Round(centre.Lon + (Reach * random.NextSigned()), 5));
            if (land.Locate(new Coordinate(place.Lon, place.Lat)) == Location.Interior)
            {
                return place;
            }
        }

        return centre;
    }

    private static string Short(string name, params string[] endings) =>
        endings.FirstOrDefault(x => name.Length > x.Length + 1 && name.EndsWith(x, StringComparison.Ordinal)) is { } ending ? name[..^ending.Length] : name;
}
