using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Dispatch.Concerns;

/// <summary>Something that is asked of a problem.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(OpenProblem), "open")]
[JsonDerivedType(typeof(ScanProblem), "scan")]
[JsonDerivedType(typeof(AnalyseProblem), "analyse")]
[JsonDerivedType(typeof(PlanMeasure), "plan")]
[JsonDerivedType(typeof(FinishMeasure), "finish")]
[JsonDerivedType(typeof(DropMeasure), "drop")]
[JsonDerivedType(typeof(AssessProblem), "assess")]
[JsonDerivedType(typeof(AdvanceProblem), "advance")]
[JsonDerivedType(typeof(ReturnProblem), "return")]
[JsonDerivedType(typeof(CloseProblem), "close")]
[JsonDerivedType(typeof(ReopenProblem), "reopen")]
[GenerateSerializer, Immutable, Alias("dispatch.problem-command")]
public abstract record ProblemCommand
{
    /// <summary>That the sender has seen that a text looks as if it held an ID or phone number, and means it as it is.</summary>
    [Id(0)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Opens a problem; concerns are then grouped into it one by one.</summary>
/// <param name="Title">1 to 100 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.open-problem")]
public sealed record OpenProblem(string Title) : ProblemCommand
{
    /// <summary>The community; over HTTP that of the address.</summary>
    [Id(1)]
    public string CommunityId { get; init; } = string.Empty;

    /// <summary>Further communities of the same station, at most 20.</summary>
    [Id(2)]
    public ImmutableArray<string> AlsoIn { get; init; } = [];

    /// <summary>The pair that leads it; over HTTP the sender's own where absent.</summary>
    [Id(3)]
    public string? PairId { get; init; }
}

/// <summary>Says what the problem is; in the stage of scanning.</summary>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable, Alias("dispatch.scan-problem")]
public sealed record ScanProblem(ScanningPart Part) : ProblemCommand;

/// <summary>Says what brings it about; in the stage of analysis.</summary>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable, Alias("dispatch.analyse-problem")]
public sealed record AnalyseProblem(AnalysisPart Part) : ProblemCommand;

/// <summary>Plans a measure; in the stage of response, at most 20.</summary>
/// <param name="What">What is to be done, 1 to 500 characters.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="DueAt">Until when, at most two years ahead.</param>
[GenerateSerializer, Immutable, Alias("dispatch.plan-measure")]
public sealed record PlanMeasure(string What, WorkOwner Owner, DateTimeOffset DueAt) : ProblemCommand;

/// <summary>A measure is done; in the stage of response.</summary>
/// <param name="MeasureId">Which.</param>
/// <param name="Note">What was done, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.finish-measure")]
public sealed record FinishMeasure(string MeasureId, string? Note = null) : ProblemCommand;

/// <summary>A measure is given up; in the stage of response.</summary>
/// <param name="MeasureId">Which.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.drop-measure")]
public sealed record DropMeasure(string MeasureId, string Reason) : ProblemCommand;

/// <summary>Says what came of the response; in the stage of assessment.</summary>
/// <param name="Part">The part.</param>
[GenerateSerializer, Immutable, Alias("dispatch.assess-problem")]
public sealed record AssessProblem(AssessmentPart Part) : ProblemCommand;

/// <summary>Moves to the next stage, where the present one's part is filled: a definition, causes, a measure that was done and none still open.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.advance-problem")]
public sealed record AdvanceProblem : ProblemCommand;

/// <summary>Goes back to an earlier stage.</summary>
/// <param name="ToStage">Which.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.return-problem")]
public sealed record ReturnProblem(SaraStage ToStage, string Reason) : ProblemCommand;

/// <summary>Closes it; needs an assessment, whatever its result.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.close-problem")]
public sealed record CloseProblem : ProblemCommand;

/// <summary>Opens it again, in an earlier stage than the assessment it was closed with.</summary>
/// <param name="ToStage">Where it is to go on.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reopen-problem")]
public sealed record ReopenProblem(SaraStage ToStage, string Reason) : ProblemCommand;
