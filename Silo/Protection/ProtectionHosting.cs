using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dispatch.Hosting;
using Dispatch.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dispatch.Protection;

/// <summary>Adds the vault and the master keys behind it, from <c>Dispatch:Protection</c> and <c>Dispatch:Retention</c>; every process of an installation shares them.</summary>
public static class ProtectionHosting
{
    private const string Invalid = "protectionInvalid";

    /// <summary>Adds them. The master keys wrap tokens and cookies as well.</summary>
    /// <exception cref="StartupException">A number cannot be, or a certificate cannot be used.</exception>
    public static void AddProtection(this IServiceCollection services, IConfiguration configuration, DispatchDatabase database)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(database);
        var options = configuration.Read<VaultOptions>("Dispatch:Protection", Invalid);
        if (options.FindFault() is { } fault)
        {
            throw new StartupException(Invalid, $"Dispatch:Protection: {fault}");
        }

        var retention = configuration.Read<RetentionOptions>("Dispatch:Retention", "retentionInvalid");
        if (retention.FindFault() is { } wrong)
        {
            throw new StartupException("retentionInvalid", $"Dispatch:Retention: {wrong}");
        }

        services.AddSingleton(options);
        services.AddSingleton(retention);
        AddMasterKeys(services, options, database);
        services.AddSingleton<ProtectionSecrets>();
        services.AddHostedService(x => x.GetRequiredService<ProtectionSecrets>());
        services.AddSingleton<AccessChain>();
        services.AddSingleton<AccessAudit>();
        services.AddSingleton<ProtectionKeys>();
        services.AddSingleton<LegalHolds>();
        services.AddSingleton<Vault>();
        services.AddSingleton<IVault>(x => x.GetRequiredService<Vault>());
        services.AddSingleton<Erasure>();
    }

    private static void AddMasterKeys(IServiceCollection services, VaultOptions options, DispatchDatabase database)
    {
        var builder = services.AddDataProtection().SetApplicationName("dispatch");
        if (options.Certificate is { Length: > 0 } path)
        {
            var present = Load(path, options.CertificatePassword);
            var earlier = (options.OldCertificates ?? string.Empty)
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(x => Load(x, options.CertificatePassword));
            builder.ProtectKeysWithCertificate(present).UnprotectKeysWithAnyCertificate([present, .. earlier]);
        }

        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(x => new ConfigureOptions<KeyManagementOptions>(keys =>
            keys.XmlRepository = database.DataDirectory is { } directory
                ? MasterKeyFiles.In(directory, database, x.GetRequiredService<ILoggerFactory>())
                : new MasterKeyTable(database)));
    }

    private static X509Certificate2 Load(string path, string? password)
    {
        try
        {
            var certificate = File.ReadLines(path).FirstOrDefault(string.Empty).StartsWith("-----BEGIN", StringComparison.Ordinal)
                ? LoadPem(path, password)
                : X509CertificateLoader.LoadPkcs12FromFile(path, password);
            using var key = certificate.GetRSAPrivateKey();
            return key is not null ? certificate : throw new StartupException(Invalid, $"The certificate '{path}' has no private RSA key.");
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StartupException(Invalid, $"The certificate '{path}' cannot be used: {exception.Message}", exception);
        }
    }

    private static X509Certificate2 LoadPem(string path, string? password) => string.IsNullOrEmpty(password)
        ? X509Certificate2.CreateFromPemFile(path)
        : X509Certificate2.CreateFromEncryptedPemFile(path, password);
}
