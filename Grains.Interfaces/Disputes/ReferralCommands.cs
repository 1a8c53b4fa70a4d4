namespace Dispatch.Disputes;

/// <summary>Gives the dispute to a mediator or partner (协作单位), who accepts or refuses and returns a result. One referral is open at a time.</summary>
/// <param name="PartnerId">Which partner, 1 to 64 characters.</param>
/// <param name="PartnerName">Its name, of an office or a post, 1 to 100 characters.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="PartnerKind">Code of its kind; where given, one that mediates at the present tier, or any where mediation is not what is asked for.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.refer-dispute")]
public sealed record ReferDispute(
    string PartnerId, string PartnerName, string Reason, string? PartnerKind = null, bool TextConfirmed = false) : DisputeCommand;

/// <summary>The partner takes it.</summary>
/// <param name="ReferralId">Which referral.</param>
[GenerateSerializer, Immutable, Alias("dispatch.accept-dispute-referral")]
public sealed record AcceptReferral(string ReferralId) : DisputeCommand;

/// <summary>The partner does not take it.</summary>
/// <param name="ReferralId">Which referral.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.refuse-dispute-referral")]
public sealed record RefuseReferral(string ReferralId, string Reason, bool TextConfirmed = false) : DisputeCommand;

/// <summary>The partner gives it back with what came of it.</summary>
/// <param name="ReferralId">Which referral.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Text">In words, 1 to 2,000 characters.</param>
/// <param name="TextConfirmed">That the text is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.return-dispute-referral")]
public sealed record ReturnReferral(string ReferralId, ReferralResult Result, string Text, bool TextConfirmed = false) : DisputeCommand;

/// <summary>Takes a referral back that was not returned.</summary>
/// <param name="ReferralId">Which referral.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="TextConfirmed">That the reason is meant as it is.</param>
[GenerateSerializer, Immutable, Alias("dispatch.withdraw-dispute-referral")]
public sealed record WithdrawReferral(string ReferralId, string Reason, bool TextConfirmed = false) : DisputeCommand;
