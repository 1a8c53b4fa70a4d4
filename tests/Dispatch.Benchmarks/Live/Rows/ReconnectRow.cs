using System.Diagnostics;
using Dispatch.Benchmarks.Durable;
using Dispatch.Benchmarks.Live.Clients;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>
/// A thousand screens come back in one instant: from the first connection until the last is equal to the feed again, against as many bare
/// connections that are sent a snapshot of the same pairs. Cold is the very first subscription; coming back, each screen has its old cursor and
/// every pair has changed meanwhile, so both servers send as much.
/// </summary>
public sealed class ReconnectRow : ILiveRow
{
    /// <inheritdoc/>
    public string Name => "reconnect";

    /// <inheritdoc/>
    public async Task RunAsync(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var setting = stage.Setting;
        await using var ours = await stage.StartOursAsync(Stage.OneStation);
        await using var raw = await stage.StartRawAsync(ours);
        Figures.Say($"reconnect: {setting.Screens:N0} screens at once, a feed of {Stage.OneStation.Pairs} pairs");
        var sides = new[] { new Side(ours), new Side(raw) };
        foreach (var side in sides)
        {
            side.Cold = await OpenAsync(side, setting.Screens, cold: true);
        }

        Print("cold, first subscription of all", sides, x => x.Cold);
        foreach (var perSecond in new[] { 0, setting.Rate })
        {
            // The first round compiles and is not counted.
            for (var round = -1; round < setting.Rounds; round++)
            {
                foreach (var side in sides)
                {
                    var seconds = await ComeBackAsync(side, setting.Screens, perSecond);
                    if (round >= 0)
                    {
                        side.Back.Add(seconds);
                    }
                }
            }

            Print(perSecond == 0 ? "all come back" : $"all come back, {perSecond} changes/s meanwhile", sides, side => Figures.Median(side.Back));
            Array.ForEach(sides, side => side.Back.Clear());
        }

        foreach (var side in sides)
        {
            await side.Screens!.DisposeAsync();
        }
    }

    private static void Print(string what, Side[] sides, Func<Side, double> seconds)
    {
        var each = sides[0].Back.Count == 0
            ? string.Empty
            : $", ours {Figures.Each(sides[0].Back, x => x, "0.00")}, raw {Figures.Each(sides[1].Back, x => x, "0.00")}";
        Figures.Say($"  {what}: ours {seconds(sides[0]):0.00} s, raw {seconds(sides[1]):0.00} s{each}; {sides[0].Bytes / 1000:N0} and {sides[1].Bytes / 1000:N0} kB a screen");
        Figures.SayRatio("until the last is equal again, ours / raw", seconds(sides[0]) / seconds(sides[1]), 2);
    }

    /// <summary>All go, every pair changes once, all come back.</summary>
    private static async Task<double> ComeBackAsync(Side side, int screens, double perSecond)
    {
        var gone = side.Screens!;
        await gone.DisposeAsync();
        for (var i = 0; i < Stage.OneStation.Pairs; i++)
        {
            await side.Contender.Changes.SendAsync(side.Next++);
        }

        var meanwhile = perSecond > 0
            ? OpenLoop.RunAsync(perSecond, TimeSpan.FromSeconds(4), i => side.Contender.Changes.SendAsync(side.Next + i))
            : Task.FromResult(new Latency(0, 0));
        if (perSecond > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        var seconds = await OpenAsync(side, screens, cold: false);
        await meanwhile;
        side.Next += perSecond > 0 ? (int)(perSecond * 5) : 0;
        side.Screens!.Check();
        return seconds;
    }

    private static async Task<double> OpenAsync(Side side, int screens, bool cold)
    {
        GC.Collect();
        long target = 0;
        if (!cold)
        {
            // What the feed holds now: a probe that just subscribed.
            using var probe = await Screen.OpenAsync(side.Contender.Server, side.Contender.Deliveries);
            await probe.Reached;
            target = probe.Seq;
        }

        var since = Stopwatch.GetTimestamp();
        side.Screens = await Screens.OpenAtOnceAsync(side.Contender.Server, side.Contender.Deliveries, side.Screens, target, screens);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        side.Bytes = side.Screens.Total.Bytes / (double)screens;
        return seconds;
    }

    private sealed class Side(Contender contender)
    {
        public Contender Contender => contender;

        public Screens? Screens { get; set; }

        public double Cold { get; set; }

        public List<double> Back { get; } = [];

        public double Bytes { get; set; }

        /// <summary>Number of the next change.</summary>
        public int Next { get; set; }
    }
}
