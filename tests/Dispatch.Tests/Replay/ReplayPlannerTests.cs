using Xunit;
using static Dispatch.Tests.Replay.Samples;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>Every row that can be replayed becomes steps that never run backwards.</summary>
public sealed class ReplayPlannerTests
{
    [Fact]
    public void Plan_RowsOfOneCall_MakeOneIncidentThatNeedsAllUnits()
    {
        var call = Assert.Single(Plan(Row("1", "a", "E02", dispatch: "03:00"), Row("2", "a", "E01")).Calls);
        Assert.Equal(["E01", "E02"], call.Units.Select(x => x.PairId));
        Assert.Equal(("medical-incident", 2, "fire", "sf-01"), (call.Category, call.Priority, call.Disposition, call.CommunityId));
        Assert.Equal("Medical Incident: Alarm", call.Summary);
        Assert.Equal(Time("30:00"), call.CloseAt);
    }

    [Fact]
    public void Plan_ResponseMissing_AcceptsOnArrival()
    {
        var plan = Plan(Row("1", "a", "E01", response: ""));
        Assert.Equal(Time("05:00"), Unit(plan).AcceptAt);
        Assert.False(Unit(plan).IsAcceptRecorded);
        Assert.Equal(1, plan.Adjusted[Adjustments.ResponseMissing]);
    }

    [Fact]
    public void Plan_ResponseAndArrivalMissing_AcceptsAtOnceAndNeverArrives()
    {
        var unit = Unit(Plan(Row("1", "a", "E01", response: "", onScene: "")));
        Assert.Equal((Time("01:00"), null), (unit.AcceptAt, unit.OnSceneAt));
    }

    [Fact]
    public void Plan_AvailableMissing_ClearsAtTheLastKnownTimeOfTheCall()
    {
        var call = Assert.Single(Plan(Row("1", "a", "E01", available: ""), Row("2", "a", "E02", available: "45:00")).Calls);
        Assert.All(call.Units, x => Assert.Equal(Time("45:00"), x.ClearAt));
    }

    [Fact]
    public void Plan_TimesRunBackwards_AreMovedUp()
    {
        var plan = Plan(Row("1", "a", "E01", received: "10:00", dispatch: "09:00", response: "20:00", onScene: "15:00", available: "12:00"));
        var unit = Unit(plan);
        Assert.Equal(
            (Time("10:00"), Time("20:00"), Time("20:00"), Time("20:00")), (unit.OfferAt, unit.AcceptAt, unit.OnSceneAt!.Value, unit.ClearAt));
        Assert.Equal(1, plan.Adjusted[Adjustments.TimesClamped]);
    }

    [Theory]
    [InlineData("X99", "Medical Incident", RejectionReasons.UnitUnknown)]
    [InlineData("E01", "Volcano", RejectionReasons.CategoryUnknown)]
    public void Plan_RowTheOrganisationDoesNotKnow_IsRejectedAndTheRestOfTheCallReplayed(string unit, string type, string reason)
    {
        var plan = Plan(Row("good", "a", "E02"), Row("bad", "a", unit, type: type));
        Assert.Equal(("bad", reason), Assert.Single(plan.Rejected) is var x ? (x.RowId, x.Reason) : default);
        Assert.Equal("E02", Unit(plan).PairId);
    }

    [Fact]
    public void Plan_CallWithoutAnyUsableRow_IsNotOpened() => Assert.Empty(Plan(Row("1", "a", "X99")).Calls);

    [Fact]
    public void Plan_DispositionTheBureauLacks_ClosesWithOther()
    {
        var plan = Plan(Row("1", "a", "E01", disposition: "Abducted"));
        Assert.Equal("other", plan.Calls[0].Disposition);
        Assert.Equal(1, plan.Adjusted[Adjustments.DispositionReplaced]);
    }

    [Fact]
    public void Plan_DispositionMissing_ClosesAsUnknown() => Assert.Equal("unknown", Plan(Row("1", "a", "E01", disposition: "")).Calls[0].Disposition);

    [Fact]
    public void Plan_NeighborhoodNone_NamesTheNearestCommunity()
    {
        var plan = Plan(Row("1", "a", "E01", neighborhood: "None", lat: "37.81"));
        Assert.Equal("sf-02", plan.Calls[0].CommunityId);
        Assert.Equal(1, plan.Adjusted[Adjustments.CommunityReplaced]);
    }

    [Fact]
    public void Plan_MoreUnitsThanAnIncidentTakes_RejectsTheLast()
    {
        var rows = Enumerable.Range(0, ReplayPlanner.MaxPairs + 2).Select(x => Row($"r{x}", "a", "E01", dispatch: $"{x:00}:00", available: "59:00"));
        var plan = Plan([.. rows]);
        Assert.Equal(ReplayPlanner.MaxPairs, plan.Calls[0].Units.Length);
        Assert.Equal(["r50", "r51"], plan.Rejected.Where(x => x.Reason == RejectionReasons.TooManyUnits).Select(x => x.RowId));
    }

    private static PlannedUnit Unit(ReplayPlan plan) => Assert.Single(Assert.Single(plan.Calls).Units);
}
