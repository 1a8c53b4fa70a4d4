using Dispatch.Benchmarks.Live;
using Dispatch.Benchmarks.Live.Clients;
using Dispatch.Benchmarks.Live.Servers;
using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>
/// The wallboard in Chromium while every pair of a large bureau moves, from the real server, and beside it a bare page that takes the same messages and draws as many marks: what no
/// page could do for less on this machine. Work is the time that the processor spent on the page's main thread, so other programs on the machine do not count.
/// </summary>
public sealed class ScreensBenchmark(ScreensSetting setting)
{
    /// <summary>Interval at which the server sends positions, milliseconds: its default.</summary>
    public const int FlushMilliseconds = 250;

    private const double MostWork = 16;
    private const double MostMilliseconds = 2000;
    private const double MostScriptBytes = 250 * 1024;

    /// <summary>Growth that is noise of the collector, bytes.</summary>
    private const double MostGrowth = 2e6;

    private const int Lines = 8;
    private const int Openings = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        var town = new LiveTown(Stations: 20, Communities: 200, setting.Pairs);
        await using var server = await DispatchLiveServer.StartAsync(town, postgres: null);
        await server.OpenIncidentsAsync(setting.Incidents);
        using var lines = await server.OpenLinesAsync(Lines);
        using var stopping = new CancellationTokenSource();
        var reports = new PositionReports(lines, town, setting.Rate);
        var reporting = Task.WhenAll(reports.RunAsync(stopping.Token), PingAsync(lines, stopping.Token));
        Live.Figures.Say($"{setting.Pairs:N0} pairs at {town.Stations} stations report {setting.Rate} times a second, {setting.Incidents} incidents are open; SQLite, server, reports and Chromium on {Environment.ProcessorCount} processors;");
        Live.Figures.Say($"the board at 1920 × 1080, drawn by software (no graphics card); positions are sent every {FlushMilliseconds} ms");

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await BoardBrowser.LaunchAsync(playwright);
        await PrintWorkAsync(browser, server, reports);
        await PrintOpeningAsync(browser, server);
        await PrintMemoryAsync(browser, server);
        await stopping.CancelAsync();
        await reporting;
        await PrintPhoneAsync(browser, server);
    }

    private async Task PrintWorkAsync(IBrowser browser, DispatchLiveServer server, PositionReports reports)
    {
        await using var board = await BoardPage.OpenAsync(browser, server);
        await Task.Delay(WarmUp);
        var (sent, ours) = (reports.Sent, await board.MainThread.MeasureAsync(setting.Length));
        var reported = (reports.Sent - sent) / setting.Length.TotalSeconds;
        var moved = await board.MovesAsync(TimeSpan.FromSeconds(3));
        await board.LeaveAsync();

        await using var bare = await RawPage.OpenAsync(browser, server, setting.Incidents);
        await Task.Delay(WarmUp);
        var raw = await bare.MainThread.MeasureAsync(setting.Length);

        Live.Figures.Say();
        Live.Figures.Say($"main thread, ms a flush ({ours.Count} flushes): ours p50 {ours.P50:0.0}, p95 {ours.P95:0.0}; bare page p50 {raw.P50:0.0}, p95 {raw.P95:0.0}");
        Live.Figures.Say($"  reported {reported:N0}/s; a pair's mark on the board has a new place {moved:0.0} times a second; tasks above 50 ms: ours {ours.LongTasks}, bare {raw.LongTasks}");
        Live.Figures.SayRatio("p95 of ours, ms", ours.P95, MostWork);
        Live.Figures.Say($"  ours : bare p50 {ours.P50 / raw.P50:0.00}, p95 {ours.P95 / raw.P95:0.00}");
    }

    private static async Task PrintOpeningAsync(IBrowser browser, DispatchLiveServer server)
    {
        var opened = new List<Opening>();
        for (var i = 0; i < Openings; i++)
        {
            await using var board = await BoardPage.OpenAsync(browser, server);
            opened.Add(board.Opening);
        }

        Live.Figures.Say();
        Live.Figures.Say($"from navigation, ms, medians of {Openings}: first paint {Live.Figures.Median(opened, x => x.FirstPaint):0}, live data {Live.Figures.Median(opened, x => x.Live):0} {Live.Figures.Each(opened, x => x.Live, "0")}");
        Live.Figures.SayRatio("live data, ms", Live.Figures.Median(opened, x => x.Live), MostMilliseconds);
    }

    private async Task PrintMemoryAsync(IBrowser browser, DispatchLiveServer server)
    {
        await using var board = await BoardPage.OpenAsync(browser, server);
        await Task.Delay(WarmUp);
        var before = await board.MainThread.HeapAsync();
        await Task.Delay(setting.Watch);
        var after = await board.MainThread.HeapAsync();
        Live.Figures.Say();
        Live.Figures.Say($"memory over {setting.Watch.TotalMinutes:0.#} minutes, after collection: {before.Bytes / 1e6:0.0} → {after.Bytes / 1e6:0.0} MB, nodes {before.Nodes} → {after.Nodes}, listeners {before.Listeners} → {after.Listeners}");
        Live.Figures.SayRatio("growth, MB", (after.Bytes - before.Bytes) / 1e6, MostGrowth / 1e6);
    }

    private static async Task PrintPhoneAsync(IBrowser browser, DispatchLiveServer server)
    {
        await server.AddOfficerAsync("phone", 0);
        var scripts = await PhonePage.ScriptsAsync(browser, server, "phone");
        Live.Figures.Say();
        Live.Figures.Say($"scripts of the phone's page, {scripts.Count} of them: {scripts.Sum(x => x.Sent) / 1024.0:0} KB as they were sent, {scripts.Sum(x => x.Plain) / 1024.0:0} KB unpacked");
        Live.Figures.SayRatio("sent, KB", scripts.Sum(x => x.Sent) / 1024.0, MostScriptBytes / 1024);
    }

    private static async Task PingAsync(CommandLines lines, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await lines.PingAsync();
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(10), stop));
        }
    }
}
