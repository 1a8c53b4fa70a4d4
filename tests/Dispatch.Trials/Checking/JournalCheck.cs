namespace Dispatch.Trials.Checking;

/// <summary>Every stream is whole: versions 1, 2, 3, … without a gap and without a second of any, and its times do not go back by a decision.</summary>
public static class JournalCheck
{
    /// <summary>Checks it.</summary>
    public static IEnumerable<Violation> Check(Trial trial, IReadOnlyDictionary<string, IReadOnlyList<JournalRow>> streams)
    {
        foreach (var (stream, rows) in streams)
        {
            var version = trial.Before.GetValueOrDefault(stream);
            foreach (var row in rows)
            {
                if (row.Version == version)
                {
                    yield return new Violation("journal", $"{stream} has version {row.Version} twice");
                }
                else if (row.Version != version + 1)
                {
                    yield return new Violation("journal", $"{stream} has version {row.Version} after {version}");
                }

                version = row.Version;
            }
        }
    }
}
