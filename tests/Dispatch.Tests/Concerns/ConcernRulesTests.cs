using Dispatch.Bureau;
using Dispatch.Concerns;
using Dispatch.Protection;

namespace Dispatch.Tests.Concerns;

/// <summary>A concern is answered within its clock, closes only with an answer, and what the resident says is not what the police say.</summary>
public sealed class ConcernRulesTests
{
    private static readonly string Long = new('长', 2001);

    public static TheoryData<RaiseConcern, string> Wrong => new()
    {
        { ConcernSteps.Raising with { Category = "none" }, "categoryNotFound" },
        { ConcernSteps.Raising with { Title = " " }, "valueMissing" },
        { ConcernSteps.Raising with { Title = Long[..101] }, "valueTooLong" },
        { ConcernSteps.Raising with { Description = Long }, "valueTooLong" },
        { ConcernSteps.Raising with { PlaceName = Long[..201] }, "valueTooLong" },
        { ConcernSteps.Raising with { Location = new GeoPoint(91, 0) }, "locationInvalid" },
        { ConcernSteps.Raising with { InteractionIds = [] }, "valueMissing" },
        { ConcernSteps.Raising with { InteractionIds = ["none"] }, "interactionNotFound" },
        { ConcernSteps.Raising with { InteractionIds = [.. Enumerable.Repeat(ConcernSteps.Interaction, 51)] }, "tooMany" },
        { ConcernSteps.Raising with { Source = ConcernSource.Incident }, "valueMissing" },
        { ConcernSteps.Raising with { Reporter = new ProtectedPerson(Name: " ") }, "valueMissing" },
        { ConcernSteps.Raising with { Owner = new WorkOwner(OwnerKind.Pair, string.Empty) }, "ownerNotFound" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Raising_WithWhatCannotBe_IsRefused(RaiseConcern raise, string code) => Assert.Equal(code, new ConcernSteps().Do(raise));

    [Fact]
    public void Raised_IsDueByThePacksClockAndItsPlaceIsRounded()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising with { Location = new GeoPoint(35.15678, 115.05432) });
        Assert.Equal(steps.Now.AddHours(72), steps.Concern.DueAt);
        Assert.Equal(new GeoPoint(35.157, 115.054), steps.Concern.Location);
        Assert.Equal(ConcernStatus.Raised, steps.Concern.Status);
        Assert.Equal("matterAlreadyOpen", steps.Do(ConcernSteps.Raising));
    }

