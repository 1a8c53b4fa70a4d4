using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Bureau;
using Dispatch.Live;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Geometries;

namespace Dispatch.Demo;

/// <summary>
/// The bureau of the demonstration: Heze with its nine counties and districts as stations and some of their towns as communities. Names of
/// places are real, their boundaries are drawn by <see cref="DemoBoundaries"/>, and the officers are invented. Some communities have no pair:
/// a roll-out is never complete.
/// </summary>
public static class DemoOrganisation
{
    /// <summary>Id of its bureau.</summary>
    public const string BureauId = "heze";

    /// <summary>Makes it; the same every time.</summary>
    public static Organisation Create()
    {
        var towns = DemoPlaces.Counties.SelectMany(x => x.Towns).ToArray();
        var boundaries = DemoBoundaries.Draw(DemoPlaces.Outline, towns);
        var boundaryOf = towns.Zip(boundaries).ToDictionary(x => x.First.Id, x => x.Second);
        return new Organisation(
            new BureauInfo(BureauId, "菏泽市公安局", "Heze Public Security Bureau"),
            [.. DemoPlaces.Counties.Select(x => new StationInfo(x.Id, x.Name, x.NameEn))],
            [.. DemoPlaces.Counties.SelectMany(
                county => county.Towns, (county, town) => new CommunityInfo(town.Id, town.Name, county.Id, GeoJson(boundaryOf[town.Id]), NameEn: town.NameEn))],
            [.. Pairs(new DemoOfficers())],
            Categories,
            Dispositions,
            "red-flower-green-leaf",
            BoundariesIllustrative: true);
    }

    private static readonly ImmutableArray<CodedName> Categories =
    [
        new("criminal", "刑事", "Criminal"),
        new("publicOrder", "治安", "Public order"),
        new("dispute", "纠纷", "Dispute"),
        new("helpRequest", "求助", "Help request"),
        new("tip", "举报", "Tip"),
        new("traffic", "交通", "Traffic"),
        new("complaint", "投诉", "Complaint"),
        new("hazard", "隐患", "Hazard"),
        new("domesticViolence", "家庭暴力", "Domestic violence"),
        new("nonPolice", "非警务", "Non-police"),
    ];

    private static readonly ImmutableArray<CodedName> Dispositions =
    [
        new("reportTaken", "受理登记", "Report taken"),
        new("arrest", "抓获", "Arrest"),
        new("settledByContact", "现场调处", "Settled by contact"),
        new("referred", "转交处理", "Referred"),
        new("goneOnArrival", "到场已离开", "Gone on arrival"),
        new("unfounded", "情况不实", "Unfounded"),
        new("duplicate", "重复报警", "Duplicate"),
        new("cancelled", "撤销", "Cancelled"),
    ];

    private static IEnumerable<PairInfo> Pairs(DemoOfficers officers)
    {
        foreach (var county in DemoPlaces.Counties)
        {
            foreach (var (index, town) in county.Towns.Where(x => x.HasPair).Index())
            {
                var number = (index + 1).ToString("00", CultureInfo.InvariantCulture);
                var id = $"{county.Id}-{number}";
                yield return new PairInfo(
                    id, $"{county.CallSign}-{number}", county.Id, town.Id,
                    [officers.NextGreenLeaf($"{id}-a"), officers.NextRedFlower($"{id}-b")], new GeoPoint(town.Lat, town.Lon));
            }
        }
    }

    /// <summary>GeoJSON as RFC 7946 has it: the outer ring against the clock, holes with it.</summary>
    private static JsonText GeoJson(Polygon polygon) => JsonText.Of(new
    {
        type = "Polygon",
        coordinates = polygon.InteriorRings.Select(x => Ring(x, against: false)).Prepend(Ring(polygon.ExteriorRing, against: true)).ToArray(),
    });

    private static double[][] Ring(LineString ring, bool against)
    {
        var points = ring.CoordinateSequence.ToCoordinateArray();
        return [.. (Orientation.IsCCW(points) == against ? points : points.Reverse()).Select(x => new[] { x.X, x.Y })];
    }
}
