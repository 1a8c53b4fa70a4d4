using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using System.Threading.Channels;
using Dispatch.Live;
using Dispatch.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Journal;

/// <summary>
/// Writes the journal: takes what all grains of this process have waiting into one transaction, repeats it until it is durable, and tells
/// each that it is. Keys make repeats harmless.
/// </summary>
public sealed partial class JournalWriter(DispatchDatabase database, TimeProvider time, ILogger<JournalWriter> logger) : BackgroundService, IJournal
{
    /// <summary>Most entries of one transaction: enough to make the commit cheap for each, few enough to keep it under some 10 ms.</summary>
    private const int MaxBatch = 200;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(5);

    private const string InsertRow = """
        INSERT INTO journal (stream, version, at, actor_id, actor_name, command_id, kind, data)
        VALUES (@stream, @version, @at, @actorId, @actorName, @commandId, @kind, @data) ON CONFLICT DO NOTHING
        """;

    private const string InsertAccess = """
        INSERT INTO access_journal (id, at, subject, actor_id, actor_name, fields, reason)
        VALUES (@id, @at, @subject, @actorId, @actorName, @fields, @reason) ON CONFLICT DO NOTHING
        """;

    private const string UpsertIncident = """
        INSERT INTO incident (id, number, version, status, is_open, category, priority, station_id, community_id, opened_at, closed_at, view)
        VALUES (@id, @number, @version, @status, @isOpen, @category, @priority, @stationId, @communityId, @openedAt, @closedAt, @view)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, is_open = excluded.is_open,
            category = excluded.category, priority = excluded.priority, station_id = excluded.station_id,
            community_id = excluded.community_id, closed_at = excluded.closed_at, view = excluded.view
        WHERE incident.version < excluded.version
        """;

    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });

    /// <inheritdoc/>
    public Task AppendAsync(JournalAppend append) => EnqueueAsync(new Pending(append, null, default));

    /// <inheritdoc/>
    public Task AppendAccessAsync(AccessEntry access) => EnqueueAsync(new Pending(null, access, Guid.CreateVersion7(time.GetUtcNow())));

    /// <inheritdoc/>
    public async Task<ImmutableArray<JournalRow>> ReadAsync(string stream, long toVersion)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT version, at, actor_id, actor_name, command_id, kind, data FROM journal WHERE stream = @stream AND version <= @to ORDER BY version");
        Set(command, "stream", stream);
        Set(command, "to", toVersion);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<JournalRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new JournalRow(
                stream,
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetString(5),
                new JsonText(System.Text.Encoding.UTF8.GetBytes(reader.GetString(6)))));
        }

        return rows.ToImmutable();
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await Task.WhenAny(running, Task.Delay(DrainWithin, time, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>(MaxBatch);
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < MaxBatch && queue.Reader.TryRead(out var pending))
                {
                    batch.Add(pending);
                }

                await WriteUntilDurableAsync(batch, stoppingToken);
                batch.ForEach(x => x.Written.TrySetResult());
                batch.Clear();
            }
        }
        catch (OperationCanceledException)
        {
            while (queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            batch.ForEach(x => x.Written.TrySetCanceled(CancellationToken.None));
        }
    }

    private Task EnqueueAsync(Pending pending) =>
        queue.Writer.TryWrite(pending) ? pending.Written.Task : Task.FromCanceled(new CancellationToken(canceled: true));

    private async Task WriteUntilDurableAsync(List<Pending> batch, CancellationToken stoppingToken)
    {
        while (true)
        {
            await database.WriteGate.WaitAsync(stoppingToken);
            try
            {
                await WriteAsync(batch, stoppingToken);
                return;
            }
            catch (DbException exception)
            {
                LogWriteFailed(exception, batch.Count);
            }
            finally
            {
                database.WriteGate.Release();
            }

            await Task.Delay(RetryPause, time, stoppingToken);
        }
    }

    private async Task WriteAsync(List<Pending> batch, CancellationToken stoppingToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stoppingToken);
        await using var transaction = await connection.BeginTransactionAsync(stoppingToken);
        await using var row = Prepare(connection, transaction, InsertRow);
        await using var access = Prepare(connection, transaction, InsertAccess);
        await using var incident = Prepare(connection, transaction, UpsertIncident);
        foreach (var pending in batch)
        {
            foreach (var one in pending.Append?.Rows ?? [])
            {
                Bind(row, one);
                await row.ExecuteNonQueryAsync(stoppingToken);
            }

            if (pending.Append?.Incident is { } view)
            {
                Bind(incident, view);
                await incident.ExecuteNonQueryAsync(stoppingToken);
            }

            if (pending.Access is { } entry)
            {
                Bind(access, pending.AccessId, entry);
                await access.ExecuteNonQueryAsync(stoppingToken);
            }
        }

        await transaction.CommitAsync(stoppingToken);
    }

    private static DbCommand Prepare(DbConnection connection, DbTransaction transaction, string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    private static void Bind(DbCommand command, JournalRow row)
    {
        Set(command, "stream", row.Stream);
        Set(command, "version", row.Version);
        Set(command, "at", row.At.ToUniversalTime());
        Set(command, "actorId", row.ActorId);
        Set(command, "actorName", row.ActorName);
        Set(command, "commandId", row.CommandId);
        Set(command, "kind", row.Kind);
        Set(command, "data", row.Data.ToString());
    }

    private static void Bind(DbCommand command, Guid id, AccessEntry entry)
    {
        Set(command, "id", id.ToString("D"));
        Set(command, "at", entry.At.ToUniversalTime());
        Set(command, "subject", entry.Subject);
        Set(command, "actorId", entry.By.Id);
        Set(command, "actorName", entry.By.Name);
        Set(command, "fields", string.Join(',', entry.Fields));
        Set(command, "reason", entry.Reason);
    }

    private static void Bind(DbCommand command, Incidents.IncidentView view)
    {
        Set(command, "id", view.Id);
        Set(command, "number", view.Number);
        Set(command, "version", view.Version);
        Set(command, "status", JsonNamingPolicy.CamelCase.ConvertName(view.Status.ToString()));
        Set(command, "isOpen", view.IsOpen);
        Set(command, "category", view.Category);
        Set(command, "priority", view.Priority);
        Set(command, "stationId", view.StationId);
        Set(command, "communityId", view.CommunityId);
        Set(command, "openedAt", view.OpenedAt.ToUniversalTime());
        Set(command, "closedAt", view.ClosedAt?.ToUniversalTime());
        Set(command, "view", JsonText.Of(view).ToString());
    }

    private static void Set(DbCommand command, string name, object? value)
    {
        var parameter = command.Parameters.Contains(name) ? command.Parameters[name] : null;
        if (parameter is null)
        {
            parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        parameter.Value = value ?? DBNull.Value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Writing {Count} journal entries failed; they are written again.")]
    private partial void LogWriteFailed(Exception exception, int count);

    private sealed record Pending(JournalAppend? Append, AccessEntry? Access, Guid AccessId)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
