using System.Data.Common;
using System.Threading.Channels;
using Dispatch.Benchmarks.Processes;

namespace Dispatch.Benchmarks.Durable;

/// <summary>
/// What ours is compared with: connections that each commit one row with one prepared statement, in the same table, over the same rows, fenced by
/// the same version, with as many bytes of the same text as ours writes on average.
/// </summary>
public sealed class RawCommits : IAsyncDisposable
{
    private const string Sql = """
        UPDATE OrleansStorage SET PayloadBinary = @payload, ModifiedOn = CURRENT_TIMESTAMP, Version = Version + 1
        WHERE GrainIdHash = @keyHash AND GrainTypeHash = @typeHash AND GrainIdN0 = 0 AND GrainIdN1 = 0 AND GrainTypeString = @type
            AND GrainIdExtensionString = @key AND ServiceId = @service AND Version = @version
        """;

    private readonly Channel<DbCommand> idle = Channel.CreateUnbounded<DbCommand>();
    private readonly List<DbConnection> connections = [];
    private readonly List<Row> rows = [];

    private RawCommits()
    {
    }

    /// <summary>Opens the connections and reads the rows that are to be written.</summary>
    /// <param name="source">The database.</param>
    /// <param name="atOnce">How many connections.</param>
    /// <param name="state">Name of the state whose records are written.</param>
    /// <param name="bytes">How long a record is.</param>
    public static async Task<RawCommits> OpenAsync(DbDataSource source, int atOnce, string state, int bytes)
    {
        var raw = new RawCommits();
        for (var i = 0; i < atOnce; i++)
        {
            var connection = await source.OpenConnectionAsync();
            raw.connections.Add(connection);
            if (i == 0)
            {
                await raw.ReadRowsAsync(connection, state, bytes);
            }

            raw.idle.Writer.TryWrite(await PrepareAsync(connection, raw.rows[0]));
        }

        return raw;
    }

    /// <summary>Commits the i-th row; it is durable when this returns.</summary>
    public async Task CommitAsync(int i)
    {
        var row = rows[Workload.GrainOf(i)];
        await row.Turn.WaitAsync();
        var command = await idle.Reader.ReadAsync();
        Set(command, row);
        if (await command.ExecuteNonQueryAsync() != 1)
        {
            throw new InvalidOperationException("A raw commit found another version.");
        }

        row.Version++;
        idle.Writer.TryWrite(command);
        row.Turn.Release();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }
    }

    private async Task ReadRowsAsync(DbConnection connection, string state, int bytes)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT GrainIdHash, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, Version
            FROM OrleansStorage WHERE GrainTypeString = '{state}' ORDER BY GrainIdExtensionString
            """;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(new Row(
                reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), (byte[])reader[5])
            {
                Version = reader.GetInt32(6),
            });
        }

        var stored = rows.ConvertAll(x => x.Payload);
        for (var i = 0; i < rows.Count; i++)
        {
            // Longer than stored because the record grows while it is measured: the rest is text of the same kind.
            rows[i] = rows[i] with { Payload = [.. stored[i].Concat(stored[(i + 1) % stored.Count]).Concat(stored[(i + 2) % stored.Count]).Take(bytes)] };
        }
    }

    private static async Task<DbCommand> PrepareAsync(DbConnection connection, Row row)
    {
        var command = connection.CreateCommand();
        command.CommandText = Sql;
        Set(command, row);
        await command.PrepareAsync();
        return command;
    }

    private static void Set(DbCommand command, Row row)
    {
        command.Set(0, "keyHash", row.KeyHash);
        command.Set(1, "typeHash", row.TypeHash);
        command.Set(2, "type", row.Type);
        command.Set(3, "key", row.Key);
        command.Set(4, "service", row.Service);
        command.Set(5, "payload", row.Payload);
        command.Set(6, "version", row.Version);
    }

    private sealed record Row(int KeyHash, int TypeHash, string Type, string Key, string Service, byte[] Payload)
    {
        public int Version { get; set; }

        /// <summary>One commit of a row after the other, as a grain takes its commands.</summary>
        public SemaphoreSlim Turn { get; } = new(1, 1);
    }
}
