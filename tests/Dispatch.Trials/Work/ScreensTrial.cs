using System.Globalization;
using Dispatch.Processes;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Work;

/// <summary>What is asked of the trial of screens.</summary>
/// <param name="Length">How long the nemesis works; null for each of its harms once.</param>
/// <param name="Screens">How many screens look.</param>
/// <param name="Seed">Of every choice that is made.</param>
/// <param name="Folder">Where what was found is written.</param>
public sealed record ScreensOptions(TimeSpan? Length, int Screens, int Seed, string Folder)
{
    /// <summary>What the nemesis does.</summary>
    public IReadOnlyList<(Harm Harm, int Weight)> Harms { get; init; } = Nemesis.Kills;

    /// <summary>Recorded calls that are replayed beside the trial's own work; null for none.</summary>
    public RecordedCalls? Recorded { get; init; } = RecordedCalls.Find();

    /// <summary>How long after the load a screen may take to be equal.</summary>
    public TimeSpan EqualWithin { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>
/// I5 on a cluster that is hurt: hundreds of screens look, lose their lines and come back at either web node, while recorded calls are replayed and processes are killed.
/// No screen may ever see anything go backwards, and when nothing changes any more, each must show exactly what the grains hold.
/// </summary>
public sealed class ScreensTrial(ScreensOptions options, TextWriter output)
{
    /// <summary>Hundreds of screens share some accounts and one address; what bounds a single client must not bound the trial.</summary>
    private static readonly (string Key, string Value)[] Unbounded =
    [
        ("Live__MaxConnectionsPerAccount", "10000"), ("Live__SessionBurst", "100000"), ("Live__SessionsPerSecond", "100000"),
        ("Live__CallBurst", "100000"), ("Live__CallsPerSecond", "100000"),
    ];

    private static readonly string[] DeskRoles = ["dispatcher"];
    private static readonly TimeSpan BetweenHarms = TimeSpan.FromSeconds(4);
    private readonly Random random = new(options.Seed);

    /// <summary>Runs it.</summary>
    /// <returns>What may never be and was found.</returns>
    public async Task<IReadOnlyList<Violation>> RunAsync(CancellationToken stop)
    {
        Say($"screens: seed {options.Seed}; {TrialCluster.SiloCount} silos, {TrialCluster.WebCount} web nodes, {options.Screens} screens; {(options.Recorded is null ? "no recorded calls" : "recorded calls are replayed")}");
        await using var cluster = await TrialCluster.StartAsync(new TrialSetup(ScreensLoad.Pairs) { Recorded = options.Recorded, WebSettings = Unbounded });
        var map = await OrganisationMap.ReadAsync(cluster.OrganisationFile);
        var plans = ScreenPlan.Draw(map, options.Screens, random);
        await MakeAccountsAsync(cluster, plans, map, stop);
        var accounts = plans.Select(x => x.UserName).Distinct(StringComparer.Ordinal)
            .ToDictionary(x => x, x => new ScreenAccount(cluster.Client(x, new HistoryRecorder(), random.Next())), StringComparer.Ordinal);
        var screens = plans.Select(x => new Screen(x, accounts[x.UserName], random.Next())).ToList();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var looking = Task.WhenAll(screens.Select(x => Task.Run(() => x.RunAsync(end.Token), CancellationToken.None)));
        try
        {
            return await RunAsync(cluster, map, screens, accounts, stop);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAny(looking);
            await cluster.WriteOutputAsync(options.Folder);
            foreach (var account in accounts.Values)
            {
                account.Dispose();
            }
        }
    }

    private async Task<IReadOnlyList<Violation>> RunAsync(
        TrialCluster cluster, OrganisationMap map, List<Screen> screens, Dictionary<string, ScreenAccount> accounts, CancellationToken stop)
    {
        var nemesis = new Nemesis(cluster, options.Harms, options.Seed, output);
        await using var load = new ScreensLoad(cluster, map, options.Recorded, random);
        await load.StartAsync();
        await (options.Length is { } length
            ? nemesis.UntilAsync(DateTimeOffset.UtcNow + length)
            : nemesis.EachOnceAsync(options.Harms.Select(x => x.Harm), BetweenHarms));
        var acknowledgedAt = await load.StopAsync();
        screens.ForEach(x => x.Calm());
        using var reader = cluster.Client("supervisor", new HistoryRecorder(), random.Next());
        var unequal = await new Convergence(screens, accounts, new GrainReader(reader, map)).WaitAsync(options.EqualWithin, stop);
        IReadOnlyList<FeedFault> faults = [.. screens.SelectMany(x => x.Faults).OrderBy(x => x.Seen.At), .. unequal];
        await using var journal = new JournalReader(cluster.Database);
        await RunFolder.WriteAsync(
            options.Folder,
            new ScreensRecord(faults, nemesis.Disturbances, load.History.Take(), await journal.ReadAllAsync(), load.Replays),
            $"screens, seed {options.Seed.ToString(CultureInfo.InvariantCulture)}");
        return Report(screens, nemesis, load, faults, unequal.Count == 0 ? acknowledgedAt : null);
    }

    private IReadOnlyList<Violation> Report(
        List<Screen> screens, Nemesis nemesis, ScreensLoad load, IReadOnlyList<FeedFault> faults, DateTimeOffset? equalAfter)
    {
        foreach (var harms in nemesis.Disturbances.GroupBy(x => x.What))
        {
            Say($"nemesis {harms.Count(),4:N0}  {harms.Key}");
        }

        ScreensReport.PrintLives(output, screens);
        Say($"commands acknowledged {load.History.Acknowledged:N0} beside the replay; replays begun {load.Replays.Count:N0}");
        if (equalAfter is { } acknowledgedAt)
        {
            ScreensReport.PrintLateness(output, screens, acknowledgedAt);
        }

        ScreensReport.PrintCounts(output, faults);
        IReadOnlyList<Violation> violations = [.. load.Failures, .. ScreensReport.Violations(faults)];
        ReportPrinter.PrintViolations(output, violations);
        Say($"what was found is in {options.Folder}");
        return violations;
    }

    /// <summary>Makes the accounts of those who have one station in scope; the others are there.</summary>
    private async Task MakeAccountsAsync(TrialCluster cluster, IReadOnlyList<ScreenPlan> plans, OrganisationMap map, CancellationToken stop)
    {
        using var admin = cluster.Client("admin", new HistoryRecorder(), random.Next());
        var used = plans.Select(x => x.UserName).ToHashSet(StringComparer.Ordinal);
        foreach (var station in map.Stations.Where(x => used.Contains(ScreenPlan.DeskOf(x))))
        {
            var name = ScreenPlan.DeskOf(station);
            var made = await admin.PostAsync(
                "accounts",
                new { userName = name, password = DispatchServer.Password, displayName = name, roles = DeskRoles, stationIds = new[] { station } },
                stop);
            if (!made.IsOk)
            {
                throw new InvalidOperationException($"The account {name} could not be made: {made.Code}");
            }
        }
    }

    private void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
