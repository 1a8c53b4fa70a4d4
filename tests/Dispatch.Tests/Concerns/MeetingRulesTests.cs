using Dispatch.Commands;
using Dispatch.Concerns;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Concerns;

/// <summary>A meeting says what became of everything that residents brought up before it is published, and counts who came without naming anybody.</summary>
public sealed class MeetingRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly AnnounceMeeting Announced = new("residentsMeeting", "三月议事", Start.AddDays(3), "社区礼堂") { CommunityId = "north-west", Agenda = ["停车", "照明"] };
    private static readonly string Matter = DerivedIds.For("concern", "officer", "1");

    public static TheoryData<AnnounceMeeting, string> Wrong => new()
    {
        { Announced with { Kind = "party" }, "meetingKindNotFound" },
        { Announced with { Title = " " }, "valueMissing" },
        { Announced with { Place = new string('x', 201) }, "valueTooLong" },
        { Announced with { PlannedFor = Start.AddDays(400) }, "valueOutOfRange" },
        { Announced with { Agenda = [.. Enumerable.Repeat("x", 21)] }, "tooMany" },
        { Announced with { Agenda = [" "] }, "valueMissing" },
        { Announced with { PairId = "none" }, "pairNotFound" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Announcement_WithWhatCannotBe_IsRefused(AnnounceMeeting announce, string code) => Assert.Equal(code, Decide(null, announce).Refusal?.Code);

    [Fact]
    public void Meeting_GoesFromAgendaToPublishedMinutes_InThatOrder()
    {
        var meeting = Done(null, Announced);
        Assert.Equal("meetingNotHeld", Decide(meeting, new RaiseIssue("路灯不亮")).Refusal?.Code);
        Assert.Equal("meetingNotHeld", Decide(meeting, new PublishMeeting()).Refusal?.Code);
        meeting = Done(meeting, new ReviseMeeting(Agenda: ["停车"]));
        Assert.Equal("valueOutOfRange", Decide(meeting, new HoldMeeting(-1)).Refusal?.Code);
        meeting = Done(meeting, new HoldMeeting(42));
        Assert.Equal("meetingNotAnnounced", Decide(meeting, new CancelMeeting("下雨")).Refusal?.Code);
        meeting = Done(meeting, new RaiseIssue("路灯不亮"));
        Assert.Equal("minutesMissing", Decide(meeting, new PublishMeeting()).Refusal?.Code);
        meeting = Done(meeting, new WriteMinutes("纪要"));
        Assert.Equal("meetingIssuesUndecided", Decide(meeting, new PublishMeeting()).Refusal?.Code);
        meeting = Done(meeting, new ResolveIssue("1", IssueBecame.Nothing));
        meeting = Done(meeting, new PublishMeeting());
        Assert.Equal((MeetingStatus.Published, false), (meeting.Status, meeting.IsOpen));
        Assert.Equal("meetingNotHeld", Decide(meeting, new RaiseIssue("late")).Refusal?.Code);
        Assert.Equal("meetingNotHeld", Decide(meeting, new WriteMinutes("other")).Refusal?.Code);
    }

    [Theory]
    [InlineData(IssueBecame.Answered, null, null, null, "valueMissing")]
    [InlineData(IssueBecame.Answered, null, null, "已说明", null)]
    [InlineData(IssueBecame.Department, null, null, null, "valueMissing")]
    [InlineData(IssueBecame.Department, null, "城管", null, null)]
    [InlineData(IssueBecame.Concern, null, null, null, "matterNotFound")]
    [InlineData(IssueBecame.Concern, "south", null, null, "matterNotFound")]
    [InlineData(IssueBecame.Concern, "north", null, null, null)]
    [InlineData(IssueBecame.Dispute, "north", null, null, null)]
    [InlineData(IssueBecame.Nothing, null, null, null, null)]
    public void Issue_BecomesWhatIsThere(IssueBecame became, string? matterStation, string? department, string? words, string? code)
    {
        var meeting = Done(Done(Done(null, Announced), new HoldMeeting(3)), new RaiseIssue("路灯不亮"));
        var resolve = new ResolveIssue("1", became) { MatterId = matterStation is null ? null : Matter, Department = department, Words = words };
        var decision = Decide(meeting, resolve, matterStation);
        Assert.Equal(code, decision.Refusal?.Code);
        if (code is null && matterStation is not null)
        {
            var issue = decision.Events.Aggregate((MeetingView?)meeting, Apply)!.Issues[0];
            Assert.Equal($"{(became == IssueBecame.Dispute ? "dispute" : "concern")}/{Matter}", issue.Ref);
        }
    }

    [Fact]
    public void Issues_HaveALimit()
    {
        var meeting = Enumerable.Range(0, 30).Aggregate(Done(Done(null, Announced), new HoldMeeting(3)), (x, i) => Done(x, new RaiseIssue($"{i}")));
        Assert.Equal("tooMany", Decide(meeting, new RaiseIssue("31")).Refusal?.Code);
        Assert.Equal("issueNotFound", Decide(meeting, new ResolveIssue("31", IssueBecame.Nothing)).Refusal?.Code);
    }

    private static MeetingView Done(MeetingView? meeting, MeetingCommand command)
    {
        var decision = Decide(meeting, command);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(meeting, Apply)!;
    }

    private static Decision<MeetingEvent> Decide(MeetingView? meeting, MeetingCommand command, string? matterStation = null) => MeetingRules.Decide(
        meeting, command,
        new MeetingSurroundings("m", ConcernSteps.Officer, Start, TestPacks.Shipped.Find("red-flower-green-leaf")!)
        {
            StationId = "north", MatterStationId = matterStation,
        });

    private static MeetingView? Apply(MeetingView? meeting, MeetingEvent happened) =>
        MeetingState.Apply(meeting, new Recorded<MeetingEvent>(1, Start, ConcernSteps.Officer, "x", happened));
}
