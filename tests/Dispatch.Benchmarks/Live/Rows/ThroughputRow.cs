namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>
/// The most deliveries a second of server processor. The rate of durable changes climbs a ladder for each server until screens are late; the best
/// step counts. Changes of one pair within a flush travel as one, so what is counted is what reached screens.
/// </summary>
public sealed class ThroughputRow : ILiveRow
{
    /// <summary>Changes a second, step by step.</summary>
    private static readonly double[] Ladder = [100, 200, 400, 800, 1200, 1600, 2400, 3200];

    /// <summary>A server keeps up while a change is on nearly every screen within this time, milliseconds.</summary>
    private const double LateP99 = 1000;

    /// <inheritdoc/>
    public string Name => "throughput";

    /// <inheritdoc/>
    public async Task RunAsync(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var setting = stage.Setting;
        await using var ours = await stage.StartOursAsync(Stage.OneStation);
        await using var raw = await stage.StartRawAsync(ours);
        Figures.Say($"throughput: {setting.Screens:N0} screens, durable changes as fast as the server keeps up (p99 on screen within {LateP99:N0} ms)");
        var sides = new[] { new Side(ours), new Side(raw) };
        foreach (var side in sides)
        {
            await side.Contender.ShowAsync(setting.Screens);
            await side.Contender.WarmUpAsync();
        }

        foreach (var rate in Ladder)
        {
            for (var round = 0; round < setting.Rounds; round++)
            {
                foreach (var side in sides.Where(x => !x.IsLate))
                {
                    side.Add(await side.Contender.LoadAsync(rate, setting.Length));
                }
            }

            Array.ForEach(sides, side => side.Finish(rate));
        }

        Figures.SayRatio("deliveries a second of server processor, ours / raw", sides[0].Best / sides[1].Best, 0.8, atLeast: true);
    }

    private sealed class Side(Contender contender)
    {
        private readonly List<LoadedRun> step = [];

        public Contender Contender => contender;

        public bool IsLate { get; private set; }

        public double Best { get; private set; }

        public void Add(LoadedRun run) => step.Add(run);

        /// <summary>Ends a step of the ladder: the best so far, or that it was too high.</summary>
        public void Finish(double rate)
        {
            if (IsLate)
            {
                return;
            }

            var perProcessor = Figures.Median(step, x => x.Reading.Delivered.Changes / x.Reading.ServerCpu);
            var p99 = Figures.Median(step, x => x.OnScreen.P99);
            IsLate = !(p99 <= LateP99);
            Best = IsLate ? Best : Math.Max(Best, perProcessor);
            Figures.Say($"  {contender.Server.Name,-5} {rate,6:N0} changes/s: {Figures.Median(step, x => x.Reading.DeliveredPerSecond),11:N0} deliveries/s, {Figures.Median(step, x => x.Reading.CpuPerSecond):0.00} processors, {perProcessor,11:N0} deliveries a processor second; on screen p99 {p99:0} ms{(IsLate ? ", late" : string.Empty)}; clients {Figures.Median(step, x => x.Reading.ClientCpu / x.Reading.Seconds):0.00} processors");
            step.Clear();
        }
    }
}
