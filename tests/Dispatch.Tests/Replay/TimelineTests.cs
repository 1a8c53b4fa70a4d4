using System.Collections.Immutable;
using Xunit;
using static Dispatch.Tests.Replay.Samples;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>At any speed, what happened after something else happens after it.</summary>
public sealed class TimelineTests
{
    [Fact]
    public void Build_OneUnit_TakesAllStepsInOrder()
    {
        var steps = Timeline.Build(Plan(Row("1", "a", "E01")).Calls);
        Assert.Equal(Enum.GetValues<StepKind>(), steps.Select(x => x.Kind));
        Assert.All(steps.Skip(1), x => Assert.Equal([x.Index - 1], x.After));
    }

    [Fact]
    public void Build_CalledOffOnTheWay_LeavesOutArrivalAndReport()
    {
        var steps = Timeline.Build(Plan(Row("1", "a", "E01", onScene: "")).Calls);
        Assert.Equal([StepKind.Open, StepKind.Offer, StepKind.Accept, StepKind.EnRoute, StepKind.Clear, StepKind.Close], steps.Select(x => x.Kind));
    }

    [Fact]
    public void Build_UnitFreedAndSentInOneSecond_IsFreedFirst()
    {
        var steps = Timeline.Build(Plan(
            Row("next", "b", "E01", received: "20:00", dispatch: "30:00", response: "31:00", onScene: "32:00", available: "40:00"),
            Row("first", "a", "E01", available: "30:00")).Calls);
        var cleared = Find(steps, StepKind.Clear, "first");
        var offered = Find(steps, StepKind.Offer, "next");
        Assert.True(cleared.Index < offered.Index);
        Assert.Contains(cleared.Index, offered.After);
    }

    [Fact]
    public void Build_TwoUnitsChangePlacesInOneSecond_BothAreFreedFirst()
    {
        var steps = Timeline.Build(Plan(
            Row("a1", "a", "E01", available: "30:00"),
            Row("b2", "b", "E02", available: "30:00"),
            Row("a2", "a", "E02", dispatch: "30:00", response: "31:00", onScene: "32:00", available: "40:00"),
            Row("b1", "b", "E01", dispatch: "30:00", response: "31:00", onScene: "32:00", available: "40:00")).Calls);
        Assert.True(Find(steps, StepKind.Clear, "a1").Index < Find(steps, StepKind.Offer, "b1").Index);
        Assert.True(Find(steps, StepKind.Clear, "b2").Index < Find(steps, StepKind.Offer, "a2").Index);
    }

    [Fact]
    public void Build_EverythingInOneSecond_KeepsTheOrderOfTheSteps()
    {
        var steps = Timeline.Build(Plan(Row("1", "a", "E01", "07:00", "07:00", "07:00", "07:00", "07:00")).Calls);
        Assert.Equal(Enum.GetValues<StepKind>(), steps.Select(x => x.Kind));
    }

    [Fact]
    public void Build_UnitSentBeforeItIsFree_IsOfferedBeforeItIsCleared()
    {
        var steps = Timeline.Build(Plan(Row("first", "a", "E01", available: "30:00"), Row("overlap", "b", "E01", dispatch: "29:00", response: "35:00")).Calls);
        Assert.True(Find(steps, StepKind.Offer, "overlap").Index < Find(steps, StepKind.Clear, "first").Index);
    }

    [Fact]
    public void Build_CallOfManyUnits_ClosesAfterTheLast()
    {
        var steps = Timeline.Build(Plan(Row("1", "a", "E01", available: "30:00"), Row("2", "a", "E02", available: "20:00")).Calls);
        Assert.Equal((StepKind.Close, Time("30:00")), (steps[^1].Kind, steps[^1].At));
    }

    [Fact]
    public void Build_AnyCalls_WaitOnlyForEarlierSteps()
    {
        var steps = Timeline.Build(Plan(
            Row("1", "a", "E01"), Row("2", "a", "E02"), Row("3", "b", "E01", dispatch: "31:00", response: "31:00", onScene: "31:00", available: "31:00"),
            Row("4", "b", "T03"), Row("5", "c", "E02", received: "01:00")).Calls);
        Assert.All(steps, x => Assert.All(x.After, before => Assert.True(before < x.Index)));
        Assert.All(steps.Zip(steps.Skip(1)), x => Assert.True(x.First.At <= x.Second.At));
    }

    private static TimelineStep Find(ImmutableArray<TimelineStep> steps, StepKind kind, string rowId) =>
        steps.Single(x => x.Kind == kind && x.Unit?.RowId == rowId);
}
