using System.Security.Cryptography;
using System.Text;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>Makes claim codes and their digests with the installation's secret, so that what is stored opens nothing.</summary>
public static class ClaimDigests
{
    /// <summary>What is stored of a code.</summary>
    public static string Of(IVault vault, ClaimCode code)
    {
        ArgumentNullException.ThrowIfNull(vault);
        return vault.Digest(Encoding.UTF8.GetBytes($"claim\n{code.Plain}"));
    }

    /// <summary>
    /// A code that whoever has the secret works out again: the retry of a request that was answered into the void must get the same, and nothing is kept from
    /// which the code could be read.
    /// </summary>
    /// <param name="vault">Has the secret.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="seed">What it is worked out from; worth nothing without the secret.</param>
    public static ClaimCode Derive(IVault vault, char kind, string seed)
    {
        ArgumentNullException.ThrowIfNull(vault);
        var first = Hex(vault.Digest(Encoding.UTF8.GetBytes($"code-1\n{kind}\n{seed}")));
        var second = Hex(vault.Digest(Encoding.UTF8.GetBytes($"code-2\n{kind}\n{seed}")));
        return ClaimCode.Of(kind, [.. first, .. second]);
    }

    /// <summary>Whether two digests are the same, in a time that does not tell where they differ.</summary>
    public static bool AreSame(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static byte[] Hex(string digest) => Convert.FromHexString(digest.AsSpan(digest.IndexOf(':', StringComparison.Ordinal) + 1));
}
