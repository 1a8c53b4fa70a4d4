using System.Data.Common;
using System.Security.Cryptography;
using Dispatch.Hosting;
using Dispatch.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Protection;

/// <summary>
/// Secrets of the installation that outlive the master keys' rotation: made at the first start, wrapped, and read before anything else starts. That they
/// can be read shows that the master keys fit this database.
/// </summary>
public sealed partial class ProtectionSecrets(
    DispatchDatabase database, IDataProtectionProvider protection, VaultOptions options, ILogger<ProtectionSecrets> logger) : IHostedService
{
    private const int Bytes = 32;
    private readonly IDataProtector protector = protection.CreateProtector("dispatch.protection.secret");
    private byte[]? digest;
    private byte[]? chain;

    /// <summary>Keys digests of command bodies.</summary>
    public ReadOnlySpan<byte> Digest => digest ?? throw NotStarted;

    /// <summary>Keys the chains of the access journal.</summary>
    public ReadOnlySpan<byte> Chain => chain ?? throw NotStarted;

    private static InvalidOperationException NotStarted => new("The secrets are read at the start.");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            digest = await LoadAsync("digest", cancellationToken);
            chain = await LoadAsync("access-chain", cancellationToken);
        }
        catch (CryptographicException exception)
        {
            throw new StartupException(
                "protectionInvalid",
                "The master keys do not open what this database has sealed: give the certificate, or the files under keys, that it was sealed with.",
                exception);
        }
        catch (DbException exception)
        {
            throw new StartupException("databaseUnreadable", $"The secrets cannot be read: {exception.Message}", exception);
        }

        if (database.Kind == DatabaseKind.PostgreSql && options.Certificate is null)
        {
            LogUnwrapped();
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whoever comes first makes it; all read what was written.</summary>
    private async Task<byte[]> LoadAsync(string name, CancellationToken cancellationToken)
    {
        if (await ReadAsync(name, cancellationToken) is { } known)
        {
            return known;
        }

        await database.WriteGate.WaitAsync(cancellationToken);
        try
        {
            await using var insert = database.Source.CreateCommand("INSERT INTO protection_secret (name, wrapped) VALUES (@name, @wrapped) ON CONFLICT DO NOTHING");
            insert.Set("name", name);
            insert.Set("wrapped", Convert.ToBase64String(protector.Protect(RandomNumberGenerator.GetBytes(Bytes))));
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            database.WriteGate.Release();
        }

        return (await ReadAsync(name, cancellationToken))!;
    }

    private async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var select = database.Source.CreateCommand("SELECT wrapped FROM protection_secret WHERE name = @name");
        select.Set("name", name);
        return await select.ExecuteScalarAsync(cancellationToken) is string wrapped ? protector.Unprotect(Convert.FromBase64String(wrapped)) : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The master keys lie unwrapped in the database that they protect: set Dispatch__Protection__Certificate.")]
    private partial void LogUnwrapped();
}
