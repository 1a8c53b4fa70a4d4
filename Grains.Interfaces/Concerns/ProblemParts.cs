using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Concerns;

/// <summary>The stages of SARA, in order.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SaraStage>))]
public enum SaraStage
{
    /// <summary>What the problem is, whom it affects, where.</summary>
    Scanning,

    /// <summary>What of the place and situation brings it about.</summary>
    Analysis,

    /// <summary>What is done about it, by whom, until when.</summary>
    Response,

    /// <summary>What came of that.</summary>
    Assessment,
}

/// <summary>The side of the problem triangle that a cause is on: a condition of the place and situation, never a person.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CauseSide>))]
public enum CauseSide
{
    /// <summary>What makes it easy or worthwhile to do, such as nobody watching at night.</summary>
    Offender,

    /// <summary>What makes it easy to suffer, such as bicycles without a stand to lock them to.</summary>
    Target,

    /// <summary>What the place is like, such as a broken lamp.</summary>
    Place,
}

/// <summary>What came of the response.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<AssessmentResult>))]
public enum AssessmentResult
{
    /// <summary>The problem is gone.</summary>
    Solved,

    /// <summary>There is less of it.</summary>
    Reduced,

    /// <summary>Nothing changed: a valid result.</summary>
    NoEffect,

    /// <summary>It is somewhere else now.</summary>
    Displaced,

    /// <summary>There is more of it.</summary>
    Worse,
}

/// <summary>Scanning: what the problem is.</summary>
/// <param name="Definition">What recurs, 1 to 2,000 characters.</param>
/// <param name="Affected">Who is affected, as groups (shopkeepers, pupils), never as persons; 1 to 10 of at most 100 characters.</param>
/// <param name="Where">Where, 1 to 200 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.scanning-part")]
public sealed record ScanningPart(string Definition, ImmutableArray<string> Affected, string Where)
{
    /// <summary>The middle of it, rounded to some 100 m.</summary>
    [Id(3)]
    public GeoPoint? Location { get; init; }
}

/// <summary>A condition that brings the problem about.</summary>
/// <param name="Side">The side of the problem triangle.</param>
/// <param name="Condition">The condition of the place or situation, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.problem-cause")]
public sealed record ProblemCause(CauseSide Side, string Condition);

/// <summary>Analysis: what brings it about, and what was tried.</summary>
/// <param name="Causes">1 to 20.</param>
/// <param name="Tried">What was tried before, at most 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.analysis-part")]
public sealed record AnalysisPart(ImmutableArray<ProblemCause> Causes, string? Tried = null);

/// <summary>A measure of the response.</summary>
/// <param name="Id">Within the problem: <c>1</c>, <c>2</c>, …</param>
/// <param name="What">What is to be done, 1 to 500 characters.</param>
/// <param name="Owner">Who does it: a pair, an officer or a partner.</param>
/// <param name="DueAt">Until when.</param>
[GenerateSerializer, Immutable, Alias("dispatch.problem-measure")]
public sealed record ProblemMeasure(string Id, string What, WorkOwner Owner, DateTimeOffset DueAt)
{
    /// <summary>When it was done.</summary>
    [Id(4)]
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>When it was given up.</summary>
    [Id(5)]
    public DateTimeOffset? DroppedAt { get; init; }

    /// <summary>What was done, or why it was given up; at most 500 characters.</summary>
    [Id(6)]
    public string? Note { get; init; }

    /// <summary>Whether it is still to be done.</summary>
    public bool IsOpen => DoneAt is null && DroppedAt is null;
}

/// <summary>A figure before the response and after it.</summary>
/// <param name="Name">What is counted, 1 to 100 characters.</param>
/// <param name="Before">0 to 1,000,000,000.</param>
/// <param name="After">0 to 1,000,000,000.</param>
/// <param name="Unit">What it is counted in, at most 20 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.problem-figure")]
public sealed record ProblemFigure(string Name, decimal Before, decimal After, string? Unit = null);

/// <summary>Assessment: what came of the response.</summary>
/// <param name="Figures">1 to 10.</param>
/// <param name="Method">How they were got and compared, 1 to 1,000 characters.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Conclusion">What follows, at most 1,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.assessment-part")]
public sealed record AssessmentPart(ImmutableArray<ProblemFigure> Figures, string Method, AssessmentResult Result, string? Conclusion = null);

/// <summary>A move from one stage to another.</summary>
/// <param name="From">The stage before.</param>
/// <param name="To">The stage after.</param>
/// <param name="Reason">Why it went back; null where it went forward.</param>
/// <param name="At">When.</param>
/// <param name="By">Who moved it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.stage-move")]
public sealed record StageMove(SaraStage From, SaraStage To, string? Reason, DateTimeOffset At, string By);
