using System.Text.Json;
using Dispatch.Packs;

namespace Dispatch.Disputes;

/// <summary>The words by which disputes are counted and queued.</summary>
public static class DisputeFacets
{
    /// <summary>It has come back: another dispute was settled, and this is it again.</summary>
    public const string Repeat = "repeat=yes";

    /// <summary>A party has not agreed to be mediated.</summary>
    public const string WaitsForConsent = "waits=consent";

    /// <summary>Nobody has looked whether an obligation was performed, or it was not.</summary>
    public const string WaitsForPerformance = "waits=performance";

    /// <summary>A visit is due or to come.</summary>
    public const string WaitsForFollowUp = "waits=followUp";

    /// <summary>The parties want the court to confirm, and it was not asked.</summary>
    public const string WaitsForConfirmation = "waits=confirmation";

    /// <summary>A partner has not said yes or no.</summary>
    public const string WaitsForPartner = "waits=partner";

    /// <summary>The parties agreed or withdrew at the tier where it began: what can be known of "closed locally" without the window of a repeat.</summary>
    public const string SettledWhereItBegan = "settledWhereItBegan=yes";

    /// <summary>All that are true of a dispute.</summary>
    public static IEnumerable<string> Of(DisputeView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        (string Facet, bool Is)[] facets =
        [
            ($"grade={view.Grade}", true),
            ($"tier={view.Tier}", true),
            ($"tierKind={Name(view.TierKind)}", true),
            ($"clock={(view.Clock is { } clock ? Name(clock) : string.Empty)}", view.Clock is not null),
            (Repeat, view.RepeatOf is not null),
            (SettledWhereItBegan, view.Closing?.Outcome is (DisputeOutcome.Settled or DisputeOutcome.Withdrawn) && view.Tier == view.StartTier),
            ("reopened=yes", view.Reopened > 0),
            ("escalated=yes", view.Hops.Any(x => x.Kind != HopKind.Back)),
            (WaitsForConsent, NeedsConsent(view)),
            (WaitsForPerformance, view.Closing is null && view.Agreement?.Obligations.Any(x => x.Result is null or PerformanceResult.NotPerformed) == true),
            (WaitsForFollowUp, view.Clocks.Any(x => x.Clock == DisputeClock.FollowUpVisit)),
            (WaitsForConfirmation, view.Clocks.Any(x => x.Clock == DisputeClock.JudicialConfirmation)),
            (WaitsForPartner, view.Clocks.Any(x => x.Clock == DisputeClock.PartnerAnswer)),
        ];
        return facets.Where(x => x.Is).Select(x => x.Facet);
    }

    private static bool NeedsConsent(DisputeView view) =>
        view is { Closing: null, Agreement: null, MayBeMediated: true, HasConsent: false } && view.TierKind != DisputeTierKind.Judicial;

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
