using System.Collections.Concurrent;
using System.Diagnostics;
using Dispatch.Benchmarks.Durable;
using HdrHistogram;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>
/// What all screens of a server saw of the changes. The bytes of a batch are the same for all its screens, so which changes it holds is looked
/// up by its cursors and found out once.
/// </summary>
public sealed class Deliveries
{
    private const long LongestMicroseconds = 60_000_000;
    private readonly ConcurrentDictionary<(long From, long To), Change[]> batches = new();
    private Window? window;

    /// <summary>Whose changes are looked for; null while none are sent.</summary>
    public Changes? Changes { get; set; }

    /// <summary>From now on the latency of changes that are sent is counted, until the window is closed.</summary>
    public void OpenWindow() => window = new Window(Stopwatch.GetTimestamp());

    /// <summary>The latencies from a change's sending to each screen, of the changes sent in the window; waits for those under way. No number where none came.</summary>
    public async Task<Latency> CloseWindowAsync()
    {
        var closed = window!;
        closed.Until = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(1));
        window = null;
        batches.Clear();
        return closed.Histogram.TotalCount == 0
            ? new Latency(double.NaN, double.NaN)
            : new Latency(closed.Histogram.GetValueAtPercentile(50) / 1000d, closed.Histogram.GetValueAtPercentile(99) / 1000d);
    }

    /// <summary>Takes a batch that came to a screen.</summary>
    /// <returns>How many changes it holds.</returns>
    public int Take(ReadOnlySpan<byte> message, in FeedScan.Head head, long arrived)
    {
        if (!batches.TryGetValue((head.From, head.To), out var changes))
        {
            batches[(head.From, head.To)] = changes = Find(message, head.Length);
        }

        if (window is { } open && Changes is { } sent)
        {
            foreach (var change in changes)
            {
                var at = sent.SentAt(change.Pair, change.Version);
                if (at >= open.Since && at <= open.Until)
                {
                    open.Histogram.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(at, arrived).TotalMicroseconds, 1, LongestMicroseconds));
                }
            }
        }

        return changes.Length;
    }

    private static Change[] Find(ReadOnlySpan<byte> message, int at)
    {
        var changes = new List<Change>();
        while (FeedScan.TryNextPair(message, ref at, out var pair, out var version))
        {
            changes.Add(new Change(pair, version));
        }

        return [.. changes];
    }

    private readonly record struct Change(int Pair, long Version);

    private sealed class Window(long since)
    {
        public long Since { get; } = since;

        public long Until { get; set; } = long.MaxValue;

        public LongConcurrentHistogram Histogram { get; } = new(1, LongestMicroseconds, 3);
    }
}
