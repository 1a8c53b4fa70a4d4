namespace Dispatch.Trials.Checking;

/// <summary>I3: whatever was acknowledged is in the journal at its version, and what the API shows at the end is what the journal adds up to.</summary>
public static class AcknowledgementCheck
{
    /// <summary>Checks it.</summary>
    public static IEnumerable<Violation> Check(
        Trial trial,
        IReadOnlyDictionary<string, IReadOnlyList<JournalRow>> streams,
        IReadOnlyDictionary<string, IncidentLife> incidents,
        IReadOnlyDictionary<string, PairLife> pairs) =>
    [
        .. trial.Attempts.Where(x => x.Outcome == Outcome.Ok).SelectMany(x => CheckAttempt(trial, streams, x)),
        .. trial.Final.SelectMany(x => CheckFinal(trial, streams, incidents, pairs, x)),
    ];

    private static IEnumerable<Violation> CheckAttempt(
        Trial trial, IReadOnlyDictionary<string, IReadOnlyList<JournalRow>> streams, Attempt attempt)
    {
        if (attempt is not { Stream: { } stream, Version: { } version })
        {
            yield break;
        }

        var rows = streams.GetValueOrDefault(stream) ?? [];
        var newest = rows is [.., var last] ? last.Version : trial.Before.GetValueOrDefault(stream);
        if (newest < version)
        {
            yield return Lost(attempt, $"the journal ends at version {newest}");
        }

        var own = rows.LastOrDefault(x => x.CommandId == attempt.CommandId);
        if (own is null && attempt.Records)
        {
            yield return Lost(attempt, "the journal has nothing of it");
        }
        else if (own is not null && own.Version > version)
        {
            yield return Lost(attempt, $"the journal has it at version {own.Version}");
        }
    }

    private static Violation Lost(Attempt attempt, string what) => new(
        "I3", $"{attempt.Action} {attempt.CommandId} of {attempt.Client} was acknowledged at {attempt.Stream} version {attempt.Version}, but {what}");

    private static IEnumerable<Violation> CheckFinal(
        Trial trial,
        IReadOnlyDictionary<string, IReadOnlyList<JournalRow>> streams,
        IReadOnlyDictionary<string, IncidentLife> incidents,
        IReadOnlyDictionary<string, PairLife> pairs,
        FinalView final)
    {
        var newest = streams.GetValueOrDefault(final.Stream) is [.., var last] ? last.Version : trial.Before.GetValueOrDefault(final.Stream);
        if (newest != final.Version)
        {
            yield return new Violation("I3", $"{final.Stream} is shown at version {final.Version}, the journal ends at {newest}");
        }

        if (incidents.TryGetValue(final.Stream, out var incident))
        {
            var committed = incident.CommittedPairs.Order(StringComparer.Ordinal).ToList();
            if (!committed.SequenceEqual(final.Pairs.Order(StringComparer.Ordinal)))
            {
                yield return new Violation(
                    "I3", $"{final.Stream} shows the pairs [{string.Join(", ", final.Pairs)}], its journal has [{string.Join(", ", committed)}]");
            }
        }

        if (!pairs.TryGetValue(final.Stream, out var pair))
        {
            yield break;
        }

        if (pair.Current?.IncidentId != final.Incident)
        {
            yield return new Violation(
                "I3", $"{final.Stream} shows incident {final.Incident ?? "none"}, its journal has {pair.Current?.IncidentId ?? "none"}");
        }

        if (pair.Current is { } held
            && incidents.GetValueOrDefault($"incident/{held.IncidentId}")?.Stints.Any(x => x.OfferId == held.OfferId && x.To is null) != true)
        {
            yield return new Violation("I1", $"{final.Stream} is still held for incident {held.IncidentId}, which does not have it any more");
        }
    }
}
