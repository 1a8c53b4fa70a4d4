using System.Text.Json;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Journal;

/// <summary>The row by which a matter is searched: what the ways of writing it have in common.</summary>
public static class MatterRows
{
    /// <summary>Its columns, in the order of every insertion.</summary>
    public const string Columns = """
        id, kind, number, version, community_id, station_id, status, is_open, category, pair_id, partner_id, opened_at, due_at, closed_at, restricted,
        refs, facets, first_due_at, first_met_at, terms, view, masked
        """;

    /// <summary>End of its insertion: a row that is there is overwritten by a newer one only.</summary>
    public const string OnConflict = """
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, community_id = excluded.community_id, station_id = excluded.station_id,
            status = excluded.status, is_open = excluded.is_open, category = excluded.category, pair_id = excluded.pair_id,
            partner_id = excluded.partner_id, due_at = excluded.due_at, closed_at = excluded.closed_at, restricted = excluded.restricted,
            refs = excluded.refs, facets = excluded.facets, first_due_at = excluded.first_due_at, first_met_at = excluded.first_met_at, terms = excluded.terms, view = excluded.view, masked = excluded.masked
        WHERE matter.version < excluded.version
        """;

    /// <summary>References or facets as they are stored: each between blanks.</summary>
    public static string Line(IReadOnlyCollection<string> words) => words.Count == 0 ? string.Empty : $" {string.Join(' ', words)} ";
}

/// <summary>The row of an interaction: what the ways of writing it have in common.</summary>
public static class InteractionRows
{
    /// <summary>Its columns, in the order of every insertion.</summary>
    public const string Columns =
        "id, version, community_id, station_id, kind, pair_id, incident_id, participants, minutes, channel, at, recorded_at, lat, lon, withdrawn, text, terms, person, view";

    /// <summary>End of its insertion: a row that is there is overwritten by a newer one only.</summary>
    public const string OnConflict = """
        ON CONFLICT (id) DO UPDATE SET version = excluded.version, withdrawn = excluded.withdrawn, text = excluded.text, terms = excluded.terms,
            person = COALESCE(excluded.person, interaction.person), view = excluded.view
        WHERE interaction.version < excluded.version
        """;

    /// <summary>The kind as it is stored.</summary>
    public static string Kind(InteractionRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return JsonNamingPolicy.CamelCase.ConvertName(row.View.Kind.ToString());
    }

    /// <summary>The terms it is found by.</summary>
    public static string Terms(InteractionRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return SearchTerms.Line($"{row.View.Text} {row.View.Place}");
    }

    /// <summary>The view as it is stored: its text is a column of its own, which is emptied when its time is over.</summary>
    public static JsonText View(InteractionRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return JsonText.Of(row.View with { Text = null });
    }
}
