using Dispatch.Commands;

namespace Dispatch.Partners;

/// <summary>Ids of partners. Each begins with the station whose registry keeps it, nothing for the bureau's own, so there is no index to keep.</summary>
public static class PartnerIds
{
    /// <summary>Longest id that can be one: a station's, the sign between, a UUID.</summary>
    public const int MaxLength = 64 + 1 + 36;

    private const char Between = '~';

    /// <summary>Id of the partner that this sender registers with this command.</summary>
    public static string ForRegistering(string? stationId, string actorId, string commandId) =>
        $"{stationId}{Between}{DerivedIds.For("partner", actorId, commandId)}";

    /// <summary>Whether a text can be such an id.</summary>
    public static bool IsId(string? id) => id is { Length: <= MaxLength } && id.LastIndexOf(Between) is >= 0 and var at && DerivedIds.IsId(id[(at + 1)..]);

    /// <summary>The station whose registry keeps a partner; null for the bureau's.</summary>
    public static string? StationOf(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.LastIndexOf(Between) is > 0 and var at ? id[..at] : null;
    }

    /// <summary>As what a matter refers to a partner.</summary>
    public static string RefOf(string id) => $"partner/{id}";
}
