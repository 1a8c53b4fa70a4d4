using System.Data.Common;
using Dispatch.Journal;
using Microsoft.Data.Sqlite;

namespace Dispatch.Storage;

/// <summary>One transaction, and so one flush to disk, for as many records as wait and their events.</summary>
public sealed class SqliteRecordWriter(DbDataSource source, string serviceId) : IRecordWriter
{
    private const string Update = """
        UPDATE OrleansStorage SET PayloadBinary = @payload, ModifiedOn = datetime('now'), Version = Version + 1
        WHERE GrainIdHash = @keyHash AND GrainTypeHash = @typeHash AND GrainIdN0 = 0 AND GrainIdN1 = 0 AND GrainTypeString = @type
            AND GrainIdExtensionString = @key AND ServiceId = @service AND Version = @version
        """;

    private const string Insert = """
        INSERT INTO OrleansStorage
            (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
        VALUES (@keyHash, @typeHash, 0, 0, @type, @key, @service, @payload, datetime('now'), 1) ON CONFLICT DO NOTHING
        """;

    private SqliteConnection? connection;
    private PreparedStatements? statements;

    /// <inheritdoc/>
    public async Task<int?[]> CommitAsync(IReadOnlyList<PendingRecord> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        try
        {
            connection ??= (SqliteConnection)await source.OpenConnectionAsync();
            await using var transaction = connection.BeginTransaction(deferred: false);
            statements ??= new PreparedStatements(connection) { Transaction = transaction };
            statements.Transaction = transaction;
            var versions = new int?[batch.Count];
            for (var i = 0; i < batch.Count; i++)
            {
                versions[i] = await WriteAsync(statements, batch[i]);
            }

            await transaction.CommitAsync();
            return versions;
        }
        catch (Exception)
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (statements?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        (statements, connection) = (null, null);
    }

    private async Task<int?> WriteAsync(PreparedStatements prepared, PendingRecord record)
    {
        if (await prepared.RunAsync(StatementOf(record), CancellationToken.None) != 1)
        {
            return null;
        }

        foreach (var statement in record.Append is { } append ? JournalStatements.Of(append) : [])
        {
            await prepared.RunAsync(statement, CancellationToken.None);
        }

        return (record.Version ?? 0) + 1;
    }

    private Statement StatementOf(PendingRecord record)
    {
        (string, object?)[] values =
        [
            ("keyHash", record.KeyHash), ("typeHash", record.TypeHash), ("type", record.Type), ("key", record.Key), ("service", serviceId),
            ("payload", record.Payload),
        ];
        return record.Version is { } version
            ? new Statement(Update, [.. values, ("version", version)])
            : new Statement(Insert, values);
    }
}
