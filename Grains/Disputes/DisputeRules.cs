using Dispatch.Commands;

namespace Dispatch.Disputes;

/// <summary>The rules of a dispute. Pure: what must be looked up is given.</summary>
public static partial class DisputeRules
{
    /// <summary>Decides a command.</summary>
    /// <param name="state">The state; null before it was opened.</param>
    /// <param name="command">The command.</param>
    /// <param name="facts">What must be known.</param>
    public static Decision<DisputeEvent> Decide(DisputeState? state, DisputeCommand command, DisputeFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return (command, state) switch
        {
            (OpenDispute c, _) => Open(state, c, facts),
            (_, null) => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such dispute."),
            (CloseDispute c, { } s) => Close(s, c, facts),
            (ReopenDispute c, { } s) => Reopen(s, c, facts),
            (RecordFollowUp c, { } s) => Visit(s, c, facts),
            (ApplyForConfirmation c, { } s) => Apply(s, c, facts),
            (DecideConfirmation c, { } s) => Confirm(s, c, facts),
            (SetPerson c, { } s) => Set(s, c, facts),
            (_, { Closing: not null }) => NotOpen,
            (AddParty c, { } s) => Add(s, c, facts),
            (ChangeGrade c, { } s) => Grade(s, c, facts),
            (RecordFirstAttempt c, { } s) => Attempt(s, c, facts),
            (EscalateDispute c, { } s) => Escalate(s, c, facts),
            (MoveTier c, { } s) => Move(s, c, facts),
            (RecordWarningLetter c, { } s) => Warn(s, c, facts),
            (HandToCase c, { } s) => Hand(s, c),
            (ReferDispute or AcceptReferral or RefuseReferral or ReturnReferral or WithdrawReferral, { } s) => DecideReferral(s, command, facts),
            (_, { MayBeMediated: false }) => NotMediated,
            (_, { } s) => DecideMediation(s, command, facts),
        };
    }

    private static Refusal NotOpen => Refusal.Rule(RefusalCodes.DisputeNotOpen, "This dispute has ended.");

    private static Refusal NotMediated => Refusal.Rule(
        RefusalCodes.MediationNotAllowed, "A dispute of this kind is not open to mediation: it is referred, escalated or handed to a case.");

    private static Refusal AgreementExists => Refusal.Rule(RefusalCodes.AgreementExists, "The parties have agreed; where that does not stand, reopen the dispute.");

    private static Refusal Full(string what, int most) => Refusal.Rule(RefusalCodes.DisputeFull, $"A dispute has at most {most} {what}.");

    private static Refusal NoParty(string field, string id) => Refusal.Invalid(RefusalCodes.PartyNotFound, field, $"There is no such party '{id}'.");

    /// <summary>Why work at its tier cannot go on as it is; null where it can.</summary>
    private static Refusal? WhyNotWorked(DisputeState s) =>
        s.Agreement is not null ? AgreementExists
        : s.OpenReferral is not null ? Refusal.Rule(RefusalCodes.ReferralOpen, "It is with a partner; that is to be returned or taken back first.")
        : null;
}