    [Fact]
    public void FirstAnswer_StopsTheClockOnce_AndLaterOnesDoNotMoveIt()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising).Done(new TakeConcern("north-1")).Done(new AnswerConcern("周一来看", "page"));
        var first = steps.Now;
        steps.Now += TimeSpan.FromDays(9);
        steps.Done(new AnswerConcern("已划线"));
        Assert.Equal(first, steps.Concern.FirstAnsweredAt);
        Assert.Null(steps.Concern.DueAt);
        Assert.Equal(["周一来看", "已划线"], steps.Concern.Answers.Select(x => x.Text));
        Assert.Equal("concernNotOverdue", steps.Do(new EscalateConcern("late")));
        Assert.Equal("channelNotFound", steps.Do(new AnswerConcern("x", "smoke")));
    }

    [Fact]
    public void Escalation_WaitsForTheClock_AndHappensOnce()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising);
        Assert.Equal("concernNotOverdue", steps.Do(new EscalateConcern("late")));
        steps.Now += TimeSpan.FromHours(73);
        steps.Done(new EscalateConcern("no pair"));
        var at = steps.Concern.EscalatedAt;
        steps.Now += TimeSpan.FromHours(1);
        steps.Done(new EscalateConcern("again"));
        Assert.Equal((at, "no pair"), (steps.Concern.EscalatedAt, steps.Concern.EscalatedBecause));
    }

    [Fact]
    public void Closing_NeedsAnAnswerResidentsCanRead_GivenBeforeOrWithIt()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising).Done(new NoteConcernProgress("已联系物业"));
        Assert.Equal("concernUnanswered", steps.Do(new CloseConcern(ConcernOutcome.Solved)));
        Assert.Equal("concernUnanswered", steps.Do(new CloseConcern(ConcernOutcome.NoEffect) { Answer = " " }));
        steps.Done(new CloseConcern(ConcernOutcome.NoEffect) { Answer = "试了，没有效果" });
        Assert.Equal((ConcernStatus.Closed, false), (steps.Concern.Status, steps.Concern.IsOpen));
        Assert.Equal("concernNotOpen", steps.Do(new AnswerConcern("late")));
    }

    [Theory]
    [InlineData(ConcernOutcome.NotPossible, null, "valueMissing")]
    [InlineData(ConcernOutcome.Referred, null, "valueMissing")]
    [InlineData(ConcernOutcome.NotPossible, "路太窄", null)]
    [InlineData(ConcernOutcome.Solved, null, null)]
    [InlineData(ConcernOutcome.Partly, null, null)]
    [InlineData(ConcernOutcome.Duplicate, null, "matterNotFound")]
    public void Closing_AsNotPossibleOrReferred_SaysWhy(ConcernOutcome outcome, string? reason, string? code) =>
        Assert.Equal(code, new ConcernSteps().Done(ConcernSteps.Raising).Do(new CloseConcern(outcome) { Answer = "答复", Reason = reason }));

    [Fact]
    public void Duplicate_IsOfAnotherOpenConcernOfTheStation_AndNeverOfADuplicate()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising);
        var close = new CloseConcern(ConcernOutcome.Duplicate) { Answer = "同一件事", DuplicateOfId = "x" };
        var other = steps.Concern with { Id = "other" };
        Assert.Equal("matterNotFound", steps.Do(close, x => x with { Other = other with { StationId = "south" } }));
        Assert.Equal("matterSameAsOther", steps.Do(close, x => x with { Other = steps.Concern }));
        Assert.Equal(
            "matterSameAsOther",
            steps.Do(close, x => x with { Other = other with { ClosedByPoliceAt = steps.Now, Outcome = ConcernOutcome.Duplicate } }));
        steps.Done(close, x => x with { Other = other });
        Assert.Equal(ConcernStatus.Merged, steps.Concern.Status);
        Assert.Equal("concernNotClosed", steps.Do(new ConfirmConcern(ResidentVerdict.Confirmed)));
    }

    [Fact]
    public void ClosedByPolice_AndConfirmedByResident_AreTwoFactsWithTimesOfTheirOwn()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising);
        Assert.Equal("concernNotClosed", steps.Do(new ConfirmConcern(ResidentVerdict.Confirmed)));
        steps.Done(new CloseConcern(ConcernOutcome.Solved) { Answer = "已解决" });
        var closedAt = steps.Now;
        Assert.Equal((closedAt, null, null), (steps.Concern.ClosedByPoliceAt, steps.Concern.ResidentConfirmedAt, steps.Concern.ResidentVerdict));
        Assert.True(steps.Concern.AwaitsConfirmation);

        steps.Now += TimeSpan.FromDays(2);
        steps.Done(new ConfirmConcern(ResidentVerdict.NotConfirmed, "还是停满"));
        Assert.Equal((ConcernStatus.Closed, true, null), (steps.Concern.Status, steps.Concern.ReopeningOffered, steps.Concern.ResidentConfirmedAt));

        steps.Now += TimeSpan.FromDays(1);
        steps.Done(new ConfirmConcern(ResidentVerdict.Confirmed, "谢谢") { GivenBy = VerdictGiver.Resident });
        Assert.Equal((ConcernStatus.Confirmed, closedAt, steps.Now), (steps.Concern.Status, steps.Concern.ClosedByPoliceAt, steps.Concern.ResidentConfirmedAt));
    }

    [Fact]
    public void Reopened_BeginsAnew_WithAClockAndAnAnswerOfItsOwn()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising).Done(new CloseConcern(ConcernOutcome.Solved) { Answer = "已解决" });
        steps.Done(new ConfirmConcern(ResidentVerdict.NotConfirmed));
        steps.Now += TimeSpan.FromDays(5);
        Assert.Equal("valueMissing", steps.Do(new ReopenConcern(" ")));
        steps.Done(new ReopenConcern("居民不认可"));
        Assert.Equal((ConcernStatus.Reopened, 1, steps.Now.AddHours(72)), (steps.Concern.Status, steps.Concern.TimesReopened, steps.Concern.DueAt));
        Assert.Null(steps.Concern.ResidentVerdict);
        Assert.Equal("concernNotClosed", steps.Do(new ReopenConcern("again")));
        Assert.Equal("concernUnanswered", steps.Do(new CloseConcern(ConcernOutcome.Solved)));
        steps.Done(new AnswerConcern("再次处理"));
        Assert.Equal(ConcernStatus.Answered, steps.Concern.Status);
        steps.Done(new CloseConcern(ConcernOutcome.Partly));
    }

    [Fact]
    public void Owner_WhereTheModelAsksForOne_ComesBeforeTheWorkButNotBeforeTheAnswer()
    {
        var steps = new ConcernSteps("four-micro-five-small").Done(ConcernSteps.Raising with { Category = FirstCategory("four-micro-five-small") });
        Assert.Equal("concernOwnerMissing", steps.Do(new TakeConcern("north-1")));
        Assert.Equal("concernOwnerMissing", steps.Do(new NoteConcernProgress("x")));
        Assert.Equal("concernOwnerMissing", steps.Do(new CloseConcern(ConcernOutcome.Solved) { Answer = "x" }));
        steps.Done(new AnswerConcern("已收到"));
        Assert.Equal("ownerNotFound", steps.Do(new AssignConcernOwner(new WorkOwner(OwnerKind.Officer, "nobody")), x => x with { OwnerExists = false }));
        steps.Done(new AssignConcernOwner(new WorkOwner(OwnerKind.Pair, "north-1"))).Done(new TakeConcern("north-1")).Done(new NoteConcernProgress("x"));
        Assert.Equal(ConcernStatus.InWork, steps.Concern.Status);
    }

    [Fact]
    public void Problem_IsAnOpenOneOfTheStation_AndOneAtATime()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising);
        var problem = ConcernSteps.Problem();
        Assert.Equal("matterNotFound", steps.Do(new GroupConcern(problem.Id)));
        Assert.Equal("matterNotFound", steps.Do(new GroupConcern(problem.Id), x => x with { Problem = ConcernSteps.Problem("south") }));
        Assert.Equal("problemNotOpen", steps.Do(new GroupConcern(problem.Id), x => x with { Problem = ConcernSteps.Problem(closedAt: steps.Now) }));
        Assert.Equal("concernNotInProblem", steps.Do(new UngroupConcern("x")));
        steps.Done(new GroupConcern(problem.Id), x => x with { Problem = problem });
        Assert.Equal((ConcernStatus.InProblem, problem.Id), (steps.Concern.Status, steps.Concern.ProblemId));
        Assert.Equal("concernInProblem", steps.Do(new GroupConcern("other"), x => x with { Problem = problem }));
        steps.Done(new UngroupConcern("另一件事"));
        Assert.Null(steps.Concern.ProblemId);
    }

    [Fact]
    public void Pair_ThatTakesIt_IsOneOfTheStation()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising);
        Assert.Equal("valueMissing", steps.Do(new TakeConcern()));
        Assert.Equal("pairNotFound", steps.Do(new TakeConcern("south-1"), x => x with { PairStationId = "south" }));
        Assert.Equal("pairNotFound", steps.Do(new TakeConcern("none"), x => x with { PairStationId = null }));
        steps.Done(new TakeConcern("north-1"));
        Assert.Equal((ConcernStatus.Taken, "north-1"), (steps.Concern.Status, steps.Concern.PairId));
    }

    [Fact]
    public void AnswersAndNotes_NeverGrowWithoutEnd_AndTheFirstAnswerStays()
    {
        var steps = new ConcernSteps().Done(ConcernSteps.Raising);
        for (var i = 1; i <= 40; i++)
        {
            steps.Done(new AnswerConcern($"answer {i}")).Done(new NoteConcernProgress($"note {i}"));
        }

        Assert.Equal((ConcernView.MostAnswers, ConcernView.MostNotes), (steps.Concern.Answers.Length, steps.Concern.Notes.Length));
        Assert.Equal(("answer 1", "answer 40"), (steps.Concern.Answers[0].Text, steps.Concern.Answers[^1].Text));
    }

    [Fact]
    public void MaskedAndPublicViews_HoldNoFreeWordsButAnswersForResidents()
    {
        const string Secret = "秘密";
        var steps = new ConcernSteps().Done(ConcernSteps.Raising with { Title = Secret, Description = Secret, PlaceName = "东门" })
            .Done(new TakeConcern("north-1")).Done(new NoteConcernProgress(Secret)).Done(new AnswerConcern("公开答复"));
        steps.Now += TimeSpan.FromHours(1);
        steps.Done(new CloseConcern(ConcernOutcome.NotPossible) { Reason = Secret }).Done(new ConfirmConcern(ResidentVerdict.NotConfirmed, Secret));
        Assert.DoesNotContain(Secret, ConcernRows.Of(steps.Concern).Masked.ToString(), StringComparison.Ordinal);
        var told = Dispatch.Live.JsonText.Of(ConcernPublicView.Of(steps.Concern)).ToString();
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
        Assert.DoesNotContain("Officer", told, StringComparison.Ordinal);
        Assert.DoesNotContain("north-1", told, StringComparison.Ordinal);
        Assert.Contains("公开答复", told, StringComparison.Ordinal);
    }

    private static string FirstCategory(string pack) => Processes.TestPacks.Shipped.Find(pack)!.ConcernCategories[0].Code;
}
