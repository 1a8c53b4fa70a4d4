using System.Diagnostics;
using Dispatch.Benchmarks.Live.Clients;
using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>
/// What an idle screen takes: private memory of a fresh server with a thousand subscribed screens less without them, beside the same of bare
/// connections to the stock server. Each reading comes after forced collections and is the least of several.
/// </summary>
public sealed class MemoryRow : ILiveRow
{
    private const double TargetKilobytes = 64;

    /// <summary>Screens that come and go before, so that what is made once is there.</summary>
    private const int WarmUp = 100;

    private static readonly TimeSpan BetweenReadings = TimeSpan.FromSeconds(4);

    /// <summary>A fresh server is quiet soon.</summary>
    private static readonly TimeSpan FreshSettles = TimeSpan.FromSeconds(20);

    /// <summary>Pools of buffers give back what was used for the first, large messages after about a minute.</summary>
    private static readonly TimeSpan PoolsSettle = TimeSpan.FromSeconds(80);

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public async Task RunAsync(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var setting = stage.Setting;
        Figures.Say($"memory: {setting.Screens:N0} idle screens that subscribed to a feed of {Stage.OneStation.Pairs} pairs, and as many bare connections");
        var (ours, raw) = (new List<double>(), new List<double>());
        for (var round = 0; round < setting.Rounds; round++)
        {
            await using var product = await stage.StartOursAsync(Stage.OneStation);
            await using var stock = await stage.StartRawAsync(product);
            ours.Add(await MeasureAsync(product, setting.Screens, ScreensAsync));
            raw.Add(await MeasureAsync(stock, setting.Screens, BareAsync));
        }

        var above = Figures.Median(ours) - Figures.Median(raw);
        Figures.Say($"  ours {Figures.Median(ours):0.0} kB a screen {Figures.Each(ours, x => x)}, raw {Figures.Median(raw):0.0} kB a connection {Figures.Each(raw, x => x)}");
        Figures.Say($"  above a raw connection {above:0.0} kB  target ≤ {TargetKilobytes} kB{(above <= TargetKilobytes ? string.Empty : "  MISSED")}");
    }

    private static async Task<double> MeasureAsync(Contender contender, int count, Func<Contender, int, Task<IAsyncDisposable>> open)
    {
        await (await open(contender, WarmUp)).DisposeAsync();
        var before = await SettledAsync(contender.Server, FreshSettles);
        await using var opened = await open(contender, count);
        return (await SettledAsync(contender.Server, PoolsSettle) - before) / (double)count / 1024;
    }

    private static async Task<long> SettledAsync(LiveServer server, TimeSpan within)
    {
        var least = long.MaxValue;
        for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < within;)
        {
            await ForcedCollection.RunAsync(server.ProcessId);
            await Task.Delay(BetweenReadings);
            least = Math.Min(least, server.Cost.PrivateBytes);
        }

        return least;
    }

    private static async Task<IAsyncDisposable> ScreensAsync(Contender contender, int count) =>
        await Screens.OpenAsync(contender.Server, contender.Deliveries, count);

    private static async Task<IAsyncDisposable> BareAsync(Contender contender, int count) =>
        await BareConnections.OpenAsync(contender.Server, count);
}
