using Dispatch.Packs;

namespace Dispatch.Pairs;

/// <summary>A day of the bureau, in China Standard Time.</summary>
/// <param name="Day">The day.</param>
public readonly record struct BureauDay(DateOnly Day)
{
    /// <summary>When it begins.</summary>
    public DateTimeOffset Start => new DateTimeOffset(Day.ToDateTime(TimeOnly.MinValue), WorkCalendar.Zone).ToUniversalTime();

    /// <summary>When the next one begins.</summary>
    public DateTimeOffset End => Start.AddDays(1);

    /// <summary>The Monday of its week.</summary>
    public BureauDay Monday => new(Day.AddDays(-(((int)Day.DayOfWeek + 6) % 7)));

    /// <summary>The day of a time.</summary>
    public static BureauDay Of(DateTimeOffset at) => new(WorkCalendar.DayOf(at));
}
