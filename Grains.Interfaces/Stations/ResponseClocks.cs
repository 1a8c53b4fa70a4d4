using System.Collections.Immutable;

namespace Dispatch.Stations;

/// <summary>
/// How long the pairs took today, as counts in five buckets each: what a wall shows of the three clocks. A step is counted on the day it was taken, by the
/// station that had the incident then.
/// </summary>
/// <param name="Since">From when on today's are counted, where that was later than midnight; null: since midnight.</param>
/// <param name="Acknowledge">Offered → accepted: up to 30, 60, 120 and 180 seconds, and longer.</param>
/// <param name="Arrive">Offered → on scene: up to 5, 10, 15 and 30 minutes, and longer.</param>
/// <param name="Report">On scene → reported: up to 30 and 60 minutes, 2 and 4 hours, and longer.</param>
[GenerateSerializer, Immutable, Alias("dispatch.response-clocks")]
public sealed record ResponseClocks(
    DateTimeOffset? Since, ImmutableArray<int> Acknowledge, ImmutableArray<int> Arrive, ImmutableArray<int> Report)
{
    /// <summary>Nothing counted.</summary>
    public static readonly ResponseClocks None = new(null, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]);
}
