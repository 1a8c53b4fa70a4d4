using Dispatch.Disputes;
using Dispatch.Packs;
using static Dispatch.Tests.Disputes.DisputeLab;

namespace Dispatch.Tests.Disputes;

/// <summary>Which clock runs and when it is over: counted in the pack's working days across holidays, by the kind of mediation of the tier.</summary>
public sealed class DisputeClocksTests
{
    private static DateTimeOffset China(int month, int day, int hour = 10) => new(2026, month, day, hour, 0, 0, TimeSpan.FromHours(8));

    public static TheoryData<int, int, int, int> FirstSessions => new()
    {
        { 3, 11, 3, 16 }, // Wednesday: Thursday, Friday, Monday
        { 4, 30, 5, 8 }, // before the May holiday (1 to 5): 6, 7, 8 May
        { 9, 30, 10, 10 }, // before the National Day (1 to 7 October): 8, 9 and the Saturday worked in exchange
        { 2, 13, 2, 25 }, // Friday before the Spring Festival: Saturday 14 is worked, then 24 and 25
    };

    [Theory, MemberData(nameof(FirstSessions))]
    public void PoliceMediation_FirstSession_IsDueAfterThreeWorkingDays(int month, int day, int dueMonth, int dueDay)
    {
        var lab = new DisputeLab { Now = China(month, day) }.Open();
        Assert.Equal((DisputeClock.MediationSession, China(dueMonth, dueDay)), (lab.View.Clock, lab.View.DueAt));
    }

    [Fact]
    public void PoliceMediation_SecondSession_IsDueAfterTheFirst_AndNoThird()
    {
        var lab = new DisputeLab().Open().Do(
            new GiveConsent("party-1", ConsentForm.Oral), new GiveConsent("party-2", ConsentForm.Oral), new ScheduleSession(Wednesday, "室", "民警"),
            new HoldSession("session-1", SessionOutcome.Adjourned, ["party-1", "party-2"]));
        Assert.Equal([new RunningClock(DisputeClock.SecondSession, China(3, 20))], lab.View.Clocks);
        lab.Do(new ScheduleSession(Wednesday, "室", "民警"), new HoldSession("session-2", SessionOutcome.Adjourned, ["party-1", "party-2"]));
        Assert.Empty(lab.View.Clocks);
    }

    [Fact]
    public void PeoplesMediation_IsToBeSettledWithinAMonth_AndTheClockFollowsTheTier()
    {
        var lab = new DisputeLab { Now = China(1, 31) }.Open(tier: "community");
        Assert.Equal((DisputeClock.PeoplesMediation, China(2, 28)), (lab.View.Clock, lab.View.DueAt));
        lab.Now = China(2, 2);
        lab.Do(new EscalateDispute("不成"));
        Assert.Equal((DisputeClock.MediationSession, China(2, 5)), (lab.View.Clock, lab.View.DueAt));
        lab.Do(new MoveTier("court", "起诉"));
        Assert.Equal((null, null), (lab.View.Clock, lab.View.DueAt));
    }

    [Fact]
    public void Agreement_HasItsOwnClocks_SoonestFirst()
    {
        var lab = new DisputeLab().Open();
        lab.Do(
            new GiveConsent("party-1", ConsentForm.Oral), new GiveConsent("party-2", ConsentForm.Oral), new ScheduleSession(lab.Now, "室", "民警"),
            new HoldSession("session-1", SessionOutcome.Agreement, ["party-1", "party-2"]),
            new RecordAgreement(
                AgreementForm.Written, "约定", ["party-1", "party-2"], [new NewObligation("party-1", "付款", Wednesday + TimeSpan.FromDays(3))], WantsConfirmation: true));
        Assert.Equal(
            [(DisputeClock.Performance, 3), (DisputeClock.FollowUpVisit, 7), (DisputeClock.JudicialConfirmation, 30)],
            lab.View.Clocks.Select(x => (x.Clock, (int)(x.DueAt - Wednesday).TotalDays)));
        Assert.Equal(
            [DisputeFacets.WaitsForPerformance, DisputeFacets.WaitsForFollowUp, DisputeFacets.WaitsForConfirmation],
            DisputeFacets.Of(lab.View).Where(x => x.StartsWith("waits=", StringComparison.Ordinal)));
        lab.Refused("confirmationNotApplied", new DecideConfirmation(true));
        lab.Now += TimeSpan.FromDays(31);
        lab.Refused("confirmationTooLate", new ApplyForConfirmation("县法院"))
            .Do(new ApplyForConfirmation("县法院", Wednesday + TimeSpan.FromDays(30)), new DecideConfirmation(false, Note: "条款不明"));
        Assert.False(lab.View.Agreement!.Confirmation.Confirmed);
        Assert.DoesNotContain(lab.View.Clocks, x => x.Clock == DisputeClock.JudicialConfirmation);
    }
}
