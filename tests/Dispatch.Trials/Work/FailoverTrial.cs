using System.Diagnostics;
using System.Globalization;
using Dispatch.Processes;
using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Work;

/// <summary>
/// Measures for how long commands do not work after a silo was killed, after one froze, and whether any fails while everything is restarted one after the
/// other. Many clients each give commands to an aggregate of their own, which may live on any silo; what counts is the one that had to wait longest.
/// </summary>
public sealed class FailoverTrial(int rounds, int seed, TextWriter output)
{
    private const int Incidents = 24;
    private const int Pairs = 12;
    private static readonly TimeSpan KillTarget = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FreezeTarget = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(12);
    private readonly Random random = new(seed);
    private readonly HistoryRecorder history = new();

    /// <summary>Measures and prints.</summary>
    /// <returns>Whether every target was reached.</returns>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        Say($"failover: {rounds} rounds, seed {seed}; {TrialCluster.SiloCount} silos, {TrialCluster.WebCount} web nodes, {Environment.ProcessorCount} processors; {Incidents} incidents and {Pairs} pairs each have a client of their own");
        await using var cluster = await TrialCluster.StartAsync(Pairs);
        using var dispatcher = cluster.Client("dispatcher", history, seed);
        foreach (var pair in Enumerable.Range(1, Pairs).Select(TrialOrganisation.PairId))
        {
            await dispatcher.DoAsync(TrialCommands.SignOn(pair), stop);
        }

        var quiet = await MeasureAsync(cluster, dispatcher, () => Task.CompletedTask, stop);
        Say($"nothing happens                     {Show(quiet)}");
        var kills = new List<Gaps>();
        var freezes = new List<Gaps>();
        for (var round = 0; round < rounds; round++)
        {
            // One that starts anew has few grains at first, so that another is frozen.
            kills.Add(await MeasureAsync(cluster, dispatcher, cluster.Silos[2 * round % cluster.Silos.Count].KillAsync, stop));
            await cluster.MakeWholeAsync();
            Say($"SIGKILL of a silo                   {Show(kills[^1])}");
            var silo = cluster.Silos[((2 * round) + 1) % cluster.Silos.Count];
            freezes.Add(await MeasureAsync(cluster, dispatcher, () => Frozen(silo), stop));
            await ThawAsync(silo);
            await cluster.MakeWholeAsync();
            Say($"SIGSTOP of a silo                   {Show(freezes[^1])}");
        }

        var rolling = new List<Gaps>();
        for (var round = 0; round < Math.Max(1, rounds / 2); round++)
        {
            rolling.Add(await MeasureAsync(cluster, dispatcher, () => RollAsync(cluster), stop));
            Say($"SIGTERM of everything in turn       {Show(rolling[^1])}");
        }

        Say($"longest time without success, median and worst of {rounds} rounds:");
        var killed = Sum("after SIGKILL of one of three silos", kills, KillTarget);
        var frozen = Sum("after SIGSTOP of one of three silos", freezes, FreezeTarget);
        var failed = rolling.Sum(x => x.Failures.Values.Sum());
        Say($"  rolling restart with SIGTERM: {failed} failed commands of {rolling.Sum(x => x.Done):N0}; target 0");
        return killed && frozen && failed == 0;
    }

    private static Task Frozen(SiloProcess silo)
    {
        silo.Freeze();
        return Task.CompletedTask;
    }

    private static async Task ThawAsync(SiloProcess silo)
    {
        silo.Thaw();
        var waited = Stopwatch.StartNew();
        while (silo.IsRunning && waited.Elapsed < Settle)
        {
            await Task.Delay(100);
        }

        if (silo.IsRunning)
        {
            await silo.KillAsync();
        }
    }

    private async Task RollAsync(TrialCluster cluster)
    {
        foreach (var process in cluster.Silos.Concat<ServerProcess>(cluster.Webs))
        {
            var clock = Stopwatch.StartNew();
            var exit = await process.StopAsync();
            var stopped = clock.Elapsed;
            await process.StartAsync();
            Say($"    {process.GetType().Name}: exit {exit}, stopped in {stopped.TotalSeconds:0.0} s, ready {(clock.Elapsed - stopped).TotalSeconds:0.0} s later");
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }

    private async Task<Gaps> MeasureAsync(TrialCluster cluster, ApiClient dispatcher, Func<Task> harm, CancellationToken stop)
    {
        var probes = await ProbesAsync(cluster, dispatcher, stop);
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var running = Task.WhenAll(probes.Select(x => Task.Run(() => x.RunAsync(end.Token), CancellationToken.None)));
            await Task.Delay(Settle, stop);
            probes.ForEach(x => x.Reset());
            await harm();
            await Task.Delay(Watched, stop);
            var read = probes.Select(x => x.Read()).ToList();
            await end.CancelAsync();
            await running;
            var gaps = read.Select(x => x.Longest).Order().ToList();
            var failures = read.SelectMany(x => x.Failures).GroupBy(x => x.Key).ToDictionary(x => x.Key, x => x.Sum(one => one.Value));
            return new Gaps(gaps[gaps.Count / 2], gaps[^1], read.Sum(x => x.Done), failures);
        }
        finally
        {
            probes.ForEach(x => x.Dispose());
        }
    }

    /// <summary>Fresh incidents each time, so that every silo has some; the pairs are the same all the time.</summary>
    private async Task<List<ProbeClient>> ProbesAsync(TrialCluster cluster, ApiClient dispatcher, CancellationToken stop)
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, Incidents).Select(_ => dispatcher.DoAsync(TrialCommands.Open(random, 1), stop)));
        history.Take();
        var incidents = opened.Select(x => (Func<int, TrialCommand>)(_ => TrialCommands.Note(x.Id, "probe")));
        var pairs = Enumerable.Range(1, Pairs).Select(TrialOrganisation.PairId)
            .Select(x => (Func<int, TrialCommand>)(number => TrialCommands.Activity(x, number % 2 == 0 ? "patrol" : "visit")));
        return [.. incidents.Concat(pairs).Select((x, i) => new ProbeClient(dispatcher.Webs, i % dispatcher.Webs.Count, dispatcher.Token!, x))];
    }

    private bool Sum(string what, List<Gaps> gaps, TimeSpan target)
    {
        var sorted = gaps.Select(x => x.Worst).Order().ToList();
        Say($"  {what}: {sorted[sorted.Count / 2].TotalSeconds:0.00} s, {sorted[^1].TotalSeconds:0.00} s; target {target.TotalSeconds:0} s");
        return sorted[^1] <= target;
    }

    private static string Show(Gaps gaps)
    {
        var failures = gaps.Failures.Count == 0 ? "no failed command" : string.Join(", ", gaps.Failures.Select(x => $"{x.Value} × {x.Key}"));
        return string.Create(CultureInfo.InvariantCulture, $"worst client {gaps.Worst.TotalSeconds,5:0.00} s, median client {gaps.Median.TotalSeconds,5:0.00} s, {gaps.Done,6:N0} commands, {failures}");
    }

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Gaps(TimeSpan Median, TimeSpan Worst, int Done, Dictionary<string, int> Failures);
}
