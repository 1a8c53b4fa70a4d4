using System.Collections.Immutable;
using System.Data.Common;
using System.Threading.Channels;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Protection;
using Dispatch.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Journal;

/// <summary>
/// Writes what does not go to the journal together with a record: reads of protected fields, and the events of a storage that writes records
/// alone. Takes what all grains of this process have waiting into one transaction, repeats it until it is durable, and tells each that it is.
/// Keys make repeats harmless.
/// </summary>
public sealed partial class JournalWriter(
    DispatchDatabase database, AccessChain chain, TimeProvider time, ILogger<JournalWriter> logger) : BackgroundService, IJournal
{
    /// <summary>Most entries of one transaction: enough to make the commit cheap for each, few enough to keep it under some 10 ms.</summary>
    private const int MaxBatch = 200;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(5);

    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });

    /// <inheritdoc/>
    public Task AppendAsync(JournalAppend append) => EnqueueAsync(new Pending(append, null, default));

    /// <inheritdoc/>
    public Task AppendAccessAsync(AccessEntry access)
    {
        ArgumentNullException.ThrowIfNull(access);

        // A read is when it is read: a command that tells of the past must not date it.
        var now = time.GetUtcNow();
        var at = PastTime.Current is null ? access.At : DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return EnqueueAsync(new Pending(null, access with { At = at }, Guid.CreateVersion7(now)));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<JournalRow>> ReadAsync(string stream, long toVersion) =>
        StorageFailure.AsTimeoutAsync(() => ReadRowsAsync(stream, toVersion));

    /// <inheritdoc/>
    public Task<ImmutableArray<CommandResult>> ReadCommandsAsync(string stream, long afterVersion) =>
        StorageFailure.AsTimeoutAsync(() => ReadResultsAsync(stream, afterVersion));

    private async Task<ImmutableArray<JournalRow>> ReadRowsAsync(string stream, long toVersion)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT version, at, actor_id, actor_name, command_id, kind, data, body_hash FROM journal WHERE stream = @stream AND version <= @to ORDER BY version");
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
                new JsonText(System.Text.Encoding.UTF8.GetBytes(reader.GetString(6))),
                reader.IsDBNull(7) ? null : reader.GetString(7)));
        }

        return rows.ToImmutable();
    }

    private async Task<ImmutableArray<CommandResult>> ReadResultsAsync(string stream, long afterVersion)
    {
        await using var command = database.Source.CreateCommand("""
            SELECT command_id, body_hash, max(version) AS version FROM journal
            WHERE stream = @stream AND version > @after AND body_hash IS NOT NULL
            GROUP BY command_id, body_hash ORDER BY version
            """);
        Set(command, "stream", stream);
        Set(command, "after", afterVersion);
        await using var reader = await command.ExecuteReaderAsync();
        var results = ImmutableArray.CreateBuilder<CommandResult>();
        while (await reader.ReadAsync())
        {
            results.Add(new CommandResult(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), Recorded: true));
        }

        return results.ToImmutable();
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
                    // In the order of the chain, and once: the same link is written however often it is tried.
                    batch.Add(pending.Access is { } access ? pending with { Link = chain.Append(pending.AccessId, access) } : pending);
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
        await using var prepared = new PreparedStatements(connection) { Transaction = transaction };
        foreach (var statement in statements)
        {
            await prepared.RunAsync(statement, stoppingToken);
        }
    }

    private static IEnumerable<Statement> Statements(Pending pending) =>
    [
        .. pending.Append is { } append ? JournalStatements.Of(append) : [],
        .. pending.Link is { } link ? JournalStatements.Of(link) : [],
    ];

    private static void Set(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Writing {Count} journal entries failed; they are written again.")]
    private partial void LogWriteFailed(Exception exception, int count);

    private sealed record Pending(JournalAppend? Append, AccessEntry? Access, Guid AccessId)
    {
        public ChainedAccess? Link { get; init; }

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
