using System.Collections.Immutable;
using CsCheck;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Rules;

/// <summary>Where a pair's time on duty goes: every minute is counted once, and who took it and why stays known.</summary>
public sealed class PairTimesTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly PairInfo Pair = TestOrganisation.Create().Pairs[0];
    private static readonly CommandContext Someone = new(null, new Actor("s", "Supervisor"));

    private static readonly Gen<PairCommand> Commands = Gen.OneOf(
        Gen.Const<PairCommand>(new SignOn([Pair.Officers[0].Id, Pair.Officers[1].Id])),
        Gen.Const<PairCommand>(new SignOff(AfterWork: true)),
        Gen.Enum<PairActivity>().Select(PairCommand (x) => new SetActivity(x)),
        Gen.Const<PairCommand>(new SetActivity(PairActivity.Meeting, "市局", "例会")),
        Gen.Const<PairCommand>(new TakeFromCommunity("south", "集市安保")),
        Gen.Const<PairCommand>(new GiveBack()),
        Gen.Const<PairCommand>(new MemberLeaves(Pair.Officers[1].Id, "ill")),
        Gen.Const<PairCommand>(new MemberReturns(Pair.Officers[1].Id)),
        Gen.Bool.Select(PairCommand (home) => new CommitPair(Offer(home ? Pair.CommunityId : "south-west"), Someone)),
        Gen.Bool.Select(PairCommand (home) => new ReleasePair("incident", Offer(home ? Pair.CommunityId : "south-west").Id)));

    [Fact]
    public void Times_OfAnyDuty_FillItExactlyAndNeverOverlap() =>
        Gen.Select(Commands, Gen.Int[0, 90]).List[1, 60].Sample(steps =>
        {
            var run = new Run();
            foreach (var (command, minutes) in steps)
            {
                run.Do(command, minutes);
            }

            run.Do(new ReleasePair("incident", Offer(Pair.CommunityId).Id), 1);
            run.Do(new ReleasePair("incident", Offer("south-west").Id), 1);
            run.Do(new SignOff(), 1);
            Assert.Equal(run.OnDuty, TimeSpan.FromTicks(run.Times.Sum(x => (x.To - x.From).Ticks)));
            Assert.All(run.Times.Zip(run.Times.Skip(1)), x => Assert.True(x.First.To <= x.Second.From));
            Assert.All(run.Times, x => Assert.True(x.To > x.From && x.OfficerIds.Length > 0));
            Assert.Equal(run.Times.Count, run.Times.Select(x => x.Version).Distinct().Count());
            Assert.All(run.Times.Where(x => x.Kind == PairTimeKind.Borrowed), x => Assert.Equal(("south", "集市安保"), (x.ByWhom, x.Reason)));
        }, iter: 3000);

    [Fact]
    public void Times_TellWhatTheTimeWasSpentOnByWhomAndWhy()
    {
        var run = new Run();
        run.Do(new TakeFromCommunity("south", "market"), 5);
        run.Do(new SignOn([Pair.Officers[0].Id, Pair.Officers[1].Id]), 60);
        run.Do(new GiveBack(), 30);
        run.Do(new SetActivity(PairActivity.Meeting, "bureau", "weekly"), 20);
        run.Do(new SetActivity(PairActivity.Meal), 15);
        run.Do(new SetActivity(PairActivity.Patrol), 10);
        run.Do(new CommitPair(Offer("south-west"), Someone), 40);
        run.Do(new ReleasePair("incident", Offer("south-west").Id), 5);
        run.Do(new CommitPair(Offer(Pair.CommunityId), Someone), 25);
        run.Do(new ReleasePair("incident", Offer(Pair.CommunityId).Id), 5);
        run.Do(new SetActivity(PairActivity.Station), 10);
        run.Do(new SignOff(), 0);
        Assert.Equal(
            [
                (PairTimeKind.Borrowed, "south", "market", null, 60),
                (PairTimeKind.Community, null, null, null, 30),
                (PairTimeKind.Activity, "bureau", "weekly", null, 20),
                (PairTimeKind.Activity, null, "meal", null, 15),
                (PairTimeKind.Community, null, null, null, 10),
                (PairTimeKind.Incident, null, null, "incident", 40),
                (PairTimeKind.Community, null, null, null, 5),
                (PairTimeKind.Community, null, null, "incident", 25),
                (PairTimeKind.Community, null, null, null, 5),
                (PairTimeKind.Station, (string?)null, (string?)null, (string?)null, 10),
            ],
            run.Times.Select(x => (x.Kind, x.ByWhom, x.Reason, x.IncidentId, (int)(x.To - x.From).TotalMinutes)));
    }

    public static TheoryData<PairCommand, string, string> Refused => new()
    {
        { new TakeFromCommunity(" ", "x"), "valueMissing", "by" },
        { new TakeFromCommunity("x", " "), "valueMissing", "reason" },
        { new TakeFromCommunity(new string('x', 101), "x"), "valueTooLong", "by" },
        { new TakeFromCommunity("x", new string('x', 501)), "valueTooLong", "reason" },
        { new TakeFromCommunity("x", "x", Monday), "valueOutOfRange", "until" },
        { new TakeFromCommunity("x", "x", Monday.AddDays(367)), "valueOutOfRange", "until" },
        { new SetActivity(PairActivity.Court, new string('x', 101)), "valueTooLong", "by" },
        { new SetActivity(PairActivity.Court, "x", new string('x', 501)), "valueTooLong", "reason" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Taking_ThatCannotBe_IsRefused(PairCommand command, string code, string field)
    {
        var refusal = PairRules.Decide(null, Pair, command, Someone, Monday).Refusal;
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void BorrowedPair_IsNotBorrowedAgain_StaysSoOverShiftsAndCanBeSentInAnEmergency()
    {
        var run = new Run();
        run.Do(new TakeFromCommunity("south", "market"), 1);
        Assert.Equal("pairAlreadyTaken", run.Do(new TakeFromCommunity("east", "game"), 1)?.Code);
        Assert.Null(run.Do(new TakeFromCommunity("south", "market"), 1));
        run.Do(new SignOn([Pair.Officers[0].Id, Pair.Officers[1].Id]), 1);
        run.Do(new SignOff(), 1);
        run.Do(new SignOn([Pair.Officers[0].Id, Pair.Officers[1].Id]), 1);
        Assert.Equal("south", run.State!.Taken?.By);
        Assert.Equal(PairAvailability.ConditionallyAvailable, run.State.Availability);
        run.Do(new GiveBack(), 1);
        Assert.Equal(PairAvailability.Available, run.State.Availability);
    }

    private static PairOffer Offer(string community) => new(
        $"offer-{community}", "incident", "1", "dispute", 2, TestOrganisation.InNorthWest, null, community, "x", Monday, Monday.AddYears(1),
        OverrideReason: "alone");

    /// <summary>A pair that is told one thing after another.</summary>
    private sealed class Run
    {
        private DateTimeOffset now = Monday;
        private long version;

        public PairState? State { get; private set; }

        public TimeSpan OnDuty { get; private set; }

        public List<PairTime> Times { get; } = [];

        public Refusal? Do(PairCommand command, int minutesAfter)
        {
            var decision = PairRules.Decide(State, Pair, command, Someone, now);
            foreach (var one in decision.Events)
            {
                State = PairTimes.Apply(State, new Recorded<PairEvent>(++version, now, Someone.Actor, null, one), Pair);
                Times.AddRange(State.Ended);
                State = State with { Ended = [] };
            }

            now = now.AddMinutes(minutesAfter);
            OnDuty += State?.Duty == PairDuty.OnDuty ? TimeSpan.FromMinutes(minutesAfter) : TimeSpan.Zero;
            return decision.Refusal;
        }
    }
}
