using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Dispatch.Storage;

/// <summary>One transaction, and so one flush to disk, for as many records as wait.</summary>
public sealed class SqliteRecordWriter(string serviceId) : IRecordWriter
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

    /// <inheritdoc/>
    public async Task<int?[]> CommitAsync(DbConnection connection, IReadOnlyList<PendingRecord> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var sqlite = (SqliteConnection)connection;
        await using var transaction = sqlite.BeginTransaction(deferred: false);
        await using var update = Prepare(sqlite, transaction, Update);
        await using var insert = Prepare(sqlite, transaction, Insert);
        var versions = new int?[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var record = batch[i];
            var command = record.Version is null ? insert : update;
            command.Parameters["@keyHash"].Value = record.KeyHash;
            command.Parameters["@typeHash"].Value = record.TypeHash;
            command.Parameters["@type"].Value = record.Type;
            command.Parameters["@key"].Value = record.Key;
            command.Parameters["@payload"].Value = record.Payload;
            command.Parameters["@version"].Value = (object?)record.Version ?? DBNull.Value;
            versions[i] = await command.ExecuteNonQueryAsync() == 1 ? (record.Version ?? 0) + 1 : null;
        }

        await transaction.CommitAsync();
        return versions;
    }

    private SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in new[] { "@keyHash", "@typeHash", "@type", "@key", "@payload", "@version" })
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        command.Parameters.AddWithValue("@service", serviceId);
        return command;
    }
}
