using System.Collections.Immutable;

namespace Dispatch.Packs;

/// <summary>Which days are working days: Monday to Friday without the holidays, and the weekend days that are worked in exchange.</summary>
/// <param name="Holidays">Days that are not worked, whatever day of the week.</param>
/// <param name="WorkingWeekends">Saturdays and Sundays that are worked.</param>
public readonly record struct WorkCalendar(ImmutableArray<DateOnly> Holidays, ImmutableArray<DateOnly> WorkingWeekends)
{
    /// <summary>China Standard Time, the one zone of the country, without summer time since 1991.</summary>
    public static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    /// <summary>The day of a time in the bureau's zone.</summary>
    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Zone).DateTime);

    /// <summary>Whether a day is worked.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        WorkingWeekends.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.Contains(day));

    /// <summary>
    /// The same time of day on the working day so many working days on, in UTC. The day of the beginning does not count, whether it is worked or not.
    /// </summary>
    /// <param name="began">When the count begins.</param>
    /// <param name="workingDays">How many, at least 1.</param>
    public DateTimeOffset AddWorkingDays(DateTimeOffset began, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);
        var end = began.ToOffset(Zone);
        for (var left = workingDays; left > 0;)
        {
            end = end.AddDays(1);
            left -= IsWorkingDay(DayOf(end)) ? 1 : 0;
        }

        return end.ToUniversalTime();
    }
}
