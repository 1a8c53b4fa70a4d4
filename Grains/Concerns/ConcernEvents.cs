using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>Something that happened to a concern.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConcernRaised), "concernRaised")]
[JsonDerivedType(typeof(ConcernTraced), "concernTraced")]
[JsonDerivedType(typeof(ConcernTaken), "concernTaken")]
[JsonDerivedType(typeof(ConcernOwnerAssigned), "concernOwnerAssigned")]
[JsonDerivedType(typeof(ConcernAnswered), "concernAnswered")]
[JsonDerivedType(typeof(ConcernProgressed), "concernProgressed")]
[JsonDerivedType(typeof(ConcernGrouped), "concernGrouped")]
[JsonDerivedType(typeof(ConcernUngrouped), "concernUngrouped")]
[JsonDerivedType(typeof(ConcernEscalated), "concernEscalated")]
[JsonDerivedType(typeof(ConcernClosed), "concernClosed")]
[JsonDerivedType(typeof(ResidentSpoke), "residentSpoke")]
[JsonDerivedType(typeof(ConcernReopened), "concernReopened")]
[JsonDerivedType(typeof(ConcernWithdrawn), "concernWithdrawn")]
public abstract record ConcernEvent;

/// <summary>It was raised.</summary>
/// <param name="Concern">What it is.</param>
/// <param name="Reporter">Who reported it, sealed.</param>
public sealed record ConcernRaised(ConcernView Concern, SealedPerson? Reporter) : ConcernEvent;

/// <summary>More interactions are about it.</summary>
public sealed record ConcernTraced(ImmutableArray<string> InteractionIds) : ConcernEvent;

/// <summary>A pair took it.</summary>
public sealed record ConcernTaken(string PairId) : ConcernEvent;

/// <summary>Somebody is to see to it.</summary>
public sealed record ConcernOwnerAssigned(WorkOwner Owner) : ConcernEvent;

/// <summary>The residents have an answer.</summary>
public sealed record ConcernAnswered(string Text, string? Channel) : ConcernEvent;

/// <summary>Something was done.</summary>
public sealed record ConcernProgressed(string Text) : ConcernEvent;

/// <summary>It is part of a problem.</summary>
public sealed record ConcernGrouped(string ProblemId) : ConcernEvent;

/// <summary>It is no longer part of a problem.</summary>
public sealed record ConcernUngrouped(string ProblemId, string Reason) : ConcernEvent;

/// <summary>It was brought to a supervisor.</summary>
public sealed record ConcernEscalated(string Reason) : ConcernEvent;

/// <summary>The police closed it.</summary>
public sealed record ConcernClosed(ConcernOutcome Outcome, string? Reason, string? DuplicateOfId) : ConcernEvent;

/// <summary>The resident said whether it is as the police say.</summary>
public sealed record ResidentSpoke(ResidentVerdict Verdict, string? Words, VerdictGiver GivenBy, string? Channel) : ConcernEvent;

/// <summary>It was opened again.</summary>
/// <param name="Reason">Why.</param>
/// <param name="DueAt">When the residents should have an answer.</param>
public sealed record ConcernReopened(string Reason, DateTimeOffset DueAt) : ConcernEvent;

/// <summary>It was taken back.</summary>
public sealed record ConcernWithdrawn(string Reason) : ConcernEvent;
