using System.Text.Json.Serialization;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>Something that is asked of work given to a partner.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(GiveReferral), "give")]
[JsonDerivedType(typeof(AcceptReferral), "accept")]
[JsonDerivedType(typeof(RefuseReferral), "refuse")]
[JsonDerivedType(typeof(TellReferralProgress), "progress")]
[JsonDerivedType(typeof(ReturnReferral), "return")]
[JsonDerivedType(typeof(SendReferralBack), "sendBack")]
[JsonDerivedType(typeof(CloseReferral), "close")]
[JsonDerivedType(typeof(RecallReferral), "recall")]
[GenerateSerializer, Immutable, Alias("dispatch.referral-command")]
public abstract record ReferralCommand
{
    /// <summary>That the sender has seen that the text looks as if it held somebody's number, and means it as it is.</summary>
    [Id(0)]
    public bool TextConfirmed { get; init; }
}

/// <summary>What a partner says to it, or somebody who was told so on its behalf.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.partner-word")]
public abstract record PartnerWord : ReferralCommand
{
    /// <summary>Whether somebody else records it; known to who receives the command, never said by the sender.</summary>
    [Id(0), JsonIgnore]
    public bool OnBehalf { get; init; }
}

/// <summary>Gives work to a partner.</summary>
/// <param name="CommunityId">Where.</param>
/// <param name="PartnerId">To whom: active, there for the community, and of a kind that can be given the task.</param>
/// <param name="TaskKind">Code of the kind of task, from the model pack.</param>
/// <param name="Ask">What is asked, 1 to 2,000 characters, without protected fields.</param>
[GenerateSerializer, Immutable, Alias("dispatch.give-referral")]
public sealed record GiveReferral(string CommunityId, string PartnerId, string TaskKind, string Ask) : ReferralCommand
{
    /// <summary>What it has to do with, of the same community; not for volunteers where that is a case.</summary>
    [Id(4)]
    public string? Ref { get; init; }

    /// <summary>Until when the result is to be there, at most a year ahead; by the pack's clock where absent.</summary>
    [Id(5)]
    public DateTimeOffset? ReturnBy { get; init; }
}

/// <summary>The partner does it.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.accept-referral")]
public sealed record AcceptReferral : PartnerWord;

/// <summary>The partner does not do it.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.refuse-referral")]
public sealed record RefuseReferral(string Reason) : PartnerWord;

/// <summary>Word on the way.</summary>
/// <param name="Text">What, 1 to 1,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.tell-referral-progress")]
public sealed record TellReferralProgress(string Text) : PartnerWord;

/// <summary>The result.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="Text">In words, 1 to 2,000 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.return-referral")]
public sealed record ReturnReferral(ReferralResult Result, string Text) : PartnerWord;

/// <summary>The pair does not take the result.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.send-referral-back")]
public sealed record SendReferralBack(string Reason) : ReferralCommand
{
    /// <summary>Until when the better one is to be there, at most a year ahead; by the pack's clock where absent.</summary>
    [Id(1)]
    public DateTimeOffset? ReturnBy { get; init; }
}

/// <summary>The pair takes the result.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.close-referral")]
public sealed record CloseReferral : ReferralCommand;

/// <summary>The pair takes the work back.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.recall-referral")]
public sealed record RecallReferral(string Reason) : ReferralCommand;

/// <summary>Work given to a partner. Key: its id.</summary>
[Alias("dispatch.referral")]
public interface IReferralGrain : IMatterGrain<ReferralCommand, ReferralView>;
