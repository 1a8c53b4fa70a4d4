using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>A concern's state: what is shown of it, and who reported it, sealed.</summary>
/// <param name="Concern">What is shown; its version is that of the record.</param>
/// <param name="Reporter">Who reported it.</param>
public sealed record ConcernState(ConcernView Concern, SealedPerson? Reporter)
{
    /// <summary>The state after one more event.</summary>
    public static ConcernState Apply(ConcernState? state, Recorded<ConcernEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Event is ConcernRaised raised
            ? new ConcernState(raised.Concern, raised.Reporter)
            : state! with { Concern = Apply(state.Concern, recorded) };
    }

    private static ConcernView Apply(ConcernView s, Recorded<ConcernEvent> recorded) => recorded.Event switch
    {
        ConcernTraced e => s with { InteractionIds = [.. s.InteractionIds, .. e.InteractionIds] },
        ConcernTaken e => s with { PairId = e.PairId, TakenAt = s.TakenAt ?? recorded.At, IsIdleSinceReopened = false },
        ConcernOwnerAssigned e => s with { Owner = e.Owner },
        ConcernAnswered e => s with
        {
            DueAt = null,
            FirstAnsweredAt = s.FirstAnsweredAt ?? recorded.At,
            Answers = Add(s.Answers, new ConcernAnswer(e.Text, recorded.At, e.Channel, recorded.By.Name)),
            IsIdleSinceReopened = false,
        },
        ConcernProgressed e => s with
        {
            Notes = [.. s.Notes.TakeLast(ConcernView.MostNotes - 1), new ProgressNote(e.Text, recorded.At, recorded.By.Name)],
            IsIdleSinceReopened = false,
        },
        ConcernGrouped e => s with { ProblemId = e.ProblemId, IsIdleSinceReopened = false },
        ConcernUngrouped => s with { ProblemId = null },
        ConcernEscalated e => s with { EscalatedAt = recorded.At, EscalatedBecause = e.Reason },
        ConcernClosed e => s with
        {
            ClosedByPoliceAt = recorded.At, Outcome = e.Outcome, OutcomeReason = e.Reason, DuplicateOfId = e.DuplicateOfId, IsIdleSinceReopened = false,
        },
        ResidentSpoke e => s with { Resident = new ResidentWord(e.Verdict, e.Words, e.GivenBy, e.Channel, recorded.At) },
        ConcernReopened e => Reopen(s, e, recorded.At),
        ConcernWithdrawn e => s with { WithdrawnAt = recorded.At, WithdrawnBecause = e.Reason },
        _ => throw new InvalidOperationException($"A concern does not know the event {recorded.Event.GetType().Name}."),
    };

    /// <summary>Both facts of its closing go, the police's and the resident's; the journal keeps them.</summary>
    private static ConcernView Reopen(ConcernView s, ConcernReopened e, DateTimeOffset at) => s with
    {
        ClosedByPoliceAt = null,
        Outcome = null,
        OutcomeReason = null,
        DuplicateOfId = null,
        Resident = null,
        EscalatedAt = null,
        EscalatedBecause = null,
        DueAt = e.DueAt,
        ReopenedAt = at,
        ReopenedBecause = e.Reason,
        TimesReopened = s.TimesReopened + 1,
        IsIdleSinceReopened = true,
    };

    /// <summary>Keeps the first answer, which stopped the clock, and the newest.</summary>
    private static ImmutableArray<ConcernAnswer> Add(ImmutableArray<ConcernAnswer> answers, ConcernAnswer answer) =>
        answers.Length < ConcernView.MostAnswers ? answers.Add(answer) : answers.RemoveAt(1).Add(answer);
}
