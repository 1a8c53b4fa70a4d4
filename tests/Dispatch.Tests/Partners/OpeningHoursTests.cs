using Dispatch.Partners;

namespace Dispatch.Tests.Partners;

/// <summary>Whether a service point is open is said in China Standard Time; an error here sends residents to a closed door.</summary>
public sealed class OpeningHoursTests
{
    private static readonly OpeningHours Hours = new()
    {
        Weekly =
        [
            new(Weekday.Monday, new(8, 30), new(12, 0)), new(Weekday.Monday, new(14, 0), new(17, 30)), new(Weekday.Saturday, new(18, 0), TimeOnly.MinValue),
        ],
        Exceptions = [new(new(2026, 7, 13)), new(new(2026, 7, 20), new(10, 0), new(11, 0)), new(new(2026, 7, 20), new(15, 0), new(16, 0))],
    };

    [Theory]
    [InlineData("2026-07-06T08:29:59+08:00", false)]
    [InlineData("2026-07-06T08:30:00+08:00", true)]
    [InlineData("2026-07-06T00:30:00Z", true)]
    [InlineData("2026-07-06T12:00:00+08:00", false)]
    [InlineData("2026-07-06T16:00:00+08:00", true)]
    [InlineData("2026-07-07T09:00:00+08:00", false)]
    [InlineData("2026-07-11T23:59:59+08:00", true)]
    [InlineData("2026-07-12T00:00:00+08:00", false)]
    [InlineData("2026-07-13T09:00:00+08:00", false)]
    [InlineData("2026-07-20T09:00:00+08:00", false)]
    [InlineData("2026-07-20T10:30:00+08:00", true)]
    [InlineData("2026-07-20T15:59:00+08:00", true)]
    public void IsOpenAt_ByTheWeekAndItsExceptions(string moment, bool open) =>
        Assert.Equal(open, Hours.IsOpenAt(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void WhyNot_RefusesTimesThatCannotBe_AndTooMany()
    {
        Assert.Null(Hours.WhyNot("hours"));
        Assert.Equal("hours.weekly", (Hours with { Weekly = [new(Weekday.Monday, new(12, 0), new(8, 0))] }).WhyNot("hours")!.Field);
        Assert.Equal("hours.weekly", (Hours with { Weekly = [.. Enumerable.Repeat(Hours.Weekly[0], OpeningHours.MostTimes + 1)] }).WhyNot("hours")!.Field);
        Assert.Equal("hours.exceptions", (Hours with { Exceptions = [new(new(2026, 7, 1), new(8, 0))] }).WhyNot("hours")!.Field);
        Assert.Equal(
            "hours.exceptions", (Hours with { Exceptions = [.. Enumerable.Repeat(Hours.Exceptions[0], OpeningHours.MostExceptions + 1)] }).WhyNot("hours")!.Field);
    }
}
