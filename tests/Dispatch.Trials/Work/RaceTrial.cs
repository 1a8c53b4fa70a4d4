using System.Diagnostics;
using System.Globalization;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Cluster;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Work;

/// <summary>What is asked of the race.</summary>
/// <param name="Trials">How many trials.</param>
/// <param name="Seed">Of every choice that is made.</param>
/// <param name="Folder">Where trials with violations are kept.</param>
public sealed record RaceOptions(int Trials, int Seed, string Folder);

/// <summary>Many contended trials on a whole cluster, each judged by itself.</summary>
public sealed class RaceTrial(RaceOptions options, TextWriter output)
{
    private const int Lanes = 8;
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(30);
    private readonly List<Violation> violations = [];
    private readonly Dictionary<string, int> refusals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> unknownKinds = new(StringComparer.Ordinal);
    private int started;
    private int judged;
    private int contended;
    private int attempts;
    private int unknown;
    private int commitments;
    private int progress;

    /// <summary>Runs it.</summary>
    /// <returns>What may never be and was found.</returns>
    public async Task<IReadOnlyList<Violation>> RunAsync(CancellationToken stop)
    {
        Say($"race: {options.Trials:N0} trials, seed {options.Seed}; {RaceLane.Dispatchers} dispatchers want the same {RaceLane.PairsWanted} pairs in {Lanes} lanes, {TrialCluster.SiloCount} silos, {TrialCluster.WebCount} web nodes");
        await using var cluster = await TrialCluster.StartAsync(Lanes * RaceLane.PairsWanted);
        await using var journal = new JournalReader(cluster.Database);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => RunLaneAsync(cluster, journal, lane, clock, stop)));
        Say($"{judged:N0} trials in {clock.Elapsed.TotalSeconds:0} s, {contended:N0} of them contended; {attempts:N0} commands sent, {unknown:N0} answered unknown, pairs were committed {commitments:N0} times");
        foreach (var (refusal, count) in refusals.OrderByDescending(x => x.Value))
        {
            Say($"  refused {count,8:N0}  {refusal}");
        }

        foreach (var (kind, count) in unknownKinds)
        {
            Say($"  kind not known to the checker: {kind}, {count:N0} rows");
        }

        ReportPrinter.PrintViolations(output, violations);
        return violations;
    }

    private async Task RunLaneAsync(TrialCluster cluster, JournalReader journal, int number, Stopwatch clock, CancellationToken stop)
    {
        using var lane = new RaceLane(cluster, journal, number, options.Seed + number);
        await lane.PrepareAsync(stop);
        while (Interlocked.Increment(ref started) is var trial && trial <= options.Trials)
        {
            var recorded = await lane.RunAsync(stop);
            if (Judge(recorded, clock) is { Count: > 0 })
            {
                await RunFolder.WriteAsync(
                    Path.Combine(options.Folder, trial.ToString(CultureInfo.InvariantCulture)), recorded,
                    string.Create(CultureInfo.InvariantCulture, $"race, seed {options.Seed}, trial {trial}"));
            }
        }
    }

    private IReadOnlyList<Violation> Judge(Trial trial, Stopwatch clock)
    {
        var report = Checker.Check(trial);
        lock (violations)
        {
            judged++;
            attempts += trial.Attempts.Count;
            unknown += trial.Attempts.Count(x => x.Outcome == Outcome.Unknown);
            commitments += trial.Journal.Count(x => x.Kind == "committed");
            contended += trial.Attempts.Any(x => x.Outcome == Outcome.Refused) ? 1 : 0;
            foreach (var refused in trial.Attempts.Where(x => x.Outcome == Outcome.Refused))
            {
                Count(refusals, $"{refused.Action} {refused.Code}");
            }

            foreach (var (kind, count) in report.UnknownKinds)
            {
                unknownKinds[kind] = unknownKinds.GetValueOrDefault(kind) + count;
            }

            violations.AddRange(report.Violations);
            if (clock.Elapsed > ProgressEvery * (progress + 1))
            {
                progress++;
                Say($"  {judged:N0} trials after {clock.Elapsed.TotalSeconds:0} s, violations {violations.Count:N0}");
            }
        }

        return report.Violations;
    }

    private static void Count(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
