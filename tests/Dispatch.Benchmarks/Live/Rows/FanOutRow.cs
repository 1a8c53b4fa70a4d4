using Dispatch.Benchmarks.Durable;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>
/// What a change on a screen costs the server, and how long it takes to get there: a thousand screens of one station, a hundred durable changes
/// a second. What the server costs with the same screens and no changes is taken off; once more without what the commands cost that came in.
/// </summary>
public sealed class FanOutRow : ILiveRow
{
    /// <summary>Longer than ours keeps a feed that nobody watches any more, 10 s and a sweep.</summary>
    private static readonly TimeSpan FeedsAreLetGo = TimeSpan.FromSeconds(17);

    /// <inheritdoc/>
    public string Name => "fanout";

    /// <inheritdoc/>
    public async Task RunAsync(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var setting = stage.Setting;
        await using var ours = await stage.StartOursAsync(Stage.OneStation);
        await using var raw = await stage.StartRawAsync(ours);
        Figures.Say($"fanout: {setting.Screens:N0} screens of one station, {setting.Rate} durable changes a second of {Stage.OneStation.Pairs} pairs");
        var sides = new[] { new Side(ours, setting.Rate), new Side(raw, setting.Rate) };
        foreach (var side in sides)
        {
            await side.Contender.ShowAsync(setting.Screens);
            await side.Contender.WarmUpAsync();
        }

        await TakeTurnsAsync(sides, setting, side => side.Watched);
        foreach (var side in sides)
        {
            await side.Contender.HideAsync();
        }

        await Task.Delay(FeedsAreLetGo);
        await TakeTurnsAsync(sides, setting, side => side.Unwatched);

        Array.ForEach(sides, Print);
        PrintRatios(sides[0], sides[1]);
    }

    private static async Task TakeTurnsAsync(Side[] sides, LiveSetting setting, Func<Side, List<Round>> rounds)
    {
        for (var round = 0; round < setting.Rounds; round++)
        {
            foreach (var side in sides)
            {
                rounds(side).Add(await RoundAsync(side.Contender, setting));
            }
        }
    }

    private static async Task<Round> RoundAsync(Contender contender, LiveSetting setting)
    {
        var idle = await contender.IdleAsync(setting.Length / 2);
        return new Round(idle, await contender.LoadAsync(setting.Rate, setting.Length));
    }

    private static void Print(Side side)
    {
        Figures.Say($"  {side.Contender.Server.Name,-5} CPU a delivery {side.PerDelivery,6:0.00} µs {Figures.Each(side.Watched, x => x.PerDelivery, "0.00")}; without commands {side.PerDeliveryAlone,6:0.00} µs; a command without screens {side.PerCommand,6:0} µs");
        Figures.Say($"        of one processor: idle with screens {Figures.Median(side.Watched, x => x.Idle):0.0%}, loaded {Figures.Median(side.Watched, x => x.Run.Reading.CpuPerSecond):0.0%}; no screens: idle {Figures.Median(side.Unwatched, x => x.Idle):0.0%}, loaded {Figures.Median(side.Unwatched, x => x.Run.Reading.CpuPerSecond):0.0%}; clients {Figures.Median(side.Watched, x => x.Run.Reading.ClientCpu / x.Run.Reading.Seconds):0.0%}");
        Figures.Say($"        {Figures.Median(side.Watched, x => x.Run.Reading.DeliveredPerSecond):N0} deliveries/s, {Figures.Median(side.Watched, x => x.Run.Reading.Delivered.Changes / (double)x.Run.Reading.Delivered.Messages):0.0} changes and {Figures.Median(side.Watched, x => x.Run.Reading.Delivered.Bytes / (double)x.Run.Reading.Delivered.Messages):N0} bytes a message");
        Figures.Say($"        sent → on screen p50 {Figures.Median(side.Watched, x => x.Run.OnScreen.P50):0.0} ms, p99 {Figures.Median(side.Watched, x => x.Run.OnScreen.P99):0.0} ms {Figures.Each(side.Watched, x => x.Run.OnScreen.P99)}; acknowledged p50 {Figures.Median(side.Watched, x => x.Run.Acknowledged.P50):0.0} ms, p99 {Figures.Median(side.Watched, x => x.Run.Acknowledged.P99):0.0} ms");
    }

    private static void PrintRatios(Side ours, Side raw)
    {
        Figures.SayRatio("server CPU a delivered change, ours / raw", ours.PerDelivery / raw.PerDelivery, 1.3);
        Figures.SayRatio("the same without the cost of the commands", ours.PerDeliveryAlone / raw.PerDeliveryAlone, 1.3);
        Figures.SayRatio("sent → on screen p50", P50(ours) / P50(raw), 1.5);
        Figures.SayRatio("sent → on screen p99", P99(ours) / P99(raw), 2);
        static double P50(Side side) => Figures.Median(side.Watched, x => x.Run.OnScreen.P50);
        static double P99(Side side) => Figures.Median(side.Watched, x => x.Run.OnScreen.P99);
    }

    /// <summary>A round: the idle server and the loaded one.</summary>
    private sealed record Round(double Idle, LoadedRun Run)
    {
        public double CpuAboveIdle => Run.Reading.CpuPerSecond - Idle;

        public double PerDelivery => CpuAboveIdle / Run.Reading.DeliveredPerSecond * 1e6;
    }

    private sealed record Side(Contender Contender, double Rate)
    {
        public List<Round> Unwatched { get; } = [];

        public List<Round> Watched { get; } = [];

        public double PerDelivery => Figures.Median(Watched, x => x.PerDelivery);

        public double CpuOfCommands => Figures.Median(Unwatched, x => x.CpuAboveIdle);

        public double PerDeliveryAlone => Figures.Median(Watched, x => (x.CpuAboveIdle - CpuOfCommands) / x.Run.Reading.DeliveredPerSecond * 1e6);

        public double PerCommand => CpuOfCommands / Rate * 1e6;
    }
}
