using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Partners;

/// <summary>What the rules of whistles look at beside the whistle.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Now">Now.</param>
/// <param name="Pack">The model that the bureau works by.</param>
public sealed record WhistleGround(string Id, DateTimeOffset Now, ModelPack Pack)
{
    /// <summary>The community where it is blown; null where there is none.</summary>
    public CommunityInfo? Community { get; init; }

    /// <summary>Those that are called, in the order of the command; null for one that is not there.</summary>
    public ImmutableArray<PartnerView?> Partners { get; init; } = [];
}

/// <summary>A whistle: each department comes, or says why not, and each time is written once. Pure.</summary>
public static class WhistleRules
{
    private const int MaxText = 1000;
    private const int MaxPlace = 200;
    private const int MaxRole = 100;

    /// <summary>How far ahead departments can be called.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(30);

    /// <summary>How far ahead the clock of who records an arrival may be.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    /// <summary>Decides a command.</summary>
    public static Decision<WhistleEvent> Decide(WhistleView? state, CommandContext context, WhistleCommand command, WhistleGround ground)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(ground);
        if (command is BlowWhistle blow)
        {
            return Blow(state, context, blow, ground);
        }

        return state is null ? Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such whistle.")
            : WhyNotSaid(command) is { } refusal ? refusal
            : !state.IsOpen ? Refusal.Rule(RefusalCodes.WhistleNotOpen, "The whistle is over.")
            : command switch
            {
                CloseWhistle c => new WhistleClosed(Wording.Of(c.Outcome)),
                DepartmentWord { PartnerId: null } => Refusal.Invalid(RefusalCodes.ValueMissing, "partnerId", "Say which department."),
                DepartmentWord c => state.Find(c.PartnerId) is { } department
                    ? Hear(state, department, c, ground.Now)
                    : Refusal.Invalid(RefusalCodes.DepartmentNotCalled, "partnerId", "This department was not called."),
                _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
            };
    }

    private static Decision<WhistleEvent> Hear(WhistleView whistle, CalledDepartment d, DepartmentWord word, DateTimeOffset now) => (word, d.Status) switch
    {
        (LeaveWhistle c, CallStatus.Arrived) => WhyNotAt(c.At, d.ArrivedAt!.Value, now) is { } refusal ? refusal
            : new DepartmentLeft(d.PartnerId, Wording.Clean(c.Result), AtOf(c.At, now), c.OnBehalf),
        (LeaveWhistle, _) => Refusal.Rule(RefusalCodes.DepartmentNotThere, $"{d.Name} is not there."),
        (_, CallStatus.Arrived or CallStatus.Left) => Refusal.Rule(RefusalCodes.DepartmentAlreadyThere, $"{d.Name} has come already."),

        // Whoever was excused and comes after all has come.
        (ArriveAtWhistle c, _) => WhyNotAt(c.At, whistle.BlownAt, now) is { } refusal ? refusal
            : new DepartmentArrived(d.PartnerId, Wording.Of(c.Role), AtOf(c.At, now), c.OnBehalf),
        (_, CallStatus.Excused) => Refusal.Rule(RefusalCodes.DepartmentExcused, $"{d.Name} has said that it does not come."),
        (ExcuseFromWhistle c, _) => new DepartmentExcused(d.PartnerId, Wording.Of(c.Reason), c.OnBehalf),
        (AcknowledgeWhistle, CallStatus.Acknowledged) => Decision.Nothing<WhistleEvent>(),
        (AcknowledgeWhistle c, _) => new WhistleAcknowledged(d.PartnerId, c.OnBehalf),
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "Unknown word."),
    };

    private static Decision<WhistleEvent> Blow(WhistleView? state, CommandContext context, BlowWhistle c, WhistleGround ground)
    {
        if (state is not null)
        {
            return Refusal.Rule(RefusalCodes.WhistleNotOpen, "This whistle was blown already.");
        }

        if ((WhyNotSaid(c) ?? WhyNotCalled(c, ground)) is { } refusal)
        {
            return refusal;
        }

        var community = ground.Community!;
        return new WhistleBlown(new WhistleView(
            ground.Id, MatterIds.Number(MatterKind.Whistle, ground.Id, ground.Now), community.Id, community.StationId, Version: 0, WhistleStatus.Blown,
            Wording.Of(c.Purpose), ground.Now, context.Actor.Id, context.Actor.Name,
            c.ArriveBy ?? ground.Pack.Due(ground.Pack.Clocks.WhistleArrival, ground.Now),
            [.. ground.Partners.Select(x => new CalledDepartment(x!.Id, x.Details.Name, CallStatus.Called))])
        {
            Place = Wording.Of(c.Place),
            Location = c.Location?.Rounded(),
            PairId = context.Actor.PairId,
        });
    }

    private static Refusal? WhyNotCalled(BlowWhistle c, WhistleGround ground) =>
        c.Location is { IsValid: false } ? Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "Latitude is -90 to 90, longitude -180 to 180.")
        : c.ArriveBy is { } by && (by <= ground.Now || by > ground.Now + Farthest)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "arriveBy", "arriveBy is within the next 30 days.")
        : c.PartnerIds.Length is 0 or > BlowWhistle.MostDepartments || c.PartnerIds.Distinct(StringComparer.Ordinal).Count() < c.PartnerIds.Length
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "partnerIds", $"Call 1 to {BlowWhistle.MostDepartments} departments, each once.")
        : ground.Community is not { } community
            ? Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{c.CommunityId}'.")
        : ground.Partners.Select(x => PartnerRules.WhyNotGiven(x, community) ?? WhyNoAnswer(x!, ground.Pack)).FirstOrDefault(x => x is not null);

    private static Refusal? WhyNoAnswer(PartnerView partner, ModelPack pack) =>
        partner.Details.Place is null && pack.FindPartnerKind(partner.Kind) is { AnswersWhistle: true }
            ? null
            : Refusal.Rule(RefusalCodes.PartnerAnswersNoWhistle, $"{partner.Details.Name} is not of a kind that a whistle calls.");

    private static Refusal? WhyNotSaid(WhistleCommand command) => command switch
    {
        BlowWhistle c => Wording.WhyNotNeeded("place", c.Place, MaxPlace, c.TextConfirmed) ?? Wording.WhyNotNeeded("purpose", c.Purpose, MaxText, c.TextConfirmed),
        ArriveAtWhistle c => Wording.WhyNotNeeded("role", c.Role, MaxRole, c.TextConfirmed),
        LeaveWhistle c => Wording.WhyNot("result", c.Result, MaxText, c.TextConfirmed),
        ExcuseFromWhistle c => Wording.WhyNotNeeded("reason", c.Reason, Wording.MostReason, c.TextConfirmed),
        CloseWhistle c => Wording.WhyNotNeeded("outcome", c.Outcome, MaxText, c.TextConfirmed),
        _ => null,
    };

    private static Refusal? WhyNotAt(DateTimeOffset? at, DateTimeOffset since, DateTimeOffset now) =>
        at is null || (at >= since && at <= now + ClockError) ? null
        : Refusal.Invalid(RefusalCodes.ValueOutOfRange, "at", "at is between what was before and now.");

    /// <summary>In whole milliseconds, and never ahead of us.</summary>
    private static DateTimeOffset AtOf(DateTimeOffset? at, DateTimeOffset now) =>
        at is { } said && said < now ? DateTimeOffset.FromUnixTimeMilliseconds(said.ToUnixTimeMilliseconds()) : now;
}
