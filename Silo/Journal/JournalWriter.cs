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
        var statements = batch.SelectMany(Statements);
        if (connection.CanCreateBatch)
        {
            await SendTogetherAsync(connection, transaction, statements, stoppingToken);
        }
        else
        {
            await RunOneByOneAsync(connection, transaction, statements, stoppingToken);
        }

        await transaction.CommitAsync(stoppingToken);
    }

    /// <summary>All statements in one round trip, where the driver can.</summary>
    private static async Task SendTogetherAsync(
        DbConnection connection, DbTransaction transaction, IEnumerable<Statement> statements, CancellationToken stoppingToken)
    {
        await using var together = connection.CreateBatch();
        together.Transaction = transaction;
        foreach (var statement in statements)
        {
            var command = together.CreateBatchCommand();
            command.CommandText = statement.Sql;
            foreach (var (name, value) in statement.Values)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value ?? DBNull.Value;
                command.Parameters.Add(parameter);
            }

            together.BatchCommands.Add(command);
        }

        await together.ExecuteNonQueryAsync(stoppingToken);
    }

    /// <summary>One statement after the other, each text compiled once: an embedded database has no round trips to save.</summary>
    private static async Task RunOneByOneAsync(
        DbConnection connection, DbTransaction transaction, IEnumerable<Statement> statements, CancellationToken stoppingToken)
    {
        var commands = new Dictionary<string, DbCommand>(StringComparer.Ordinal);
        try
        {
            foreach (var statement in statements)
            {
                if (!commands.TryGetValue(statement.Sql, out var command))
                {
                    commands[statement.Sql] = command = connection.CreateCommand();
                    command.Transaction = transaction;
                    command.CommandText = statement.Sql;
                }

                foreach (var (name, value) in statement.Values)
                {
                    Set(command, name, value);
                }

                await command.ExecuteNonQueryAsync(stoppingToken);
            }
        }
        finally
        {
            foreach (var command in commands.Values)
            {
                await command.DisposeAsync();
            }
        }
    }

    private static IEnumerable<Statement> Statements(Pending pending)
    {
        foreach (var row in pending.Append?.Rows ?? [])
        {
            yield return Insert(row);
        }

        if (pending.Append?.Incident is { } view)
        {
            yield return Upsert(view);
        }

        if (pending.Access is { } entry)
        {
            yield return Insert(pending.AccessId, entry);
        }
    }

    private static Statement Insert(JournalRow row) => new(InsertRow,
    [
        ("stream", row.Stream),
        ("version", row.Version),
        ("at", row.At.ToUniversalTime()),
        ("actorId", row.ActorId),
        ("actorName", row.ActorName),
        ("commandId", row.CommandId),
        ("kind", row.Kind),
        ("data", row.Data.ToString()),
    ]);

    private static Statement Insert(Guid id, AccessEntry entry) => new(InsertAccess,
    [
        ("id", id.ToString("D")),
        ("at", entry.At.ToUniversalTime()),
        ("subject", entry.Subject),
        ("actorId", entry.By.Id),
        ("actorName", entry.By.Name),
        ("fields", string.Join(',', entry.Fields)),
        ("reason", entry.Reason),
    ]);

    private static Statement Upsert(Incidents.IncidentView view) => new(UpsertIncident,
    [
        ("id", view.Id),
        ("number", view.Number),
        ("version", view.Version),
        ("status", JsonNamingPolicy.CamelCase.ConvertName(view.Status.ToString())),
        ("isOpen", view.IsOpen),
        ("category", view.Category),
        ("priority", view.Priority),
        ("stationId", view.StationId),
        ("communityId", view.CommunityId),
        ("openedAt", view.OpenedAt.ToUniversalTime()),
        ("closedAt", view.ClosedAt?.ToUniversalTime()),
        ("view", JsonText.Of(view).ToString()),
    ]);

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

    private sealed record Statement(string Sql, (string Name, object? Value)[] Values);

    private sealed record Pending(JournalAppend? Append, AccessEntry? Access, Guid AccessId)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
