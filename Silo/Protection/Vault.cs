using System.Security.Cryptography;
using Dispatch.Commands;
using Dispatch.Storage;
using Microsoft.Extensions.Logging;

namespace Dispatch.Protection;

/// <summary>The vault over the table of data keys. A key is durable before anything that it sealed is handed out.</summary>
public sealed partial class Vault(
    ProtectionKeys keys, LegalHolds holds, ProtectionSecrets secrets, VaultOptions options, TimeProvider time, ILogger<Vault> logger) : IVault
{
    private const int MaxSubject = 200;
    private const int DigestBytes = 12;
    private readonly KeyCache cache = new(options, time);

    /// <inheritdoc/>
    public async ValueTask<SealedFields> SealAsync(string subject, RetentionClass cls, ProtectedPerson person, DateTimeOffset? endsAt = null)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(subject.Length, MaxSubject, nameof(subject));
        var fields = person.Fields;
        var key = cache.OfSubject(subject) ?? await FetchAsync(subject, cls, fields, endsAt);
        var known = key.Fields.Split(',');
        if (fields.Where(x => !known.Contains(x)).ToArray() is [_, ..] more)
        {
            await StorageFailure.AsTimeoutAsync(() => keys.AddFieldsAsync(key.Id, string.Join(',', more)));
            key = key with { Fields = $"{key.Fields},{string.Join(',', more)}" };
            cache.Keep(key);
        }

        return new SealedFields(key.Id, fields, Box.Seal(key, person));
    }

    /// <inheritdoc/>
    public async ValueTask<ProtectedPerson?> OpenAsync(SealedFields box)
    {
        ArgumentNullException.ThrowIfNull(box);
        var key = cache.Find(box.KeyId);
        if (key is null)
        {
            key = await StorageFailure.AsTimeoutAsync(() => keys.FindAsync(box.KeyId));
            if (key is null)
            {
                return null;
            }

            cache.Keep(key);
        }

        try
        {
            return Box.Open(key, box.Box);
        }
        catch (CryptographicException exception)
        {
            // Whoever needs the matter goes on without: a dispatch must not fail because a stored box was damaged.
            LogDamaged(exception, key.Subject);
            return null;
        }
    }

    /// <inheritdoc/>
    public Task EndAsync(string subject, DateTimeOffset closedAt) => StorageFailure.AsTimeoutAsync(() => keys.EndAsync(subject, closedAt));

    /// <inheritdoc/>
    public Task ReopenAsync(string subject)
    {
        // Its key may have been erased elsewhere: what is sealed from now on must not be sealed with that.
        cache.Forget(subject);
        return StorageFailure.AsTimeoutAsync(() => keys.ReopenAsync(subject));
    }

    /// <inheritdoc/>
    public Task<Refusal?> HoldAsync(string subject, DateTimeOffset until, string reason, CommandContext context) =>
        StorageFailure.AsTimeoutAsync(() => holds.HoldAsync(subject, until, reason, context));

    /// <inheritdoc/>
    public Task<Refusal?> ReleaseHoldAsync(string subject, string reason, CommandContext context) =>
        StorageFailure.AsTimeoutAsync(() => holds.ReleaseAsync(subject, reason, context));

    /// <inheritdoc/>
    public string Digest(ReadOnlySpan<byte> content) => $"{IVault.DigestPrefix}{Convert.ToHexStringLower(HMACSHA256.HashData(secrets.Digest, content).AsSpan(0, DigestBytes))}";

    /// <summary>A subject's key was erased: nothing here opens it any more.</summary>
    public void Forget(string subject) => cache.Forget(subject);

    private async Task<DataKey> FetchAsync(string subject, RetentionClass cls, IEnumerable<string> fields, DateTimeOffset? endsAt)
    {
        var key = await StorageFailure.AsTimeoutAsync(() => keys.ForSubjectAsync(subject, cls, string.Join(',', fields), endsAt));
        cache.Keep(key);
        return key;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sealed fields of {Subject} do not open: they were damaged, or belong elsewhere.")]
    private partial void LogDamaged(Exception exception, string subject);
}
