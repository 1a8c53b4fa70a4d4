using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Rules;

/// <summary>How a pair stands: each clock turns when it should, with the number behind it, and the board counts every community once.</summary>
public sealed class PairHealthRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 4, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 4);
    private static readonly PairInfo Pair = TestOrganisation.Create().Pairs[0];
    private static readonly PairHealthRules Rules = new(TestPacks.Shipped.Find("red-flower-green-leaf")!, new PairCareOptions());

    private static readonly PairView OnDuty = new(
        Pair.Id, Pair.CallSign, Pair.StationId, Pair.CommunityId, Pair.Officers, [Pair.Officers[0].Id, Pair.Officers[1].Id], PairDuty.OnDuty,
        PairActivity.Available, PairAvailability.Available, null, null, 1);

    [Theory]
    [InlineData(null, ClockState.Overdue, "noAgreement")]
    [InlineData(-1, ClockState.Overdue, "termEnded")]
    [InlineData(0, ClockState.Due, "termEndsSoon")]
    [InlineData(30, ClockState.Due, "termEndsSoon")]
    [InlineData(31, ClockState.Ok, null)]
    public void Agreement_ByDaysLeft(int? left, ClockState state, string? code)
    {
        var agreement = left is { } days ? new PairAgreement(Today.AddYears(-1), Today.AddDays(days), "x", Today.AddYears(-1)) : null;
        Assert.Equal(new PairFact(state, left, FactUnit.Days, code), Tell(Pair with { Agreement = agreement }).Agreement);
    }

    [Theory]
    [InlineData(null, ClockState.Overdue)]
    [InlineData(5.0, ClockState.Ok)]
    [InlineData(6.5, ClockState.Due)]
    [InlineData(7.1, ClockState.Overdue)]
    public void Contact_ByDaysSince(double? days, ClockState state)
    {
        var fact = Rules.Contact(days is { } since ? Now.AddDays(-since) : null, Now);
        Assert.Equal((state, days), (fact.State, fact.Number));
    }

    [Theory]
    [InlineData(null, false, ClockState.Ok)]
    [InlineData(-1, false, ClockState.Overdue)]
    [InlineData(100, false, ClockState.Due)]
    [InlineData(100, true, ClockState.Ok)]
    [InlineData(400, false, ClockState.Ok)]
    public void Succession_ByTimeToRetirementAndSuccessor(int? days, bool named, ClockState state)
    {
        var fact = Tell(Pair with
        {
            Officers = [Pair.Officers[0] with { RetiresOn = days is { } left ? Today.AddDays(left) : null }, Pair.Officers[1]],
            Successor = named ? new NamedSuccessor("x", "X", "x") : null,
        }).Succession;
        Assert.Equal((state, (double?)days), (fact.State, fact.Number));
    }

    [Fact]
    public void Members_OneMissing_IsDueWithItsMinutes_AndAPairOfOneIsOverdue()
    {
        var alone = OnDuty with { PresentOfficerIds = [Pair.Officers[0].Id], SingleSince = Now.AddMinutes(-42) };
        Assert.Equal(new PairFact(ClockState.Due, 42, FactUnit.Minutes, "singleOfficer"), Tell(Pair, alone).Members);
        Assert.Equal(ClockState.Ok, Tell(Pair, OnDuty).Members.State);
        Assert.Equal("oneOfficer", Tell(Pair with { Officers = [Pair.Officers[0]] }).Members.Code);
    }

    [Fact]
    public void TimeTaken_CountsThisWeekAndThePresent_ByWhom()
    {
        var borrowed = OnDuty with
        {
            TakenBy = "south", TakenUntil = Now.AddMinutes(-1), Time = new PresentTime(PairTimeKind.Borrowed, Now.AddMinutes(-30), "south"),
        };
        var known = new PairKnowledge(
            Pair, borrowed, Now,
            [new TakenTime(Pair.Id, "south", TimeSpan.FromHours(1)), new TakenTime(Pair.Id, "meal", TimeSpan.FromHours(1))],
            []);
        Assert.Equal(90, Rules.TakenBy(known, Now)["south"], 3);
        Assert.Equal(60, Rules.TakenBy(known, Now)["meal"], 3);

        // Monday began on 1 March at 16:00 UTC; what began before counts from there.
        var sinceWeeks = known with { View = borrowed with { Time = new PresentTime(PairTimeKind.Borrowed, Now.AddDays(-20), "south") }, Taken = [] };
        Assert.Equal((Now - new DateTimeOffset(2026, 3, 1, 16, 0, 0, TimeSpan.Zero)).TotalMinutes, Rules.TakenBy(sinceWeeks, Now)["south"], 3);
        Assert.Equal(new PairFact(ClockState.Overdue, 150, FactUnit.Minutes, "notGivenBack"), Rules.Tell(known, Now).TimeTaken);
    }

    [Fact]
    public void Presence_OfAnotherDay_IsNotShownAsTodays()
    {
        var minutes = new PresenceMinutes(Today, 60, 20, 5);
        var view = OnDuty with { Presence = new PresenceView(Now, minutes, minutes) };
        Assert.Equal(minutes, Tell(Pair, view).PresenceToday);
        Assert.Null(Rules.Tell(new PairKnowledge(Pair, view, null, [], []), Now.AddDays(1)).PresenceToday);
    }

    [Fact]
    public void Board_CountsEachCommunityOnce_ByTheBestOfItsPairs()
    {
        var organisation = TestOrganisation.Create();
        var inWest = organisation.Pairs.Where(x => x.CommunityId == "north-west").ToArray();
        var inEast = organisation.Pairs.First(x => x.CommunityId == "north-east");
        PairKnowledge[] known =
        [
            Known(inWest[0] with { Officers = [inWest[0].Officers[0]] }), Known(inWest[1]), Known(inEast with { Officers = [inEast.Officers[0]] }),
        ];
        var sheets = new[] { Sheet("south-west", Now), Sheet("south-west", Now.AddDays(1)) }.ToLookup(x => x.CommunityId);
        var board = new RollOutRules(TestPacks.Shipped.Find("red-flower-green-leaf")!, new PairCareOptions()).Tell(
            organisation.Communities, new Known(known, sheets, new Dictionary<string, DateTimeOffset> { ["north-west"] = Now }), Now);
        Assert.Equal(
            [PairCover.FullPair, PairCover.OneOfficer, PairCover.None, PairCover.None], board.Communities.Select(x => x.Cover));
        Assert.Equal(new RollOutTotal(null, 4, 1, 1, 2, 3), board.Bureau);
        Assert.Equal(
            [new RollOutTotal("north", 2, 1, 1, 0, 1), new RollOutTotal("south", 2, 0, 0, 2, 2)], board.Stations);
        Assert.Equal(["noPair", "noContact", "handoverOverdue"], board.Communities[2].Alerts);
        Assert.Equal(2, board.Communities[2].HandoverSheetIds.Count);
    }

    private static PairHealth Tell(PairInfo pair, PairView? view = null) => Rules.Tell(new PairKnowledge(pair, view, Now, [], []), Now);

    private static PairKnowledge Known(PairInfo pair) => new(pair, null, null, [], []);

    private static HandoverView Sheet(string community, DateTimeOffset dueAt) =>
        new($"sheet-{dueAt:dd}", 1, "gone", community, "south", null, [], [], [], null, [], Now, dueAt);
}
