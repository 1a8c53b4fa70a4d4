using System.Text.Json;
using System.Text;
using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>What the browser itself does on its pages' main threads, beside their own functions: parts of its work by their names in its tracing.</summary>
public static class BrowserTrace
{
    private const string Categories = "devtools.timeline,disabled-by-default-devtools.timeline,toplevel,blink,cc,__metadata";

    /// <summary>The dearest parts of themselves.</summary>
    /// <param name="browser">The browser, with one page open.</param>
    /// <param name="length">For how long it is looked at.</param>
    /// <param name="most">How many are named.</param>
    public static async Task<IReadOnlyList<Dear>> OfMainThreadsAsync(IBrowser browser, TimeSpan length, int most)
    {
        ArgumentNullException.ThrowIfNull(browser);
        var session = await browser.NewBrowserCDPSessionAsync();
        var complete = new TaskCompletionSource<string>();
        session.Event("Tracing.tracingComplete").OnEvent += (_, x) => complete.SetResult(x!.Value.GetProperty("stream").GetString()!);
        await session.SendAsync("Tracing.start", new Dictionary<string, object> { ["categories"] = Categories, ["transferMode"] = "ReturnAsStream" });
        await Task.Delay(length);
        await session.SendAsync("Tracing.end");
        using var trace = JsonDocument.Parse(await ReadAsync(session, await complete.Task));
        var events = trace.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        var mains = events.Where(x => Name(x) == "thread_name" && x.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain").Select(Thread).ToHashSet();
        var parts = events.Where(x => x.GetProperty("ph").GetString() == "X" && x.TryGetProperty("tdur", out _) && mains.Contains(Thread(x)))
            .GroupBy(Thread).SelectMany(x => SelfTimes(x.OrderBy(Begin).ThenByDescending(y => y.GetProperty("dur").GetInt64())));
        return Dear.Of([.. parts], length, most);
    }

    private static List<Spent> SelfTimes(IEnumerable<JsonElement> parts)
    {
        var times = new List<Spent>();
        var around = new Stack<(int Index, long End)>();
        foreach (var part in parts)
        {
            while (around.Count > 0 && around.Peek().End <= Begin(part))
            {
                around.Pop();
            }

            var cost = part.GetProperty("tdur").GetInt64();
            if (around.Count > 0)
            {
                var index = around.Peek().Index;
                times[index] = times[index] with { Microseconds = times[index].Microseconds - cost };
            }

            around.Push((times.Count, Begin(part) + part.GetProperty("dur").GetInt64()));
            times.Add(new Spent(NameWithFunction(part), Begin(part), cost));
        }

        return times;
    }

    private static string NameWithFunction(JsonElement part) =>
        Name(part) == "FunctionCall" && part.TryGetProperty("args", out var args) && args.TryGetProperty("data", out var data) && data.TryGetProperty("functionName", out var function)
            ? $"FunctionCall {function.GetString()}"
            : Name(part);

    private static async Task<string> ReadAsync(ICDPSession session, string stream)
    {
        var text = new StringBuilder();
        for (var isOver = false; !isOver;)
        {
            var part = (await session.SendAsync("IO.read", new Dictionary<string, object> { ["handle"] = stream }))!.Value;
            text.Append(part.GetProperty("data").GetString());
            isOver = part.GetProperty("eof").GetBoolean();
        }

        return text.ToString();
    }

    private static string Name(JsonElement part) => part.GetProperty("name").GetString()!;

    private static long Begin(JsonElement part) => part.GetProperty("ts").GetInt64();

    private static (int Process, int Thread) Thread(JsonElement part) => (part.GetProperty("pid").GetInt32(), part.GetProperty("tid").GetInt32());
}
