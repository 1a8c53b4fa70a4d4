using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>Something that is asked of a concern.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(RaiseConcern), "raise")]
[JsonDerivedType(typeof(TraceConcern), "trace")]
[JsonDerivedType(typeof(TakeConcern), "take")]
[JsonDerivedType(typeof(AssignConcernOwner), "assignOwner")]
[JsonDerivedType(typeof(AnswerConcern), "answer")]
[JsonDerivedType(typeof(NoteConcernProgress), "progress")]
[JsonDerivedType(typeof(GroupConcern), "group")]
[JsonDerivedType(typeof(UngroupConcern), "ungroup")]
[JsonDerivedType(typeof(EscalateConcern), "escalate")]
[JsonDerivedType(typeof(CloseConcern), "close")]
[JsonDerivedType(typeof(ConfirmConcern), "confirm")]
[JsonDerivedType(typeof(ReopenConcern), "reopen")]
[JsonDerivedType(typeof(WithdrawConcern), "withdraw")]
[GenerateSerializer, Immutable, Alias("dispatch.concern-command")]
public abstract record ConcernCommand;

/// <summary>Raises a concern. Whoever sends it to the grain without an account (a resident's page, Open311, a tip) says so by its source.</summary>
/// <param name="Source">From where it comes; decides what must be named.</param>
/// <param name="Category">Code of a concern category of the model pack.</param>
/// <param name="Title">1 to 100 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.raise-concern")]
public sealed record RaiseConcern(ConcernSource Source, string Category, string Title) : ConcernCommand
{
    /// <summary>The community; over HTTP that of the address.</summary>
    [Id(3)]
    public string CommunityId { get; init; } = string.Empty;

    /// <summary>What it is about, at most 2,000 characters.</summary>
    [Id(4)]
    public string? Description { get; init; }

    /// <summary>The interactions it comes from, at most 50; at least one where that is its source. Looked up by the sender.</summary>
    [Id(5)]
    public ImmutableArray<string> InteractionIds { get; init; } = [];

    /// <summary>The incident it comes from; needed where that is its source.</summary>
    [Id(6)]
    public string? IncidentId { get; init; }

    /// <summary>Name of a public place, at most 200 characters; residents can read it.</summary>
    [Id(7)]
    public string? PlaceName { get; init; }

    /// <summary>Where it is; kept rounded to some 100 m.</summary>
    [Id(8)]
    public GeoPoint? Location { get; init; }

    /// <summary>Who sees to it, where somebody is named at once.</summary>
    [Id(9)]
    public WorkOwner? Owner { get; init; }

    /// <summary>Who reports it, where they want to be known; sealed.</summary>
    [Id(10)]
    public ProtectedPerson? Reporter { get; init; }

    /// <summary>That the sender has seen that a text looks as if it held an ID or phone number, and means it as it is.</summary>
    [Id(11)]
    public bool TextConfirmed { get; init; }
}

/// <summary>More interactions turn out to be about it.</summary>
/// <param name="InteractionIds">1 to 50; with those it has not more than 50.</param>
[GenerateSerializer, Immutable, Alias("dispatch.trace-concern")]
public sealed record TraceConcern(ImmutableArray<string> InteractionIds) : ConcernCommand;

/// <summary>A pair of the station takes it.</summary>
/// <param name="PairId">The pair; over HTTP the sender's own where absent.</param>
[GenerateSerializer, Immutable, Alias("dispatch.take-concern")]
public sealed record TakeConcern(string? PairId = null) : ConcernCommand;

/// <summary>Names who sees to it that it gets done.</summary>
/// <param name="Owner">Who.</param>
[GenerateSerializer, Immutable, Alias("dispatch.assign-concern-owner")]
public sealed record AssignConcernOwner(WorkOwner Owner) : ConcernCommand;

/// <summary>Answers the residents; the first answer stops the answer clock.</summary>
/// <param name="Text">What residents will read, 1 to 1,000 characters.</param>
/// <param name="Channel">Code of the channel by which it was also told.</param>
[GenerateSerializer, Immutable, Alias("dispatch.answer-concern")]
public sealed record AnswerConcern(string Text, string? Channel = null) : ConcernCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(2)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Notes what was done, for those who work there.</summary>
/// <param name="Text">1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.note-concern-progress")]
public sealed record NoteConcernProgress(string Text) : ConcernCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Works it as part of an open problem of the same station.</summary>
/// <param name="ProblemId">The problem.</param>
[GenerateSerializer, Immutable, Alias("dispatch.group-concern")]
public sealed record GroupConcern(string ProblemId) : ConcernCommand;

/// <summary>Takes it out of its problem.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.ungroup-concern")]
public sealed record UngroupConcern(string Reason) : ConcernCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Brings it to a supervisor because its clock is over.</summary>
/// <param name="Reason">Why it took so long, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.escalate-concern")]
public sealed record EscalateConcern(string Reason) : ConcernCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>办结: the police close it. Needs an answer that residents can read, given before or with it.</summary>
/// <param name="Outcome">What came of it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.close-concern")]
public sealed record CloseConcern(ConcernOutcome Outcome) : ConcernCommand
{
    /// <summary>What residents will read, at most 1,000 characters; may be absent where they have an answer already.</summary>
    [Id(1)]
    public string? Answer { get; init; }

    /// <summary>Why it is not possible or to whom it was referred, at most 500 characters; needed for those two.</summary>
    [Id(2)]
    public string? Reason { get; init; }

    /// <summary>The concern of the same station that it is the same as; needed for a duplicate.</summary>
    [Id(3)]
    public string? DuplicateOfId { get; init; }

    /// <summary>That the sender means the texts as they are.</summary>
    [Id(4)]
    public bool TextConfirmed { get; init; }
}

/// <summary>居民确认: what the resident says of the closing.</summary>
/// <param name="Verdict">Whether it is confirmed.</param>
/// <param name="Words">What the resident said, at most 500 characters.</param>
/// <param name="Channel">Code of the channel it came by.</param>
[GenerateSerializer, Immutable, Alias("dispatch.confirm-concern")]
public sealed record ConfirmConcern(ResidentVerdict Verdict, string? Words = null, string? Channel = null) : ConcernCommand
{
    /// <summary>Through whom it came; over HTTP with an account always an officer.</summary>
    [Id(3)]
    public VerdictGiver GivenBy { get; init; }

    /// <summary>That the sender means the text as it is.</summary>
    [Id(4)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Opens it again; the answer clock runs anew, and the next closing needs an answer of its own.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reopen-concern")]
public sealed record ReopenConcern(string Reason) : ConcernCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Takes it back: raised by mistake, or no longer wanted by who raised it.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.withdraw-concern")]
public sealed record WithdrawConcern(string Reason) : ConcernCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}
