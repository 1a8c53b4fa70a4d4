using System.Text.Json;
using Dispatch.Incidents;

namespace Dispatch.Journal;

/// <summary>The row by which an incident is searched: what the ways of writing it have in common.</summary>
public static class IncidentRow
{
    /// <summary>End of its insertion: a row that is there is overwritten by a newer one only.</summary>
    public const string OnConflict = """
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, is_open = excluded.is_open,
            category = excluded.category, priority = excluded.priority, station_id = excluded.station_id,
            community_id = excluded.community_id, closed_at = excluded.closed_at, view = excluded.view
        WHERE incident.version < excluded.version
        """;

    /// <summary>The status as it is stored.</summary>
    public static string Status(IncidentView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return JsonNamingPolicy.CamelCase.ConvertName(view.Status.ToString());
    }
}
