using System.Globalization;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <content>The parts of the stages: what may be in them, and the measures.</content>
public static partial class ProblemRules
{
    private const int MostText = 2000;
    private const int MostWhere = 200;
    private const int MostGroups = 10;
    private const int MostGroup = 100;
    private const int MostCauses = 20;
    private const int MostMeasures = 20;
    private const int MostLine = 500;
    private const int MostFigures = 10;
    private const int MostUnit = 20;
    private const int MostMethod = 1000;
    private const decimal MostFigure = 1_000_000_000;
    private static readonly TimeSpan LongestMeasure = TimeSpan.FromDays(2 * 366);

    private static Refusal? WhyNot(ScanningPart part, bool confirmed) =>
        Wording.WhyNotNeeded("definition", part.Definition, MostText, confirmed)
        ?? Wording.WhyNotNeeded("where", part.Where, MostWhere, confirmed)
        ?? Count("affected", part.Affected.IsDefault ? 0 : part.Affected.Length, MostGroups)
        ?? FirstFault(part.Affected, x => Wording.WhyNotNeeded("affected", x, MostGroup, confirmed))
        ?? (part.Location is { IsValid: false } ? Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "location is no place on earth.") : null);

    private static Refusal? WhyNot(AnalysisPart part, bool confirmed) =>
        Count("causes", part.Causes.IsDefault ? 0 : part.Causes.Length, MostCauses)
        ?? FirstFault(part.Causes, x => Wording.WhyNotNeeded("causes", x.Condition, MostLine, confirmed))
        ?? Wording.WhyNot("tried", part.Tried, MostText, confirmed);

    private static Refusal? WhyNot(AssessmentPart part, bool confirmed) =>
        Count("figures", part.Figures.IsDefault ? 0 : part.Figures.Length, MostFigures)
        ?? FirstFault(part.Figures, x => Wording.WhyNotNeeded("figures", x.Name, MostGroup, confirmed)
            ?? Wording.WhyNot("figures", x.Unit, MostUnit, confirmed)
            ?? (IsCount(x.Before) && IsCount(x.After)
                ? null
                : Refusal.Invalid(RefusalCodes.ValueOutOfRange, "figures", $"A figure is 0 to {MostFigure.ToString(CultureInfo.InvariantCulture)}.")))
        ?? Wording.WhyNotNeeded("method", part.Method, MostMethod, confirmed)
        ?? Wording.WhyNot("conclusion", part.Conclusion, MostMethod, confirmed);

    private static ScanningPart Clean(ScanningPart part) => new(
        Wording.Clean(part.Definition)!, [.. part.Affected.Select(x => Wording.Clean(x)!).Distinct()], Wording.Clean(part.Where)!)
    {
        Location = part.Location?.Rounded(),
    };

    private static AnalysisPart Clean(AnalysisPart part) =>
        new([.. part.Causes.Select(x => x with { Condition = Wording.Clean(x.Condition)! })], Wording.Clean(part.Tried));

    private static AssessmentPart Clean(AssessmentPart part) => new(
        [.. part.Figures.Select(x => x with { Name = Wording.Clean(x.Name)!, Unit = Wording.Clean(x.Unit) })],
        Wording.Clean(part.Method)!, part.Result, Wording.Clean(part.Conclusion));

    private static Decision<ProblemEvent> Plan(ProblemView problem, PlanMeasure c, ProblemSurroundings around) =>
        Wording.WhyNotNeeded("what", c.What, MostLine, c.TextConfirmed) is { } fault ? fault
        : c.Owner.Id.Length is 0 or > WorkOwner.MaxId || !around.OwnerExists
            ? Refusal.Invalid(RefusalCodes.OwnerNotFound, "owner", "The station has nobody of that kind and id.")
        : c.DueAt <= around.Now || c.DueAt > around.Now + LongestMeasure
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "dueAt", "dueAt is within the next two years.")
        : In(problem, SaraStage.Response) is { } refusal ? refusal
        : problem.Measures.Length >= MostMeasures ? Refusal.Rule(RefusalCodes.TooMany, $"A problem has at most {MostMeasures} measures.")
        : new MeasurePlanned(new ProblemMeasure(
            (problem.Measures.Length + 1).ToString(CultureInfo.InvariantCulture), Wording.Clean(c.What)!, c.Owner,
            DateTimeOffset.FromUnixTimeMilliseconds(c.DueAt.ToUnixTimeMilliseconds())));

    private static Decision<ProblemEvent> Finish(ProblemView problem, FinishMeasure c) =>
        (Wording.WhyNot("note", c.Note, MostLine, c.TextConfirmed) ?? In(problem, SaraStage.Response)) is { } fault ? fault
        : problem.Measures.FirstOrDefault(x => x.Id == c.MeasureId) switch
        {
            null => NoMeasure,
            { DoneAt: not null } => Decision.Nothing<ProblemEvent>(),
            { DroppedAt: not null } => Refusal.Rule(RefusalCodes.MeasureEnded, "The measure was given up."),
            var measure => new MeasureFinished(measure.Id, Wording.Clean(c.Note)),
        };

    private static Decision<ProblemEvent> Drop(ProblemView problem, DropMeasure c) =>
        (Wording.WhyNotReason(c.Reason, c.TextConfirmed) ?? In(problem, SaraStage.Response)) is { } fault ? fault
        : problem.Measures.FirstOrDefault(x => x.Id == c.MeasureId) switch
        {
            null => NoMeasure,
            { DroppedAt: not null } => Decision.Nothing<ProblemEvent>(),
            { DoneAt: not null } => Refusal.Rule(RefusalCodes.MeasureEnded, "The measure is done."),
            var measure => new MeasureDropped(measure.Id, Wording.Clean(c.Reason)!),
        };

    private static Refusal NoMeasure => Refusal.Invalid(RefusalCodes.MeasureNotFound, "measureId", "The problem has no such measure.");

    private static bool IsCount(decimal value) => value is >= 0 and <= MostFigure;

    private static Refusal? Count(string field, int count, int most) =>
        count == 0 ? Refusal.Invalid(RefusalCodes.ValueMissing, field, $"{field} are 1 to {most}.")
        : count > most ? Refusal.Invalid(RefusalCodes.TooMany, field, $"{field} are 1 to {most}.")
        : null;

    private static Refusal? FirstFault<T>(IEnumerable<T> items, Func<T, Refusal?> whyNot) => items.Select(whyNot).FirstOrDefault(x => x is not null);
}
