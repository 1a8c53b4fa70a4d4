using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Commands;

/// <summary>
/// Ids that a retry works out again. What comes into being under a command id must be found by the retry of that command before anything of it is
/// stored, so its id is a digest (UUID version 8, RFC 9562) of its kind, the sender and the command id rather than a fresh UUIDv7.
/// </summary>
public static class DerivedIds
{
    /// <summary>Id of what this sender makes with this command.</summary>
    /// <param name="kind">What it is, for instance <c>incident</c>; the same command makes one of each kind.</param>
    /// <param name="actorId">The sender's account.</param>
    /// <param name="commandId">The command's id.</param>
    public static string For(string kind, string actorId, string commandId)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{actorId}\n{commandId}"), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true).ToString("D");
    }

    /// <summary>Whether the text can be such an id.</summary>
    public static bool IsId(string? id) => Guid.TryParseExact(id, "D", out _);
}
