namespace Dispatch.Protection;

/// <summary>How the vault keeps its keys; section <c>Dispatch:Protection</c>.</summary>
public sealed record VaultOptions
{
    /// <summary>Certificate with its private key that wraps the master keys, a PFX or PEM file. None: files of the data directory on SQLite, unwrapped on PostgreSQL.</summary>
    public string? Certificate { get; init; }

    /// <summary>Password of the certificate's file.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>Earlier certificates, separated by <c>;</c>, that still open master keys which they wrapped; the password is that of the new one.</summary>
    public string? OldCertificates { get; init; }

    /// <summary>
    /// How many seconds a process keeps an unwrapped data key in memory: 1 to 600, default 60. As long an erased key may still open fields in other processes
    /// than the one that erased it.
    /// </summary>
    public int KeepKeysSeconds { get; init; } = 60;

    /// <summary>How long a process keeps an unwrapped data key in memory.</summary>
    public TimeSpan KeepKeysFor => TimeSpan.FromSeconds(KeepKeysSeconds);

    /// <summary>What cannot be, in words; null where all can.</summary>
    public string? FindFault() => KeepKeysSeconds is >= 1 and <= 600 ? null : $"{nameof(KeepKeysSeconds)} is 1 to 600.";
}
