using System.Diagnostics;

namespace Dispatch.Benchmarks.Durable;

/// <summary>So many senders at once, each sending its next when the last is answered: the most that goes through.</summary>
public static class ClosedLoop
{
    /// <summary>Runs for a time, after a warm-up that is not counted.</summary>
    /// <returns>Answers a second.</returns>
    public static async Task<double> RunAsync(TimeSpan length, Func<int, Task> send)
    {
        var next = -1;
        var answered = 0L;
        var stop = false;

        async Task SendAsync()
        {
            while (!Volatile.Read(ref stop))
            {
                await send(Interlocked.Increment(ref next));
                Interlocked.Increment(ref answered);
            }
        }

        var senders = Enumerable.Range(0, DurableOptions.AtOnce).Select(_ => Task.Run(SendAsync)).ToArray();
        await Task.WhenAny([Task.Delay(TimeSpan.FromSeconds(1)), .. senders]);
        var (before, since) = (Volatile.Read(ref answered), Stopwatch.GetTimestamp());
        await Task.WhenAny([Task.Delay(length), .. senders]);
        var rate = (Volatile.Read(ref answered) - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        Volatile.Write(ref stop, true);
        await Task.WhenAll(senders);
        return rate;
    }

    /// <summary>Sends each of so many once, as fast as so many senders go.</summary>
    /// <returns>Answers a second.</returns>
    public static async Task<double> EachAsync(int count, Func<int, Task> send)
    {
        var since = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = DurableOptions.AtOnce }, async (i, _) => await send(i));
        return count / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}
