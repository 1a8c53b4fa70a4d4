namespace Dispatch.Pairs;

/// <summary>The bureau's own days; section <c>Dispatch:Calendar</c>.</summary>
public sealed class BureauCalendar
{
    /// <summary>IANA name of the bureau's time zone; default <c>Asia/Shanghai</c>.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";

    private TimeZoneInfo Zone => zone ??= TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    private TimeZoneInfo? zone;

    /// <summary>What cannot be; null where all is well.</summary>
    public string? FindFault() => TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _) ? null : $"There is no time zone '{TimeZone}'.";

    /// <summary>The day of a time, and its end.</summary>
    public BureauDay DayOf(DateTimeOffset at)
    {
        var day = DateOf(at);
        var end = StartOf(day.AddDays(1));

        // A clock that was put forward over midnight would give a day that ended before this time.
        return new BureauDay(day, end > at ? end : at.AddHours(1));
    }

    /// <summary>The day of a time.</summary>
    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>When a day begins.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <summary>When the week of a time began: its Monday.</summary>
    public DateTimeOffset StartOfWeek(DateTimeOffset at)
    {
        var today = DateOf(at);
        return StartOf(today.AddDays(-(((int)today.DayOfWeek + 6) % 7)));
    }
}
