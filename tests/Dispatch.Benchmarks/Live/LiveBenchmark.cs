using Dispatch.Benchmarks.Live.Rows;
using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live;

/// <summary>
/// Live screens of the product against a stock SignalR server. Both run at the same time as processes of their own, with the clients in this
/// one, and take turns under load, because a machine's speed changes while it is measured. Each row prints its target beside what it found.
/// </summary>
public sealed class LiveBenchmark(LiveSetting setting)
{
    /// <summary>The rows in the order in which they are measured.</summary>
    public static IReadOnlyList<ILiveRow> Rows { get; } =
    [
        new FanOutRow(), new ThroughputRow(), new PositionsRow(), new StalledRow(), new ReconnectRow(), new ScaleRow(), new MemoryRow(),
    ];

    /// <summary>Measures and prints.</summary>
    /// <param name="only">Names of the rows; empty for all.</param>
    public async Task<int> RunAsync(string[] only)
    {
        ArgumentNullException.ThrowIfNull(only);
        if (only.FirstOrDefault(name => Rows.All(x => x.Name != name)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no row '{unknown}'.");
            return 2;
        }

        await using var stage = await Stage.CreateAsync(setting);
        Figures.Say($"{await stage.DescribeAsync()}; {Environment.ProcessorCount} processors for servers, database and clients; flush interval {LiveServer.FlushMilliseconds} ms");
        Figures.Say($"medians of {setting.Rounds} rounds of {setting.Length.TotalSeconds} s each; out of the way: {string.Join(", ", DispatchLiveServer.LiftedLimits)}");
        foreach (var row in Rows.Where(x => only.Length == 0 || only.Contains(x.Name)))
        {
            Figures.Say();
            await row.RunAsync(stage);
        }

        return 0;
    }
}
