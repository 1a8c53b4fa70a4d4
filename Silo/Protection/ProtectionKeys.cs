using System.Data.Common;
using System.Security.Cryptography;
using Dispatch.Live;
using Dispatch.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace Dispatch.Protection;

/// <summary>The table of data keys: made, read and given their time. Never without a key in use: a subject has at most one that is not erased.</summary>
public sealed partial class ProtectionKeys(
    DispatchDatabase database, IDataProtectionProvider protection, RetentionOptions retention, TimeProvider time, ILogger<ProtectionKeys> logger)
{
    private const int KeyBytes = 32;

    /// <summary>
    /// How long a key is kept at least: what it was made for is written by then, or never. Without it, history whose time is over already would be written after the
    /// sweep that should erase it. Three times as long as a call is waited for.
    /// </summary>
    private static readonly TimeSpan InUse = TimeSpan.FromSeconds(15);

    private const string Insert = """
        INSERT INTO protection_key (id, subject, retention_class, fields, wrapped, made_at, expires_at)
        VALUES (@id, @subject, @class, @fields, @wrapped, @at, @expires) ON CONFLICT DO NOTHING
        """;

    private const string End = """
        UPDATE protection_key SET expires_at = CASE retention_class WHEN 'contact' THEN @contact WHEN 'concern' THEN @concern
            WHEN 'dispute' THEN @dispute WHEN 'incident' THEN @incident WHEN 'tip' THEN @tip ELSE @complaint END
        WHERE subject = @subject AND erased_at IS NULL
        """;

    private readonly IDataProtector protector = protection.CreateProtector("dispatch.protection.key");

    /// <summary>The key of a subject, made where there is none.</summary>
    public async Task<DataKey> ForSubjectAsync(string subject, RetentionClass cls, string fields, DateTimeOffset? endsAt)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var made = await MakeAsync(subject, cls, fields, endsAt);
            if ((made ?? await FindAsync("subject = @value AND erased_at IS NULL", subject)) is { } key)
            {
                return key;
            }

            // Erased between the two: there is room for a new one.
        }

        throw new TimeoutException($"The key of {subject} changes all the time.");
    }

    /// <summary>A key by its id; null where it was erased or was never here.</summary>
    public Task<DataKey?> FindAsync(string id) => FindAsync("id = @value", id);

    /// <summary>Adds names to those that a key is known to seal.</summary>
    public Task AddFieldsAsync(string id, string more) => WriteAsync(
        new Statement("UPDATE protection_key SET fields = fields || @more WHERE id = @id", [("more", $",{more}"), ("id", id)]));

    /// <summary>The retention of a subject begins.</summary>
    public Task EndAsync(string subject, DateTimeOffset closedAt) => WriteAsync(new Statement(End,
    [
        ("contact", After(closedAt, RetentionClass.Contact)),
        ("concern", After(closedAt, RetentionClass.Concern)),
        ("dispute", After(closedAt, RetentionClass.Dispute)),
        ("incident", After(closedAt, RetentionClass.Incident)),
        ("tip", After(closedAt, RetentionClass.Tip)),
        ("complaint", After(closedAt, RetentionClass.Complaint)),
        ("subject", subject),
    ]));

    /// <summary>A subject goes on.</summary>
    public Task ReopenAsync(string subject) => WriteAsync(
        new Statement("UPDATE protection_key SET expires_at = NULL WHERE subject = @subject AND erased_at IS NULL", [("subject", subject)]));

    private static string NameOf(RetentionClass cls) => JsonText.Of(cls).ToString().Trim('"');

    private DateTimeOffset After(DateTimeOffset closedAt, RetentionClass cls) => closedAt.ToUniversalTime() + retention.For(cls);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private async Task<DataKey?> MakeAsync(string subject, RetentionClass cls, string fields, DateTimeOffset? endsAt)
    {
        var now = time.GetUtcNow();
        var key = new DataKey(Guid.CreateVersion7(now).ToString("D"), subject, RandomNumberGenerator.GetBytes(KeyBytes), fields);
        var rows = await WriteAsync(new Statement(Insert,
        [
            ("id", key.Id),
            ("subject", subject),
            ("class", NameOf(cls)),
            ("fields", fields),
            ("wrapped", Convert.ToBase64String(protector.Protect(key.Bytes))),
            ("at", now),
            ("expires", endsAt is { } end ? Later(After(end, cls), now + InUse) : null),
        ]));
        return rows == 1 ? key : null;
    }

    private async Task<DataKey?> FindAsync(string condition, string value)
    {
        await using var command = database.Source.CreateCommand($"SELECT id, subject, wrapped, fields FROM protection_key WHERE {condition}");
        command.Set("value", value);
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            LogMissing(value);
            return null;
        }

        return await reader.IsDBNullAsync(2)
            ? null
            : new DataKey(reader.GetString(0), reader.GetString(1), protector.Unprotect(Convert.FromBase64String(reader.GetString(2))), reader.GetString(3));
    }

    private async Task<int> WriteAsync(Statement statement)
    {
        await database.WriteGate.WaitAsync();
        try
        {
            await using var command = database.Source.CreateCommand(statement.Sql);
            foreach (var (name, value) in statement.Values)
            {
                command.Set(name, value);
            }

            return await command.ExecuteNonQueryAsync();
        }
        finally
        {
            database.WriteGate.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "There is no key {Key}: what it sealed cannot be read.")]
    private partial void LogMissing(string key);
}
