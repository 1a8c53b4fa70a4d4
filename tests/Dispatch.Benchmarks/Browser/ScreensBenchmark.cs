using System.Diagnostics;
using Dispatch.Benchmarks.Live;
using Dispatch.Benchmarks.Live.Clients;
using Dispatch.Benchmarks.Live.Servers;
using Dispatch.Processes;
using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>
/// The wallboard in Chromium while every pair of a large bureau moves, from the real server, and beside it a bare page that takes the same messages and draws as many marks on its one
/// thread: what no page could do for less on this machine. Work is the time that the processor spent, so other programs on the machine do not count.
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
    private const int NamedFunctions = 40;
    private const int Openings = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);

    /// <summary>Reports until everybody's place is known.</summary>
    private static readonly TimeSpan FirstReports = TimeSpan.FromSeconds(5);

    /// <summary>Measures and prints.</summary>
    public async Task RunAsync()
    {
        var town = new LiveTown(Stations: 20, Communities: 200, setting.Pairs);
        await using var server = await DispatchLiveServer.StartAsync(town, postgres: null);
        await server.OpenIncidentsAsync(setting.Incidents);
        await server.AddOfficerAsync(PhonePage.UserName, 0);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright, "--autoplay-policy=no-user-gesture-required", "--js-flags=--expose-gc", "--enable-precise-memory-info");
        Live.Figures.Say($"{setting.Pairs:N0} pairs at {town.Stations} stations, each with a new place {1000 / FlushMilliseconds} times a second, {setting.Incidents} incidents open; board at 1920 × 1080, drawn without a graphics card; {Environment.ProcessorCount} processors");
        using var lines = await server.OpenLinesAsync(Lines);
        if (setting.Real)
        {
            await MeasureRealAsync(browser, server, town, lines);
            return;
        }

        using (var enough = new CancellationTokenSource(FirstReports))
        {
            await new PositionReports(lines, town).RunAsync(enough.Token);
        }

        await using var standIn = await StandIn.StartAsync(server, await RecordedFeeds.OfAsync(server, town));
        Live.Figures.Say($"messages: as they were recorded from the server, sent by a stand-in for its hub; everything else from the server");
        await MeasureAsync(browser, new BoardSite(standIn.Url, "/hubs/dispatch", town.Stations, () => standIn.Feeds.Sent));
        await PrintPhoneAsync(browser, server.Url);
    }

    private async Task MeasureRealAsync(IBrowser browser, DispatchLiveServer server, LiveTown town, CommandLines lines)
    {
        using var stopping = new CancellationTokenSource();
        var reports = new PositionReports(lines, town, 1000 / FlushMilliseconds);
        var reporting = Task.WhenAll(reports.RunAsync(stopping.Token), PingAsync(lines, stopping.Token));
        await Task.Delay(FirstReports);
        var (before, since) = (reports.Sent, Stopwatch.GetTimestamp());
        await MeasureAsync(browser, new BoardSite(server.Url, server.HubPath, town.Stations));
        Live.Figures.Say($"messages: from the server, to which {(reports.Sent - before) / Stopwatch.GetElapsedTime(since).TotalSeconds:N0} places a second were reported");
        await stopping.CancelAsync();
        await reporting;
        await PrintPhoneAsync(browser, server.Url);
    }

    private async Task MeasureAsync(IBrowser browser, BoardSite site)
    {
        if (setting.Profile)
        {
            await PrintProfileAsync(browser, site);
            return;
        }

        await PrintWorkAsync(browser, site);
        await PrintOpeningAsync(browser, site);
        await PrintMemoryAsync(browser, site);
    }

    private async Task PrintProfileAsync(IBrowser browser, BoardSite site)
    {
        await using var board = await BoardPage.OpenAsync(browser, site);
        await Task.Delay(WarmUp);
        foreach (var (where, cost) in await board.MainThread.ProfileAsync(setting.Length, NamedFunctions))
        {
            Live.Figures.Say($"{cost} {where}");
        }

        foreach (var (where, cost) in await BrowserTrace.OfMainThreadsAsync(browser, setting.Length, NamedFunctions))
        {
            Live.Figures.Say($"{cost} {where}");
        }
    }

    private async Task PrintWorkAsync(IBrowser browser, BoardSite site)
    {
        Work ours, raw;
        double? sent;
        await using (var board = await BoardPage.OpenAsync(browser, site))
        {
            await Task.Delay(WarmUp);
            var (before, since) = (site.Sent?.Invoke(), Stopwatch.GetTimestamp());
            ours = await board.MainThread.MeasureAsync(setting.Length);
            sent = (site.Sent?.Invoke() - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        }

        await using (var bare = await RawPage.OpenAsync(browser, site, setting.Incidents))
        {
            await Task.Delay(WarmUp);
            raw = await bare.MainThread.MeasureAsync(setting.Length);
        }

        Live.Figures.Say();
        Live.Figures.Say($"main thread, ms of the processor in a flush ({ours.Count} looked at): ours p50 {ours.P50:0.0}, p75 {ours.P75:0.0}, p95 {ours.P95:0.0}; bare page p50 {raw.P50:0.0}, p95 {raw.P95:0.0}");
        Live.Figures.Say($"  all threads of the page, ms of the processor in a flush: ours {ours.Whole:0.0}, bare page {raw.Whole:0.0}; tasks of the main thread above 50 ms of the clock: ours {ours.LongTasks}, bare {raw.LongTasks}");
        if (sent is not null)
        {
            Live.Figures.Say($"  messages with positions that were sent to the board a second: {sent:0} (of {site.Stations * 1000 / FlushMilliseconds})");
        }

        Live.Figures.SayRatio("p95 of ours, ms", ours.P95, MostWork);
        Live.Figures.Say($"  ours : bare p50 {ours.P50 / raw.P50:0.00}, p95 {ours.P95 / raw.P95:0.00}");
    }

    private static async Task PrintOpeningAsync(IBrowser browser, BoardSite site)
    {
        var opened = new List<Opening>();
        for (var i = 0; i < Openings; i++)
        {
            await using var board = await BoardPage.OpenAsync(browser, site);
            opened.Add(board.Opening);
        }

        var live = Live.Figures.Median(opened, x => x.Live);
        Live.Figures.Say();
        Live.Figures.Say($"from navigation, nothing cached, ms, medians of {Openings}: first paint {Live.Figures.Median(opened, x => x.FirstPaint):0}, live data {live:0} {Live.Figures.Each(opened, x => x.Live, "0")}");
        Live.Figures.SayRatio("first paint to live data, ms", Live.Figures.Median(opened, x => x.Live - x.FirstPaint), MostMilliseconds);
        Live.Figures.SayRatio("navigation to live data, ms", live, MostMilliseconds);
    }

    private async Task PrintMemoryAsync(IBrowser browser, BoardSite site)
    {
        await using var board = await BoardPage.OpenAsync(browser, site);
        await Task.Delay(WarmUp);
        var before = await board.MainThread.HeapAsync();
        await Task.Delay(setting.Watch);
        var after = await board.MainThread.HeapAsync();
        Live.Figures.Say();
        Live.Figures.Say($"memory over {setting.Watch.TotalMinutes:0.#} minutes, after collection: {before.Bytes / 1e6:0.0} → {after.Bytes / 1e6:0.0} MB, nodes {before.Nodes} → {after.Nodes}, listeners {before.Listeners} → {after.Listeners}");
        Live.Figures.SayRatio("growth, MB", (after.Bytes - before.Bytes) / 1e6, MostGrowth / 1e6);
    }

    private static async Task PrintPhoneAsync(IBrowser browser, Uri server)
    {
        var scripts = await PhonePage.ScriptsAsync(browser, server);
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
