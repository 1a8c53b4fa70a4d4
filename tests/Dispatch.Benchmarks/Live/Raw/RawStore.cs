using System.Data.Common;
using System.Threading.Channels;
using Dispatch.Benchmarks.Processes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Dispatch.Benchmarks.Live.Raw;

/// <summary>One table with a row for each pair; a change is one prepared one-row statement in a commit of its own.</summary>
public sealed class RawStore : IAsyncDisposable
{
    private const string Update = "UPDATE raw_pair SET payload = @payload, version = @version WHERE id = @id AND version < @version";
    private readonly Channel<DbCommand> idle = Channel.CreateUnbounded<DbCommand>();
    private readonly List<DbConnection> connections = [];
    private readonly DbDataSource source;

    private RawStore(DbDataSource source) => this.source = source;

    /// <summary>Opens as many connections as ours has commits under way: 32 on PostgreSQL; SQLite has one writer.</summary>
    public static async Task<RawStore> OpenAsync(string? postgres, string? sqlite)
    {
        var store = new RawStore(postgres is not null
            ? NpgsqlDataSource.Create(postgres)
            : SqliteFactory.Instance.CreateDataSource($"Data Source={sqlite}"));
        await using var connection = await store.source.OpenConnectionAsync();
        if (postgres is null)
        {
            await ExecuteAsync(connection, "PRAGMA journal_mode = WAL");
        }

        await ExecuteAsync(connection, "CREATE TABLE raw_pair (id TEXT PRIMARY KEY, version BIGINT NOT NULL, payload "
            + (postgres is null ? "BLOB" : "BYTEA") + " NOT NULL)");
        for (var i = 0; i < (postgres is null ? 1 : 32); i++)
        {
            await store.AddConnectionAsync(postgres is null);
        }

        return store;
    }

    /// <summary>Inserts the rows.</summary>
    public async Task FillAsync(IEnumerable<(string Id, long Version, byte[] Payload)> rows)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (id, version, payload) in rows)
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO raw_pair (id, version, payload) VALUES (@id, @version, @payload)";
            Set(command, id, version, payload);
            await command.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    /// <summary>Writes a row; it is durable when this returns.</summary>
    public async Task CommitAsync(string id, long version, byte[] payload)
    {
        var command = await idle.Reader.ReadAsync();
        try
        {
            Set(command, id, version, payload);
            if (await command.ExecuteNonQueryAsync() != 1)
            {
                throw new InvalidOperationException($"The row of {id} is not older than {version}.");
            }
        }
        finally
        {
            idle.Writer.TryWrite(command);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        await source.DisposeAsync();
    }

    private async Task AddConnectionAsync(bool sqlite)
    {
        var connection = await source.OpenConnectionAsync();
        connections.Add(connection);
        if (sqlite)
        {
            await ExecuteAsync(connection, "PRAGMA synchronous = FULL");
        }

        var command = connection.CreateCommand();
        command.CommandText = Update;
        Set(command, string.Empty, 0L, Array.Empty<byte>());
        await command.PrepareAsync();
        idle.Writer.TryWrite(command);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static void Set(DbCommand command, string id, long version, byte[] payload)
    {
        command.Set(0, "id", id);
        command.Set(1, "version", version);
        command.Set(2, "payload", payload);
    }
}
