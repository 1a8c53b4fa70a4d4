using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Packs;
using Dispatch.Residents;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Residents;

/// <summary>Fails where a complaint can be closed without a decision, where its clocks do not run, or where a bad one is half taken.</summary>
public sealed class ComplaintRulesTests
{
    /// <summary>A Friday, 10:00 in China.</summary>
    private static readonly DateTimeOffset Friday = new(2026, 3, 6, 2, 0, 0, TimeSpan.Zero);
    private static readonly CommunityInfo Community = TestOrganisation.Create().Communities[0];
    private static readonly CommandContext By = new("c", new Actor("o", "Oversight"));
    private readonly ComplaintGround ground = new(Community, true, new WorkCalendar([], []));

    [Fact]
    public void Complaint_IsAcknowledgedInThreeWorkingDaysAndDecidedInSixty()
    {
        var state = Do(null, Make("态度粗暴"), Friday);
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 2, 0, 0, TimeSpan.Zero), ComplaintRules.ViewOf("id", state, 1).DueAt);
        state = Do(state, new AcknowledgeComplaint(), Friday.AddDays(1));
        Assert.Equal(Friday.AddDays(60), ComplaintRules.ViewOf("id", state, 2).DueAt);
        state = Do(state, new DecideComplaint(ComplaintDecision.Partly, "已批评教育"), Friday.AddDays(9));
        Assert.Null(ComplaintRules.ViewOf("id", state, 3).DueAt);
    }

    [Fact]
    public void Complaint_ClosesOnlyOnceItIsDecided()
    {
        var state = Do(null, Make("态度粗暴"), Friday);
        Assert.Equal(RefusalCodes.ComplaintUndecided, Refused(state, new CloseComplaint()));
        Assert.Equal(RefusalCodes.ValueMissing, Refused(state, new DecideComplaint(ComplaintDecision.Upheld, " ")));
        state = Do(state, new WithdrawComplaint(), Friday);
        Assert.Equal(RefusalCodes.ComplaintDecided, Refused(state, new DecideComplaint(ComplaintDecision.Upheld, "属实")));
        Assert.Equal(ComplaintStatus.Closed, Do(state, new CloseComplaint(), Friday).Status);
    }

    [Fact]
    public void Complaint_ThatCannotBe_IsRefusedWithItsField()
    {
        Assert.Equal(RefusalCodes.ProtectedTextSuspected, Refused(null, Make("请回电 13800001111")));
        Assert.Equal(RefusalCodes.ValueTooLong, Refused(null, Make(new string('长', 2001))));
        Assert.Equal(RefusalCodes.ValueOutOfRange, Refused(null, Make("x") with { About = new ComplaintAbout(ComplaintKind.Incident, "a b") }));
        Assert.Equal(RefusalCodes.PairNotFound, Refused(null, Make("x") with { About = new ComplaintAbout(ComplaintKind.Pair, "nobody") }, ground with { PairIsKnown = false }));
        Assert.Equal(RefusalCodes.CommunityNotFound, Refused(null, Make("x"), ground with { Community = null }));
    }

    [Fact]
    public void Letters_HaveALimit()
    {
        var state = Do(null, Make("一"), Friday);
        for (var i = 0; i < ResidentText.MostLetters; i++)
        {
            state = Do(state, i % 2 == 0 ? new AskComplainant($"问 {i}") : new AddComplaintWords($"答 {i}"), Friday);
        }

        Assert.Equal(RefusalCodes.LettersFull, Refused(state, new AddComplaintWords("再说一句")));
    }

    private static MakeComplaint Make(string text) => new(Community.Id, new ComplaintAbout(ComplaintKind.Other), text) { ClaimDigest = "k:00" };

    private string Refused(ComplaintState? state, ComplaintCommand command, ComplaintGround? other = null)
    {
        var decision = ComplaintRules.Decide(state, By, command, other ?? ground, Friday);
        Assert.Empty(decision.Events);
        return decision.Refusal!.Code;
    }

    private ComplaintState Do(ComplaintState? state, ComplaintCommand command, DateTimeOffset at)
    {
        var decision = ComplaintRules.Decide(state, By, command, ground, at);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(state, (s, e) => ComplaintState.Apply(s, new Recorded<ComplaintEvent>(1, at, By.Actor, "c", e)))!;
    }
}
