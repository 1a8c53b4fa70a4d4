using System.Data.Common;
using System.Globalization;
using System.Text;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Storage;

namespace Dispatch.Places;

/// <summary>How many places are kept, and how many of them were invented for demonstration.</summary>
public sealed record PlaceCounts(long Places, long Illustrative);

/// <summary>The table of places: what calls are located by.</summary>
public sealed class PlaceTable(DispatchDatabase database)
{
    private const string Columns = "id, name, name_en, address, kind, lat, lon, illustrative";

    /// <summary>Rows of one statement; ten values each stay below what SQLite takes.</summary>
    private const int RowsAtOnce = 200;

    private bool OnPostgreSql => database.Kind == DatabaseKind.PostgreSql;

    /// <summary>Finds places: those that fit better first, among equals the nearer ones.</summary>
    /// <param name="text">What must be in it; null for all.</param>
    /// <param name="near">Nearer ones come first where it is given.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<List<Place>> FindAsync(PlaceText? text, GeoPoint? near, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        var conditions = new Conditions(command);
        var order = new List<string>();
        if (text is not null)
        {
            AddTerms(conditions, text);
            order.Add(Rank(conditions, text));
        }

        if (near is { } middle)
        {
            var aside = Math.Cos(double.DegreesToRadians(middle.Lat));
            var (lat, lon, scale) = (conditions.Value(middle.Lat), conditions.Value(middle.Lon), conditions.Value(aside * aside));
            order.Add($"(lat - {lat}) * (lat - {lat}) + (lon - {lon}) * (lon - {lon}) * {scale}");
        }

        command.CommandText = $"SELECT {Columns} FROM place WHERE {conditions} ORDER BY {string.Join(", ", [.. order, "name", "id"])} LIMIT {limit}";
        return await ReadAsync(command, cancellationToken);
    }

    /// <summary>How many there are.</summary>
    public async Task<PlaceCounts> CountAsync(CancellationToken cancellationToken) => (await database.ReadAsync(
        new Statement("SELECT COUNT(*), COALESCE(SUM(CASE WHEN illustrative THEN 1 ELSE 0 END), 0) FROM place", []),
        x => new PlaceCounts(x.GetInt64(0), x.GetInt64(1)), cancellationToken))[0];

    /// <summary>All of them by id, as they are in a transaction that goes on to change them; nobody else changes them before it ends.</summary>
    public async Task<Dictionary<string, Place>> LockAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (OnPostgreSql)
        {
            await using var taken = transaction.Command("LOCK TABLE place IN SHARE ROW EXCLUSIVE MODE");
            await taken.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = transaction.Command($"SELECT {Columns} FROM place");
        return (await ReadAsync(command, cancellationToken)).ToDictionary(x => x.Id, StringComparer.Ordinal);
    }

    /// <summary>Writes places, in the place of those with the same ids.</summary>
    public static async Task WriteAsync(DbTransaction transaction, IReadOnlyCollection<Place> places, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(places);
        foreach (var some in places.Chunk(RowsAtOnce))
        {
            await using var command = transaction.Command(string.Empty);
            var conditions = new Conditions(command);
            var sql = new StringBuilder($"INSERT INTO place ({Columns}, keys, terms) VALUES ");
            sql.AppendJoin(", ", some.Select(x => Row(conditions, x)));
            sql.Append("""
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, address = excluded.address, kind = excluded.kind, lat = excluded.lat,
                lon = excluded.lon, illustrative = excluded.illustrative, keys = excluded.keys, terms = excluded.terms
                """);
            command.CommandText = sql.ToString();
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>Takes places out.</summary>
    public static async Task RemoveAsync(DbTransaction transaction, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        foreach (var some in ids.Chunk(RowsAtOnce))
        {
            await using var command = transaction.Command(string.Empty);
            var conditions = new Conditions(command);
            conditions.AddIn("id", some);
            command.CommandText = $"DELETE FROM place WHERE {conditions}";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static string Row(Conditions conditions, Place place)
    {
        var names = PlaceNames.Of(place.Name, place.NameEn, place.Address);
        object?[] values = [place.Id, place.Name, place.NameEn, place.Address, place.Kind, place.Location.Lat, place.Location.Lon, place.Illustrative, names.Keys, names.Terms];
        return $"({string.Join(", ", values.Select(x => x is null ? "NULL" : conditions.Value(x)))})";
    }

    private void AddTerms(Conditions conditions, PlaceText text)
    {
        if (OnPostgreSql)
        {
            conditions.Add("found_by @@ CAST({0} AS tsquery)", string.Join(" & ", text.Terms.Select(x => $"{FullText.Quoted(x.Value)}{(x.IsBeginning ? ":*" : string.Empty)}")));
            return;
        }

        foreach (var term in text.Terms)
        {
            conditions.Add("instr(terms, {0}) > 0", term.InLine);
        }
    }

    /// <summary>The same as <see cref="PlaceNames.RankOf"/>.</summary>
    private string Rank(Conditions conditions, PlaceText text)
    {
        var find = OnPostgreSql ? "strpos" : "instr";
        var (whole, beginning, part) = (conditions.Value($" {text.Folded} "), conditions.Value($" {text.Folded}"), conditions.Value(text.Folded));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"CASE WHEN {find}(keys, {whole}) > 0 THEN 0 WHEN {find}(keys, {beginning}) > 0 THEN 1 WHEN {find}(keys, {part}) > 0 THEN 2 ELSE 3 END");
    }

    private static async Task<List<Place>> ReadAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var found = new List<Place>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new Place(
                reader.GetString(0), reader.GetString(1), reader.TextOrNull(2), reader.TextOrNull(3), reader.GetString(4),
                new GeoPoint(reader.GetDouble(5), reader.GetDouble(6)), reader.GetBoolean(7)));
        }

        return found;
    }
}
