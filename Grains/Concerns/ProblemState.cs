using System.Collections.Immutable;
using Dispatch.Commands;

namespace Dispatch.Concerns;

/// <summary>How a problem's events change what is known of it.</summary>
public static class ProblemState
{
    /// <summary>The state after one more event.</summary>
    public static ProblemView Apply(ProblemView? state, Recorded<ProblemEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Event is ProblemOpened opened)
        {
            return opened.Problem;
        }

        var s = state!;
        return recorded.Event switch
        {
            ProblemScanned e => s with { Scanning = e.Part },
            ProblemAnalysed e => s with { Analysis = e.Part },
            MeasurePlanned e => s with { Measures = s.Measures.Add(e.Measure) },
            MeasureFinished e => Change(s, e.MeasureId, x => x with { DoneAt = recorded.At, Note = e.Note }),
            MeasureDropped e => Change(s, e.MeasureId, x => x with { DroppedAt = recorded.At, Note = e.Reason }),
            ProblemAssessed e => s with { Assessment = e.Part },
            StageMoved e => s with
            {
                Stage = e.To,
                Assessment = e.To == SaraStage.Assessment ? s.Assessment : null,
                Moves = [.. s.Moves.TakeLast(ProblemView.MostMoves - 1), new StageMove(e.From, e.To, e.Reason, recorded.At, recorded.By.Name)],
            },
            ProblemClosed => s with { ClosedAt = recorded.At },
            ProblemReopened => s with { ClosedAt = null, TimesReopened = s.TimesReopened + 1 },
            _ => throw new InvalidOperationException($"A problem does not know the event {recorded.Event.GetType().Name}."),
        };
    }

    private static ProblemView Change(ProblemView s, string id, Func<ProblemMeasure, ProblemMeasure> change) =>
        s with { Measures = [.. s.Measures.Select(x => x.Id == id ? change(x) : x)] };
}
