using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Protection;

/// <summary>
/// Erases what has been kept long enough: destroys the key, has the tables forget what they hold in the clear, and writes what was erased, without
/// its content, into the log, all in one transaction. Several processes may try at once; the key's row says who does it.
/// </summary>
public sealed class Erasure(DispatchDatabase database, IEnumerable<IErasable> erasables, Vault vault, TimeProvider time)
{
    /// <summary>How many keys are looked up at once.</summary>
    private const int MaxBatch = 200;

    private const string Due = "erased_at IS NULL AND expires_at <= @now AND (hold_until IS NULL OR hold_until <= @now)";

    private readonly ImmutableArray<IErasable> erasables = [.. erasables];

    /// <summary>Erases everything that is due.</summary>
    /// <returns>How many matters this process erased.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        while (true)
        {
            var due = await FindDueAsync(cancellationToken);
            foreach (var key in due)
            {
                erased += await EraseAsync(key, cancellationToken) ? 1 : 0;
            }

            if (due.Length < MaxBatch)
            {
                await ForgetFreePagesAsync(erased, cancellationToken);
                return erased;
            }
        }
    }

    private async Task<ImmutableArray<DueKey>> FindDueAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(
            $"SELECT id, subject, retention_class, fields FROM protection_key WHERE {Due} ORDER BY expires_at LIMIT {MaxBatch}");
        command.Set("now", time.GetUtcNow());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = ImmutableArray.CreateBuilder<DueKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new DueKey(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)));
        }

        return due.ToImmutable();
    }

    private async Task<bool> EraseAsync(DueKey key, CancellationToken cancellationToken)
    {
        await database.WriteGate.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await OverwriteWhatIsDeletedAsync(connection, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var now = time.GetUtcNow();
            await using var destroy = transaction.Command(
                $"UPDATE protection_key SET wrapped = NULL, erased_at = @now WHERE id = @id AND {Due}");
            destroy.Set("now", now);
            destroy.Set("id", key.Id);
            if (await destroy.ExecuteNonQueryAsync(cancellationToken) == 0)
            {
                return false;
            }

            var cls = JsonSerializer.Deserialize<RetentionClass>($"\"{key.RetentionClass}\"", DispatchJson.Options);
            var fields = key.Fields.Split(',').ToList();
            foreach (var erasable in erasables)
            {
                fields.AddRange(await erasable.EraseAsync(key.Subject, cls, transaction, cancellationToken));
            }

            await LogAsync(transaction, key, fields, now, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            database.WriteGate.Release();
        }

        vault.Forget(key.Subject);
        return true;
    }

    private static async Task LogAsync(
        DbTransaction transaction, DueKey key, IEnumerable<string> fields, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var insert = transaction.Command("""
            INSERT INTO erasure_log (id, at, subject, retention_class, fields, because) VALUES (@id, @at, @subject, @class, @fields, 'retentionOver')
            """);
        insert.Set("id", Guid.CreateVersion7(now).ToString("D"));
        insert.Set("at", now);
        insert.Set("subject", key.Subject);
        insert.Set("class", key.RetentionClass);
        insert.Set("fields", string.Join(',', fields.Distinct(StringComparer.Ordinal)));
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task OverwriteWhatIsDeletedAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (database.Kind == DatabaseKind.Sqlite)
        {
            await using var pragma = connection.CreateCommand();
            pragma.CommandText = "PRAGMA secure_delete = ON";
            await pragma.ExecuteScalarAsync(cancellationToken);
        }
    }

    /// <summary>The write-ahead log of SQLite keeps old pages until it starts anew.</summary>
    private async Task ForgetFreePagesAsync(int erased, CancellationToken cancellationToken)
    {
        if (erased > 0 && database.Kind == DatabaseKind.Sqlite)
        {
            await using var pragma = database.Source.CreateCommand("PRAGMA wal_checkpoint(TRUNCATE)");
            await pragma.ExecuteScalarAsync(cancellationToken);
        }
    }

    private sealed record DueKey(string Id, string Subject, string RetentionClass, string Fields);
}
