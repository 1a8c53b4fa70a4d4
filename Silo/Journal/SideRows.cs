using System.Text.Json;
using Dispatch.Live;
using Dispatch.Pairs;

namespace Dispatch.Journal;

/// <summary>Rows that follow the journal in tables of their own: what the ways of writing them have in common.</summary>
public static class SideRows
{
    /// <summary>End of a sheet's insertion: a row that is there is overwritten by a newer one only.</summary>
    public const string OnHandoverConflict = """
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, closed_at = excluded.closed_at, view = excluded.view
        WHERE handover_sheet.version < excluded.version
        """;

    /// <summary>What a time was spent on, as it is stored.</summary>
    public static string Kind(PairTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return JsonNamingPolicy.CamelCase.ConvertName(time.Kind.ToString());
    }

    /// <summary>A row of <c>pair_time</c> by its columns.</summary>
    public static JsonText Of(PairTime time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return JsonText.Of(new
        {
            pair_id = time.PairId,
            version = time.Version,
            community_id = time.CommunityId,
            officer_ids = string.Join(',', time.OfficerIds),
            kind = Kind(time),
            by_whom = time.ByWhom,
            reason = time.Reason,
            from_at = time.From,
            to_at = time.To,
            seconds = (time.To - time.From).TotalSeconds,
            incident_id = time.IncidentId,
        });
    }

    /// <summary>A row of <c>handover_sheet</c> by its columns.</summary>
    public static JsonText Of(HandoverView sheet)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        return JsonText.Of(new
        {
            id = sheet.Id,
            version = sheet.Version,
            pair_id = sheet.PairId,
            community_id = sheet.CommunityId,
            station_id = sheet.StationId,
            opened_at = sheet.OpenedAt,
            due_at = sheet.DueAt,
            closed_at = sheet.ClosedAt,
            view = JsonText.Of(sheet).ToString(),
        });
    }
}
