using System.Text.Json.Serialization;
using Dispatch.Commands;

namespace Dispatch.Packs;

/// <summary>How long a clock runs.</summary>
/// <param name="Value">1 to <see cref="MaxValue"/> units.</param>
/// <param name="Unit">What is counted.</param>
[GenerateSerializer, Immutable, Alias("dispatch.clock-length")]
public sealed record ClockLength(int Value, ClockUnit Unit)
{
    /// <summary>Most units: ten years of days.</summary>
    public const int MaxValue = 3660;

    /// <summary>
    /// When a clock that begins at a time runs out, in UTC. The day on which it begins does not count; it ends at the same time of day as it began,
    /// China Standard Time. A month that is too short ends on its last day.
    /// </summary>
    /// <param name="began">When it begins.</param>
    /// <param name="calendar">Which days are working days.</param>
    public DateTimeOffset After(DateTimeOffset began, WorkCalendar calendar)
    {
        return Unit switch
        {
            ClockUnit.Hours => began.ToUniversalTime().AddHours(Value),
            ClockUnit.Days => began.ToUniversalTime().AddDays(Value),
            ClockUnit.WorkingDays => calendar.AddWorkingDays(began, Value),
            ClockUnit.Months => began.ToOffset(WorkCalendar.Zone).AddMonths(Value).ToUniversalTime(),
            _ => throw new InvalidOperationException($"{Unit} is not a unit of clocks."),
        };
    }
}

/// <summary>What a clock counts.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ClockUnit>))]
public enum ClockUnit
{
    /// <summary>Hours, by day and night.</summary>
    Hours,

    /// <summary>Days of the calendar, 24 hours each: the zone has no summer time.</summary>
    Days,

    /// <summary>Working days of the pack's calendar.</summary>
    WorkingDays,

    /// <summary>Months of the calendar.</summary>
    Months,
}
