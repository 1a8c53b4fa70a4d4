using System.Globalization;
using CsvHelper;
using Dispatch.Bureau;

namespace Dispatch.Replay;

/// <summary>Reads files of recorded calls. A row that cannot be read is rejected with its reason; only a file that cannot be read is a fault.</summary>
/// <param name="map">How columns and words are read.</param>
/// <param name="limit">How many calls are taken, in the order of the files; all where null.</param>
public sealed class RecordedCallsReader(ColumnMap map, int? limit = null)
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mmK",
    ];

    // A quoted line break is taken for a broken quote: no field of such a file has one, and one bad quote must not swallow the rest.
    private static readonly CsvReaderOptions Csv = new() { AllowLineBreaksInQuotes = false, TrackLineNumbers = true, PoolStrings = true };
    private readonly HashSet<string> calls = new(StringComparer.Ordinal);
    private readonly HashSet<string> rowIds = new(StringComparer.Ordinal);
    private readonly List<RecordedRow> rows = [];
    private readonly List<RowRejection> rejected = [];

    /// <summary>What has been read so far.</summary>
    public RecordedRows Result => new([.. rows], [.. rejected]);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandFaultException">It cannot be read, or columns are missing.</exception>
    public void ReadFile(string path)
    {
        try
        {
            using var csv = CsvReader.FromFile(path, Csv);
            Read(path, csv);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new CommandFaultException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads text as if it were a file of this name.</summary>
    /// <exception cref="CommandFaultException">Columns are missing.</exception>
    public void ReadText(string name, string text)
    {
        using var csv = CsvReader.FromText(text, Csv);
        Read(name, csv);
    }

    private void Read(string name, CsvReader csv)
    {
        csv.ReadHeader();
        var columns = new Dictionary<RecordedField, int>();
        var missing = new List<string>();
        foreach (var (field, column) in map.Columns)
        {
            if (csv.TryGetFieldIndex(column, out var index))
            {
                columns[field] = index;
            }
            else
            {
                missing.Add(column);
            }
        }

        if (missing.Count > 0)
        {
            throw new CommandFaultException($"'{name}' is no file of this map; columns missing: {string.Join(", ", missing)}.");
        }

        var width = csv.Headers.Count;
        while (csv.Read())
        {
            Take(csv.LineNumber, csv.FieldCount == width, x => columns.TryGetValue(x, out var index) ? csv.GetString(index).Trim() : string.Empty);
        }
    }

    private void Take(long line, bool isWhole, Func<RecordedField, string> field)
    {
        var call = field(RecordedField.Call);
        if (call.Length > 0 && !calls.Contains(call) && calls.Count >= (limit ?? int.MaxValue))
        {
            return;
        }

        calls.Add(call);
        calls.Remove(string.Empty);
        var id = field(RecordedField.RowId);
        var fault = !isWhole ? (RejectionReasons.FieldCount, string.Empty)
            : id.Length == 0 ? (RejectionReasons.RowIdMissing, string.Empty)
            : !rowIds.Add(id) ? (RejectionReasons.RowIdRepeated, id)
            : call.Length == 0 ? (RejectionReasons.CallMissing, string.Empty)
            : Parse(id, call, field);
        if (fault is var (reason, detail))
        {
            rejected.Add(new RowRejection(id.Length > 0 ? id : $"line {line}", reason, detail));
        }
    }

    private (string Reason, string Detail)? Parse(string id, string call, Func<RecordedField, string> field)
    {
        var unit = field(RecordedField.Unit);
        if (unit.Length == 0)
        {
            return (RejectionReasons.UnitMissing, string.Empty);
        }

        if (!map.Priorities.TryGetValue(field(RecordedField.Priority), out var priority))
        {
            return (RejectionReasons.PriorityUnknown, field(RecordedField.Priority));
        }

        if (!TryDegrees(field(RecordedField.Lat), out var lat) || !TryDegrees(field(RecordedField.Lon), out var lon)
            || new GeoPoint(lat, lon) is not { IsValid: true } location)
        {
            return (RejectionReasons.LocationUnreadable, $"{field(RecordedField.Lat)}, {field(RecordedField.Lon)}");
        }

        var fault = ParseTimes(field, out var times);
        if (fault is null)
        {
            rows.Add(new RecordedRow(
                id, call, unit, field(RecordedField.Category), field(RecordedField.Detail), priority, location, field(RecordedField.Address),
                field(RecordedField.Community), field(RecordedField.Disposition), times!));
        }

        return fault;
    }

    private static (string Reason, string Detail)? ParseTimes(Func<RecordedField, string> field, out RecordedTimes? times)
    {
        times = null;
        RecordedField[] steps =
            [RecordedField.Received, RecordedField.Dispatch, RecordedField.Response, RecordedField.OnScene, RecordedField.Available];
        var known = new DateTime?[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            var text = field(steps[i]);
            if (text.Length > 0 && !TryTime(text, out known[i]))
            {
                return (RejectionReasons.TimeUnreadable, $"{steps[i]} '{text}'");
            }
        }

        if (known is not [{ } received, { } dispatch, ..])
        {
            return (RejectionReasons.TimeMissing, known[0] is null ? "Received" : "Dispatch");
        }

        times = new RecordedTimes(received, dispatch, known[2], known[3], known[4]);
        return null;
    }

    private static bool TryTime(string text, out DateTime? time)
    {
        var read = DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        time = read ? at.UtcDateTime : null;
        return read;
    }

    private static bool TryDegrees(string text, out double degrees) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out degrees);
}
