using System.Globalization;
using Dispatch.Processes;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Cluster;

/// <summary>What is done to a cluster.</summary>
public enum Harm
{
    /// <summary>SIGKILL of a silo, started again some seconds later.</summary>
    KillSilo,

    /// <summary>SIGKILL of a web node, started again some seconds later.</summary>
    KillWeb,

    /// <summary>SIGSTOP of a silo for ten seconds, then SIGCONT: it was declared dead meanwhile and comes back as a zombie.</summary>
    FreezeSilo,

    /// <summary>PostgreSQL stopped as by a crash, and started.</summary>
    RestartPostgres,

    /// <summary>SIGTERM of every silo and every web node, one after the other, each started again before the next.</summary>
    RollingRestart,

    /// <summary>SIGKILL of all silos at once.</summary>
    KillAllSilos,
}

/// <summary>Hurts a cluster, mends it again, and keeps a record of when it was not whole.</summary>
/// <param name="cluster">Whom it hurts.</param>
/// <param name="harms">What it does, each with its weight among all.</param>
/// <param name="seed">Of its choices.</param>
/// <param name="output">Where it tells what it does.</param>
public sealed class Nemesis(TrialCluster cluster, IReadOnlyList<(Harm Harm, int Weight)> harms, int seed, TextWriter output)
{
    /// <summary>Everything there is.</summary>
    public static readonly IReadOnlyList<(Harm Harm, int Weight)> EveryHarm =
    [
        (Harm.KillSilo, 30), (Harm.KillWeb, 15), (Harm.FreezeSilo, 25), (Harm.RestartPostgres, 13), (Harm.RollingRestart, 10), (Harm.KillAllSilos, 7),
    ];

    /// <summary>Processes die, and nothing else happens.</summary>
    public static readonly IReadOnlyList<(Harm Harm, int Weight)> Kills = [(Harm.KillSilo, 50), (Harm.KillWeb, 42), (Harm.KillAllSilos, 8)];

    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(10);

    /// <summary>How long a zombie is given to see that it was declared dead, and end.</summary>
    private static readonly TimeSpan ZombieEndsWithin = TimeSpan.FromSeconds(10);

    private readonly Random random = new(seed);

    /// <summary>When the cluster was not whole.</summary>
    public List<Disturbance> Disturbances { get; } = [];

    /// <summary>Does these in a drawn order, each once, with pauses in between.</summary>
    public async Task EachOnceAsync(IEnumerable<Harm> harms, TimeSpan pause)
    {
        var order = harms.ToArray();
        random.Shuffle(order);
        foreach (var harm in order)
        {
            await Task.Delay(pause);
            await HurtAsync(harm);
        }

        await Task.Delay(pause);
    }

    /// <summary>Does one after the other, as drawn, until this time.</summary>
    public async Task UntilAsync(DateTimeOffset end)
    {
        while (DateTimeOffset.UtcNow < end)
        {
            await Task.Delay(TimeSpan.FromSeconds(random.Next(4, 15)));
            await HurtAsync(Draw());
        }
    }

    private Harm Draw()
    {
        var drawn = random.Next(harms.Sum(x => x.Weight));
        return harms.First(x => (drawn -= x.Weight) < 0).Harm;
    }

    private async Task HurtAsync(Harm harm)
    {
        var from = DateTimeOffset.UtcNow;
        await (harm switch
        {
            Harm.KillSilo => KillAsync(cluster.Silos[random.Next(cluster.Silos.Count)]),
            Harm.KillWeb => KillAsync(cluster.Webs[random.Next(cluster.Webs.Count)]),
            Harm.FreezeSilo => FreezeAsync(cluster.Silos[random.Next(cluster.Silos.Count)]),
            Harm.RestartPostgres => cluster.Postgres.RestartImmediatelyAsync(),
            Harm.RollingRestart => RollAsync(),
            _ => KillAllAsync(),
        });
        await cluster.MakeWholeAsync();
        var to = DateTimeOffset.UtcNow;
        Disturbances.Add(new Disturbance(from, to, harm.ToString()));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {from:HH:mm:ss.fff} {harm}, whole again after {(to - from).TotalSeconds:0.0} s"));
    }

    private async Task KillAsync(ServerProcess process)
    {
        await process.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(random.Next(2, 7)));
    }

    private async Task KillAllAsync()
    {
        await Task.WhenAll(cluster.Silos.Select(x => x.KillAsync()));
        await Task.WhenAll(cluster.Silos.Select(x => x.StartAsync()));
    }

    private static async Task FreezeAsync(SiloProcess silo)
    {
        silo.Freeze();
        await Task.Delay(Frozen);
        silo.Thaw();
        for (var waited = TimeSpan.Zero; silo.IsRunning && waited < ZombieEndsWithin; waited += TimeSpan.FromMilliseconds(100))
        {
            await Task.Delay(100);
        }

        if (silo.IsRunning)
        {
            await silo.KillAsync();
        }
    }

    private async Task RollAsync()
    {
        foreach (var process in cluster.Silos.Concat<ServerProcess>(cluster.Webs))
        {
            if (process.IsRunning)
            {
                await process.StopAsync();
            }

            await process.StartAsync();
        }
    }
}
