using CsCheck;
using Dispatch.Pairs;

namespace Dispatch.Tests.Rules;

/// <summary>The presence gauge: no minute is lost or counted twice, and what nobody reported is unknown.</summary>
public sealed class PresenceGaugeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Gauge_AnyReports_CountsEverySecondOnce() =>
        Gen.Select(Gen.Bool.Nullable(), Gen.Int[0, 4000]).List[0, 60].Sample(reports =>
        {
            var (gauge, now) = (PresenceGauge.Since(Start), Start);
            foreach (var (inside, seconds) in reports)
            {
                now = now.AddSeconds(seconds);
                gauge = gauge.Report(inside, now);
            }

            gauge = gauge.To(now.AddHours(30));
            Assert.Equal((now.AddHours(30) - Start).TotalSeconds, gauge.Days.Sum(x => x.Inside + x.Outside + x.Unknown), 3);
            Assert.All(gauge.Days, x => Assert.True(x.Inside >= 0 && x.Outside >= 0 && x.Unknown >= 0 && x.Inside + x.Outside + x.Unknown <= 86_400.001));
            Assert.Equal(now.AddHours(30), gauge.CountedTo);
        }, iter: 2000);

    [Fact]
    public void Gauge_HoldsAReportForFiveMinutes_AndSplitsDaysAtTheBureausMidnight()
    {
        // 15:55 UTC is five minutes before midnight in China.
        var gauge = PresenceGauge.Since(Start.AddMinutes(115)).Report(true, Start.AddMinutes(115)).Report(true, Start.AddMinutes(119))
            .Report(false, Start.AddMinutes(123)).To(Start.AddMinutes(140));
        Assert.Equal(
            [new PresenceDay(new DateOnly(2026, 3, 1), 300, 0, 0), new PresenceDay(new DateOnly(2026, 3, 2), 180, 300, 720)], gauge.Days);
    }

    [Fact]
    public void Presence_ShowsWholeMinutesOfTheDayAndOfItsWeekFromMonday()
    {
        // A Sunday and the Monday after it.
        var presence = new Presence(Start, []).Plus(new PresenceCounted(Start, [new PresenceDay(new DateOnly(2026, 3, 1), 600, 0, 0)]))
            .Plus(new PresenceCounted(Start.AddDays(1), [new PresenceDay(new DateOnly(2026, 3, 2), 119, 61, 30)]))
            .Plus(new PresenceCounted(Start.AddDays(2), [new PresenceDay(new DateOnly(2026, 3, 3), 60, 0, 0)]));
        var view = presence.ForView()!;
        Assert.Equal(new PresenceMinutes(new DateOnly(2026, 3, 3), 1, 0, 0), view.Today);
        Assert.Equal(new PresenceMinutes(new DateOnly(2026, 3, 2), 2, 1, 0), view.Week);
    }

    [Fact]
    public void Presence_KeepsAWeekAndNoMore()
    {
        var presence = Enumerable.Range(0, 30).Aggregate(
            new Presence(Start, []), (x, i) => x.Plus(new PresenceCounted(Start.AddDays(i), [new PresenceDay(new DateOnly(2026, 3, 1).AddDays(i), 60, 0, 0)])));
        Assert.Equal(Presence.MaxDays, presence.Days.Length);
    }
}
