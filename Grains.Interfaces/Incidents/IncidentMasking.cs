using System.Text.RegularExpressions;

namespace Dispatch.Incidents;

/// <summary>What of an incident may leave the circle of those who work on it.</summary>
public static partial class IncidentMasking
{
    /// <summary>What a wallboard may see: no address, a rounded place, no notes, and no long numbers in the summary.</summary>
    public static IncidentView ForStationFeed(this IncidentView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view with
        {
            Address = null,
            Location = view.Location.Rounded(),
            Summary = LongNumber().Replace(view.Summary, "***"),
            Notes = [],
            Duplicates = null,
            Merged = view.Merged is { } merged ? [.. merged.Select(x => x with { Summary = LongNumber().Replace(x.Summary, "***"), Notes = [] })] : null,
            Escalation = view.Escalation is { } e ? e with { Because = [.. e.Because.Select(x => x with { Note = null })] } : null,
            // The same array where nothing is masked: a search row that did not change is known by it and not written again.
            Offers = view.Offers.Any(x => x.Note is not null) ? [.. view.Offers.Select(x => x with { Note = null })] : view.Offers,
        };
    }

    /// <summary>Seven digits or more in a row may be a telephone or identity number.</summary>
    [GeneratedRegex(@"\d[\d\- ]{5,}\d[Xx]?")]
    private static partial Regex LongNumber();
}
