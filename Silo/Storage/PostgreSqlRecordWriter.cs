using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Dispatch.Storage;

/// <summary>One statement, one round trip, one commit, for as many records as wait.</summary>
public sealed class PostgreSqlRecordWriter(string serviceId) : IRecordWriter
{
    private const string Sql = """
        WITH input AS (
            SELECT * FROM unnest(@keyHash, @typeHash, @type, @key, @version, @payload)
                WITH ORDINALITY AS t (key_hash, type_hash, type, key, version, payload, ord)),
        updated AS (
            UPDATE OrleansStorage s SET PayloadBinary = i.payload, ModifiedOn = now(), Version = s.Version + 1
            FROM input i
            WHERE i.version IS NOT NULL AND s.GrainIdHash = i.key_hash AND s.GrainTypeHash = i.type_hash AND s.GrainIdN0 = 0 AND s.GrainIdN1 = 0
                AND s.GrainTypeString = i.type AND s.GrainIdExtensionString = i.key AND s.ServiceId = @service AND s.Version = i.version
            RETURNING i.ord, s.Version),
        inserted AS (
            INSERT INTO OrleansStorage
                (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, ModifiedOn, Version)
            SELECT key_hash, type_hash, 0, 0, type, key, @service, payload, now(), 1 FROM input WHERE version IS NULL
            ON CONFLICT DO NOTHING
            RETURNING GrainTypeString, GrainIdExtensionString, Version)
        SELECT ord, Version FROM updated
        UNION ALL SELECT i.ord, n.Version FROM inserted n JOIN input i ON i.type = n.GrainTypeString AND i.key = n.GrainIdExtensionString
        """;

    /// <inheritdoc/>
    public async Task<int?[]> CommitAsync(DbConnection connection, IReadOnlyList<PendingRecord> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        await using var command = new NpgsqlCommand(Sql, (NpgsqlConnection)connection);
        Add(command, "keyHash", NpgsqlDbType.Integer, batch.Select(x => x.KeyHash).ToArray());
        Add(command, "typeHash", NpgsqlDbType.Integer, batch.Select(x => x.TypeHash).ToArray());
        Add(command, "type", NpgsqlDbType.Text, batch.Select(x => x.Type).ToArray());
        Add(command, "key", NpgsqlDbType.Text, batch.Select(x => x.Key).ToArray());
        Add(command, "version", NpgsqlDbType.Integer, batch.Select(x => x.Version).ToArray());
        Add(command, "payload", NpgsqlDbType.Bytea, batch.Select(x => x.Payload).ToArray());
        command.Parameters.AddWithValue("service", serviceId);
        await command.PrepareAsync();
        var versions = new int?[batch.Count];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            versions[(int)reader.GetInt64(0) - 1] = reader.GetInt32(1);
        }

        return versions;
    }

    private static void Add(NpgsqlCommand command, string name, NpgsqlDbType element, object values) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | element) { Value = values });
}
