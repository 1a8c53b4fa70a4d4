using System.Diagnostics;
using Dispatch.Benchmarks.Live.Clients;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>Counts what a server costs, what its clients cost, and what reaches its screens, from its start to its reading.</summary>
public sealed class Meter
{
    private readonly Contender contender;
    private readonly long since;
    private readonly double server;
    private readonly double clients;
    private readonly DeliveryCount delivered;

    private Meter(Contender contender)
    {
        this.contender = contender;
        (since, server, clients, delivered) = Now();
    }

    /// <summary>Begins to count.</summary>
    public static Meter Start(Contender contender) => new(contender);

    /// <summary>What was counted so far.</summary>
    public Reading Read()
    {
        var now = Now();
        return new Reading(Stopwatch.GetElapsedTime(since, now.At).TotalSeconds, now.Server - server, now.Clients - clients, now.Delivered - delivered);
    }

    private (long At, double Server, double Clients, DeliveryCount Delivered) Now() => (
        Stopwatch.GetTimestamp(), contender.Server.Cost.CpuSeconds, new Servers.ProcessCost(Environment.ProcessId).CpuSeconds,
        contender.Screens?.Total ?? default);
}

/// <summary>What was counted over a time.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="ServerCpu">Processor seconds of the server.</param>
/// <param name="ClientCpu">Processor seconds of the clients' process.</param>
/// <param name="Delivered">What reached the screens.</param>
public sealed record Reading(double Seconds, double ServerCpu, double ClientCpu, DeliveryCount Delivered)
{
    /// <summary>Processor seconds of the server per second.</summary>
    public double CpuPerSecond => ServerCpu / Seconds;

    /// <summary>Changes times screens, per second.</summary>
    public double DeliveredPerSecond => Delivered.Changes / Seconds;
}
