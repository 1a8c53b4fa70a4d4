using Dispatch.Benchmarks.Durable;
using Dispatch.Benchmarks.Live.Clients;
using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>A server with what drives it and what watches it.</summary>
public sealed class Contender : IAsyncDisposable
{
    /// <summary>Connections on which commands go up; each has at most four under way.</summary>
    private const int Lines = 8;

    private const double WarmUpPerSecond = 300;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private readonly CommandLines lines;
    private readonly CancellationTokenSource closing = new();
    private readonly Task pinging;

    private Contender(LiveServer server, CommandLines lines, Changes changes)
    {
        Server = server;
        this.lines = lines;
        Changes = changes;
        Deliveries = new Deliveries { Changes = changes };
        pinging = PingAsync();
    }

    /// <summary>The server.</summary>
    public LiveServer Server { get; }

    /// <summary>The changes that are sent to it.</summary>
    public Changes Changes { get; }

    /// <summary>What its screens see of them.</summary>
    public Deliveries Deliveries { get; }

    /// <summary>Its screens; null while there are none.</summary>
    public Screens? Screens { get; private set; }

    /// <summary>Connects to a server that was started.</summary>
    public static async Task<Contender> OfAsync(LiveServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var lines = await server.OpenLinesAsync(Lines);
        return new Contender(server, lines, new Changes(lines, await server.PairsAsync()));
    }

    /// <summary>Opens its screens.</summary>
    public async Task ShowAsync(int screens) => Screens = await Screens.OpenAsync(Server, Deliveries, screens);

    /// <summary>Closes its screens.</summary>
    public async Task HideAsync()
    {
        if (Screens is { } shown)
        {
            Screens = null;
            await shown.DisposeAsync();
        }
    }

    /// <summary>Load that is not measured, until what is hot is compiled.</summary>
    public async Task WarmUpAsync()
    {
        await OpenLoop.RunAsync(WarmUpPerSecond, WarmUp, Changes.SendAsync);
        await Task.Delay(TimeSpan.FromSeconds(2));
    }

    /// <summary>Processor seconds of the server per second while nothing is asked of it.</summary>
    public async Task<double> IdleAsync(TimeSpan length)
    {
        var meter = Meter.Start(this);
        await Task.Delay(length);
        return meter.Read().CpuPerSecond;
    }

    /// <summary>Changes at an even pace for a time, after a warm-up that is not counted.</summary>
    public async Task<LoadedRun> LoadAsync(double perSecond, TimeSpan length)
    {
        var sending = OpenLoop.RunAsync(perSecond, length, Changes.SendAsync);
        await Task.Delay(TimeSpan.FromSeconds(1));
        Deliveries.OpenWindow();
        var meter = Meter.Start(this);
        await Task.Delay(length - TimeSpan.FromMilliseconds(200));
        var reading = meter.Read();
        var onScreen = await Deliveries.CloseWindowAsync();
        var acknowledged = await sending;
        Screens?.Check();
        return new LoadedRun(reading, onScreen, acknowledged);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await HideAsync();
        await closing.CancelAsync();
        await pinging;
        closing.Dispose();
        lines.Dispose();
        await Server.DisposeAsync();
    }

    private async Task PingAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(PingInterval, closing.Token);
                await lines.PingAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // It is disposed of.
        }
    }
}

/// <summary>A run under load.</summary>
/// <param name="Reading">What it cost and what came out.</param>
/// <param name="OnScreen">From a change's sending to each screen.</param>
/// <param name="Acknowledged">From when a change was due to its acknowledgement.</param>
public sealed record LoadedRun(Reading Reading, Latency OnScreen, Latency Acknowledged);
