using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Communities;

/// <summary>Reads the tables of matters.</summary>
public sealed class MatterTables(DispatchDatabase database) : IMatterTables
{
    /// <summary>The columns that <see cref="Row"/> reads, in its order.</summary>
    public const string Columns = """
        kind, id, number, version, community_id, station_id, status, is_open, opened_at, view, masked, category, pair_id, partner_id, due_at, closed_at, refs,
        facets, restricted, first_due_at, first_met_at
        """;

    /// <summary>Most ids of one question.</summary>
    private const int MostAtOnce = 200;

    /// <inheritdoc/>
    public Task<ImmutableArray<(string Id, long Version)>> ReadVersionsAsync(string communityId, DateTimeOffset endedSince) =>
        StorageFailure.AsTimeoutAsync(async () =>
        {
            await using var command = database.Source.CreateCommand("""
                SELECT id, version FROM matter WHERE community_id = @community AND is_open AND NOT restricted
                UNION ALL
                SELECT id, version FROM matter WHERE community_id = @community AND NOT is_open AND NOT restricted AND closed_at >= @since
                """);
            Set(command, "community", communityId);
            Set(command, "since", endedSince.ToUniversalTime());
            await using var reader = await command.ExecuteReaderAsync();
            var found = ImmutableArray.CreateBuilder<(string, long)>();
            while (await reader.ReadAsync())
            {
                found.Add((reader.GetString(0), reader.GetInt64(1)));
            }

            return found.ToImmutable();
        });

    /// <inheritdoc/>
    public Task<ImmutableArray<MatterRow>> ReadAsync(IReadOnlyCollection<string> ids) => StorageFailure.AsTimeoutAsync(async () =>
    {
        var rows = ImmutableArray.CreateBuilder<MatterRow>();
        foreach (var some in ids.Chunk(MostAtOnce))
        {
            await using var command = database.Source.CreateCommand();
            var names = some.Select((id, i) => Set(command, $"id{i.ToString(CultureInfo.InvariantCulture)}", id));
            command.CommandText = $"SELECT {Columns} FROM matter WHERE id IN ({string.Join(", ", names)})";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add(Row(reader));
            }
        }

        return rows.ToImmutable();
    });

    /// <inheritdoc/>
    public Task<InteractionRow?> FindInteractionAsync(string id) => StorageFailure.AsTimeoutAsync(async () =>
    {
        await using var command = database.Source.CreateCommand("SELECT community_id, station_id, version, view, text FROM interaction WHERE id = @id");
        Set(command, "id", id);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? new InteractionRow(
                reader.GetString(0), reader.GetString(1), reader.GetInt64(2), Json(reader, 3).As<InteractionView>()! with { Text = Text(reader, 4) })
            : null;
    });

    /// <summary>Reads one row of <see cref="Columns"/>.</summary>
    public static MatterRow Row(DbDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new MatterRow(
            Enum.Parse<MatterKind>(reader.GetString(0), ignoreCase: true), reader.GetString(1), reader.GetString(2), reader.GetInt64(3), reader.GetString(4),
            reader.GetString(5), reader.GetString(6), reader.GetBoolean(7), reader.GetFieldValue<DateTimeOffset>(8), string.Empty, Json(reader, 9), Json(reader, 10))
        {
            Category = Text(reader, 11),
            PairId = Text(reader, 12),
            PartnerId = Text(reader, 13),
            DueAt = Time(reader, 14),
            ClosedAt = Time(reader, 15),
            Refs = Words(reader, 16),
            Facets = Words(reader, 17),
            Restricted = reader.GetBoolean(18),
            FirstDueAt = Time(reader, 19),
            FirstMetAt = Time(reader, 20),
        };
    }

    private static JsonText Json(DbDataReader reader, int column) => new(Encoding.UTF8.GetBytes(reader.GetString(column)));

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Time(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static ImmutableArray<string> Words(DbDataReader reader, int column) =>
        [.. reader.GetString(column).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string Set(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return $"@{name}";
    }
}
