using System.Globalization;
using System.Text;
using CsvHelper;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Places;

/// <summary>A row of a file that cannot be taken.</summary>
/// <param name="Line">Its line, the header being 1.</param>
/// <param name="Field">The column that is wrong; null where the row is.</param>
/// <param name="Code">Why.</param>
/// <param name="Value">What stands there, at most 60 characters; null where it may be somebody's number.</param>
public sealed record PlaceFault(long Line, string? Field, string Code, string? Value);

/// <summary>What a file of places says.</summary>
/// <param name="Places">The rows that can be taken.</param>
/// <param name="Faults">The rows that cannot.</param>
/// <param name="Rows">How many rows there are.</param>
public sealed record PlaceRows(IReadOnlyList<Place> Places, IReadOnlyList<PlaceFault> Faults, int Rows);

/// <summary>
/// Reads a list of public places: CSV with a header line and the columns <c>name,nameEn,address,kind,lat,lon</c> in any order, of which name, lat and lon must be
/// there. UTF-8, or GB 18030 as spreadsheets in China write it. Pure but for the map.
/// </summary>
public sealed class PlaceFile(Func<GeoPoint, string?> communityOf)
{
    /// <summary>Most rows of a file.</summary>
    public const int MostRows = 100_000;

    private const int MaxName = 100;
    private const int MaxAddress = 200;
    private const int MaxShown = 60;
    private static readonly string[] Columns = ["name", "nameEn", "address", "kind", "lat", "lon"];
    private static readonly string[] Needed = ["name", "lat", "lon"];
    private static readonly CsvReaderOptions Csv = new() { AllowLineBreaksInQuotes = false, TrackLineNumbers = true };
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<Place> places = [];
    private readonly List<PlaceFault> faults = [];

    /// <summary>Reads a file.</summary>
    /// <returns>Its rows, or why it is no file of places at all.</returns>
    public static Answer<PlaceRows> Read(byte[] file, Func<GeoPoint, string?> communityOf)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            using var csv = CsvReader.FromText(Decode(file), Csv);
            return new PlaceFile(communityOf).Read(csv);
        }
        catch (CsvFormatException exception)
        {
            return Refusal.Invalid("fileUnreadable", "file", $"The file cannot be read: {exception.Message}");
        }
    }

    private Answer<PlaceRows> Read(CsvReader csv)
    {
        csv.ReadHeader();
        var columns = Columns.Where(x => csv.TryGetFieldIndex(x, out _)).ToDictionary(x => x, x => csv.GetFieldIndex(x), StringComparer.Ordinal);
        if (Needed.Where(x => !columns.ContainsKey(x)).ToArray() is { Length: > 0 } missing)
        {
            return Refusal.Invalid("columnsMissing", "file", $"Columns are missing: {string.Join(", ", missing)}.");
        }

        var rows = 0;
        while (csv.Read())
        {
            if (++rows > MostRows)
            {
                return Refusal.Invalid(RefusalCodes.TooMany, "file", $"A file has at most {MostRows} rows.");
            }

            var fault = csv.FieldCount == csv.Headers.Count
                ? Take(csv.LineNumber, x => columns.TryGetValue(x, out var index) ? csv.GetString(index).Trim() : string.Empty)
                : new PlaceFault(csv.LineNumber, null, "rowBroken", null);
            if (fault is not null)
            {
                faults.Add(fault);
            }
        }

        return rows == 0 ? Refusal.Invalid("fileEmpty", "file", "The file has no rows.") : new PlaceRows(places, faults, rows);
    }

    private PlaceFault? Take(long line, Func<string, string> field)
    {
        var (name, nameEn, address, kind) = (field("name"), field("nameEn"), field("address"), field("kind"));
        var place = new GeoPoint(Degrees(field("lat")), Degrees(field("lon")));
        var fault = WhyNotText(line, "name", name, MaxName) ?? WhyNotText(line, "nameEn", nameEn, MaxName) ?? WhyNotText(line, "address", address, MaxAddress)
            ?? (PlaceNames.Fold(name).Length == 0 ? Fault(line, "name", RefusalCodes.ValueMissing, name)
                : kind.Length > 0 && !PlaceKinds.All.Contains(kind) ? Fault(line, "kind", "placeKindNotFound", kind)
                : !place.IsValid ? Fault(line, "lat", RefusalCodes.LocationInvalid, $"{field("lat")}, {field("lon")}")
                : communityOf(place) is null ? Fault(line, "lat", RefusalCodes.LocationOutsideEveryCommunity, $"{field("lat")}, {field("lon")}")
                : null);
        if (fault is not null)
        {
            return fault;
        }

        var one = Place.Of(name, NullIfEmpty(nameEn), NullIfEmpty(address), kind.Length > 0 ? kind : PlaceKinds.Other, place);
        if (!seen.Add(one.Id))
        {
            return Fault(line, "name", "placeRepeated", name);
        }

        places.Add(one);
        return null;
    }

    private static PlaceFault? WhyNotText(long line, string field, string value, int longest) =>
        value.Length > longest ? Fault(line, field, RefusalCodes.ValueTooLong, value)
        : FreeText.WhyNot(field, value, confirmed: false) is { } suspected ? new PlaceFault(line, field, suspected.Code, null)
        : null;

    private static PlaceFault Fault(long line, string field, string code, string value) =>
        new(line, field, code, value.Length > MaxShown ? $"{value[..MaxShown]}…" : value);

    private static double Degrees(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;

    private static string Decode(byte[] file)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetString(file);
        }
    }
}
