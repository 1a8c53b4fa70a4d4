using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <content>How a concern ends, and begins again: the closing by the police and the word of the resident are two facts, and neither makes the other.</content>
public static partial class ConcernRules
{
    private static Decision<ConcernEvent> Close(ConcernView concern, CloseConcern c, ConcernSurroundings around)
    {
        var refusal = Wording.WhyNot("answer", c.Answer, MostAnswer, c.TextConfirmed)
            ?? WhyNotOutcome(concern, c, around)
            ?? WhyNotWithoutOwner(concern, around);
        if (refusal is not null)
        {
            return refusal;
        }

        var closed = new ConcernClosed(
            c.Outcome, Wording.Clean(c.Reason), c.Outcome == ConcernOutcome.Duplicate ? c.DuplicateOfId : null);
        return Wording.Clean(c.Answer) is { } answer ? new Decision<ConcernEvent>([new ConcernAnswered(answer, null), closed])
            : concern.IsAnswered ? closed
            : Refusal.Rule(RefusalCodes.ConcernUnanswered, "It closes only with an answer that residents can read.");
    }

    private static Refusal? WhyNotOutcome(ConcernView concern, CloseConcern c, ConcernSurroundings around) => c.Outcome switch
    {
        ConcernOutcome.NotPossible or ConcernOutcome.Referred => Wording.WhyNotReason(c.Reason, c.TextConfirmed),
        ConcernOutcome.Duplicate => Wording.WhyNot("reason", c.Reason, Wording.MostReason, c.TextConfirmed) ?? WhyNotSame(concern, around.Other),
        _ => Wording.WhyNot("reason", c.Reason, Wording.MostReason, c.TextConfirmed),
    };

    private static Refusal? WhyNotSame(ConcernView concern, ConcernView? other) =>
        other is null || other.StationId != concern.StationId
            ? Refusal.Invalid(RefusalCodes.MatterNotFound, "duplicateOfId", "The station has no such concern.")
        : other.Id == concern.Id ? Refusal.Invalid(RefusalCodes.MatterSameAsOther, "duplicateOfId", "A concern is not its own duplicate.")
        : other.Status is ConcernStatus.Merged or ConcernStatus.Withdrawn
            ? Refusal.Rule(RefusalCodes.MatterSameAsOther, "That one is a duplicate itself, or was taken back.")
        : null;

    private static Decision<ConcernEvent> Confirm(ConcernView concern, ConfirmConcern c, ConcernSurroundings around) =>
        (Wording.WhyNot("words", c.Words, MostWords, c.TextConfirmed) ?? WhyNotChannel(c.Channel, around)) is { } fault ? fault
        : concern.Status is not (ConcernStatus.Closed or ConcernStatus.Confirmed)
            ? Refusal.Rule(RefusalCodes.ConcernNotClosed, $"The concern is {concern.Status}; the resident's word is on what the police closed.")
        : concern.Resident is { } before && (before.Verdict, before.Words, before.GivenBy) == (c.Verdict, Wording.Clean(c.Words), c.GivenBy)
            ? Decision.Nothing<ConcernEvent>()
        : new ResidentSpoke(c.Verdict, Wording.Clean(c.Words), c.GivenBy, c.Channel);

    private static Decision<ConcernEvent> Reopen(ConcernView concern, ReopenConcern c, ConcernSurroundings around) =>
        Wording.WhyNotReason(c.Reason, c.TextConfirmed) is { } fault ? fault
        : concern.ClosedByPoliceAt is null ? Refusal.Rule(RefusalCodes.ConcernNotClosed, $"The concern is {concern.Status}.")
        : new ConcernReopened(Wording.Clean(c.Reason)!, AnswerDue(around));
}
