using System.Diagnostics;
using HdrHistogram;

namespace Dispatch.Benchmarks.Durable;

/// <summary>
/// Commands that arrive at an even pace whether or not the last was answered. Each latency counts from when its command was due, so a stall is
/// felt by all that were due meanwhile (no coordinated omission).
/// </summary>
public static class OpenLoop
{
    private const long LongestMicroseconds = 60_000_000;

    /// <summary>Runs for a time, after a warm-up that is not counted.</summary>
    public static async Task<Latency> RunAsync(double perSecond, TimeSpan length, Func<int, Task> send)
    {
        var histogram = new LongConcurrentHistogram(1, LongestMicroseconds, 3);
        var warmUp = (int)perSecond;
        var all = warmUp + (int)(perSecond * length.TotalSeconds);
        var unanswered = new AsyncCountdown(all);

        // A thread of its own keeps the pace, whatever waits for the pool's threads.
        var pace = new Thread(() =>
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < all; i++)
            {
                var due = start + (long)(i / perSecond * Stopwatch.Frequency);
                while (Stopwatch.GetTimestamp() < due)
                {
                    Thread.Sleep(1);
                }

                _ = SendAsync(i, due);
            }
        });
        pace.Start();
        await unanswered.Completion;
        return new Latency(histogram.GetValueAtPercentile(50) / 1000d, histogram.GetValueAtPercentile(99) / 1000d);

        async Task SendAsync(int i, long due)
        {
            try
            {
                await send(i);
                if (i >= warmUp)
                {
                    histogram.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(due).TotalMicroseconds, 1, LongestMicroseconds));
                }

                unanswered.Signal();
            }
            catch (Exception exception)
            {
                unanswered.Fail(exception);
            }
        }
    }

    /// <summary>Completes after so many signals; keeps nothing for each, so that the measurement does not fill the heap it measures.</summary>
    private sealed class AsyncCountdown(int count)
    {
        private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int left = count;

        public Task Completion => completed.Task;

        public void Signal()
        {
            if (Interlocked.Decrement(ref left) == 0)
            {
                completed.TrySetResult();
            }
        }

        public void Fail(Exception exception) => completed.TrySetException(exception);
    }
}

/// <summary>Latencies in milliseconds.</summary>
public sealed record Latency(double P50, double P99);
