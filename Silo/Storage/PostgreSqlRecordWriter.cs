using System.Data.Common;
using Dispatch.Incidents;
using Dispatch.Journal;
using Dispatch.Live;
using Npgsql;
using NpgsqlTypes;

namespace Dispatch.Storage;

/// <summary>One statement, one round trip, one commit, for as many records as wait and their events.</summary>
public sealed class PostgreSqlRecordWriter(DbDataSource source, string serviceId) : IRecordWriter
{
    /// <summary>
    /// Columns come as arrays, so the statement is always the same text and is planned once. What goes to the journal is joined with what was
    /// stored: a record that lost against another version leaves no trace.
    /// </summary>
    private const string Sql = $"""
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
            RETURNING GrainTypeString, GrainIdExtensionString, Version),
        stored AS (
            SELECT ord, Version FROM updated
            UNION ALL SELECT i.ord, n.Version FROM inserted n JOIN input i ON i.type = n.GrainTypeString AND i.key = n.GrainIdExtensionString),
        journalled AS (
            INSERT INTO journal (stream, version, at, actor_id, actor_name, command_id, body_hash, kind, data)
            SELECT r.stream, r.version, r.at, r.actor_id, r.actor_name, r.command_id, r.body_hash, r.kind, r.data
            FROM unnest(@rowOf, @rowStream, @rowVersion, @rowAt, @rowActorId, @rowActorName, @rowCommandId, @rowBodyHash, @rowKind, @rowData)
                AS r (ord, stream, version, at, actor_id, actor_name, command_id, body_hash, kind, data)
            WHERE r.ord IN (SELECT ord FROM stored)
            ON CONFLICT DO NOTHING),
        shown AS (
            INSERT INTO incident (id, number, version, status, is_open, category, priority, station_id, community_id, opened_at, closed_at, view)
            SELECT v.id, v.number, v.version, v.status, v.is_open, v.category, v.priority, v.station_id, v.community_id, v.opened_at, v.closed_at, v.view
            FROM unnest(@viewOf, @viewId, @viewNumber, @viewVersion, @viewStatus, @viewIsOpen, @viewCategory, @viewPriority, @viewStationId,
                    @viewCommunityId, @viewOpenedAt, @viewClosedAt, @view)
                AS v (ord, id, number, version, status, is_open, category, priority, station_id, community_id, opened_at, closed_at, view)
            WHERE v.ord IN (SELECT ord FROM stored)
            {IncidentRow.OnConflict})
        SELECT ord, Version FROM stored
        """;

    private static readonly Column<PendingRecord>[] RecordColumns =
    [
        new Column<PendingRecord, int>("keyHash", NpgsqlDbType.Integer, x => x.KeyHash),
        new Column<PendingRecord, int>("typeHash", NpgsqlDbType.Integer, x => x.TypeHash),
        new Column<PendingRecord, string>("type", NpgsqlDbType.Text, x => x.Type),
        new Column<PendingRecord, string>("key", NpgsqlDbType.Text, x => x.Key),
        new Column<PendingRecord, int?>("version", NpgsqlDbType.Integer, x => x.Version),
        new Column<PendingRecord, byte[]>("payload", NpgsqlDbType.Bytea, x => x.Payload),
    ];

    private static readonly Column<(long Of, JournalRow Row)>[] RowColumns =
    [
        new Column<(long Of, JournalRow Row), long>("rowOf", NpgsqlDbType.Bigint, x => x.Of),
        new Column<(long Of, JournalRow Row), string>("rowStream", NpgsqlDbType.Text, x => x.Row.Stream),
        new Column<(long Of, JournalRow Row), long>("rowVersion", NpgsqlDbType.Bigint, x => x.Row.Version),
        new Column<(long Of, JournalRow Row), DateTimeOffset>("rowAt", NpgsqlDbType.TimestampTz, x => x.Row.At.ToUniversalTime()),
        new Column<(long Of, JournalRow Row), string>("rowActorId", NpgsqlDbType.Text, x => x.Row.ActorId),
        new Column<(long Of, JournalRow Row), string>("rowActorName", NpgsqlDbType.Text, x => x.Row.ActorName),
        new Column<(long Of, JournalRow Row), string?>("rowCommandId", NpgsqlDbType.Text, x => x.Row.CommandId),
        new Column<(long Of, JournalRow Row), string?>("rowBodyHash", NpgsqlDbType.Text, x => x.Row.BodyHash),
        new Column<(long Of, JournalRow Row), string>("rowKind", NpgsqlDbType.Text, x => x.Row.Kind),
        new Column<(long Of, JournalRow Row), byte[]>("rowData", NpgsqlDbType.Text, x => x.Row.Data.Utf8!),
    ];

