using System.Diagnostics;
using Dispatch.Benchmarks.Live.Clients;
using Dispatch.Benchmarks.Live.Servers;
using HdrHistogram;

namespace Dispatch.Benchmarks.Live.Rows;

/// <summary>
/// Ten thousand pairs on duty report once a second; a hundred screens show all of them, four times a second. How old a position is when it is on
/// the screen, and whether everything that is reported gets there. Nothing to compare with: the target is a number.
/// </summary>
public sealed class PositionsRow : ILiveRow
{
    private const int Screens = 100;

    /// <summary>Screens whose messages are read; the others are counted.</summary>
    private const int Sampled = 4;

    private const int Lines = 50;
    private const double TargetP99 = 500;
    private static readonly LiveTown Town = new(Stations: 50, Communities: 500, Pairs: 10_000);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Name => "positions";

    /// <inheritdoc/>
    public async Task RunAsync(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        await using var ours = await stage.StartOursAsync(Town);
        Figures.Say($"positions: {Town.Pairs:N0} pairs on duty at {Town.Stations} stations report once a second over {Lines} connections; {Screens} screens show all");
        using var lines = await ours.Server.OpenLinesAsync(Lines);
        var reports = new PositionReports(lines, Town);
        var ages = new LongConcurrentHistogram(1, 60_000_000, 3);
        var screens = new List<PositionScreen>();
        for (var i = 0; i < Screens; i++)
        {
            screens.Add(await PositionScreen.OpenAsync(ours.Server, Town.Stations, i < Sampled ? ages : null));
        }

        using var stopping = new CancellationTokenSource();
        var reporting = Task.WhenAll(reports.RunAsync(stopping.Token), PingAsync(lines, screens, stopping.Token));
        await Task.Delay(WarmUp);
        var rounds = new List<Round>();
        for (var round = 0; round < stage.Setting.Rounds; round++)
        {
            ages.Reset();
            rounds.Add(await MeasureAsync(ours.Server, reports, screens, ages, stage.Setting.Length));
        }

        await stopping.CancelAsync();
        await reporting;
        Print(rounds, screens.Count(x => x.IsClosed));
        screens.ForEach(x => x.Dispose());
    }

    private static async Task<Round> MeasureAsync(
        LiveServer server, PositionReports reports, List<PositionScreen> screens, LongConcurrentHistogram ages, TimeSpan length)
    {
        var clients = new ProcessCost(Environment.ProcessId);
        var before = Now();
        var since = Stopwatch.GetTimestamp();
        await Task.Delay(length);
        var after = Now();
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return new Round(
            (after.Sent - before.Sent) / seconds, (after.Seen - before.Seen) / seconds / Sampled, (after.Messages - before.Messages) / seconds,
            (after.Bytes - before.Bytes) / seconds, (after.Server - before.Server) / seconds, (after.Clients - before.Clients) / seconds,
            ages.GetValueAtPercentile(50) / 1000d, ages.GetValueAtPercentile(99) / 1000d);

        (long Sent, long Seen, long Messages, long Bytes, double Server, double Clients) Now() => (
            reports.Sent, screens.Sum(x => x.Positions), screens.Sum(x => x.Messages), screens.Sum(x => x.Bytes), server.Cost.CpuSeconds, clients.CpuSeconds);
    }

    private static void Print(List<Round> rounds, int closed)
    {
        var (sent, seen) = (Figures.Median(rounds, x => x.Sent), Figures.Median(rounds, x => x.Seen));
        var (p50, p99) = (Figures.Median(rounds, x => x.P50), Figures.Median(rounds, x => x.P99));
        var sustained = closed == 0 && sent > 0.98 * Town.Pairs && seen > 0.98 * sent;
        Figures.Say($"  reported {sent:N0}/s, on each screen {seen:N0}/s, {closed} screens closed: {(sustained ? "sustained" : "NOT SUSTAINED")}");
        Figures.Say($"  out {Figures.Median(rounds, x => x.Messages):N0} messages/s, {Figures.Median(rounds, x => x.Bytes) / 1e6:0.0} MB/s; server {Figures.Median(rounds, x => x.Server):0.00} processors, clients {Figures.Median(rounds, x => x.Clients):0.00} processors");
        Figures.Say($"  reported → on screen p50 {p50:0} ms, p99 {p99:0} ms {Figures.Each(rounds, x => x.P99, "0")}  target p99 ≤ {TargetP99} ms{(p99 <= TargetP99 && sustained ? string.Empty : "  MISSED")}");
    }

    private static async Task PingAsync(CommandLines lines, List<PositionScreen> screens, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await lines.PingAsync();
            foreach (var screen in screens.Where(x => !x.IsClosed))
            {
                await screen.PingAsync();
            }

            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(10), stop));
        }
    }

    /// <summary>A round: rates a second, processors, milliseconds.</summary>
    private sealed record Round(double Sent, double Seen, double Messages, double Bytes, double Server, double Clients, double P50, double P99);
}
