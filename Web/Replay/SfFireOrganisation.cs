using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dispatch.Bureau;
using Dispatch.Live;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;
using NetTopologySuite.Precision;

namespace Dispatch.Replay;

/// <summary>
/// Makes an organisation of San Francisco Fire records: a unit is a pair, a neighbourhood a community, a battalion a station, a type of call a
/// category. Pure.
/// </summary>
public sealed partial class SfFireOrganisation
{
    /// <summary>Six decimals of a degree, about 0.1 m.</summary>
    private static readonly PrecisionModel SixDecimals = new(1_000_000);

    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };
    private readonly SfFireSources sources;
    private readonly Dictionary<string, string> communityByName;
    private readonly ImmutableArray<CommunityInfo> communities;
    private readonly Dictionary<string, Geometry> boundaries = new(StringComparer.Ordinal);

    private SfFireOrganisation(SfFireSources sources)
    {
        this.sources = sources;
        communityByName = sources.Neighborhoods.DistinctBy(x => x.Name).ToDictionary(x => x.Name, x => x.Code, StringComparer.Ordinal);
        communities = Communities();
    }

    /// <summary>Makes the organisation.</summary>
    /// <exception cref="CommandFaultException">The calls name no battalion.</exception>
    public static Organisation Build(SfFireSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        return new SfFireOrganisation(sources).Build();
    }

    private Organisation Build()
    {
        var pairs = sources.Rows.Where(x => Id().IsMatch(x.Unit)).GroupBy(x => x.Unit, StringComparer.Ordinal)
            .OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => Pair(x.Key, [.. x])).ToImmutableArray();
        var stations = communities.Select(x => x.StationId).Concat(pairs.Select(x => x.StationId)).Distinct().Order(StringComparer.Ordinal);
        return new Organisation(
            new BureauInfo("sf-fire", "San Francisco Fire"),
            [.. stations.Select(x => new StationInfo(x, $"Battalion {x.TrimStart('B').TrimStart('0')}"))],
            communities,
            pairs,
            Codes(sources.Rows.Select(x => x.CallType)),
            Codes([.. sources.Rows.Select(x => x.Disposition), "Other", "Unknown"]),
            "red-flower-green-leaf");
    }

    private ImmutableArray<CommunityInfo> Communities()
    {
        var calls = sources.Rows.Where(x => Id().IsMatch(x.Battalion)).DistinctBy(x => x.Call).ToArray();
        var everywhere = MostFrequent(calls.Select(x => x.Battalion)) ?? throw new CommandFaultException("The calls name no battalion.");
        var byName = calls.ToLookup(x => x.Neighborhood, x => x.Battalion, StringComparer.Ordinal);
        var made = ImmutableArray.CreateBuilder<CommunityInfo>();
        foreach (var neighborhood in sources.Neighborhoods)
        {
            var boundary = GeometryPrecisionReducer.Reduce(neighborhood.Boundary, SixDecimals);
            var centre = boundary.InteriorPoint;
            boundaries[neighborhood.Code] = boundary;
            made.Add(new CommunityInfo(
                neighborhood.Code,
                neighborhood.Name,
                MostFrequent(byName[neighborhood.Name]) ?? everywhere,
                new JsonText(JsonSerializer.SerializeToUtf8Bytes(boundary, GeoJson)),
                new GeoPoint(Math.Round(centre.Y, 6), Math.Round(centre.X, 6))));
        }

        return made.ToImmutable();
    }

    private PairInfo Pair(string unit, SfFireRow[] rows)
    {
        var type = MostFrequent(rows.Select(x => x.UnitType)) ?? string.Empty;
        var station = MostFrequent(rows.Select(x => x.Battalion).Where(x => Id().IsMatch(x))) ?? communities[0].StationId;
        var home = HomeOf(unit, type, rows);
        var served = rows.Select(x => communityByName.GetValueOrDefault(x.Neighborhood, string.Empty)).ToArray();
        var own = communities.Where(x => x.StationId == station).Select(x => x.Id).ToHashSet(StringComparer.Ordinal);

        // Where its home lies, as long as that is of its own station; else where of its station it was most; else where it was most.
        var community = (home is { } place ? CommunityAt(place, own) : null)
            ?? MostFrequent(served.Where(own.Contains))
            ?? MostFrequent(served)
            ?? communities[0].Id;
        var hasAdvancedLifeSupport = rows.Count(x => x.HasAdvancedLifeSupport) * 2 > rows.Length;
        return new PairInfo(unit, unit, station, community, SfFireUnits.Officers(unit, type, hasAdvancedLifeSupport), home);
    }

    private GeoPoint? HomeOf(string unit, string type, SfFireRow[] rows)
    {
        string?[] candidates = [SfFireUnits.StationOf(unit, type), MostFrequent(rows.Select(x => x.StationArea))];
        foreach (var candidate in candidates)
        {
            if (candidate is not null && sources.FireStations.TryGetValue(candidate, out var place))
            {
                return place;
            }
        }

        return null;
    }

    private string? CommunityAt(GeoPoint place, HashSet<string> among)
    {
        var point = new Point(place.Lon, place.Lat);
        return communities.FirstOrDefault(x => among.Contains(x.Id) && boundaries[x.Id].Intersects(point))?.Id;
    }

    private static ImmutableArray<CodedName> Codes(IEnumerable<string> names) =>
    [
        .. names.Where(x => x.Length > 0).Distinct(StringComparer.Ordinal).Select(x => new CodedName(ColumnMap.CodeOf(x), x)).DistinctBy(x => x.Code)
            .OrderBy(x => x.Code, StringComparer.Ordinal),
    ];

    /// <summary>The most frequent of these; of equals, the first by name, so that the same files always make the same organisation.</summary>
    private static string? MostFrequent(IEnumerable<string> names) => names.Where(x => x.Length > 0)
        .GroupBy(x => x, StringComparer.Ordinal)
        .OrderByDescending(x => x.Count()).ThenBy(x => x.Key, StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    [GeneratedRegex("^[A-Za-z0-9._-]{1,62}$")]
    private static partial Regex Id();
}
