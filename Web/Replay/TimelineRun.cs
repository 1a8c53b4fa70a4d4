using System.Collections.Immutable;

namespace Dispatch.Replay;

/// <summary>
/// Carries a timeline out: a step starts when the steps before it are over and its time has come, the earliest first, so many at once. Unpaced,
/// a step starts at most <see cref="Lookahead"/> of recorded time ahead of the earliest one that is not over, so that no more calls are open at
/// once than were in such a span.
/// </summary>
/// <param name="steps">The timeline.</param>
/// <param name="pace">How fast recorded time passes.</param>
/// <param name="concurrency">Most steps at once.</param>
/// <param name="time">The clock.</param>
public sealed class TimelineRun(ImmutableArray<TimelineStep> steps, Pace pace, int concurrency, TimeProvider time) : IDisposable
{
    /// <summary>How far ahead an unpaced run may be, in recorded time.</summary>
    public static readonly TimeSpan Lookahead = TimeSpan.FromHours(2);

    /// <summary>A timer takes no more than 49 days; a slow replay may wait longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>How long steps under way may go on after a stop: what is sent should be answered, so that it is known.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private readonly PriorityQueue<int, int> ready = new();

    /// <summary>One for each step that is ready, and one for each worker when all are over.</summary>
    private readonly SemaphoreSlim toDo = new(0);
    private readonly int[] outstanding = [.. steps.Select(x => x.After.Length + 1)];
    private readonly ILookup<int, int> followers = steps.SelectMany(x => x.After, (step, before) => (before, step.Index)).ToLookup(x => x.before, x => x.Index);
    private readonly bool[] over = new bool[steps.Length];
    private int released;
    private int earliest;
    private int done;
    private long startedAt;
    private long worstLag;

    /// <summary>How many steps are over.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>How late the latest step started, against its due time; zero unpaced.</summary>
    public TimeSpan WorstLag => new(Volatile.Read(ref worstLag));

    /// <summary>Performs every step. A step that throws ends the run with its exception.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(Func<TimelineStep, CancellationToken, Task> perform, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(perform);
        if (steps.IsEmpty)
        {
            return;
        }

        startedAt = time.GetTimestamp();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var abandon = new CancellationTokenSource();
        await using var stopping = stop.Token.Register(() => abandon.CancelAfter(Grace));
        var workers = Enumerable.Range(0, concurrency).Select(_ => WorkAsync(perform, stop, abandon.Token)).ToArray();
        var releasing = pace.IsUnpaced ? Task.CompletedTask : ReleaseInTimeAsync(stop);
        if (pace.IsUnpaced)
        {
            lock (gate)
            {
                ReleaseAhead();
            }
        }

        await Task.WhenAll([.. workers, releasing]);
    }

    /// <inheritdoc/>
    public void Dispose() => toDo.Dispose();

    private async Task WorkAsync(
        Func<TimelineStep, CancellationToken, Task> perform, CancellationTokenSource stop, CancellationToken abandon)
    {
        try
        {
            while (await NextAsync(stop.Token) is { } step)
            {
                NoteLag(step);
                await perform(step, abandon);
                Finish(step.Index);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }

    /// <summary>The earliest step that is ready, once there is one; null when all are over.</summary>
    private async Task<TimelineStep?> NextAsync(CancellationToken cancellationToken)
    {
        await toDo.WaitAsync(cancellationToken);
        lock (gate)
        {
            return ready.TryDequeue(out var index, out _) ? steps[index] : null;
        }
    }

    private async Task ReleaseInTimeAsync(CancellationTokenSource stop)
    {
        foreach (var step in steps)
        {
            while (Due(step) - time.GetElapsedTime(startedAt) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stop.Token);
            }

            lock (gate)
            {
                Count(step.Index);
            }
        }
    }

    private void Finish(int index)
    {
        lock (gate)
        {
            over[index] = true;
            foreach (var follower in followers[index])
            {
                Count(follower);
            }

            while (earliest < steps.Length && over[earliest])
            {
                earliest++;
            }

            if (pace.IsUnpaced)
            {
                ReleaseAhead();
            }

            if (++done == steps.Length)
            {
                toDo.Release(concurrency);
            }
        }
    }

    private void ReleaseAhead()
    {
        while (earliest < steps.Length && released < steps.Length && steps[released].At <= steps[earliest].At + Lookahead)
        {
            Count(released++);
        }
    }

    /// <summary>One thing less that a step waits for.</summary>
    private void Count(int index)
    {
        if (--outstanding[index] == 0)
        {
            ready.Enqueue(index, index);
            toDo.Release();
        }
    }

    private TimeSpan Due(TimelineStep step) => pace.DueAfter(step.At - steps[0].At);

    private void NoteLag(TimelineStep step)
    {
        if (!pace.IsUnpaced)
        {
            var lag = (time.GetElapsedTime(startedAt) - Due(step)).Ticks;
            lock (gate)
            {
                worstLag = Math.Max(worstLag, lag);
            }
        }
    }
}
