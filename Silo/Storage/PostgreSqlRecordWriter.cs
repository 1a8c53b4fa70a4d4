using System.Data.Common;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Pairs;
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
            {IncidentRow.OnConflict}),
        matters AS (
            INSERT INTO matter ({MatterRows.Columns})
            SELECT {MatterRows.Columns}
            FROM unnest(@matterOf, @matterId, @matterKind, @matterNumber, @matterVersion, @matterCommunityId, @matterStationId, @matterStatus, @matterIsOpen,
                    @matterCategory, @matterPairId, @matterPartnerId, @matterOpenedAt, @matterDueAt, @matterClosedAt, @matterRestricted, @matterRefs,
                    @matterFacets, @matterFirstDueAt, @matterFirstMetAt, @matterTerms, @matterView, @matterMasked)
                AS m (ord, {MatterRows.Columns})
            WHERE m.ord IN (SELECT ord FROM stored)
            {MatterRows.OnConflict}),
        interactions AS (
            INSERT INTO interaction ({InteractionRows.Columns})
            SELECT DISTINCT ON (id) {InteractionRows.Columns}
            FROM unnest(@actOf, @actId, @actVersion, @actCommunityId, @actStationId, @actKind, @actPairId, @actIncidentId, @actParticipants, @actMinutes,
                    @actChannel, @actAt, @actRecordedAt, @actLat, @actLon, @actWithdrawn, @actText, @actTerms, @actPerson, @actView)
                AS a (ord, {InteractionRows.Columns})
            WHERE a.ord IN (SELECT ord FROM stored)
            ORDER BY id, version DESC
            {InteractionRows.OnConflict}),
        spent AS (
            INSERT INTO pair_time (pair_id, version, community_id, officer_ids, kind, by_whom, reason, from_at, to_at, seconds, incident_id)
            SELECT p.pair_id, p.version, p.community_id, p.officer_ids, p.kind, p.by_whom, p.reason, p.from_at, p.to_at, p.seconds, p.incident_id
            FROM unnest(@timeOf, @time) AS t (ord, row), json_populate_record(NULL::pair_time, t.row::json) p
            WHERE t.ord IN (SELECT ord FROM stored)
            ON CONFLICT DO NOTHING),
        handed AS (
            INSERT INTO handover_sheet (id, version, pair_id, community_id, station_id, opened_at, due_at, closed_at, view)
            SELECT h.id, h.version, h.pair_id, h.community_id, h.station_id, h.opened_at, h.due_at, h.closed_at, h.view
            FROM unnest(@sheetOf, @sheet) AS t (ord, row), json_populate_record(NULL::handover_sheet, t.row::json) h
            WHERE t.ord IN (SELECT ord FROM stored)
            {SideRows.OnHandoverConflict})
        SELECT ord, Version FROM stored
        """;

    /// <summary>JSON null: who looks on sees nothing of a restricted matter.</summary>
    private static readonly byte[] NullJson = "null"u8.ToArray();

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

    private static readonly Column<(long Of, MatterRow Row)>[] MatterColumns =
    [
        new Column<(long Of, MatterRow Row), long>("matterOf", NpgsqlDbType.Bigint, x => x.Of),
        new Column<(long Of, MatterRow Row), string>("matterId", NpgsqlDbType.Text, x => x.Row.Id),
        new Column<(long Of, MatterRow Row), string>("matterKind", NpgsqlDbType.Text, x => MatterIds.NameOf(x.Row.Kind)),
        new Column<(long Of, MatterRow Row), string>("matterNumber", NpgsqlDbType.Text, x => x.Row.Number),
        new Column<(long Of, MatterRow Row), long>("matterVersion", NpgsqlDbType.Bigint, x => x.Row.Version),
        new Column<(long Of, MatterRow Row), string>("matterCommunityId", NpgsqlDbType.Text, x => x.Row.CommunityId),
        new Column<(long Of, MatterRow Row), string>("matterStationId", NpgsqlDbType.Text, x => x.Row.StationId),
        new Column<(long Of, MatterRow Row), string>("matterStatus", NpgsqlDbType.Text, x => x.Row.Status),
        new Column<(long Of, MatterRow Row), bool>("matterIsOpen", NpgsqlDbType.Boolean, x => x.Row.IsOpen),
        new Column<(long Of, MatterRow Row), string?>("matterCategory", NpgsqlDbType.Text, x => x.Row.Category),
        new Column<(long Of, MatterRow Row), string?>("matterPairId", NpgsqlDbType.Text, x => x.Row.PairId),
        new Column<(long Of, MatterRow Row), string?>("matterPartnerId", NpgsqlDbType.Text, x => x.Row.PartnerId),
        new Column<(long Of, MatterRow Row), DateTimeOffset>("matterOpenedAt", NpgsqlDbType.TimestampTz, x => x.Row.OpenedAt.ToUniversalTime()),
        new Column<(long Of, MatterRow Row), DateTimeOffset?>("matterDueAt", NpgsqlDbType.TimestampTz, x => x.Row.DueAt?.ToUniversalTime()),
        new Column<(long Of, MatterRow Row), DateTimeOffset?>("matterClosedAt", NpgsqlDbType.TimestampTz, x => x.Row.ClosedAt?.ToUniversalTime()),
        new Column<(long Of, MatterRow Row), bool>("matterRestricted", NpgsqlDbType.Boolean, x => x.Row.Restricted),
        new Column<(long Of, MatterRow Row), string>("matterRefs", NpgsqlDbType.Text, x => MatterRows.Line(x.Row.Refs)),
        new Column<(long Of, MatterRow Row), string>("matterFacets", NpgsqlDbType.Text, x => MatterRows.Line(x.Row.Facets)),
        new Column<(long Of, MatterRow Row), DateTimeOffset?>("matterFirstDueAt", NpgsqlDbType.TimestampTz, x => x.Row.FirstDueAt?.ToUniversalTime()),
        new Column<(long Of, MatterRow Row), DateTimeOffset?>("matterFirstMetAt", NpgsqlDbType.TimestampTz, x => x.Row.FirstMetAt?.ToUniversalTime()),
        new Column<(long Of, MatterRow Row), string>("matterTerms", NpgsqlDbType.Text, x => SearchTerms.Line($"{x.Row.Number} {x.Row.Text}")),
        new Column<(long Of, MatterRow Row), byte[]>("matterView", NpgsqlDbType.Text, x => x.Row.View.Utf8 ?? NullJson),
        new Column<(long Of, MatterRow Row), byte[]>("matterMasked", NpgsqlDbType.Text, x => x.Row.Masked.Utf8 ?? NullJson),
    ];

    private static readonly Column<(long Of, InteractionRow Row)>[] InteractionColumns =
    [
        new Column<(long Of, InteractionRow Row), long>("actOf", NpgsqlDbType.Bigint, x => x.Of),
        new Column<(long Of, InteractionRow Row), string>("actId", NpgsqlDbType.Text, x => x.Row.View.Id),
        new Column<(long Of, InteractionRow Row), long>("actVersion", NpgsqlDbType.Bigint, x => x.Row.Version),
        new Column<(long Of, InteractionRow Row), string>("actCommunityId", NpgsqlDbType.Text, x => x.Row.CommunityId),
        new Column<(long Of, InteractionRow Row), string>("actStationId", NpgsqlDbType.Text, x => x.Row.StationId),
        new Column<(long Of, InteractionRow Row), string>("actKind", NpgsqlDbType.Text, x => InteractionRows.Kind(x.Row)),
        new Column<(long Of, InteractionRow Row), string?>("actPairId", NpgsqlDbType.Text, x => x.Row.View.PairId),
        new Column<(long Of, InteractionRow Row), string?>("actIncidentId", NpgsqlDbType.Text, x => x.Row.View.IncidentId),
        new Column<(long Of, InteractionRow Row), int>("actParticipants", NpgsqlDbType.Integer, x => x.Row.View.Participants),
        new Column<(long Of, InteractionRow Row), int?>("actMinutes", NpgsqlDbType.Integer, x => x.Row.View.Minutes),
        new Column<(long Of, InteractionRow Row), string?>("actChannel", NpgsqlDbType.Text, x => x.Row.View.Channel),
        new Column<(long Of, InteractionRow Row), DateTimeOffset>("actAt", NpgsqlDbType.TimestampTz, x => x.Row.View.At.ToUniversalTime()),
        new Column<(long Of, InteractionRow Row), DateTimeOffset>("actRecordedAt", NpgsqlDbType.TimestampTz, x => x.Row.View.RecordedAt.ToUniversalTime()),
        new Column<(long Of, InteractionRow Row), double?>("actLat", NpgsqlDbType.Double, x => x.Row.View.Location?.Lat),
        new Column<(long Of, InteractionRow Row), double?>("actLon", NpgsqlDbType.Double, x => x.Row.View.Location?.Lon),
        new Column<(long Of, InteractionRow Row), bool>("actWithdrawn", NpgsqlDbType.Boolean, x => x.Row.View.WithdrawnBecause is not null),
        new Column<(long Of, InteractionRow Row), string?>("actText", NpgsqlDbType.Text, x => x.Row.View.Text),
        new Column<(long Of, InteractionRow Row), string>("actTerms", NpgsqlDbType.Text, x => InteractionRows.Terms(x.Row)),
        new Column<(long Of, InteractionRow Row), byte[]?>("actPerson", NpgsqlDbType.Text, x => x.Row.Person is { } person ? JsonText.Of(person).Utf8 : null),
        new Column<(long Of, InteractionRow Row), byte[]>("actView", NpgsqlDbType.Text, x => InteractionRows.View(x.Row).Utf8!),
    ];

    private static readonly Column<(long Of, PairTime Time)>[] TimeColumns =
    [
        new Column<(long Of, PairTime Time), long>("timeOf", NpgsqlDbType.Bigint, x => x.Of),
        new Column<(long Of, PairTime Time), byte[]>("time", NpgsqlDbType.Text, x => SideRows.Of(x.Time).Utf8!),
    ];

    private static readonly Column<(long Of, HandoverView Sheet)>[] SheetColumns =
    [
        new Column<(long Of, HandoverView Sheet), long>("sheetOf", NpgsqlDbType.Bigint, x => x.Of),
        new Column<(long Of, HandoverView Sheet), byte[]>("sheet", NpgsqlDbType.Text, x => SideRows.Of(x.Sheet).Utf8!),
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
        var matters = new List<(long, MatterRow)>();
        var interactions = new List<(long, InteractionRow)>();
        var times = new List<(long, PairTime)>();
        var sheets = new List<(long, HandoverView)>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch[i].Append is { } append)
            {
                var of = i + 1L;
                rows.AddRange(append.Rows.Select(row => (of, row)));
                interactions.AddRange(append.Interactions.Select(row => (of, row)));
                if (append.Incident is { } view)
                {
                    views.Add((of, view));
                }

                if (append.Matter is { } matter)
                {
                    matters.Add((of, matter));
                }

                times.AddRange(append.Times.Select(time => (of, time)));
                if (append.Handover is { } sheet)
                {
                    sheets.Add((of, sheet));
                }
            }
        }

        var at = Fill(command, 0, RecordColumns, batch);
        at = Fill(command, at, RowColumns, rows);
        at = Fill(command, at, ViewColumns, views);
        at = Fill(command, at, MatterColumns, matters);
        at = Fill(command, at, InteractionColumns, interactions);
        at = Fill(command, at, TimeColumns, times);
        Fill(command, at, SheetColumns, sheets);
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
            .. MatterColumns.Select(x => x.Parameter()),
            .. InteractionColumns.Select(x => x.Parameter()),
            .. TimeColumns.Select(x => x.Parameter()),
            .. SheetColumns.Select(x => x.Parameter()),
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
