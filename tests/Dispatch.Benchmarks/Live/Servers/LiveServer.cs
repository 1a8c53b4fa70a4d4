using Dispatch.Benchmarks.Live.Clients;

namespace Dispatch.Benchmarks.Live.Servers;

/// <summary>A server that is measured: a process of its own with a hub that takes changes and sends them to screens.</summary>
public abstract class LiveServer : IAsyncDisposable
{
    /// <summary>Interval within which both servers send changes together, milliseconds.</summary>
    public const int FlushMilliseconds = 50;

    /// <summary>What it is called in the output.</summary>
    public abstract string Name { get; }

    /// <summary>Its process.</summary>
    public abstract int ProcessId { get; }

    /// <summary>Its loopback port.</summary>
    public abstract int Port { get; }

    /// <summary>Path of the hub with all that a connection needs.</summary>
    public abstract string HubPath { get; }

    /// <summary>The feed that the screens watch.</summary>
    public string Feed { get; } = "station/s0";

    /// <summary>Whether each message of a feed follows on the one before; a server that only broadcasts does not say.</summary>
    public abstract bool FeedsFollowOn { get; }

    /// <summary>The pairs of the feed that change, with the version that each has now.</summary>
    public abstract Task<IReadOnlyDictionary<int, long>> PairsAsync();

    /// <summary>What its process costs.</summary>
    public ProcessCost Cost => new(ProcessId);

    /// <summary>Opens connections for commands.</summary>
    public Task<CommandLines> OpenLinesAsync(int count) => CommandLines.OpenAsync(Port, HubPath, count);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
