using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Dispatch.Bureau;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace Dispatch.Replay;

/// <summary>What a row of the calls tells of the organisation behind it.</summary>
public sealed record SfFireRow(
    string Call, string Unit, string UnitType, bool HasAdvancedLifeSupport, string CallType, string Disposition, string Neighborhood, string Battalion, string StationArea);

/// <summary>A neighbourhood.</summary>
public sealed record SfNeighborhood(string Code, string Name, Geometry Boundary);

/// <summary>The three files an organisation is made of.</summary>
/// <param name="Rows">Rows of the calls.</param>
/// <param name="Neighborhoods">Neighbourhoods.</param>
/// <param name="FireStations">Places of the fire stations by their number.</param>
public sealed record SfFireSources(
    ImmutableArray<SfFireRow> Rows, ImmutableArray<SfNeighborhood> Neighborhoods, ImmutableDictionary<string, GeoPoint> FireStations)
{
    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    /// <summary>Reads them.</summary>
    /// <exception cref="CommandFaultException">One cannot be read, or lacks columns or properties.</exception>
    public static SfFireSources Read(string calls, string neighborhoods, string stations)
    {
        try
        {
            return new SfFireSources(
                [.. ReadCsv(
                    calls,
                    ["call_number", "unit_id", "unit_type", "als_unit", "call_type", "disposition", "neighborhood", "battalion", "station_area"],
                    x => new SfFireRow(x[0], x[1], x[2], x[3] == "true", x[4], x[5], x[6], x[7], x[8]))],
                ReadNeighborhoods(neighborhoods),
                ReadCsv(stations, ["station", "lat", "lon"], x => (Number: x[0], Place: Place(stations, x[1], x[2])))
                    .DistinctBy(x => x.Number).ToImmutableDictionary(x => x.Number, x => x.Place));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new CommandFaultException(exception.Message, exception);
        }
    }

    private static ImmutableArray<T> ReadCsv<T>(string path, string[] columns, Func<string[], T> make)
    {
        using var csv = CsvReader.FromFile(path, new CsvReaderOptions { PoolStrings = true });
        csv.ReadHeader();
        var indexes = columns.Select(x => csv.TryGetFieldIndex(x, out var index) ? index : -1).ToArray();
        var missing = columns.Where((_, i) => indexes[i] < 0).ToArray();
        if (missing.Length > 0)
        {
            throw new CommandFaultException($"'{path}' lacks the columns: {string.Join(", ", missing)}.");
        }

        var rows = ImmutableArray.CreateBuilder<T>();
        while (csv.Read())
        {
            rows.Add(make([.. indexes.Select(x => csv.GetString(x).Trim())]));
        }

        return rows.ToImmutable();
    }

    private static ImmutableArray<SfNeighborhood> ReadNeighborhoods(string path)
    {
        try
        {
            var features = JsonSerializer.Deserialize<FeatureCollection>(File.ReadAllBytes(path), GeoJson);
            return features is { Count: > 0 }
                ? [.. features.Select(x => new SfNeighborhood(Property(path, x, "code"), Property(path, x, "name"), x.Geometry))]
                : throw new CommandFaultException($"'{path}' holds no neighbourhoods.");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new CommandFaultException($"'{path}' is no GeoJSON: {exception.Message}", exception);
        }
    }

    private static string Property(string path, IFeature feature, string name) =>
        feature.Attributes?.GetOptionalValue(name)?.ToString() is { Length: > 0 } value
            ? value
            : throw new CommandFaultException($"A feature of '{path}' lacks the property '{name}'.");

    private static GeoPoint Place(string path, string lat, string lon) =>
        double.TryParse(lat, NumberStyles.Float, CultureInfo.InvariantCulture, out var y)
        && double.TryParse(lon, NumberStyles.Float, CultureInfo.InvariantCulture, out var x)
        && new GeoPoint(y, x) is { IsValid: true } place
            ? place
            : throw new CommandFaultException($"'{path}' has a place that cannot be read: '{lat}', '{lon}'.");
}
