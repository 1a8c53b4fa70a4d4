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
            work.TotalCount, work.GetValueAtPercentile(50) / 1e3, work.GetValueAtPercentile(95) / 1e3, await page.EvaluateAsync<int>("window.longTasks"));
    }

    /// <summary>How many messages with positions come a second: whether the page is really sent what it is measured with. Looking at messages costs the page, so it is done apart.</summary>
    public async Task<double> MessagesAsync(TimeSpan length)
    {
        var messages = 0;
        await session.SendAsync("Network.enable");
        session.Event("Network.webSocketFrameReceived").OnEvent += Count;
        await Task.Delay(length);
        session.Event("Network.webSocketFrameReceived").OnEvent -= Count;
        await session.SendAsync("Network.disable");
        return messages / length.TotalSeconds;

        void Count(object? sender, JsonElement? frame)
        {
            if (frame!.Value.GetProperty("response").GetProperty("payloadData").GetString()!.Contains("/positions\"", StringComparison.Ordinal))
            {
                messages++;
            }
        }
    }

    /// <summary>The heap after a collection, and what else could pile up.</summary>
    public async Task<Heap> HeapAsync()
    {
        await session.SendAsync("HeapProfiler.collectGarbage");
        await session.SendAsync("HeapProfiler.collectGarbage");
        var usage = await session.SendAsync("Runtime.getHeapUsage");
        var metrics = await MetricsAsync();
        return new Heap(usage!.Value.GetProperty("usedSize").GetDouble(), (long)metrics["Nodes"], (long)metrics["JSEventListeners"]);
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
/// <param name="P95">Milliseconds a flush that 95 of 100 stay within.</param>
/// <param name="LongTasks">Single tasks that took more than 50 ms of the clock.</param>
public sealed record Work(long Count, double P50, double P95, int LongTasks);

/// <summary>What a page holds.</summary>
/// <param name="Bytes">Of its heap.</param>
/// <param name="Nodes">Of its documents.</param>
/// <param name="Listeners">To events.</param>
public sealed record Heap(double Bytes, long Nodes, long Listeners);
