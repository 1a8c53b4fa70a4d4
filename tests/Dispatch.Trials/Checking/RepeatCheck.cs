namespace Dispatch.Trials.Checking;

/// <summary>I4: a command is done at most once, whatever is sent again, and every acknowledgement of it is the same.</summary>
public static class RepeatCheck
{
    /// <summary>A refusal may leave these: the refusal itself is what is to be known.</summary>
    private static readonly HashSet<string> LeftByRefusals = new(StringComparer.Ordinal) { "offerRefused" };

    /// <summary>Checks it.</summary>
    public static IEnumerable<Violation> Check(Trial trial, IReadOnlyDictionary<string, IReadOnlyList<JournalRow>> streams)
    {
        // What the system does by itself has names of its own, which need not be unique.
        var ofClients = trial.Attempts.Select(x => x.CommandId).ToHashSet(StringComparer.Ordinal);
        var rows = trial.Journal.Where(x => x.CommandId is not null).ToLookup(x => x.CommandId!, StringComparer.Ordinal);
        return
        [
            .. streams.SelectMany(x => CheckDoneOnce(x.Key, x.Value)),
            .. rows.Where(x => ofClients.Contains(x.Key) && x.Count(row => row.Kind == "opened") > 1)
                .Select(x => new Violation("I4", $"command {x.Key} opened {x.Count(row => row.Kind == "opened")} incidents")),
            .. trial.Attempts.GroupBy(x => x.CommandId, StringComparer.Ordinal).SelectMany(x => CheckAnswers(x.Key, [.. x], rows[x.Key])),
        ];
    }

    /// <summary>What one command did is one decision, so its rows stand together in the stream.</summary>
    private static IEnumerable<Violation> CheckDoneOnce(string stream, IReadOnlyList<JournalRow> rows)
    {
        var lastOf = new Dictionary<string, JournalRow>(StringComparer.Ordinal);
        foreach (var row in rows.Where(x => x.CommandId is not null))
        {
            if (lastOf.TryGetValue(row.CommandId!, out var before) && (before.Version != row.Version - 1 || before.At != row.At))
            {
                yield return new Violation("I4", $"command {row.CommandId} was done twice in {stream}: at version {before.Version} and at {row.Version}");
            }

            lastOf[row.CommandId!] = row;
        }
    }

    private static IEnumerable<Violation> CheckAnswers(string command, IReadOnlyList<Attempt> attempts, IEnumerable<JournalRow> rows)
    {
        if (attempts.All(x => x.Outcome == Outcome.Unknown))
        {
            yield return new Violation(
                "I4", $"{attempts[0].Action} {command} of {attempts[0].Client} was sent {attempts.Count} times and never became known ({attempts[^1].Code})");
        }

        var acknowledged = attempts.Where(x => x.Outcome == Outcome.Ok).ToList();
        var digests = acknowledged.Select(x => x.Digest).Distinct(StringComparer.Ordinal).Count();
        if (digests > 1)
        {
            yield return new Violation(
                "I4",
                $"{attempts[0].Action} {command} of {attempts[0].Client} was acknowledged with {digests} answers, versions {string.Join(", ", acknowledged.Select(x => x.Version))}");
        }

        if (acknowledged.Count > 0 && attempts.FirstOrDefault(x => x.Outcome == Outcome.Refused && x.InvokedAt > acknowledged.Min(a => a.AnsweredAt)) is { } late)
        {
            yield return new Violation("I4", $"{late.Action} {command} of {late.Client} was acknowledged, and refused ({late.Code}) when it was sent again");
        }

        if (acknowledged.Count == 0
            && attempts.LastOrDefault(x => x.Outcome == Outcome.Refused) is { } refused
            && rows.FirstOrDefault(x => !LeftByRefusals.Contains(x.Kind)) is { } done)
        {
            yield return new Violation(
                "I4", $"{refused.Action} {command} of {refused.Client} was refused ({refused.Code}), and is in the journal: {done.Kind} at {done.Stream} version {done.Version}");
        }
    }
}
