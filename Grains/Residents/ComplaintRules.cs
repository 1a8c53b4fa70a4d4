using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Packs;
using Dispatch.Protection;

namespace Dispatch.Residents;

/// <summary>The rules of a complaint. Pure.</summary>
public static class ComplaintRules
{
    /// <summary>Until it is acknowledged: 3 working days, a promise of ours; the petition regulations (信访工作条例) leave 15 days for it.</summary>
    public static readonly ClockLength Acknowledge = new(3, ClockUnit.WorkingDays);

    /// <summary>From its making to its decision: 60 days, the term of the petition regulations (信访工作条例).</summary>
    public static readonly ClockLength Decide60 = new(60, ClockUnit.Days);

    private const int MaxAboutId = 64;

    /// <summary>Decides a command.</summary>
    /// <param name="state">The state; null before the first event.</param>
    /// <param name="context">Who.</param>
    /// <param name="command">The command.</param>
    /// <param name="ground">What was looked up for <see cref="MakeComplaint"/>.</param>
    /// <param name="now">Now.</param>
    public static Decision<ComplaintEvent> Decide(
        ComplaintState? state, CommandContext context, ComplaintCommand command, ComplaintGround ground, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(ground);
        return (state, command) switch
        {
            (null, MakeComplaint c) => Make(c, context, ground, now),
            (null, _) => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such complaint."),
            (_, MakeComplaint) => Refusal.Rule(RefusalCodes.ComplaintAlreadyMade, "This complaint was made already."),
            ({ ClosedAt: not null }, CloseComplaint) => Decision.Nothing<ComplaintEvent>(),
            ({ DecidedAt: not null }, CloseComplaint c) => ResidentText.WhyNotNote(c.Note, c.TextConfirmed) is { } no ? no : new ComplaintClosed(Wording.Clean(c.Note)),
            (_, CloseComplaint) => Refusal.Rule(RefusalCodes.ComplaintUndecided, "It is closed once it is decided."),
            ({ DecidedAt: not null }, _) => Refusal.Rule(RefusalCodes.ComplaintDecided, "It is decided already."),
            (_, AddComplaintWords c) => WhyNotLetter(state, c.Text, c.TextConfirmed) is { } no ? no : new ComplaintWordsAdded(Wording.Clean(c.Text)!),
            (_, AskComplainant c) => WhyNotLetter(state, c.Text, c.TextConfirmed) is { } no ? no : new ComplainantAsked(Wording.Clean(c.Text)!),
            (_, WithdrawComplaint) => new ComplaintDecided(ComplaintDecision.Withdrawn, null),
            (_, AcknowledgeComplaint) => state.AcknowledgedAt is null ? new ComplaintAcknowledged() : Decision.Nothing<ComplaintEvent>(),
            (_, DecideComplaint c) => ResidentText.WhyNot("answer", c.Answer, c.TextConfirmed) is { } no ? no : new ComplaintDecided(c.Decision, Wording.Clean(c.Answer)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
    }

    /// <summary>What cannot be; null where all is well. Asked before anything is sealed.</summary>
    public static Refusal? WhyNot(MakeComplaint c, ComplaintGround ground)
    {
        ArgumentNullException.ThrowIfNull(c);
        ArgumentNullException.ThrowIfNull(ground);
        return (ground.Community is null ? Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{c.CommunityId}'.") : null)
            ?? WhyNotAbout(c.About, ground)
            ?? ResidentText.WhyNot("text", c.Text, c.TextConfirmed)
            ?? c.Contact?.WhyNot("contact");
    }

    /// <summary>As oversight sees it.</summary>
    public static ComplaintView ViewOf(string id, ComplaintState state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new ComplaintView(
            id, MatterIds.Number(MatterKind.Complaint, id, state.MadeAt), state.CommunityId, state.StationId, state.Status, state.About, state.Text, state.MadeAt)
        {
            Version = version,
            RecordedBy = state.RecordedBy,
            Contact = state.Contact?.View(),
            Letters = state.Letters,
            AcknowledgedAt = state.AcknowledgedAt,
            DueAt = DueAt(state),
            Decision = state.Decision,
            Answer = state.Answer,
            DecidedAt = state.DecidedAt,
            ClosedAt = state.ClosedAt,
            Note = state.Note,
        };
    }

    private static DateTimeOffset? DueAt(ComplaintState state) =>
        state.DecidedAt is not null ? null
        : state.AcknowledgedAt is null ? state.AcknowledgeBy
        : state.MadeAt.AddDays(Decide60.Value);

    private static Decision<ComplaintEvent> Make(MakeComplaint c, CommandContext context, ComplaintGround ground, DateTimeOffset now) =>
        WhyNot(c, ground) is { } refusal ? refusal : new ComplaintMade(
            ground.Community!.Id, ground.Community.StationId, c.About with { Id = Wording.Clean(c.About.Id) }, Wording.Clean(c.Text)!, c.ClaimDigest,
            ground.Contact, c.ClaimDigest is null ? context.Actor.Name : null, Acknowledge.After(now, ground.Calendar));

    private static Refusal? WhyNotAbout(ComplaintAbout about, ComplaintGround ground) =>
        about.Id is null ? null
        : about.Id.Length > MaxAboutId || !about.Id.All(x => char.IsAsciiLetterOrDigit(x) || x is '-' or '_')
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "about.id", $"about.id is at most {MaxAboutId} letters, digits and hyphens.")
        : about.Kind == ComplaintKind.Pair && !ground.PairIsKnown ? Refusal.Invalid(RefusalCodes.PairNotFound, "about.id", $"There is no pair '{about.Id}'.")
        : null;

    private static Refusal? WhyNotLetter(ComplaintState state, string text, bool confirmed) =>
        state.Letters.Length >= ResidentText.MostLetters
            ? Refusal.Rule(RefusalCodes.LettersFull, $"There are {ResidentText.MostLetters} letters already.")
            : ResidentText.WhyNot("text", text, confirmed);
}

/// <summary>What must be known to make a complaint.</summary>
/// <param name="Community">Its community; null where there is none.</param>
/// <param name="PairIsKnown">Whether the pair that it is about, where it is about one, is a pair of the bureau.</param>
/// <param name="Calendar">Which days are working days.</param>
/// <param name="Contact">The complainant, sealed.</param>
public sealed record ComplaintGround(CommunityInfo? Community, bool PairIsKnown, WorkCalendar Calendar, SealedPerson? Contact = null);
