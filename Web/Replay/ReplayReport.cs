using System.Collections.Immutable;

namespace Dispatch.Replay;

/// <summary>What a replay did.</summary>
public sealed record ReplayReport
{
    /// <summary>How fast recorded time passed.</summary>
    public required Pace Pace { get; init; }

    /// <summary>Why it ended before its end; null where it did not.</summary>
    public string? StoppedBecause { get; init; }

    /// <summary>Calls to replay.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls that were opened.</summary>
    public required int Opened { get; init; }

    /// <summary>Calls that were replayed to their end and are closed.</summary>
    public required int Closed { get; init; }

    /// <summary>Calls that were closed because the replay was stopped.</summary>
    public int WoundDown { get; init; }

    /// <summary>Of the calls opened, how many the server lists as open at the end; null where it did not say.</summary>
    public int? StillOpen { get; init; }

    /// <summary>Units' parts in calls to replay.</summary>
    public required int Units { get; init; }

    /// <summary>Pairs used.</summary>
    public required int Pairs { get; init; }

    /// <summary>Refusals <c>pairNotFree</c> that the record explains: the unit was sent before it was free.</summary>
    public required int HeldByOurs { get; init; }

    /// <summary>Refusals <c>pairNotFree</c> that nothing of this replay explains.</summary>
    public required int HeldByOthers { get; init; }

    /// <summary>Pairs committed twice at once, one line each; must be empty.</summary>
    public required ImmutableArray<string> DoubleCommitments { get; init; }

    /// <summary>Stations whose screens were watched.</summary>
    public int Screens { get; init; }

    /// <summary>What they showed in the end otherwise than the API; null where nothing.</summary>
    public string? ScreenDifference { get; init; }

    /// <summary>Rows that were not replayed.</summary>
    public required ImmutableArray<RowRejection> Rejected { get; init; }

    /// <summary>Rows replayed with a change.</summary>
    public required ImmutableSortedDictionary<string, int> Adjusted { get; init; }

    /// <summary>What was sent and answered.</summary>
    public required TallyFigures Tally { get; init; }

    /// <summary>Intervals of the record.</summary>
    public required ImmutableSortedDictionary<IntervalKind, Spread> Recorded { get; init; }

    /// <summary>Intervals that the server kept: in recorded time, or unpaced as they are.</summary>
    public required ImmutableSortedDictionary<IntervalKind, Spread> Ours { get; init; }

    /// <summary>How long the replay took, without signing in and on.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Latest start of a step against its due time.</summary>
    public required TimeSpan WorstLag { get; init; }

    /// <summary>Commands for calls that were refused. Signing a pair on that is on duty already is as good as done.</summary>
    public int Refusals => Tally.Refusals.Where(x => x is not { Kind: "signOn", Code: "pairAlreadyOnDuty" }).Sum(x => x.Count);

    /// <summary>Whether every call is closed and nothing was seen that must never be.</summary>
    public bool IsComplete => StoppedBecause is null && Closed == Calls && StillOpen is 0 && DoubleCommitments.IsEmpty && ScreenDifference is null;

    /// <summary>Commands of the replay a second, reads and signing on among them.</summary>
    public double CommandsPerSecond => Elapsed > TimeSpan.Zero ? Tally.Commands / Elapsed.TotalSeconds : 0;
}
