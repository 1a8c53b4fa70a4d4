namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>
/// Whether a change costs more where more exists: the same changes of one station on the same screens, in a town of 10,000 pairs on duty and 500
/// communities and in one of 100 pairs and 5 communities. What each costs when nothing changes is taken off, and printed.
/// </summary>
public sealed class ScaleRow : ILiveRow
{
    private const int MostScreens = 200;

    /// <summary>Changes a second: enough to stand out from what a large town costs idle.</summary>
    private const double Rate = 300;

    /// <summary>Stations compare all their pairs every 20 s; a measurement that is not as long sees it or does not.</summary>
    private static readonly TimeSpan OneComparison = TimeSpan.FromSeconds(20);

    private static readonly LiveTown Small = new(Stations: 1, Communities: 5, Pairs: 100);
    private static readonly LiveTown Large = new(Stations: 50, Communities: 500, Pairs: 10_000);

    /// <inheritdoc/>
    public string Name => "scale";

    /// <inheritdoc/>
    public async Task RunAsync(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var setting = stage.Setting;
        var screens = Math.Min(MostScreens, setting.Screens);
        var length = setting.Length > OneComparison ? setting.Length : OneComparison;
        await using var small = await stage.StartOursAsync(Small);
        await using var large = await stage.StartOursAsync(Large);
        Figures.Say($"scale: {Rate} durable changes a second of one station on {screens} screens, in a small town and in a large one, {length.TotalSeconds} s a round");
        var sides = new[] { new Side(Small, small), new Side(Large, large) };
        foreach (var side in sides)
        {
            await side.Contender.ShowAsync(screens);
            await side.Contender.WarmUpAsync();
        }

        for (var round = 0; round < setting.Rounds; round++)
        {
            foreach (var side in sides)
            {
                side.Idle.Add(await side.Contender.IdleAsync(length));
                side.Loaded.Add(await side.Contender.LoadAsync(Rate, length));
            }
        }

        foreach (var side in sides)
        {
            Figures.Say($"  {side.Town.Pairs,6:N0} pairs, {side.Town.Communities} communities: CPU a change {side.PerChange * 1000:0.00} ms above idle {side.IdleCpu:0.0%} {Figures.Each(side.Idle, x => 100 * x)}, loaded {Figures.Median(side.Loaded, x => x.Reading.CpuPerSecond):0.0%} {Figures.Each(side.Loaded, x => 100 * x.Reading.CpuPerSecond)}; on screen p99 {Figures.Median(side.Loaded, x => x.OnScreen.P99):0.0} ms");
        }

        Figures.SayRatio("server CPU a change, large / small", sides[1].PerChange / sides[0].PerChange, 1.2);
    }

    private sealed record Side(LiveTown Town, Contender Contender)
    {
        public List<double> Idle { get; } = [];

        public List<LoadedRun> Loaded { get; } = [];

        public double IdleCpu => Figures.Median(Idle);

        public double PerChange => Figures.Median(Loaded.Zip(Idle, (loaded, idle) => (loaded.Reading.CpuPerSecond - idle) / Rate));
    }
}
