using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Replay;

/// <summary>What a row of recorded calls can tell. One row is one unit's part in one call.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RecordedField>))]
public enum RecordedField
{
    /// <summary>Unique name of the row.</summary>
    RowId,

    /// <summary>Number of the call; rows of one call share it.</summary>
    Call,

    /// <summary>The unit; the id of a pair.</summary>
    Unit,

    /// <summary>Kind of call.</summary>
    Category,

    /// <summary>A finer kind, added to the summary.</summary>
    Detail,

    /// <summary>Urgency, in the words of the record.</summary>
    Priority,

    /// <summary>When the call came in.</summary>
    Received,

    /// <summary>When the unit was sent.</summary>
    Dispatch,

    /// <summary>When the unit acknowledged and set out.</summary>
    Response,

    /// <summary>When the unit arrived; empty where it was called off on the way.</summary>
    OnScene,

    /// <summary>When the unit was free again.</summary>
    Available,

    /// <summary>How the call ended.</summary>
    Disposition,

    /// <summary>Latitude, WGS-84 degrees.</summary>
    Lat,

    /// <summary>Longitude, WGS-84 degrees.</summary>
    Lon,

    /// <summary>Address.</summary>
    Address,

    /// <summary>Name or id of the community.</summary>
    Community,
}

/// <summary>How the columns and words of a file of recorded calls are read.</summary>
/// <param name="Columns">Name of the column of each field.</param>
/// <param name="Priorities">Priority 1 (highest) to 4 of each word of the priority column.</param>
/// <param name="Categories">Category codes of words that do not follow from the word itself (<see cref="CodeOf"/>).</param>
/// <param name="Dispositions">Likewise of dispositions.</param>
public sealed record ColumnMap(
    IReadOnlyDictionary<RecordedField, string> Columns,
    IReadOnlyDictionary<string, int> Priorities,
    IReadOnlyDictionary<string, string>? Categories = null,
    IReadOnlyDictionary<string, string>? Dispositions = null)
{
    /// <summary>Name of the built-in map.</summary>
    public const string SfFireName = "sf-fire";

    /// <summary>
    /// San Francisco Fire calls for service. The priority column says E (echo: life in immediate danger), 3 (emergency, lights and siren) or 2
    /// (not an emergency), so 3 is more urgent than 2: every alarm and fire in these records is a 3, and what is not life-threatening mostly a 2.
    /// Therefore E, 3, 2 become 1, 2, 3.
    /// </summary>
    public static readonly ColumnMap SfFire = new(
        new Dictionary<RecordedField, string>
        {
            [RecordedField.RowId] = "row_id",
            [RecordedField.Call] = "call_number",
            [RecordedField.Unit] = "unit_id",
            [RecordedField.Category] = "call_type",
            [RecordedField.Detail] = "call_type_group",
            [RecordedField.Priority] = "priority",
            [RecordedField.Received] = "received",
            [RecordedField.Dispatch] = "dispatch",
            [RecordedField.Response] = "response",
            [RecordedField.OnScene] = "on_scene",
            [RecordedField.Available] = "available",
            [RecordedField.Disposition] = "disposition",
            [RecordedField.Lat] = "lat",
            [RecordedField.Lon] = "lon",
            [RecordedField.Address] = "address",
            [RecordedField.Community] = "neighborhood",
        },
        new Dictionary<string, int>(StringComparer.Ordinal) { ["E"] = 1, ["3"] = 2, ["2"] = 3 });

    private static readonly ImmutableArray<RecordedField> Needed =
    [
        RecordedField.RowId, RecordedField.Call, RecordedField.Unit, RecordedField.Category, RecordedField.Priority, RecordedField.Received,
        RecordedField.Dispatch, RecordedField.Available, RecordedField.Lat, RecordedField.Lon,
    ];

    /// <summary>Category code of a word of the record.</summary>
    public string CategoryOf(string word) => Categories?.GetValueOrDefault(word) ?? CodeOf(word);

    /// <summary>Disposition code of a word of the record.</summary>
    public string DispositionOf(string word) => Dispositions?.GetValueOrDefault(word) ?? CodeOf(word);

    /// <summary>The built-in map of this name, or the map in this JSON file.</summary>
    /// <exception cref="CommandFaultException">There is neither, or the file is no map.</exception>
    public static ColumnMap Load(string nameOrPath)
    {
        if (nameOrPath == SfFireName)
        {
            return SfFire;
        }

        try
        {
            var map = JsonSerializer.Deserialize<ColumnMap>(File.ReadAllBytes(nameOrPath), DispatchJson.Options)
                ?? throw new CommandFaultException($"--map '{nameOrPath}' is empty.");
            map.Check(nameOrPath);
            return map;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFaultException($"--map '{nameOrPath}' is neither '{SfFireName}' nor a file that can be read: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw new CommandFaultException($"--map '{nameOrPath}' is no column map: {exception.Message}", exception);
        }
    }

    /// <summary>A code made of a name: lower case, letters and digits with single hyphens between, at most 64; <c>unknown</c> where none are left.</summary>
    public static string CodeOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = new string([.. name.Select(x => char.IsAsciiLetterOrDigit(x) ? char.ToLowerInvariant(x) : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var code = string.Join('-', words);
        return code.Length == 0 ? "unknown" : code.Length <= 64 ? code : code[..64];
    }

    private void Check(string path)
    {
        if (Needed.Where(x => !Columns.ContainsKey(x)).Select(Name).ToArray() is { Length: > 0 } missing)
        {
            throw new CommandFaultException($"--map '{path}' does not name the columns of: {string.Join(", ", missing)}.");
        }

        if (Priorities.Any(x => x.Value is < 1 or > 4))
        {
            throw new CommandFaultException($"--map '{path}' has a priority that is not 1 to 4.");
        }
    }

    private static string Name(RecordedField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());
}
