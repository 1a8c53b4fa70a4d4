using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Dispatch.Packs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Packs;

/// <summary>A clock that runs wrongly tells people that they are late when they are not, or lets them be late.</summary>
public sealed class ClockLengthTests
{
    private static readonly DateOnly FirstDay = new(2026, 1, 1);

    private static readonly Gen<WorkCalendar> Calendars =
        from holidays in Gen.Int[0, 400].Select(x => FirstDay.AddDays(x)).HashSet[0, 60]
        from weekends in Gen.Int[0, 57].Select(x => FirstDay.AddDays(2 + (7 * x))).HashSet[0, 10]
        select new WorkCalendar([.. holidays.Except(weekends)], [.. weekends]);

    private static readonly Gen<DateTimeOffset> Times =
        from minutes in Gen.Int[0, 300 * 24 * 60]
        from zone in Gen.Int[-12, 12]
        select new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes).ToOffset(TimeSpan.FromHours(zone));

    [Fact]
    public void WorkingDays_CountEachWorkingDayOnceAndEndOnOne_AtTheSameTimeOfDay() => Gen.Select(Calendars, Times, Gen.Int[1, 30]).Sample((calendar, began, days) =>
    {
        var due = new ClockLength(days, ClockUnit.WorkingDays).After(began, calendar);
        var (first, last) = (WorkCalendar.DayOf(began), WorkCalendar.DayOf(due));
        Assert.True(calendar.IsWorkingDay(last));
        Assert.Equal(days, Enumerable.Range(first.DayNumber + 1, last.DayNumber - first.DayNumber).Count(x => calendar.IsWorkingDay(DateOnly.FromDayNumber(x))));
        Assert.Equal(began.ToOffset(WorkCalendar.Zone).TimeOfDay, due.ToOffset(WorkCalendar.Zone).TimeOfDay);
        Assert.Equal(TimeSpan.Zero, due.Offset);
    });

    [Fact]
    public void WorkingDays_InTwoSteps_AreThoseInOne() => Gen.Select(Calendars, Times, Gen.Int[1, 15], Gen.Int[1, 15]).Sample((calendar, began, a, b) =>
        calendar.AddWorkingDays(calendar.AddWorkingDays(began, a), b) == calendar.AddWorkingDays(began, a + b));

    // Each case is of the notice of the State Council for 2026, or of the calendar.
    [Theory]
    [InlineData("2026-03-02T09:30:00+08:00", 3, ClockUnit.WorkingDays, "2026-03-05T09:30:00+08:00")] // Monday to Thursday
    [InlineData("2026-03-06T23:30:00+08:00", 1, ClockUnit.WorkingDays, "2026-03-09T23:30:00+08:00")] // over a weekend
    [InlineData("2026-03-07T10:00:00+08:00", 1, ClockUnit.WorkingDays, "2026-03-09T10:00:00+08:00")] // from a Saturday
    [InlineData("2026-02-13T10:00:00+08:00", 3, ClockUnit.WorkingDays, "2026-02-25T10:00:00+08:00")] // Spring Festival; the 14th is worked
    [InlineData("2026-02-27T10:00:00+08:00", 1, ClockUnit.WorkingDays, "2026-02-28T10:00:00+08:00")] // a Saturday that is worked
    [InlineData("2026-09-30T18:00:00+08:00", 2, ClockUnit.WorkingDays, "2026-10-09T18:00:00+08:00")] // National Day
    [InlineData("2026-03-06T17:00:00Z", 1, ClockUnit.WorkingDays, "2026-03-09T01:00:00+08:00")] // already Saturday in China
    [InlineData("2026-01-31T12:00:00+08:00", 1, ClockUnit.Months, "2026-02-28T12:00:00+08:00")]
    [InlineData("2026-01-30T20:00:00Z", 1, ClockUnit.Months, "2026-02-28T04:00:00+08:00")] // already the 31st in China
    [InlineData("2026-02-14T10:00:00+08:00", 7, ClockUnit.Days, "2026-02-21T10:00:00+08:00")]
    [InlineData("2026-02-14T10:00:00+08:00", 72, ClockUnit.Hours, "2026-02-17T10:00:00+08:00")]
    public void After_OnTheShippedCalendar_IsTheDayThatPeopleExpect(string began, int value, ClockUnit unit, string due)
    {
        var pack = TestPacks.Shipped.Find("red-flower-green-leaf")!;
        Assert.Equal(Time(due), pack.Due(new ClockLength(value, unit), Time(began)));
    }

    [Fact]
    public void Holidays_OfAllShippedPacks_AreTheSame() =>
        Assert.Single(TestPacks.Shipped.All.Select(x => string.Join(' ', x.Holidays.Concat(x.WorkingWeekends).ToImmutableArray())).Distinct());

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
