using System.Collections.Immutable;
using Dispatch.Communities;

namespace Dispatch.Figures;

/// <summary>Community work in a period, in some communities. Null in a breakdown stands for a count of 1 to 4, see <see cref="SmallCounts"/>.</summary>
/// <param name="From">First day of the period, at UTC+8.</param>
/// <param name="To">Its last day.</param>
/// <param name="At">The moment that "now" means.</param>
/// <param name="Communities">How many communities are counted.</param>
/// <param name="Interactions">Contacts with residents.</param>
/// <param name="Matters">Matters by kind.</param>
/// <param name="ClosedLocally">Disputes that ended in the period.</param>
/// <param name="PairTime">What the pairs' time was spent on.</param>
public sealed record CommunityFigures(
    DateOnly From, DateOnly To, DateTimeOffset At, int Communities, InteractionFigures Interactions,
    ImmutableSortedDictionary<string, MatterFigures> Matters, ClosedLocallyFigures ClosedLocally, PairTimeFigures PairTime);

/// <summary>Contacts with residents in a period.</summary>
/// <param name="Total">How many.</param>
/// <param name="Participants">People who took part, counted by activity.</param>
/// <param name="Minutes">Minutes they took, where noted.</param>
/// <param name="ByKind">By kind.</param>
/// <param name="ByDay">By day at UTC+8, oldest first.</param>
public sealed record InteractionFigures(
    int Total, long Participants, long Minutes, ImmutableSortedDictionary<string, int?> ByKind, ImmutableArray<DayCount> ByDay);

/// <summary>How many on a day.</summary>
public sealed record DayCount(DateOnly Day, int Count);

/// <summary>Matters of a kind.</summary>
/// <param name="Opened">Came up in the period.</param>
/// <param name="Closed">Ended in the period.</param>
/// <param name="OpenNow">Open now.</param>
/// <param name="OverdueNow">Of those, with a clock that is over.</param>
/// <param name="ByStatusNow">Open ones by status.</param>
/// <param name="ByAgeNow">Open ones by age.</param>
/// <param name="OpenedByCategory">Those that came up in the period, by category.</param>
/// <param name="ClosedByStatus">Those that ended in the period, by status.</param>
/// <param name="ClosedByFacet">Those that ended in the period by each of their facets, as <c>name=value</c>.</param>
/// <param name="FirstClock">The first clock of those that came up in the period.</param>
public sealed record MatterFigures(
    int Opened, int Closed, int OpenNow, int OverdueNow,
    ImmutableSortedDictionary<string, int?> ByStatusNow,
    ImmutableSortedDictionary<string, int?> ByAgeNow,
    ImmutableSortedDictionary<string, int?> OpenedByCategory,
    ImmutableSortedDictionary<string, int?> ClosedByStatus,
    ImmutableSortedDictionary<string, int?> ClosedByFacet,
    ClockFigures FirstClock);

/// <summary>How a clock was kept.</summary>
/// <param name="Within">Met in time.</param>
/// <param name="Late">Met too late.</param>
/// <param name="Running">Not met, and not over.</param>
/// <param name="Overdue">Not met, and over.</param>
/// <param name="P50Hours">Half were met within so many hours; null where fewer than five were.</param>
/// <param name="P90Hours">Nine of ten were met within so many hours.</param>
public sealed record ClockFigures(int Within, int Late, int Running, int Overdue, double? P50Hours, double? P90Hours);

/// <summary>One matter's first clock.</summary>
public readonly record struct FirstClock(MatterKind Kind, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset? MetAt)
{
    /// <summary>The figures of some.</summary>
    public static ClockFigures Count(IReadOnlyCollection<FirstClock> clocks, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(clocks);
        var hours = clocks.Where(x => x.MetAt is not null).Select(x => (x.MetAt!.Value - x.OpenedAt).TotalHours).Order().ToArray();
        return new ClockFigures(
            clocks.Count(x => x.MetAt <= x.DueAt), clocks.Count(x => x.MetAt > x.DueAt), clocks.Count(x => x.MetAt is null && x.DueAt > now),
            clocks.Count(x => x.MetAt is null && x.DueAt <= now), Percentiles.NearestRank(hours, 0.5), Percentiles.NearestRank(hours, 0.9));
    }
}
