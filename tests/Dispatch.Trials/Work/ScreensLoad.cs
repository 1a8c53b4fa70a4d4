using System.Globalization;
using Dispatch.Processes;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Cluster;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Work;

/// <summary>What changes while screens look: the trial's dispatchers, officers and patrols, and beside them recorded calls, replayed by the product's own command.</summary>
public sealed class ScreensLoad : IAsyncDisposable
{
    /// <summary>Pairs of the trial's own.</summary>
    public const int Pairs = 8;

    private const int Dispatchers = 4;
    private const int Patrols = 2;

    /// <summary>Few commands at once: the replay shares the machine with everything that it tries.</summary>
    private const int ReplayConcurrency = 4;

    /// <summary>A node that is killed is away for as long as the machine takes to start it, and everything else, again: the replay waits for that.</summary>
    private static readonly TimeSpan ReplayPatience = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan BeforeNextReplay = TimeSpan.FromSeconds(1);
    private readonly TrialCluster cluster;
    private readonly RecordedCalls? recorded;
    private readonly HistoryRecorder history = new();
    private readonly List<Worker> workers = [];
    private readonly List<Officer> officers = [];
    private readonly List<Violation> failures = [];
    private readonly CancellationTokenSource end = new();
    private readonly List<string> replays = [];
    private Task working = Task.CompletedTask;
    private Task<DateTimeOffset> replaying = Task.FromResult(DateTimeOffset.MinValue);

    /// <summary>The load of a cluster; nothing moves yet.</summary>
    public ScreensLoad(TrialCluster cluster, OrganisationMap map, RecordedCalls? recorded, Random random)
    {
        this.cluster = cluster;
        this.recorded = recorded;
        for (var i = 0; i < Dispatchers; i++)
        {
            workers.Add(new Dispatcher(cluster.Client(i % 2 == 0 ? "dispatcher" : "supervisor", history, random.Next()), Pairs, random.Next()));
        }

        for (var i = 0; i < Patrols; i++)
        {
            workers.Add(new Patrol(cluster.Client("dispatcher", history, random.Next()), Pairs, map.Communities, random.Next()));
        }

        for (var number = 1; number <= Pairs; number++)
        {
            var api = cluster.Client(TrialOrganisation.OfficerUserName(number), history, random.Next());
            officers.Add(new Officer(api, TrialOrganisation.PairId(number), random.Next()));
        }
    }

    /// <summary>What the workers saw.</summary>
    public HistoryRecorder History => history;

    /// <summary>What each replay printed in the end.</summary>
    public IReadOnlyList<string> Replays => replays;

    /// <summary>A replay that did not carry out all it was to.</summary>
    public IReadOnlyList<Violation> Failures => failures;

    /// <summary>Starts everything.</summary>
    public async Task StartAsync()
    {
        await Task.WhenAll(officers.Select(x => x.StartAsync()));
        working = Task.WhenAll(workers.Concat(officers).Select(x => Task.Run(() => x.RunAsync(end.Token), CancellationToken.None)));
        if (recorded is not null)
        {
            replaying = ReplayAsync(recorded);
        }
    }

    /// <summary>Stops everything; what is under way is carried through until it is known.</summary>
    /// <returns>When the last command was acknowledged.</returns>
    public async Task<DateTimeOffset> StopAsync()
    {
        await end.CancelAsync();
        var replayed = await replaying;
        await working;
        return replayed > history.LastAcknowledgedAt ? replayed : history.LastAcknowledgedAt;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        foreach (var officer in officers)
        {
            await officer.DisposeAsync();
        }

        workers.ForEach(x => x.Dispose());
        end.Dispose();
    }

    /// <summary>Replays from the start again and again, in turn at each web node; a node that is killed meanwhile comes back at its address.</summary>
    /// <returns>When the last one ended.</returns>
    private async Task<DateTimeOffset> ReplayAsync(RecordedCalls calls)
    {
        for (var run = 0; !end.IsCancellationRequested; run++)
        {
            await using var replay = new WebCommand(
                "replay", calls.Calls, "--server", cluster.Webs[run % cluster.Webs.Count].Url.ToString(), "--user", "admin", "--speed", "max",
                "--concurrency", ReplayConcurrency.ToString(CultureInfo.InvariantCulture),
                "--give-up-after", ReplayPatience.TotalSeconds.ToString(CultureInfo.InvariantCulture));
            var exit = await replay.RunToEndAsync(end.Token);
            if (exit == WebCommand.Fault && replays.Count > 0)
            {
                // It found no way in, because this node is down: the next one begins at the other.
                await Task.Delay(BeforeNextReplay);
                continue;
            }

            replays.Add(replay.Output);
            if (exit != 0 && !(exit == WebCommand.NotAllDone && end.IsCancellationRequested))
            {
                failures.Add(new Violation("load", $"replay {run} ended with {exit.ToString(CultureInfo.InvariantCulture)}:\n{replay.Output}"));
            }
        }

        return DateTimeOffset.UtcNow;
    }
}
