using Dispatch.Disputes;
using Dispatch.Packs;
using static Dispatch.Tests.Disputes.DisputeLab;

namespace Dispatch.Tests.Disputes;

/// <summary>"Closed locally" is yes only when every fact of the pack holds, no as soon as one cannot any more, and says which.</summary>
public sealed class ClosedLocallyTests
{
    private static ClosedLocallyFact[] Facts(ClosedLocally found, FactStanding standing) => [.. found.Facts.Where(x => x.Standing == standing).Select(x => x.Fact)];

    [Fact]
    public void Settled_IsYes_AfterTheWindow_AndTellsWhatIsMissingOnTheWay()
    {
        var lab = new DisputeLab().Open();
        Assert.Equal((ClosedLocallyAnswer.NotYet, 5), (lab.ClosedLocally().Answer, Facts(lab.ClosedLocally(), FactStanding.Missing).Length));
        lab.Agree(new NewObligation("party-1", "修"));
        Assert.Equal([ClosedLocallyFact.AgreementOrWithdrawal], Facts(lab.ClosedLocally(), FactStanding.Holds));
        lab.Do(new RecordPerformance("obligation-1", PerformanceResult.Performed), new CloseDispute(DisputeOutcome.Settled, "好"));
        Assert.Equal([ClosedLocallyFact.FollowUpDone, ClosedLocallyFact.NoRepeat], Facts(lab.ClosedLocally(), FactStanding.Missing));
        lab.Do(new RecordFollowUp(FollowUpResult.NotReached, "无人在家"));
        Assert.False(lab.View.IsOpen);
        Assert.Contains(ClosedLocallyFact.FollowUpDone, Facts(lab.ClosedLocally(), FactStanding.Missing));
        lab.Do(new RecordFollowUp(FollowUpResult.Stands, "没再吵"));
        lab.Now += TimeSpan.FromDays(90);
        Assert.Equal((ClosedLocallyAnswer.NotYet, Wednesday + TimeSpan.FromDays(90)), (lab.ClosedLocally().Answer, lab.ClosedLocally().DecidedFrom));
        lab.Now += TimeSpan.FromSeconds(1);
        Assert.Equal(ClosedLocallyAnswer.Yes, lab.ClosedLocally().Answer);
        Assert.Equal(ClosedLocallyAnswer.Yes, lab.ClosedLocally(Wednesday + TimeSpan.FromDays(91)).Answer);
        var repeated = lab.ClosedLocally(Wednesday + TimeSpan.FromDays(30));
        Assert.Equal((ClosedLocallyAnswer.No, ClosedLocallyFact.NoRepeat), (repeated.Answer, Assert.Single(Facts(repeated, FactStanding.Fails))));
    }

    [Fact]
    public void Withdrawn_Counts_WithItsVisit()
    {
        var lab = new DisputeLab().Open().Do(new CloseDispute(DisputeOutcome.Withdrawn, "自己谈好了", WithdrawnBy: ["party-2"]));
        Assert.Equal((true, DisputeClock.FollowUpVisit), (lab.View.IsOpen, lab.View.Clock));
        Assert.Contains(DisputeFacets.SettledWhereItBegan, DisputeFacets.Of(lab.View));
        lab.Do(new RecordFollowUp(FollowUpResult.Stands, "好"));
        lab.Now += TimeSpan.FromDays(91);
        Assert.Equal(ClosedLocallyAnswer.Yes, lab.ClosedLocally().Answer);
    }

    [Fact]
    public void SettledAtAHigherTier_OrEndedOtherwise_IsNo_ThoughAsRespectable()
    {
        var higher = new DisputeLab().Open().Do(new EscalateDispute("不成")).Agree();
        Assert.Equal(ClosedLocallyAnswer.NotYet, higher.ClosedLocally().Answer);
        higher.Do(new CloseDispute(DisputeOutcome.Settled, "好"));
        Assert.Equal([ClosedLocallyFact.SettledWhereItBegan], Facts(higher.ClosedLocally(), FactStanding.Fails));
        Assert.DoesNotContain(DisputeFacets.SettledWhereItBegan, DisputeFacets.Of(higher.View));
        var failed = new DisputeLab().Open().Do(new CloseDispute(DisputeOutcome.Failed, "不成", NextAdvice.Arbitration));
        Assert.Equal(ClosedLocallyAnswer.No, failed.ClosedLocally().Answer);
    }

    [Fact]
    public void Facts_AreThoseOfThePack()
    {
        var pack = new DisputeLab().Pack with { ClosedLocally = new ClosedLocallyRule([ClosedLocallyFact.SettledWhereItBegan]) };
        var lab = new DisputeLab(pack, Wednesday).Open().Agree().Do(new CloseDispute(DisputeOutcome.Settled, "好"));
        Assert.Equal(ClosedLocallyAnswer.Yes, lab.ClosedLocally(Wednesday).Answer);
    }
}
