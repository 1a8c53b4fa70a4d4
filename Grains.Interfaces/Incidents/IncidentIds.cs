using System.Security.Cryptography;
using System.Text;
using Dispatch.Commands;

namespace Dispatch.Incidents;

/// <summary>
/// Ids of incidents and offers, which a retry works out again. An offer's id starts with its incident's id, so that an answer to it finds its way
/// without an index.
/// </summary>
public static class IncidentIds
{
    /// <summary>Id of the incident that this sender opens with this command.</summary>
    public static string ForOpening(string actorId, string commandId) => DerivedIds.For("incident", actorId, commandId);

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
    public static bool IsIncidentId(string id) => DerivedIds.IsId(id);
}
