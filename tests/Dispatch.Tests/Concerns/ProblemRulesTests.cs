using System.Collections.Immutable;
using CsCheck;
using Dispatch.Commands;
using Dispatch.Concerns;

namespace Dispatch.Tests.Concerns;

/// <summary>A problem goes through SARA: no stage is skipped, none is left without its part, and it closes only with an assessment.</summary>
public sealed class ProblemRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ScanningPart Scanned = new("夜间占道停车", ["沿街商户", "学生"], "东门路");
    private static readonly AnalysisPart Analysed = new([new ProblemCause(CauseSide.Place, "无标线"), new ProblemCause(CauseSide.Offender, "无人管理")]);
    private static readonly PlanMeasure Planned = new("划线", new WorkOwner(OwnerKind.Pair, "north-1"), Start.AddDays(30));
    private static readonly AssessmentPart Assessed = new([new ProblemFigure("每周投诉", 12, 12)], "前后四周比较", AssessmentResult.NoEffect);

    private static readonly ProblemCommand[] Commands =
    [
        new OpenProblem("停车") { CommunityId = "north-west" }, new ScanProblem(Scanned), new AnalyseProblem(Analysed), Planned, new FinishMeasure("1"),
        new FinishMeasure("2"), new DropMeasure("1", "不行"), new AssessProblem(Assessed), new AdvanceProblem(), new AdvanceProblem(), new AdvanceProblem(),
        new ReturnProblem(SaraStage.Scanning, "定义不清"), new ReturnProblem(SaraStage.Response, "再试"), new CloseProblem(), new ReopenProblem(SaraStage.Analysis, "又来"),
    ];

    public static TheoryData<ProblemCommand, SaraStage, string> Wrong => new()
    {
        { new ScanProblem(Scanned with { Affected = [] }), SaraStage.Scanning, "valueMissing" },
        { new ScanProblem(Scanned with { Affected = [.. Enumerable.Repeat("x", 11)] }), SaraStage.Scanning, "tooMany" },
        { new ScanProblem(Scanned with { Definition = " " }), SaraStage.Scanning, "valueMissing" },
        { new AnalyseProblem(Analysed), SaraStage.Scanning, "problemStageInvalid" },
        { new AnalyseProblem(new AnalysisPart([])), SaraStage.Analysis, "valueMissing" },
        { new AnalyseProblem(new AnalysisPart([.. Enumerable.Repeat(Analysed.Causes[0], 21)])), SaraStage.Analysis, "tooMany" },
        { Planned with { DueAt = Start.AddDays(-1) }, SaraStage.Response, "valueOutOfRange" },
        { Planned with { What = new string('x', 501) }, SaraStage.Response, "valueTooLong" },
        { Planned with { Owner = new WorkOwner(OwnerKind.Partner, string.Empty) }, SaraStage.Response, "ownerNotFound" },
        { Planned, SaraStage.Analysis, "problemStageInvalid" },
        { new FinishMeasure("9"), SaraStage.Response, "measureNotFound" },
        { new AssessProblem(Assessed), SaraStage.Response, "problemStageInvalid" },
        { new AssessProblem(Assessed with { Figures = [] }), SaraStage.Assessment, "valueMissing" },
        { new AssessProblem(Assessed with { Figures = [new ProblemFigure("x", -1, 0)] }), SaraStage.Assessment, "valueOutOfRange" },
        { new AssessProblem(Assessed with { Method = " " }), SaraStage.Assessment, "valueMissing" },
        { new AdvanceProblem(), SaraStage.Assessment, "problemStageInvalid" },
        { new CloseProblem(), SaraStage.Assessment, "problemPartMissing" },
        { new CloseProblem(), SaraStage.Response, "problemStageInvalid" },
        { new ReturnProblem(SaraStage.Response, "x"), SaraStage.Response, "problemStageInvalid" },
        { new ReturnProblem(SaraStage.Scanning, " "), SaraStage.Response, "valueMissing" },
        { new ReopenProblem(SaraStage.Scanning, "x"), SaraStage.Response, "problemNotClosed" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Command_ThatCannotBeInAStage_IsRefused(ProblemCommand command, SaraStage stage, string code) =>
        Assert.Equal(code, Decide(In(stage), command).Refusal?.Code);

    [Fact]
    public void Response_IsLeftOnlyWhenAMeasureWasDoneAndNoneIsOpen()
    {
        var problem = In(SaraStage.Response);
        Assert.Equal("problemPartMissing", Decide(problem, new AdvanceProblem()).Refusal?.Code);
        problem = Done(Done(problem, Planned), Planned with { What = "贴告示" });
        Assert.Equal(Planned.DueAt, problem.DueAt);
        problem = Done(problem, new DropMeasure("1", "没有预算"));
        Assert.Equal("measureEnded", Decide(problem, new FinishMeasure("1")).Refusal?.Code);
        Assert.Equal("problemPartMissing", Decide(problem, new AdvanceProblem()).Refusal?.Code);
        problem = Done(problem, new FinishMeasure("2", "已贴"));
        Assert.Equal(SaraStage.Assessment, Done(problem, new AdvanceProblem()).Stage);
    }

    [Fact]
    public void GoingBack_KeepsTheHistoryWithItsReason_AndAsksForANewAssessment()
    {
        var problem = Done(In(SaraStage.Assessment), new AssessProblem(Assessed));
        problem = Done(problem, new ReturnProblem(SaraStage.Analysis, "原因不对"));
        Assert.Equal((SaraStage.Analysis, null), (problem.Stage, problem.Assessment));
        Assert.Equal((SaraStage.Assessment, SaraStage.Analysis, "原因不对"), (problem.Moves[^1].From, problem.Moves[^1].To, problem.Moves[^1].Reason));
        Assert.NotNull(problem.Analysis);
    }

    [Fact]
    public void NoEffect_IsAValidResultToCloseWith_AndAClosedProblemOpensAgainBeforeItsAssessment()
    {
        var problem = Done(Done(In(SaraStage.Assessment), new AssessProblem(Assessed)), new CloseProblem());
        Assert.False(problem.IsOpen);
        Assert.Equal("problemNotOpen", Decide(problem, new AdvanceProblem()).Refusal?.Code);
        Assert.Equal("problemStageInvalid", Decide(problem, new ReopenProblem(SaraStage.Assessment, "x")).Refusal?.Code);
        problem = Done(problem, new ReopenProblem(SaraStage.Response, "又出现"));
        Assert.Equal((true, SaraStage.Response, null, 1), (problem.IsOpen, problem.Stage, problem.Assessment, problem.TimesReopened));
    }

    [Fact]
    public void AnyCommandsInAnyOrder_SkipNoStageAndCloseNothingUnassessed()
    {
        var closed = 0;
        Gen.Int[0, Commands.Length - 1].Array[1, 60].Sample(
            steps =>
            {
                ProblemView? problem = null;
                foreach (var what in steps)
                {
                    var before = problem;
                    var decision = Decide(problem, Commands[what]);
                    problem = decision.Events.Aggregate(problem, Apply);
                    if (problem is null)
                    {
                        continue;
                    }

                    Assert.True(decision.Refusal is null || problem == before, "A refused command changed something.");
                    Assert.True(problem.Stage <= (before?.Stage ?? SaraStage.Scanning) + 1, "A stage was skipped.");
                    Assert.True(problem.Stage < SaraStage.Analysis || problem.Scanning is not null, "Analysis without a definition.");
                    Assert.True(problem.Stage < SaraStage.Response || problem.Analysis is not null, "Response without causes.");
                    Assert.True(problem.Stage < SaraStage.Assessment || problem.Measures.Any(x => x.DoneAt is not null), "Assessment of nothing.");
                    Assert.True(problem.IsOpen || problem is { Stage: SaraStage.Assessment, Assessment: not null }, "Closed without an assessment.");
                    Assert.True(problem.Moves.All(x => x.To > x.From || x.Reason is not null), "It went back without a reason.");
                    Interlocked.Add(ref closed, problem.IsOpen ? 0 : 1);
                }
            },
            iter: 30_000);
        Assert.True(closed > 0, "Nothing was ever closed, so nothing was tried.");
    }

    /// <summary>A problem that came to a stage in the proper way.</summary>
    private static ProblemView In(SaraStage stage)
    {
        var problem = Done(null, Commands[0]);
        ProblemCommand[][] ways =
        [
            [new ScanProblem(Scanned), new AdvanceProblem()], [new AnalyseProblem(Analysed), new AdvanceProblem()],
            [Planned, new FinishMeasure("1"), new AdvanceProblem()],
        ];
        return ways.Take((int)stage).SelectMany(x => x).Aggregate(problem, Done);
    }

    private static ProblemView Done(ProblemView? problem, ProblemCommand command)
    {
        var decision = Decide(problem, command);
        Assert.Null(decision.Refusal);
        return decision.Events.Aggregate(problem, Apply)!;
    }

    private static Decision<ProblemEvent> Decide(ProblemView? problem, ProblemCommand command) => ProblemRules.Decide(
        problem, command, new ProblemSurroundings("p", ConcernSteps.Officer, Start) { StationId = "north", OthersOfStation = true, OwnerExists = true });

    private static ProblemView? Apply(ProblemView? problem, ProblemEvent happened) =>
        ProblemState.Apply(problem, new Recorded<ProblemEvent>(1, Start, ConcernSteps.Officer, "x", happened));
}