    private static readonly Column<(long Of, IncidentView View)>[] ViewColumns =
    [
        new Column<(long Of, IncidentView View), long>("viewOf", NpgsqlDbType.Bigint, x => x.Of),
        new Column<(long Of, IncidentView View), string>("viewId", NpgsqlDbType.Text, x => x.View.Id),
        new Column<(long Of, IncidentView View), string>("viewNumber", NpgsqlDbType.Text, x => x.View.Number),
        new Column<(long Of, IncidentView View), long>("viewVersion", NpgsqlDbType.Bigint, x => x.View.Version),
        new Column<(long Of, IncidentView View), string>("viewStatus", NpgsqlDbType.Text, x => IncidentRow.Status(x.View)),
        new Column<(long Of, IncidentView View), bool>("viewIsOpen", NpgsqlDbType.Boolean, x => x.View.IsOpen),
        new Column<(long Of, IncidentView View), string>("viewCategory", NpgsqlDbType.Text, x => x.View.Category),
        new Column<(long Of, IncidentView View), int>("viewPriority", NpgsqlDbType.Integer, x => x.View.Priority),
        new Column<(long Of, IncidentView View), string>("viewStationId", NpgsqlDbType.Text, x => x.View.StationId),
        new Column<(long Of, IncidentView View), string>("viewCommunityId", NpgsqlDbType.Text, x => x.View.CommunityId),
        new Column<(long Of, IncidentView View), DateTimeOffset>("viewOpenedAt", NpgsqlDbType.TimestampTz, x => x.View.OpenedAt.ToUniversalTime()),
        new Column<(long Of, IncidentView View), DateTimeOffset?>("viewClosedAt", NpgsqlDbType.TimestampTz, x => x.View.ClosedAt?.ToUniversalTime()),
        new Column<(long Of, IncidentView View), byte[]>("view", NpgsqlDbType.Text, x => JsonText.Of(x.View).Utf8!),
    ];

    private NpgsqlConnection? connection;
    private NpgsqlCommand? command;

    /// <inheritdoc/>
    public async Task<int?[]> CommitAsync(IReadOnlyList<PendingRecord> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        try
        {
            command ??= await ConnectAsync();
            Fill(command, batch);
            var versions = new int?[batch.Count];
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                versions[(int)reader.GetInt64(0) - 1] = reader.GetInt32(1);
            }

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
        await (command?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        (command, connection) = (null, null);
    }

    private static void Fill(NpgsqlCommand command, IReadOnlyList<PendingRecord> batch)
    {
        var rows = new List<(long, JournalRow)>(batch.Count);
        var views = new List<(long, IncidentView)>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].Append is { } append)
            {
                rows.AddRange(append.Rows.Select(row => (i + 1L, row)));
                if (append.Incident is { } view)
                {
                    views.Add((i + 1L, view));
                }
            }
        }

        var at = Fill(command, 0, RecordColumns, batch);
        at = Fill(command, at, RowColumns, rows);
        Fill(command, at, ViewColumns, views);
    }

    private static int Fill<TItem>(NpgsqlCommand command, int at, Column<TItem>[] columns, IReadOnlyList<TItem> items)
    {
        foreach (var column in columns)
        {
            column.Fill(command.Parameters[at++], items);
        }

        return at;
    }

    private async Task<NpgsqlCommand> ConnectAsync()
    {
        connection = (NpgsqlConnection)await source.OpenConnectionAsync();

        // The server would plan anew for each length of the arrays; the plan is the same for all.
        await using var setting = new NpgsqlCommand("SET plan_cache_mode = force_generic_plan", connection);
        await setting.ExecuteNonQueryAsync();
        var made = new NpgsqlCommand(Sql, connection);
        NpgsqlParameter[] parameters =
        [
            .. RecordColumns.Select(x => x.Parameter()),
            .. RowColumns.Select(x => x.Parameter()),
            .. ViewColumns.Select(x => x.Parameter()),
            new NpgsqlParameter<string>("service", serviceId),
        ];
        made.Parameters.AddRange(parameters);
        Fill(made, []);
        await made.PrepareAsync();
        return made;
    }

    /// <summary>One array that goes to the statement.</summary>
    private abstract record Column<TItem>
    {
        /// <summary>The statement's parameter, still empty.</summary>
        public abstract NpgsqlParameter Parameter();

        /// <summary>Puts these items' values in.</summary>
        public abstract void Fill(NpgsqlParameter parameter, IReadOnlyList<TItem> items);
    }

    private sealed record Column<TItem, TValue>(string Name, NpgsqlDbType Type, Func<TItem, TValue> Value) : Column<TItem>
    {
        public override NpgsqlParameter Parameter() => new NpgsqlParameter<TValue[]>(Name, NpgsqlDbType.Array | Type);

        public override void Fill(NpgsqlParameter parameter, IReadOnlyList<TItem> items)
        {
            var values = new TValue[items.Count];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = Value(items[i]);
            }

            ((NpgsqlParameter<TValue[]>)parameter).TypedValue = values;
        }
    }
}
