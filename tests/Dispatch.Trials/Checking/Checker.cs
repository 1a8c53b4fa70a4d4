namespace Dispatch.Trials.Checking;

/// <summary>What a check found.</summary>
/// <param name="Violations">What may never be.</param>
/// <param name="UnknownKinds">Kinds of journal rows that the table does not know, and how many there were.</param>
/// <param name="Lateness">How long after its time each offer expired that did while the cluster was whole.</param>
/// <param name="LatenessAfterRecovery">How long after the cluster was whole again each offer expired whose time fell into a disturbance.</param>
/// <param name="Rows">Rows that were read.</param>
public sealed record CheckReport(
    IReadOnlyList<Violation> Violations,
    IReadOnlyDictionary<string, int> UnknownKinds,
    IReadOnlyList<TimeSpan> Lateness,
    IReadOnlyList<TimeSpan> LatenessAfterRecovery,
    int Rows);

/// <summary>
/// Judges what was recorded of a run. It knows the public contract and the kinds of the journal, and none of the product's code: what it finds
/// is there for anybody to see.
/// </summary>
public static class Checker
{
    /// <summary>Checks everything.</summary>
    public static CheckReport Check(Trial trial)
    {
        var streams = trial.Journal
            .GroupBy(x => x.Stream, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => (IReadOnlyList<JournalRow>)[.. x.OrderBy(row => row.Version)], StringComparer.Ordinal);
        var incidents = streams.Where(x => EffectTable.IsIncident(x.Key))
            .ToDictionary(x => x.Key, x => IncidentLife.Of(x.Key, x.Value), StringComparer.Ordinal);
        var pairs = streams.Where(x => EffectTable.IsPair(x.Key))
            .ToDictionary(x => x.Key, x => PairLife.Of(x.Key, x.Value), StringComparer.Ordinal);
        var deadlines = new DeadlineCheck(trial);
        Violation[] violations =
        [
            .. JournalCheck.Check(trial, streams),
            .. incidents.Values.SelectMany(x => x.Violations),
            .. pairs.Values.SelectMany(x => x.Violations),
            .. CommitmentCheck.Check(incidents, pairs),
            .. AcknowledgementCheck.Check(trial, streams, incidents, pairs),
            .. RepeatCheck.Check(trial, streams),
            .. deadlines.Check(incidents, pairs),
        ];
        var unknown = trial.Journal.Where(x => EffectTable.Of(x) is null)
            .GroupBy(x => $"{x.Stream.Split('/')[0]} {x.Kind}", StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => x.Count(), StringComparer.Ordinal);
        return new CheckReport(violations, unknown, deadlines.Lateness, deadlines.LatenessAfterRecovery, trial.Journal.Count);
    }
}
