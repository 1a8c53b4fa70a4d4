using System.Data.Common;
using System.Security.Cryptography;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Places;

/// <summary>What an import of places brings, or would.</summary>
/// <param name="Applied">Whether it was done.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Added">Places that are new.</param>
/// <param name="Changed">Places that were there and are otherwise now.</param>
/// <param name="Unchanged">Places that were there just so.</param>
/// <param name="Removed">Places that are not in the file and go.</param>
/// <param name="FaultCount">Rows that cannot be taken.</param>
/// <param name="Faults">The first <see cref="PlaceImport.MostFaults"/> of them.</param>
public sealed record PlacesImported(
    bool Applied, int Rows, int Added, int Changed, int Unchanged, int Removed, int FaultCount, IReadOnlyList<PlaceFault> Faults);

/// <summary>An import as it goes into the journal: counts, not places.</summary>
internal sealed record PlacesJournalled(string Digest, bool Replace, PlacesImported Result);

/// <summary>Takes lists of places into the table: all of a list or nothing, in the journal with it.</summary>
public sealed class PlaceImport(DispatchDatabase database, PlaceTable table, TimeProvider time)
{
    /// <summary>Most rows that are told of.</summary>
    public const int MostFaults = 200;

    private const string Stream = "places";

    /// <summary>Takes what a file says, or only says what would come of it.</summary>
    /// <param name="rows">The file.</param>
    /// <param name="replace">Whether places that are not in it go.</param>
    /// <param name="apply">False to change nothing.</param>
    /// <param name="context">In whose name, under which id.</param>
    /// <param name="cancellationToken">Ends it; what was begun is undone.</param>
    /// <returns>What came of it; nothing was done where there are faults.</returns>
    public async Task<Answer<PlacesImported>> TakeAsync(
        PlaceRows rows, bool replace, bool apply, CommandContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        await database.WriteGate.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var before = await table.LockAsync(transaction, cancellationToken);
            var digest = Digest(rows, replace);
            if (apply && await FindAsync(transaction, context.CommandId, cancellationToken) is { } first)
            {
                return first.Digest == digest
                    ? first.Result
                    : Refusal.Invalid(RefusalCodes.IdempotencyKeyReused, "Idempotency-Key", "This key was used for another command.");
            }

            var writes = rows.Places.Where(x => !before.TryGetValue(x.Id, out var old) || old != x).ToArray();
            var gone = replace ? before.Keys.Except(rows.Places.Select(x => x.Id), StringComparer.Ordinal).ToArray() : [];
            var added = writes.Count(x => !before.ContainsKey(x.Id));
            var result = new PlacesImported(
                apply && rows.Faults.Count == 0, rows.Rows, added, writes.Length - added, rows.Places.Count - writes.Length, gone.Length, rows.Faults.Count,
                [.. rows.Faults.Take(MostFaults)]);
            if (result.Applied)
            {
                await PlaceTable.RemoveAsync(transaction, gone, cancellationToken);
                await PlaceTable.WriteAsync(transaction, writes, cancellationToken);
                await JournalAsync(transaction, new PlacesJournalled(digest, replace, result), context, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            return result;
        }
        finally
        {
            database.WriteGate.Release();
        }
    }

    /// <summary>Whether places were ever imported.</summary>
    public async Task<bool> HasBegunAsync(CancellationToken cancellationToken) =>
        (await database.ReadAsync(new Statement("SELECT 1 FROM journal WHERE stream = 'places' LIMIT 1", []), x => x.GetInt32(0), cancellationToken)).Count > 0;

    private static string Digest(PlaceRows rows, bool replace) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonText.Of(new { rows.Places, faults = rows.Faults.Count, replace }).Utf8!));

    private static async Task<PlacesJournalled?> FindAsync(DbTransaction transaction, string? commandId, CancellationToken cancellationToken)
    {
        await using var seen = transaction.Command("SELECT data FROM journal WHERE stream = @stream AND command_id = @command");
        seen.Set("stream", Stream);
        seen.Set("command", commandId ?? string.Empty);
        return await seen.ExecuteScalarAsync(cancellationToken) is string data
            ? System.Text.Json.JsonSerializer.Deserialize<PlacesJournalled>(data, DispatchJson.Options)
            : null;
    }

    private async Task JournalAsync(DbTransaction transaction, PlacesJournalled change, CommandContext context, CancellationToken cancellationToken)
    {
        await using var insert = transaction.Command("""
            INSERT INTO journal (stream, version, at, actor_id, actor_name, command_id, kind, data)
            SELECT @stream, COALESCE(MAX(version), 0) + 1, @at, @actorId, @actorName, @command, 'placesImported', @data FROM journal WHERE stream = @stream
            """);
        insert.Set("stream", Stream);
        insert.Set("at", time.GetUtcNow());
        insert.Set("actorId", context.Actor.Id);
        insert.Set("actorName", context.Actor.Name);
        insert.Set("command", context.CommandId);
        insert.Set("data", JsonText.Of(change).ToString());
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}
