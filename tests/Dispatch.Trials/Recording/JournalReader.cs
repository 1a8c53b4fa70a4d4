using System.Text.Json;
using Dispatch.Trials.Checking;
using Npgsql;

namespace Dispatch.Trials.Recording;

/// <summary>Reads the journal table, the one part of the database that is public.</summary>
public sealed class JournalReader(string connectionString) : IAsyncDisposable
{
    private const string Columns = "SELECT stream, version, at, actor_id, command_id, kind, data FROM journal";
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connectionString);

    /// <summary>Every row of every stream.</summary>
    public Task<IReadOnlyList<JournalRow>> ReadAllAsync() => ReadAsync($"{Columns} ORDER BY stream, version");

    /// <summary>The rows of these streams, of each from behind a version.</summary>
    public Task<IReadOnlyList<JournalRow>> ReadAsync(IReadOnlyDictionary<string, long> after) => ReadAsync(
        $"{Columns} JOIN unnest($1, $2) AS wanted (name, after) ON stream = name AND version > after ORDER BY stream, version",
        after.Keys.ToArray(), after.Values.ToArray());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<IReadOnlyList<JournalRow>> ReadAsync(string sql, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        var rows = new List<JournalRow>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            using var data = JsonDocument.Parse(reader.GetString(6));
            rows.Add(new JournalRow(
                reader.GetString(0),
                reader.GetInt64(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetString(3),
                await reader.IsDBNullAsync(4) ? null : reader.GetString(4),
                reader.GetString(5),
                data.RootElement.Clone()));
        }

        return rows;
    }
}
