using System.Security.Cryptography;
using System.Text;

namespace Dispatch.Incidents;

/// <summary>
/// Ids that a retry works out again. An incident opened under a command id must be found by the retry of that command before anything of it
/// is stored, so its id is a digest (UUID version 8, RFC 9562) of the sender and the command id rather than a fresh UUIDv7; an offer's id
/// starts with its incident's id, so that an answer to it finds its way without an index.
/// </summary>
public static class IncidentIds
{
    /// <summary>Id of the incident that this sender opens with this command.</summary>
    public static string ForOpening(string actorId, string commandId)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"incident\n{actorId}\n{commandId}"), digest);
        digest[6] = (byte)((digest[6] & 0x0F) | 0x80);
        digest[8] = (byte)((digest[8] & 0x3F) | 0x80);
        return new Guid(digest[..16], bigEndian: true).ToString("D");
    }

    /// <summary>Id of the offer that this request makes to this pair.</summary>
    /// <param name="incidentId">The incident.</param>
    /// <param name="request">The command id, or another name of the attempt that a retry repeats.</param>
    /// <param name="pairId">The pair.</param>
    public static string ForOffer(string incidentId, string request, string pairId)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"offer\n{request}\n{pairId}"));
        return $"{incidentId}-{Convert.ToHexStringLower(digest.AsSpan(0, 8))}";
    }

    /// <summary>The incident an offer belongs to; false where the text is no offer id.</summary>
    public static bool TryGetIncident(string offerId, out string incidentId)
    {
        ArgumentNullException.ThrowIfNull(offerId);
        incidentId = offerId.Length == 53 && offerId[36] == '-' ? offerId[..36] : string.Empty;
        return IsIncidentId(incidentId);
    }

    /// <summary>Whether the text can be an incident's id.</summary>
    public static bool IsIncidentId(string id) => Guid.TryParseExact(id, "D", out _);
}
