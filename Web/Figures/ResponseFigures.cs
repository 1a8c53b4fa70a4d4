using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Figures;

/// <summary>A clock of the response to an incident.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ResponseClock>))]
public enum ResponseClock
{
    /// <summary>签收: an offer was put to a pair → the pair accepted it. One for each offer.</summary>
    Acknowledge,

    /// <summary>派警: opened, or its planned time → the first pair was asked or told. One for each incident.</summary>
    Dispatch,

    /// <summary>出警: the pair was asked or told, or its queued work began → it was on scene. One for each pair's part.</summary>
    Arrival,

    /// <summary>反馈: on scene → reported back. One for each pair's part.</summary>
    Report,
}

/// <summary>How the response clocks of the incidents that were opened in a period were kept, by the present targets.</summary>
/// <param name="From">First day of the period, at UTC+8.</param>
/// <param name="To">Its last day.</param>
/// <param name="At">The moment that "now" means.</param>
/// <param name="Incidents">How many incidents were opened; null for 1 to 4.</param>
/// <param name="Clocks">Each clock.</param>
public sealed record ResponseFigures(DateOnly From, DateOnly To, DateTimeOffset At, int? Incidents, ImmutableArray<ResponseClockFigures> Clocks);

/// <summary>How one clock was kept.</summary>
/// <param name="Clock">Which.</param>
/// <param name="All">Over everything that is counted.</param>
/// <param name="ByPriority">By priority, 1 to 4, those that there are.</param>
/// <param name="ByCommunity">By community, those that there are.</param>
/// <param name="Buckets">Times that were measured, shortest first.</param>
public sealed record ResponseClockFigures(
    ResponseClock Clock, ResponseGroup All, ImmutableSortedDictionary<int, ResponseGroup> ByPriority,
    ImmutableSortedDictionary<string, ResponseGroup> ByCommunity, ImmutableArray<ResponseBucket> Buckets);

/// <summary>Times of one clock. All but the target is null where a count is not told, see <see cref="SmallCounts"/>.</summary>
/// <param name="Count">How many clocks there were that were met, or are over.</param>
/// <param name="Unmet">Of those, how many are over and were not met: no answer came, or it is still awaited.</param>
/// <param name="MedianSeconds">Half of those that were met took so long or less.</param>
/// <param name="P90Seconds">Nine of ten that were met took so long or less.</param>
/// <param name="WithinShare">Share of the count that was met within its target, 0 to 1.</param>
/// <param name="TargetSeconds">The target; null where there are several.</param>
public sealed record ResponseGroup(int? Count, int? Unmet, double? MedianSeconds, double? P90Seconds, double? WithinShare, int? TargetSeconds);

/// <summary>How many times there were of a length.</summary>
/// <param name="FromSeconds">From so long on.</param>
/// <param name="ToSeconds">Up to so long; null for the longest.</param>
/// <param name="Count">How many; null where that is not told.</param>
public sealed record ResponseBucket(int FromSeconds, int? ToSeconds, int? Count);

/// <summary>The targets of the response clocks, in seconds, for screens that watch them run.</summary>
/// <param name="Acknowledge">By priority.</param>
/// <param name="Dispatch">By priority.</param>
/// <param name="Arrival">By community, those in scope.</param>
/// <param name="Report">By priority.</param>
public sealed record ResponseTargets(
    ImmutableSortedDictionary<int, int> Acknowledge, ImmutableSortedDictionary<int, int> Dispatch, ImmutableSortedDictionary<string, int> Arrival,
    ImmutableSortedDictionary<int, int> Report);
