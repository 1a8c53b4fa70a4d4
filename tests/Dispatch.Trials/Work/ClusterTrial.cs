using System.Globalization;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Cluster;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Work;

/// <summary>What is asked of the cluster run.</summary>
/// <param name="Length">How long the nemesis works; null for each of its harms once.</param>
/// <param name="Seed">Of every choice that is made.</param>
/// <param name="Folder">Where the histories are written.</param>
/// <param name="DeadlineTolerance">How long after its time, or after the cluster was whole again, a deadline may fire.</param>
public sealed record ClusterOptions(TimeSpan? Length, int Seed, string Folder, TimeSpan DeadlineTolerance);

/// <summary>Dispatchers and officers work on a cluster that is hurt all the time; afterwards everything that was recorded is judged.</summary>
public sealed class ClusterTrial(ClusterOptions options, TextWriter output)
{
    private const int Dispatchers = 6;
    private const int Pairs = 12;

    /// <summary>Longer than any offer of the dispatchers is open, and than the pauses of what the system repeats.</summary>
    private static readonly TimeSpan LongestOffer = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan QuietFor = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan QuietWithin = TimeSpan.FromSeconds(90);
    private readonly HistoryRecorder history = new();

    /// <summary>Runs it.</summary>
    /// <returns>What may never be and was found.</returns>
    public async Task<IReadOnlyList<Violation>> RunAsync(CancellationToken stop)
    {
        Say($"cluster: seed {options.Seed}; {TrialCluster.SiloCount} silos, {TrialCluster.WebCount} web nodes, {Dispatchers} dispatchers, {Pairs} pairs");
        await using var cluster = await TrialCluster.StartAsync(Pairs);
        var nemesis = new Nemesis(cluster, Nemesis.EveryHarm, options.Seed, output);
        await WorkAsync(cluster, nemesis, stop);
        var trial = await RecordAsync(cluster, nemesis, stop);
        var about = string.Create(CultureInfo.InvariantCulture, $"cluster, seed {options.Seed}, {nemesis.Disturbances.Count} harms");
        await RunFolder.WriteAsync(options.Folder, trial, about);
        await cluster.WriteOutputAsync(options.Folder);
        foreach (var harms in nemesis.Disturbances.GroupBy(x => x.What))
        {
            Say($"nemesis {harms.Count(),4:N0}  {harms.Key}");
        }

        var report = Checker.Check(trial);
        ReportPrinter.Print(output, trial, report);
        Say($"histories in {options.Folder}");
        return report.Violations;
    }

    private async Task WorkAsync(TrialCluster cluster, Nemesis nemesis, CancellationToken stop)
    {
        var random = new Random(options.Seed);
        List<Worker> workers = [];
        List<Officer> officers = [];
        try
        {
            for (var i = 0; i < Dispatchers; i++)
            {
                workers.Add(new Dispatcher(cluster.Client(i % 2 == 0 ? "dispatcher" : "supervisor", history, random.Next()), Pairs, random.Next()));
            }

            for (var number = 1; number <= Pairs; number++)
            {
                var api = cluster.Client(TrialOrganisation.OfficerUserName(number), history, random.Next());
                officers.Add(new Officer(api, TrialOrganisation.PairId(number), random.Next()));
            }

            await Task.WhenAll(officers.Select(x => x.StartAsync()));
            workers.AddRange(officers);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var working = Task.WhenAll(workers.Select(x => Task.Run(() => x.RunAsync(end.Token), CancellationToken.None)));
            await (options.Length is { } length
                ? nemesis.UntilAsync(DateTimeOffset.UtcNow + length)
                : nemesis.EachOnceAsync(
                    [Harm.KillSilo, Harm.KillWeb, Harm.FreezeSilo, Harm.RestartPostgres, Harm.RollingRestart], TimeSpan.FromSeconds(3)));
            await end.CancelAsync();
            await working;
        }
        finally
        {
            foreach (var officer in officers)
            {
                await officer.DisposeAsync();
            }

            workers.ForEach(x => x.Dispose());
        }
    }

    private async Task<Trial> RecordAsync(TrialCluster cluster, Nemesis nemesis, CancellationToken stop)
    {
        await using var journal = new JournalReader(cluster.Database);
        var rows = await ReadWhenQuietAsync(journal, stop);
        using var reader = cluster.Client("dispatcher", new HistoryRecorder(), options.Seed);
        var final = await FinalViews.ReadAsync(reader, rows.Select(x => x.Stream).Distinct(StringComparer.Ordinal), stop);
        return new Trial(history.Take(), rows, final, nemesis.Disturbances, DateTimeOffset.UtcNow)
        {
            DeadlineTolerance = options.DeadlineTolerance,
        };
    }

    /// <summary>Reads the journal once nothing has been added to it for a while and every offer's time is over.</summary>
    private static async Task<IReadOnlyList<JournalRow>> ReadWhenQuietAsync(JournalReader journal, CancellationToken stop)
    {
        await Task.Delay(LongestOffer, stop);
        var rows = await journal.ReadAllAsync();
        for (var until = DateTimeOffset.UtcNow + QuietWithin; DateTimeOffset.UtcNow < until;)
        {
            await Task.Delay(QuietFor, stop);
            var again = await journal.ReadAllAsync();
            if (again.Count == rows.Count)
            {
                return again;
            }

            rows = again;
        }

        return rows;
    }

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
