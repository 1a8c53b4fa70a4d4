using Dispatch.Bureau;
using Xunit;
using static Dispatch.Tests.Replay.Samples;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>The report says what was, not more.</summary>
public sealed class ReplayFiguresTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Recorded_OnlyCountsWhatWasRecorded()
    {
        var call = Plan(Row("1", "a", "E01"), Row("2", "a", "E02", dispatch: "02:00", response: "", onScene: "")).Calls[0];
        var spreads = Intervals.Spreads(Intervals.Recorded(call));
        Assert.Equal(TimeSpan.FromMinutes(1), spreads[IntervalKind.OpenToDispatched].P50);
        Assert.Equal((1, TimeSpan.FromMinutes(1)), (spreads[IntervalKind.DispatchedToAccepted].Count, spreads[IntervalKind.DispatchedToAccepted].P50));
        Assert.Equal(TimeSpan.FromMinutes(4), Assert.Single([spreads[IntervalKind.DispatchedToOnScene]]).P99);
        Assert.Equal(TimeSpan.FromMinutes(25), spreads[IntervalKind.OnSceneToCleared].P90);
    }

    [Fact]
    public void Ours_LeavesOutUnitsThatWereRefused()
    {
        var call = Plan(Row("1", "a", "E01"), Row("2", "a", "E02")).Calls[0];
        var incident = new IncidentAnswer(
            "i", "closed", Start, [Offer("E01", 2), Offer("E02", 3)],
            [new AssignmentAnswer("E01", "cleared", At(2), At(3), At(7), At(20))]);
        var spreads = Intervals.Spreads(Intervals.Ours(incident, call.Units.Where(x => x.PairId == "E01")));
        Assert.Equal(TimeSpan.FromSeconds(2), spreads[IntervalKind.OpenToDispatched].P50);
        Assert.Equal((1, TimeSpan.FromSeconds(5)), (spreads[IntervalKind.DispatchedToOnScene].Count, spreads[IntervalKind.DispatchedToOnScene].P50));
        Assert.Equal(TimeSpan.FromSeconds(13), spreads[IntervalKind.OnSceneToCleared].P50);
    }

    [Fact]
    public void Spread_IsTheNearestRank()
    {
        var spread = Spread.Of(Enumerable.Range(1, 100).Select(x => TimeSpan.FromSeconds(x)))!;
        Assert.Equal((50, 90, 99), ((int)spread.P50.TotalSeconds, (int)spread.P90.TotalSeconds, (int)spread.P99.TotalSeconds));
        Assert.Null(Spread.Of([]));
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("0.5", 0.5)]
    [InlineData("0", 0)]
    [InlineData("max", 0)]
    public void Pace_Reads(string text, double factor) => Assert.Equal(factor, Pace.Parse(text).Factor);

    [Theory]
    [InlineData("fast")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("NaN")]
    [InlineData("")]
    public void Pace_RefusesWhatIsNoSpeed(string text) => Assert.Throws<CommandFaultException>(() => Pace.Parse(text));

    [Fact]
    public void Pace_OursInRecordedTime_IsStretchedByTheSpeedAndLeftAloneWithout()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), new Pace(60).InRecordedTime(TimeSpan.FromSeconds(5)));
        Assert.Equal(TimeSpan.FromSeconds(5), new Pace(0).InRecordedTime(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void CommitmentWatch_PairAcceptedTwice_IsAViolation()
    {
        var watch = new CommitmentWatch();
        watch.Accepted("E01", "one");
        watch.Freed("E01", "one");
        watch.Accepted("E01", "two");
        Assert.Empty(watch.Violations);
        watch.Freed("E01", "one");
        Assert.True(watch.IsHeld("E01"));
        watch.Accepted("E01", "three");
        Assert.Contains("E01", Assert.Single(watch.Violations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Gas Leak (Natural and LP Gases)", "gas-leak-natural-and-lp-gases")]
    [InlineData("Citizen Assist / Service Call", "citizen-assist-service-call")]
    [InlineData("  ", "unknown")]
    public void CodeOf_MakesACode(string name, string code) => Assert.Equal(code, ColumnMap.CodeOf(name));

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static OfferAnswer Offer(string pairId, int second) => new($"o-{pairId}", pairId, "accepted", At(second));
}
