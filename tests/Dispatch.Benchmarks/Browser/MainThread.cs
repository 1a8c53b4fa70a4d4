using System.Diagnostics;
using System.Text.Json;
using HdrHistogram;
using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>What a page costs, as the browser's own counters tell it.</summary>
public sealed class MainThread
{
    private const string ObserveLongTasks = """
        window.longTasks = 0;
        new PerformanceObserver((list) => { window.longTasks += list.getEntries().length }).observe({ type: 'longtask' });
        """;

    /// <summary>Needs the browser's <c>--js-flags=--expose-gc</c> and <c>--enable-precise-memory-info</c>.</summary>
    private const string CollectedHeap = "() => { gc(); gc(); return performance.memory?.usedJSHeapSize ?? 0 }";

    private readonly IPage page;
    private readonly ICDPSession session;

    private MainThread(IPage page, ICDPSession session)
    {
        this.page = page;
        this.session = session;
    }

    /// <summary>Begins to look at a page.</summary>
    public static async Task<MainThread> OfAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var session = await page.Context.NewCDPSessionAsync(page);

        // Time of the processor on that thread, not time of the clock.
        await session.SendAsync("Performance.enable", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });
        return new MainThread(page, session);
    }

    /// <summary>Looks every flush at how much work there was since.</summary>
    public async Task<Work> MeasureAsync(TimeSpan length)
    {
        var whole = await ProcessSecondsAsync();
        await page.EvaluateAsync(ObserveLongTasks);
        var work = new LongHistogram(1, 60_000_000, 3);
        var flush = TimeSpan.FromMilliseconds(ScreensBenchmark.FlushMilliseconds);
        var began = Stopwatch.GetTimestamp();
        var (at, before) = (began, await TaskSecondsAsync());
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            await Task.Delay(flush);
            var (now, after) = (Stopwatch.GetTimestamp(), await TaskSecondsAsync());

            // The look comes a little late at times: the work is brought to the length of one flush.
            work.RecordValue((long)Math.Max(1, (after - before) * 1e6 * (flush / Stopwatch.GetElapsedTime(at, now))));
            (at, before) = (now, after);
        }

        return new Work(
            work.TotalCount, work.GetValueAtPercentile(50) / 1e3, work.GetValueAtPercentile(75) / 1e3, work.GetValueAtPercentile(95) / 1e3, await page.EvaluateAsync<int>("window.longTasks"),
            (await ProcessSecondsAsync() - whole) * 1e3 * (flush / Stopwatch.GetElapsedTime(began)));
    }

    /// <summary>Where the time of the main thread goes: the functions that are dearest of themselves, in all and in the dearest flushes.</summary>
    /// <param name="length">For how long it is looked at.</param>
    /// <param name="most">How many functions are named.</param>
    public async Task<IReadOnlyList<Dear>> ProfileAsync(TimeSpan length, int most)
    {
        await session.SendAsync("Profiler.enable");
        await session.SendAsync("Profiler.start");
        await Task.Delay(length);
        var profile = (await session.SendAsync("Profiler.stop"))!.Value.GetProperty("profile");
        var names = profile.GetProperty("nodes").EnumerateArray().ToDictionary(x => x.GetProperty("id").GetInt32(), x => NameOf(x.GetProperty("callFrame")));
        var at = 0L;
        var samples = profile.GetProperty("samples").EnumerateArray().Zip(
            profile.GetProperty("timeDeltas").EnumerateArray(), (sample, took) => new Spent(names[sample.GetInt32()], at += took.GetInt64(), took.GetInt64()));
        return Dear.Of([.. samples.Where(x => !x.Name.StartsWith("(idle)", StringComparison.Ordinal))], length, most);
    }

    /// <summary>The heap after a collection, and what else could pile up.</summary>
    public async Task<Heap> HeapAsync()
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        await session.SendAsync("HeapProfiler.collectGarbage");
        var usage = await session.SendAsync("Runtime.getHeapUsage");
        var metrics = await MetricsAsync();
        var beside = 0.0;
        foreach (var worker in page.Workers)
        {
            beside += await worker.EvaluateAsync<double>(CollectedHeap);
        }

        return new Heap(usage!.Value.GetProperty("usedSize").GetDouble() + beside, (long)metrics["Nodes"], (long)metrics["JSEventListeners"]);
    }

    /// <summary>Time of the processor that the browser's pages took with all their threads.</summary>
    private async Task<double> ProcessSecondsAsync()
    {
        var browser = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        var processes = (await browser.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo").EnumerateArray().ToList();
        await browser.DetachAsync();
        return processes.Where(x => x.GetProperty("type").GetString() == "renderer").Sum(x => x.GetProperty("cpuTime").GetDouble());
    }

    private static string NameOf(JsonElement frame)
    {
        var url = frame.GetProperty("url").GetString()!;
        return $"{frame.GetProperty("functionName").GetString()} {url[(url.LastIndexOf('/') + 1)..]}:{frame.GetProperty("lineNumber").GetInt32() + 1}:{frame.GetProperty("columnNumber").GetInt32() + 1}";
    }

    private async Task<double> TaskSecondsAsync() => (await MetricsAsync())["TaskDuration"];

    private async Task<Dictionary<string, double>> MetricsAsync()
    {
        var answer = await session.SendAsync("Performance.getMetrics");
        return answer!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(x => x.GetProperty("name").GetString()!, x => x.GetProperty("value").GetDouble());
    }
}

/// <summary>Work of a page's main thread.</summary>
/// <param name="Count">Flushes that were looked at.</param>
/// <param name="P50">Milliseconds a flush, the middle one.</param>
/// <param name="P75">Milliseconds a flush that three of four stay within: there are four a second, and one of them has the clocks.</param>
/// <param name="P95">Milliseconds a flush that 95 of 100 stay within.</param>
/// <param name="LongTasks">Single tasks that took more than 50 ms of the clock.</param>
/// <param name="Whole">Milliseconds a flush that all threads of the page took, on average.</param>
public sealed record Work(long Count, double P50, double P75, double P95, int LongTasks, double Whole);

/// <summary>What a page holds.</summary>
/// <param name="Bytes">Of its heap and those of its workers.</param>
/// <param name="Nodes">Of its documents.</param>
/// <param name="Listeners">To events.</param>
public sealed record Heap(double Bytes, long Nodes, long Listeners);
