using Dispatch.Bureau;

namespace Dispatch.Partners;

/// <summary>A referral as the partner sees it: what is asked, and where it stands.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">For people.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="CommunityId">Where.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="TaskKind">Code of the kind of task.</param>
/// <param name="Ask">What is asked.</param>
/// <param name="GivenAt">When.</param>
/// <param name="AnswerDueAt">Until when it is to be accepted or refused.</param>
/// <param name="ReturnDueAt">Until when the result is to be there.</param>
/// <param name="Reason">Why it was refused, sent back or recalled.</param>
/// <param name="Result">The partner's result.</param>
/// <param name="ResultText">The same in words.</param>
public sealed record PartnerReferral(
    string Id, string Number, long Version, string CommunityId, ReferralStatus Status, string TaskKind, string Ask, DateTimeOffset GivenAt,
    DateTimeOffset AnswerDueAt, DateTimeOffset? ReturnDueAt, string? Reason, ReferralResult? Result, string? ResultText)
{
    /// <summary>A referral as its partner sees it.</summary>
    public static PartnerReferral Of(ReferralView x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new PartnerReferral(
            x.Id, x.Number, x.Version, x.CommunityId, x.Status, x.TaskKind, x.Ask, x.GivenAt, x.AnswerDueAt, x.ReturnDueAt, x.Reason, x.Result, x.ResultText);
    }
}

/// <summary>A whistle as a called partner sees it: where to, what for, and its own call.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">For people.</param>
/// <param name="Version">Counts its changes from 1.</param>
/// <param name="CommunityId">Where.</param>
/// <param name="Status">Whether it is over.</param>
/// <param name="Place">Name of the place.</param>
/// <param name="Location">Where it is, rounded.</param>
/// <param name="Purpose">What for.</param>
/// <param name="BlownAt">When it was blown.</param>
/// <param name="ArriveBy">Until when to be there.</param>
/// <param name="Call">The partner's own.</param>
public sealed record PartnerWhistle(
    string Id, string Number, long Version, string CommunityId, WhistleStatus Status, string? Place, GeoPoint? Location, string Purpose, DateTimeOffset BlownAt,
    DateTimeOffset ArriveBy, CalledDepartment Call)
{
    /// <summary>A whistle as a partner sees it that it called.</summary>
    public static PartnerWhistle Of(WhistleView x, string partnerId)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new PartnerWhistle(
            x.Id, x.Number, x.Version, x.CommunityId, x.Status, x.Place, x.Location, x.Purpose, x.BlownAt, x.ArriveBy, x.Find(partnerId)!);
    }
}

/// <summary>Something that was given to a partner: one of the two.</summary>
/// <param name="Referral">Work.</param>
/// <param name="Whistle">A call to a place.</param>
public sealed record PartnerWork(PartnerReferral? Referral, PartnerWhistle? Whistle);
