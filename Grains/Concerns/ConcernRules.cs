using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>The rules of a concern. Pure.</summary>
public static partial class ConcernRules
{
    private const int MostTitle = 100;
    private const int MostDescription = 2000;
    private const int MostPlace = 200;
    private const int MostInteractions = 50;
    private const int MostAnswer = 1000;
    private const int MostNote = 500;
    private const int MostWords = 500;

    /// <summary>Decides a command.</summary>
    /// <param name="state">The state; null before it is raised.</param>
    /// <param name="command">The command.</param>
    /// <param name="around">What was looked up for it.</param>
    public static Decision<ConcernEvent> Decide(ConcernState? state, ConcernCommand command, ConcernSurroundings around)
    {
        ArgumentNullException.ThrowIfNull(around);
        if (command is RaiseConcern raise)
        {
            return state is null ? Raise(raise, around) : Refusal.Rule(RefusalCodes.MatterAlreadyOpen, "There is such a concern already.");
        }

        return state?.Concern switch
        {
            null => Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such concern."),
            var concern => command switch
            {
                ConfirmConcern c => Confirm(concern, c, around),
                ReopenConcern c => Reopen(concern, c, around),
                _ when !concern.IsOpen => Refusal.Rule(RefusalCodes.ConcernNotOpen, $"The concern is {concern.Status}."),
                TraceConcern c => Trace(concern, c),
                TakeConcern c => Take(concern, c, around),
                AssignConcernOwner c => AssignOwner(concern, c, around),
                AnswerConcern c => Answer(c, around),
                NoteConcernProgress c => Note(concern, c, around),
                GroupConcern c => Group(concern, c, around),
                UngroupConcern c => Ungroup(concern, c),
                EscalateConcern c => Escalate(concern, c, around),
                CloseConcern c => Close(concern, c, around),
                WithdrawConcern c => Wording.WhyNotReason(c.Reason, c.TextConfirmed) is { } fault ? fault : new ConcernWithdrawn(Wording.Clean(c.Reason)!),
                _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
            },
        };
    }

    private static Decision<ConcernEvent> Trace(ConcernView concern, TraceConcern c)
    {
        if (WhyNotInteractions(c.InteractionIds, least: 1) is { } fault)
        {
            return fault;
        }

        string[] added = [.. c.InteractionIds.Distinct().Except(concern.InteractionIds)];
        return added.Length == 0 ? Decision.Nothing<ConcernEvent>()
            : concern.InteractionIds.Length + added.Length > MostInteractions
                ? Refusal.Invalid(RefusalCodes.TooMany, "interactionIds", $"A concern comes from at most {MostInteractions} interactions.")
            : new ConcernTraced([.. added]);
    }

    private static Decision<ConcernEvent> Take(ConcernView concern, TakeConcern c, ConcernSurroundings around) =>
        string.IsNullOrEmpty(c.PairId) ? Refusal.Invalid(RefusalCodes.ValueMissing, "pairId", "Say which pair takes it.")
        : around.PairStationId != concern.StationId
            ? Refusal.Invalid(RefusalCodes.PairNotFound, "pairId", $"The station has no pair '{c.PairId}'.")
        : WhyNotWithoutOwner(concern, around) is { } refusal ? refusal
        : c.PairId == concern.PairId && !concern.IsIdleSinceReopened ? Decision.Nothing<ConcernEvent>()
        : new ConcernTaken(c.PairId);

    private static Decision<ConcernEvent> AssignOwner(ConcernView concern, AssignConcernOwner c, ConcernSurroundings around) =>
        WhyNotOwner(c.Owner, around) is { } fault ? fault
        : c.Owner == concern.Owner ? Decision.Nothing<ConcernEvent>()
        : new ConcernOwnerAssigned(c.Owner);

    private static Decision<ConcernEvent> Answer(AnswerConcern c, ConcernSurroundings around) =>
        (Wording.WhyNotNeeded("text", c.Text, MostAnswer, c.TextConfirmed) ?? WhyNotChannel(c.Channel, around)) is { } fault
            ? fault
            : new ConcernAnswered(Wording.Clean(c.Text)!, c.Channel);

    private static Decision<ConcernEvent> Note(ConcernView concern, NoteConcernProgress c, ConcernSurroundings around) =>
        (Wording.WhyNotNeeded("text", c.Text, MostNote, c.TextConfirmed) ?? WhyNotWithoutOwner(concern, around)) is { } fault
            ? fault
            : new ConcernProgressed(Wording.Clean(c.Text)!);

    private static Decision<ConcernEvent> Group(ConcernView concern, GroupConcern c, ConcernSurroundings around) =>
        around.Problem is not { } problem || problem.StationId != concern.StationId
            ? Refusal.Invalid(RefusalCodes.MatterNotFound, "problemId", "The station has no such problem.")
        : c.ProblemId == concern.ProblemId ? Decision.Nothing<ConcernEvent>()
        : concern.ProblemId is not null ? Refusal.Rule(RefusalCodes.ConcernInProblem, "It is part of another problem; take it out of that first.")
        : !problem.IsOpen ? Refusal.Rule(RefusalCodes.ProblemNotOpen, "The problem is closed.")
        : WhyNotWithoutOwner(concern, around) is { } refusal ? refusal
        : new ConcernGrouped(c.ProblemId);

    private static Decision<ConcernEvent> Ungroup(ConcernView concern, UngroupConcern c) =>
        Wording.WhyNotReason(c.Reason, c.TextConfirmed) is { } fault ? fault
        : concern.ProblemId is not { } problem ? Refusal.Rule(RefusalCodes.ConcernNotInProblem, "It is part of no problem.")
        : new ConcernUngrouped(problem, Wording.Clean(c.Reason)!);

    private static Decision<ConcernEvent> Escalate(ConcernView concern, EscalateConcern c, ConcernSurroundings around) =>
        Wording.WhyNotReason(c.Reason, c.TextConfirmed) is { } fault ? fault
        : concern.EscalatedAt is not null ? Decision.Nothing<ConcernEvent>()
        : !(concern.DueAt < around.Now) ? Refusal.Rule(RefusalCodes.ConcernNotOverdue, "Its clock is not over.")
        : new ConcernEscalated(Wording.Clean(c.Reason)!);

    /// <summary>Where the model asks for an owner, nobody works on a concern before there is one; an answer to the residents never waits for that.</summary>
    private static Refusal? WhyNotWithoutOwner(ConcernView concern, ConcernSurroundings around) =>
        around.Pack.ConcernWords.RequiresOwner && concern.Owner is null
            ? Refusal.Rule(RefusalCodes.ConcernOwnerMissing, "In this model somebody must own it before it is worked on.")
            : null;

    private static Refusal? WhyNotOwner(WorkOwner owner, ConcernSurroundings around) =>
        owner.Id.Length is 0 or > WorkOwner.MaxId ? Refusal.Invalid(RefusalCodes.OwnerNotFound, "owner", $"An owner's id is 1 to {WorkOwner.MaxId} characters.")
        : around.OwnerExists ? null
        : Refusal.Invalid(RefusalCodes.OwnerNotFound, "owner", "The station has nobody of that kind and id.");

    private static Refusal? WhyNotChannel(string? channel, ConcernSurroundings around) =>
        channel is null || around.Pack.FindChannel(channel) is not null
            ? null
            : Refusal.Invalid(RefusalCodes.ChannelNotFound, "channel", "The model has no such channel.");
}
