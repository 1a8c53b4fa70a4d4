using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>Something that is asked of a complaint.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(MakeComplaint), "make")]
[JsonDerivedType(typeof(AddComplaintWords), "addWords")]
[JsonDerivedType(typeof(WithdrawComplaint), "withdraw")]
[JsonDerivedType(typeof(AcknowledgeComplaint), "acknowledge")]
[JsonDerivedType(typeof(AskComplainant), "ask")]
[JsonDerivedType(typeof(DecideComplaint), "decide")]
[JsonDerivedType(typeof(CloseComplaint), "close")]
[GenerateSerializer, Immutable, Alias("dispatch.complaint-command")]
public abstract record ComplaintCommand;

/// <summary>What a complaint is about.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Id">Which, where the complainant knows: a UUID, a pair's id, or a number for people; at most 64 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.complaint-about")]
public sealed record ComplaintAbout(ComplaintKind Kind, string? Id = null);

/// <summary>What a complaint can be about.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ComplaintKind>))]
public enum ComplaintKind
{
    /// <summary>A contact with the police.</summary>
    Interaction,

    /// <summary>How an incident was handled.</summary>
    Incident,

    /// <summary>How a concern was handled.</summary>
    Concern,

    /// <summary>A pair.</summary>
    Pair,

    /// <summary>The station, or something else.</summary>
    Other,
}

/// <summary>Makes a complaint. Anybody may, without a name.</summary>
/// <param name="CommunityId">The community where it was.</param>
/// <param name="About">What it is about.</param>
/// <param name="Text">1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.make-complaint")]
public sealed record MakeComplaint(string CommunityId, ComplaintAbout About, string Text) : ComplaintCommand
{
    /// <summary>Keyed digest of the claim code; null where an officer records it on a resident's behalf, and so holds none.</summary>
    [Id(3)]
    public string? ClaimDigest { get; init; }

    /// <summary>Who complains and how they are reached, where they want to be; sealed.</summary>
    [Id(4)]
    public ProtectedPerson? Contact { get; init; }

    /// <summary>That the sender means the text as it is.</summary>
    [Id(5)]
    public bool TextConfirmed { get; init; }
}

/// <summary>The complainant, who holds the claim code, says more.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.add-complaint-words")]
public sealed record AddComplaintWords(string Text) : ComplaintCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>The complainant, who holds the claim code, takes it back.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.withdraw-complaint")]
public sealed record WithdrawComplaint : ComplaintCommand;

/// <summary>Oversight has read it and looks into it; the complainant can see so.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.acknowledge-complaint")]
public sealed record AcknowledgeComplaint : ComplaintCommand;

/// <summary>Asks the complainant something.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.ask-complainant")]
public sealed record AskComplainant(string Text) : ComplaintCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Decides it.</summary>
/// <param name="Decision">How.</param>
/// <param name="Answer">What the complainant reads, 1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.decide-complaint")]
public sealed record DecideComplaint(ComplaintDecision Decision, string Answer) : ComplaintCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(2)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Closes it once it is decided: what had to be done because of it is done.</summary>
/// <param name="Note">For oversight, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.close-complaint")]
public sealed record CloseComplaint(string? Note = null) : ComplaintCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>How a complaint is decided.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ComplaintDecision>))]
public enum ComplaintDecision
{
    /// <summary>It is right.</summary>
    Upheld,

    /// <summary>It is right in part.</summary>
    Partly,

    /// <summary>It is not.</summary>
    NotUpheld,

    /// <summary>The complainant took it back.</summary>
    Withdrawn,
}
