using System.Globalization;
using Dispatch.Benchmarks.Durable;
using Dispatch.Benchmarks.Live.Clients;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>
/// What one screen that never reads costs the others: 99 good screens alone, and beside one that subscribed and then reads nothing more. The same
/// for the stock server, whose awaited <c>Clients.All</c> waits for the slowest.
/// </summary>
public sealed class StalledRow : ILiveRow
{
    private const int Good = 99;

    /// <summary>Changes a second, enough that what is waiting for the bad one never gets less.</summary>
    private const double Rate = 400;

    private static readonly TimeSpan UntilFull = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "stalled";

    /// <inheritdoc/>
    public async Task RunAsync(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        var setting = stage.Setting;
        await using var ours = await stage.StartOursAsync(Stage.OneStation);
        await using var raw = await stage.StartRawAsync(ours);
        Figures.Say($"stalled: {Good} good screens, {Rate} changes/s, with and without one screen that never reads");
        foreach (var contender in new[] { ours, raw })
        {
            await contender.ShowAsync(Good);
            await contender.WarmUpAsync();
            var (alone, beside) = (new List<Latency>(), new List<Latency>());
            for (var round = 0; round < setting.Rounds; round++)
            {
                alone.Add((await contender.LoadAsync(Rate, setting.Length)).OnScreen);
                beside.Add(await BesideBadAsync(contender, setting));
            }

            Figures.Say($"  {contender.Server.Name,-5} alone {Tell(alone)}; beside a bad one {Tell(beside)}");
            var ratio = Figures.Median(beside, x => x.P99) / Figures.Median(alone, x => x.P99);
            if (contender == ours)
            {
                Figures.SayRatio("ours: p99 of the good beside a bad one / alone", ratio, 1.1);
            }
            else if (!double.IsNaN(ratio))
            {
                Figures.Say($"  {"raw: the same, for information",-62} {ratio,6:0.00}");
            }

            await contender.HideAsync();
        }
    }

    private static string Tell(List<Latency> rounds) => rounds.Any(x => double.IsNaN(x.P99))
        ? $"nothing reached the good ones at all in {rounds.Count(x => double.IsNaN(x.P99))} of {rounds.Count} rounds"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {Figures.Median(rounds, x => x.P50):0.0} ms, p99 {Figures.Median(rounds, x => x.P99):0.0} ms {Figures.Each(rounds, x => x.P99)}");

    private static async Task<Latency> BesideBadAsync(Contender contender, LiveSetting setting)
    {
        using var stopping = new CancellationTokenSource();
        var stalling = StalledScreen.KeepOneAsync(contender.Server, stopping.Token);
        await OpenLoop.RunAsync(Rate, UntilFull, contender.Changes.SendAsync);
        var run = await contender.LoadAsync(Rate, setting.Length);
        await stopping.CancelAsync();
        Figures.Say($"        ({contender.Server.Name}: something was stuck on the way to a bad one {await stalling:0%} of the time)");
        return run.OnScreen;
    }
}
