using System.Data.Common;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Protection;

/// <summary>What a hold says, as it goes into the journal.</summary>
/// <param name="Until">Until when nothing is erased; null where the hold ended.</param>
/// <param name="Reason">Why.</param>
public sealed record HoldChange(DateTimeOffset? Until, string Reason);

/// <summary>Legal holds: nothing of a subject is erased before their end. Each is in the journal in the transaction that makes it.</summary>
public sealed class LegalHolds(DispatchDatabase database, RetentionOptions retention, TimeProvider time)
{
    /// <summary>Longest reason.</summary>
    public const int MaxReason = 500;

    /// <summary>Holds a subject; a later hold takes the place of an earlier one.</summary>
    public async Task<Refusal?> HoldAsync(string subject, DateTimeOffset until, string reason, CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var now = time.GetUtcNow();
        if (WhyNot(reason) is { } refusal)
        {
            return refusal;
        }

        return until <= now || until > now.AddDays(retention.MaxHoldDays)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "until", $"until is in the future, at most {retention.MaxHoldDays} days.")
            : await WriteAsync(subject, new HoldChange(until.ToUniversalTime(), reason), context, now);
    }

    /// <summary>Ends the hold of a subject.</summary>
    public async Task<Refusal?> ReleaseAsync(string subject, string reason, CommandContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return WhyNot(reason) ?? await WriteAsync(subject, new HoldChange(null, reason), context, time.GetUtcNow());
    }

    private static Refusal? WhyNot(string reason) =>
        string.IsNullOrWhiteSpace(reason) ? Refusal.Invalid(RefusalCodes.ValueMissing, "reason", "Say why.")
        : reason.Length > MaxReason ? Refusal.Invalid(RefusalCodes.ValueTooLong, "reason", $"reason has at most {MaxReason} characters.")
        : null;

    private async Task<Refusal?> WriteAsync(string subject, HoldChange change, CommandContext context, DateTimeOffset now)
    {
        await database.WriteGate.WaitAsync();
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            var refusal = await ChangeAsync(transaction, subject, change, context, now);
            if (refusal is null)
            {
                await transaction.CommitAsync();
            }

            return refusal;
        }
        finally
        {
            database.WriteGate.Release();
        }
    }

    private static async Task<Refusal?> ChangeAsync(
        DbTransaction transaction, string subject, HoldChange change, CommandContext context, DateTimeOffset now)
    {
        var stream = $"protection/{subject}";
        var data = JsonText.Of(change).ToString();
        await using var seen = transaction.Command("SELECT data FROM journal WHERE stream = @stream AND command_id = @command");
        seen.Set("stream", stream);
        seen.Set("command", context.CommandId ?? string.Empty);
        if (await seen.ExecuteScalarAsync() is string first)
        {
            return first == data ? null : Refusal.Invalid(RefusalCodes.IdempotencyKeyReused, "Idempotency-Key", "This key was used for another command.");
        }

        await using var update = transaction.Command($"""
            UPDATE protection_key SET hold_until = @until, hold_reason = @reason
            WHERE subject = @subject AND erased_at IS NULL {(change.Until is null ? "AND hold_until IS NOT NULL" : string.Empty)}
            """);
        update.Set("until", change.Until);
        update.Set("reason", change.Until is null ? null : change.Reason);
        update.Set("subject", subject);
        if (await update.ExecuteNonQueryAsync() == 0)
        {
            return change.Until is null
                ? Refusal.Rule(RefusalCodes.SubjectNotHeld, "There is no hold on this subject.")
                : Refusal.NotFound(RefusalCodes.SubjectNotFound, "Nothing is sealed under this subject, or it was erased.");
        }

        await using var insert = transaction.Command("""
            INSERT INTO journal (stream, version, at, actor_id, actor_name, command_id, kind, data)
            SELECT @stream, COALESCE(MAX(version), 0) + 1, @at, @actorId, @actorName, @command, @kind, @data FROM journal WHERE stream = @stream
            """);
        insert.Set("stream", stream);
        insert.Set("at", now);
        insert.Set("actorId", context.Actor.Id);
        insert.Set("actorName", context.Actor.Name);
        insert.Set("command", context.CommandId);
        insert.Set("kind", change.Until is null ? "holdReleased" : "subjectHeld");
        insert.Set("data", data);
        await insert.ExecuteNonQueryAsync();
        return null;
    }
}
