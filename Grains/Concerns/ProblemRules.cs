using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>The rules of a problem: one stage of SARA after the other, none without its part, back with a reason, closed with an assessment. Pure.</summary>
public static partial class ProblemRules
{
    private const int MostTitle = 100;
    private const int MostCommunities = 20;

    /// <summary>Decides a command.</summary>
    /// <param name="state">The state; null before it is opened.</param>
    /// <param name="command">The command.</param>
    /// <param name="around">What was looked up for it.</param>
    public static Decision<ProblemEvent> Decide(ProblemView? state, ProblemCommand command, ProblemSurroundings around)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(around);
        return (state, command) switch
        {
            (null, OpenProblem c) => Open(c, around),
            (_, OpenProblem) => Refusal.Rule(RefusalCodes.MatterAlreadyOpen, "There is such a problem already."),
            (null, _) => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such problem."),
            (var problem, ReopenProblem c) => Reopen(problem, c),
            ({ IsOpen: false }, _) => Refusal.Rule(RefusalCodes.ProblemNotOpen, "The problem is closed."),
            (var problem, ScanProblem c) => (In(problem, SaraStage.Scanning) ?? WhyNot(c.Part, c.TextConfirmed)) is { } fault
                ? fault
                : new ProblemScanned(Clean(c.Part)),
            (var problem, AnalyseProblem c) => (In(problem, SaraStage.Analysis) ?? WhyNot(c.Part, c.TextConfirmed)) is { } fault
                ? fault
                : new ProblemAnalysed(Clean(c.Part)),
            (var problem, PlanMeasure c) => Plan(problem, c, around),
            (var problem, FinishMeasure c) => Finish(problem, c),
            (var problem, DropMeasure c) => Drop(problem, c),
            (var problem, AssessProblem c) => (In(problem, SaraStage.Assessment) ?? WhyNot(c.Part, c.TextConfirmed)) is { } fault
                ? fault
                : new ProblemAssessed(Clean(c.Part)),
            (var problem, AdvanceProblem) => Advance(problem),
            (var problem, ReturnProblem c) => Return(problem, c),
            (var problem, CloseProblem) => Close(problem),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
    }

    private static Decision<ProblemEvent> Open(OpenProblem c, ProblemSurroundings around) =>
        Wording.WhyNotNeeded("title", c.Title, MostTitle, c.TextConfirmed) is { } fault ? fault
        : around.StationId is not { } station ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{c.CommunityId}'.")
        : c.AlsoIn.IsDefault || c.AlsoIn.Length > MostCommunities
            ? Refusal.Invalid(RefusalCodes.TooMany, "alsoIn", $"alsoIn are at most {MostCommunities}.")
        : !around.OthersOfStation ? Refusal.Invalid(RefusalCodes.CommunityNotOfStation, "alsoIn", "All its communities are of one station.")
        : c.PairId is not null && !around.OwnerExists ? Refusal.Invalid(RefusalCodes.PairNotFound, "pairId", $"The station has no pair '{c.PairId}'.")
        : new ProblemOpened(new ProblemView(
            around.Id, MatterIds.Number(MatterKind.Problem, around.Id, around.Now), c.CommunityId, station, Wording.Clean(c.Title)!, around.Now, around.By.Name)
        {
            AlsoIn = [.. c.AlsoIn.Where(x => x != c.CommunityId).Distinct()],
            PairId = c.PairId,
        });

    private static Decision<ProblemEvent> Advance(ProblemView problem) =>
        WhyNotDone(problem) is { } refusal ? refusal : new StageMoved(problem.Stage, problem.Stage + 1, null);

    /// <summary>Why the present stage cannot be left forwards; null where its part is filled.</summary>
    private static Refusal? WhyNotDone(ProblemView problem) => problem.Stage switch
    {
        SaraStage.Scanning => problem.Scanning is null ? Missing("Say first what the problem is.") : null,
        SaraStage.Analysis => problem.Analysis is null ? Missing("Say first what brings it about.") : null,
        SaraStage.Response => problem.Measures.Any(x => x.IsOpen) ? Missing("A measure is still to be done, or to be given up with a reason.")
            : problem.Measures.All(x => x.DoneAt is null) ? Missing("No measure was done.")
            : null,
        _ => Refusal.Rule(RefusalCodes.ProblemStageInvalid, "Assessment is the last stage; close it, or go back."),
    };

    private static Decision<ProblemEvent> Return(ProblemView problem, ReturnProblem c) =>
        Wording.WhyNotReason(c.Reason, c.TextConfirmed) is { } fault ? fault
        : c.ToStage >= problem.Stage ? Refusal.Rule(RefusalCodes.ProblemStageInvalid, $"{c.ToStage} does not come before {problem.Stage}.")
        : new StageMoved(problem.Stage, c.ToStage, Wording.Clean(c.Reason));

    private static Decision<ProblemEvent> Close(ProblemView problem) =>
        In(problem, SaraStage.Assessment) is { } refusal ? refusal
        : problem.Assessment is { } assessment ? new ProblemClosed(assessment.Result)
        : Missing("It closes only with an assessment; no effect is one.");

    private static Decision<ProblemEvent> Reopen(ProblemView problem, ReopenProblem c) =>
        Wording.WhyNotReason(c.Reason, c.TextConfirmed) is { } fault ? fault
        : problem.IsOpen ? Refusal.Rule(RefusalCodes.ProblemNotClosed, "The problem is open.")
        : c.ToStage == SaraStage.Assessment
            ? Refusal.Invalid(RefusalCodes.ProblemStageInvalid, "toStage", "It goes on before the assessment it was closed with.")
        : new Decision<ProblemEvent>(
            [new ProblemReopened(Wording.Clean(c.Reason)!), new StageMoved(problem.Stage, c.ToStage, Wording.Clean(c.Reason))]);

    private static Refusal? In(ProblemView problem, SaraStage stage) =>
        problem.Stage == stage ? null : Refusal.Rule(RefusalCodes.ProblemStageInvalid, $"That belongs to {stage}; the problem is in {problem.Stage}.");

    private static Refusal Missing(string message) => Refusal.Rule(RefusalCodes.ProblemPartMissing, message);
}
