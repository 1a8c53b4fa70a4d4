using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <summary>What the rules of referrals look at beside the referral.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Now">Now.</param>
/// <param name="Pack">The model that the bureau works by.</param>
public sealed record ReferralGround(string Id, DateTimeOffset Now, ModelPack Pack)
{
    /// <summary>The community where it is given; null where there is none.</summary>
    public CommunityInfo? Community { get; init; }

    /// <summary>To whom it is given; null where there is no such partner.</summary>
    public PartnerView? Partner { get; init; }

    /// <summary>The pair that looks after it.</summary>
    public string? PairId { get; init; }

    /// <summary>Whether what it refers to is there, in the same community.</summary>
    public bool RefFound { get; init; }
}

/// <summary>Work given to a partner: nothing is returned before it was accepted, nothing goes on after its end. Pure.</summary>
public static class ReferralRules
{
    private const int MaxAsk = 2000;
    private const int MaxText = 1000;

    /// <summary>How far ahead a result can be asked for.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    /// <summary>Decides a command.</summary>
    public static Decision<ReferralEvent> Decide(ReferralView? state, CommandContext context, ReferralCommand command, ReferralGround ground)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(ground);
        if (command is GiveReferral give)
        {
            return Give(state, context, give, ground);
        }

        return state is null ? Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such referral.")
            : WhyNotSaid(command, ground) is { } refusal ? refusal
            : !state.IsOpen ? Refusal.Rule(RefusalCodes.ReferralNotOpen, $"The work has ended: {state.Status}.")
            : Go(state, command, ground);
    }

    private static Decision<ReferralEvent> Go(ReferralView s, ReferralCommand command, ReferralGround ground) => command switch
    {
        AcceptReferral c => s.Status == ReferralStatus.Given ? new ReferralAccepted(c.OnBehalf, s.ReturnDueAt ?? ByClock(ground)) : AlreadyAnswered,
        RefuseReferral c => s.Status == ReferralStatus.Given ? new ReferralRefused(Wording.Of(c.Reason), c.OnBehalf) : AlreadyAnswered,
        TellReferralProgress c => s.Status == ReferralStatus.Accepted ? new ReferralProgressed(Wording.Of(c.Text), c.OnBehalf) : NotAccepted,
        ReturnReferral c => s.Status == ReferralStatus.Accepted ? new ReferralReturned(c.Result, Wording.Of(c.Text), c.OnBehalf) : NotAccepted,
        SendReferralBack c => s.Status == ReferralStatus.Returned
            ? new ReferralSentBack(Wording.Of(c.Reason), c.ReturnBy ?? ByClock(ground))
            : NotReturned,
        CloseReferral => s.Status == ReferralStatus.Returned ? new ReferralClosed() : NotReturned,
        RecallReferral c => new ReferralRecalled(Wording.Of(c.Reason)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
    };

    private static Decision<ReferralEvent> Give(ReferralView? state, CommandContext context, GiveReferral c, ReferralGround ground)
    {
        if (state is not null)
        {
            return Refusal.Rule(RefusalCodes.ReferralAlreadyAnswered, "This work was given already.");
        }

        if ((WhyNotSaid(c, ground) ?? WhyNotGiven(c, ground)) is { } refusal)
        {
            return refusal;
        }

        var answerBy = ground.Pack.Due(ground.Pack.Clocks.PartnerAnswer, ground.Now);
        var community = ground.Community!;
        return new ReferralGiven(new ReferralView(
            ground.Id, MatterIds.Number(MatterKind.Referral, ground.Id, ground.Now), community.Id, community.StationId, Version: 0, ReferralStatus.Given,
            c.PartnerId, ground.Partner!.Details.Name, c.TaskKind, Wording.Of(c.Ask), ground.Now, context.Actor.Name,
            c.ReturnBy < answerBy ? c.ReturnBy.Value : answerBy)
        {
            Ref = c.Ref,
            PairId = ground.PairId,
            ReturnDueAt = c.ReturnBy,
        });
    }

    private static Refusal? WhyNotGiven(GiveReferral c, ReferralGround ground) =>
        ground.Community is not { } community
            ? Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{c.CommunityId}'.")
        : ground.Pack.FindTaskKind(c.TaskKind) is not { } task
            ? Refusal.Invalid(RefusalCodes.TaskKindNotFound, "taskKind", $"The model has no kind of task '{c.TaskKind}'.")
        : PartnerRules.WhyNotGiven(ground.Partner, community) is { } refusal ? refusal
        : WhyNotWorked(c, task, ground);

    private static Refusal? WhyNotWorked(GiveReferral c, TaskKind task, ReferralGround ground)
    {
        var partner = ground.Partner!;
        var kind = partner.Details.Place is null ? ground.Pack.FindPartnerKind(partner.Kind) : null;
        return kind is not { TakesWork: true } ? Refusal.Rule(RefusalCodes.PartnerTakesNoWork, $"{partner.Details.Name} takes no work.")
            : !task.PartnerKinds.Contains(partner.Kind)
                ? Refusal.Rule(RefusalCodes.TaskNotForPartner, $"'{task.NameEn}' is nothing that a partner of the kind '{kind.NameEn}' can be given.")
            : kind.Volunteers && KindOf(c.Ref) is "dispute" or "incident"
                ? Refusal.Rule(RefusalCodes.VolunteersSeeNoCase, "Volunteers have no access to case data; nothing of a dispute or incident is given to them.")
            : c.Ref is not null && !ground.RefFound
                ? Refusal.Invalid(RefusalCodes.ReferenceNotFound, "ref", "ref is a concern, problem, dispute or incident of this community, as kind/id.")
            : null;
    }

    /// <summary>What a reference is to; null where it is no reference.</summary>
    public static string? KindOf(string? reference) => reference?.Split('/') is [var kind, var id] && DerivedIds.IsId(id) ? kind : null;

    private static Refusal? WhyNotSaid(ReferralCommand command, ReferralGround ground) => command switch
    {
        GiveReferral c => Wording.WhyNotNeeded("ask", c.Ask, MaxAsk, c.TextConfirmed) ?? WhyNotBy(c.ReturnBy, ground),
        RefuseReferral c => Wording.WhyNotNeeded("reason", c.Reason, Wording.MostReason, c.TextConfirmed),
        TellReferralProgress c => Wording.WhyNotNeeded("text", c.Text, MaxText, c.TextConfirmed),
        ReturnReferral c => Wording.WhyNotNeeded("text", c.Text, MaxAsk, c.TextConfirmed),
        SendReferralBack c => Wording.WhyNotNeeded("reason", c.Reason, Wording.MostReason, c.TextConfirmed) ?? WhyNotBy(c.ReturnBy, ground),
        RecallReferral c => Wording.WhyNotNeeded("reason", c.Reason, Wording.MostReason, c.TextConfirmed),
        _ => null,
    };

    private static Refusal? WhyNotBy(DateTimeOffset? by, ReferralGround ground) =>
        by is null || (by > ground.Now && by <= ground.Now + Farthest)
            ? null
            : Refusal.Invalid(RefusalCodes.ValueOutOfRange, "returnBy", "returnBy is within the next year.");

    private static DateTimeOffset ByClock(ReferralGround ground) => ground.Pack.Due(ground.Pack.Clocks.PartnerReturn, ground.Now);

    private static Refusal AlreadyAnswered => Refusal.Rule(RefusalCodes.ReferralAlreadyAnswered, "The partner has answered already.");

    private static Refusal NotAccepted => Refusal.Rule(RefusalCodes.ReferralNotAccepted, "The work is not with the partner: it was not accepted yet, or is returned.");

    private static Refusal NotReturned => Refusal.Rule(RefusalCodes.ReferralNotReturned, "There is no result to look at.");
}
