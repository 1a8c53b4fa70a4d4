using System.Text.Json.Serialization;

namespace Dispatch.Concerns;

/// <summary>Something that happened to a problem.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ProblemOpened), "problemOpened")]
[JsonDerivedType(typeof(ProblemScanned), "problemScanned")]
[JsonDerivedType(typeof(ProblemAnalysed), "problemAnalysed")]
[JsonDerivedType(typeof(MeasurePlanned), "measurePlanned")]
[JsonDerivedType(typeof(MeasureFinished), "measureFinished")]
[JsonDerivedType(typeof(MeasureDropped), "measureDropped")]
[JsonDerivedType(typeof(ProblemAssessed), "problemAssessed")]
[JsonDerivedType(typeof(StageMoved), "stageMoved")]
[JsonDerivedType(typeof(ProblemClosed), "problemClosed")]
[JsonDerivedType(typeof(ProblemReopened), "problemReopened")]
public abstract record ProblemEvent;

/// <summary>It was opened.</summary>
public sealed record ProblemOpened(ProblemView Problem) : ProblemEvent;

/// <summary>What it is was written.</summary>
public sealed record ProblemScanned(ScanningPart Part) : ProblemEvent;

/// <summary>What brings it about was written.</summary>
public sealed record ProblemAnalysed(AnalysisPart Part) : ProblemEvent;

/// <summary>A measure was planned.</summary>
public sealed record MeasurePlanned(ProblemMeasure Measure) : ProblemEvent;

/// <summary>A measure was done.</summary>
public sealed record MeasureFinished(string MeasureId, string? Note) : ProblemEvent;

/// <summary>A measure was given up.</summary>
public sealed record MeasureDropped(string MeasureId, string Reason) : ProblemEvent;

/// <summary>What came of it was written.</summary>
public sealed record ProblemAssessed(AssessmentPart Part) : ProblemEvent;

/// <summary>It moved to another stage; a reason where it went back.</summary>
public sealed record StageMoved(SaraStage From, SaraStage To, string? Reason) : ProblemEvent;

/// <summary>It was closed.</summary>
public sealed record ProblemClosed(AssessmentResult Result) : ProblemEvent;

/// <summary>It was opened again; a move to the stage where it goes on follows.</summary>
public sealed record ProblemReopened(string Reason) : ProblemEvent;
