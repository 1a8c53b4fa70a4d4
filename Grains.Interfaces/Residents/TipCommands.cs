using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Residents;

/// <summary>Something that is asked of a tip.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(LeaveTip), "leave")]
[JsonDerivedType(typeof(AddTipWords), "addWords")]
[JsonDerivedType(typeof(TakeTip), "take")]
[JsonDerivedType(typeof(ReplyToTip), "reply")]
[JsonDerivedType(typeof(TurnTipIntoConcern), "toConcern")]
[JsonDerivedType(typeof(TurnTipIntoIncident), "toIncident")]
[JsonDerivedType(typeof(CloseTip), "close")]
[GenerateSerializer, Immutable, Alias("dispatch.tip-command")]
public abstract record TipCommand;

/// <summary>Leaves a tip. Says nothing of who leaves it.</summary>
/// <param name="CommunityId">The community it is about.</param>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="ClaimDigest">Keyed digest of the claim code, which is stored nowhere.</param>
[GenerateSerializer, Immutable, Alias("dispatch.leave-tip")]
public sealed record LeaveTip(string CommunityId, string Text, string ClaimDigest) : TipCommand
{
    /// <summary>Code of a concern category of the model pack, or <see cref="TipView.AboutPolice"/>; null where nobody said.</summary>
    [Id(3)]
    public string? Category { get; init; }

    /// <summary>Where; kept rounded to some 100 m.</summary>
    [Id(4)]
    public GeoPoint? Location { get; init; }

    /// <summary>That the sender means the text as it is, though it looks as if it held an ID or phone number.</summary>
    [Id(5)]
    public bool TextConfirmed { get; init; }
}

/// <summary>The resident, who holds the claim code, says more.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.add-tip-words")]
public sealed record AddTipWords(string Text) : TipCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>Somebody of the police looks into it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.take-tip")]
public sealed record TakeTip : TipCommand;

/// <summary>Answers whoever holds the claim code.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reply-to-tip")]
public sealed record ReplyToTip(string Text) : TipCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(1)]
    public bool TextConfirmed { get; init; }
}

/// <summary>A concern came of it.</summary>
/// <param name="ConcernId">The concern.</param>
[GenerateSerializer, Immutable, Alias("dispatch.turn-tip-into-concern")]
public sealed record TurnTipIntoConcern(string ConcernId) : TipCommand;

/// <summary>An incident came of it.</summary>
/// <param name="IncidentId">The incident.</param>
[GenerateSerializer, Immutable, Alias("dispatch.turn-tip-into-incident")]
public sealed record TurnTipIntoIncident(string IncidentId) : TipCommand;

/// <summary>Nothing more is done.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Note">For those who work there, at most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.close-tip")]
public sealed record CloseTip(TipOutcome Outcome, string? Note = null) : TipCommand
{
    /// <summary>That the sender means the text as it is.</summary>
    [Id(2)]
    public bool TextConfirmed { get; init; }
}

/// <summary>What came of a tip.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TipOutcome>))]
public enum TipOutcome
{
    /// <summary>Something was done about it.</summary>
    Acted,

    /// <summary>It was looked into and nothing was found.</summary>
    NotFound,

    /// <summary>It is nothing for the police, or was passed on.</summary>
    PassedOn,

    /// <summary>Too little to go by.</summary>
    TooLittle,
}
