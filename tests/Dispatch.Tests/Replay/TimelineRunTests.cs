using System.Collections.Concurrent;
using System.Collections.Immutable;
using Xunit;
using static Dispatch.Tests.Replay.Samples;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>However many steps run at once, none runs before those it waits for.</summary>
public sealed class TimelineRunTests
{
    private static readonly ImmutableArray<TimelineStep> Busy = Timeline.Build(Plan(
        [.. Enumerable.Range(0, 300).Select(x => Row($"r{x}", $"c{x / 3}", x % 2 == 0 ? "E01" : x % 3 == 0 ? "E02" : "T03", "00:00", $"{x / 10:00}:{x % 10:00}"))]).Calls);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(64)]
    public async Task RunAsync_ManyAtOnce_StartsEachStepOnceAndAfterThoseItWaitsFor(int concurrency)
    {
        var over = new bool[Busy.Length];
        var starts = new int[Busy.Length];
        var early = new ConcurrentBag<int>();
        var running = 0;
        var most = 0;
        using var run = new TimelineRun(Busy, new Pace(0), concurrency, TimeProvider.System);
        await run.RunAsync(
            async (step, _) =>
            {
                var now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                Interlocked.Increment(ref starts[step.Index]);
                if (step.After.Any(x => !Volatile.Read(ref over[x])))
                {
                    early.Add(step.Index);
                }

                await Task.Yield();
                Volatile.Write(ref over[step.Index], true);
                Interlocked.Decrement(ref running);
            },
            TestContext.Current.CancellationToken);
        Assert.Empty(early);
        Assert.All(starts, x => Assert.Equal(1, x));
        Assert.InRange(most, 1, concurrency);
        Assert.Equal(Busy.Length, run.Done);
    }

    [Fact]
    public async Task RunAsync_Unpaced_StaysWithinTheLookahead()
    {
        var steps = Timeline.Build(Plan(
            Row("1", "a", "E01"), Row("2", "b", "E02", received: "2020-04-07T16:00:00", dispatch: "2020-04-07T16:00:01")).Calls);
        var order = new ConcurrentQueue<string>();
        using var run = new TimelineRun(steps, new Pace(0), 16, TimeProvider.System);
        await run.RunAsync(
            async (step, _) =>
            {
                await Task.Yield();
                order.Enqueue(step.Call.Number);
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(["a", "b"], order.Distinct());
        Assert.True(order.TakeWhile(x => x == "a").Count() >= steps.Count(x => x.Call.Number == "a") - 1);
    }

    [Fact]
    public async Task RunAsync_StepThrows_EndsTheRunWithItsException()
    {
        using var run = new TimelineRun(Busy, new Pace(0), 8, TimeProvider.System);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => run.RunAsync(
            (step, _) => step.Index == 20 ? throw new ServerLostException("gone") : Task.CompletedTask, TestContext.Current.CancellationToken));
        Assert.IsType<ServerLostException>(thrown);
        Assert.True(run.Done < Busy.Length);
    }

    [Fact]
    public async Task RunAsync_Stopped_StartsNothingMore()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var run = new TimelineRun(Busy, new Pace(0), 1, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.RunAsync(
            async (step, _) =>
            {
                if (step.Index == 10)
                {
                    await stop.CancelAsync();
                }
            },
            stop.Token));
        Assert.InRange(run.Done, 10, 11);
    }

    [Fact]
    public async Task RunAsync_Paced_StartsNothingBeforeItsTimeAndWaitsNoLonger()
    {
        var steps = Timeline.Build(Plan(Row("1", "a", "E01")).Calls);
        var clock = new ManualTime();
        var started = new ConcurrentQueue<(StepKind Kind, TimeSpan At)>();
        using var run = new TimelineRun(steps, new Pace(60), 4, clock);
        var running = run.RunAsync(
            (step, _) =>
            {
                started.Enqueue((step.Kind, clock.Elapsed));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        while (await clock.NextTimerAsync(running))
        {
            clock.AdvanceToNextTimer();
        }

        await running;
        int[] due = [0, 1, 2, 2, 5, 30, 30, 30];
        Assert.Equal(Enum.GetValues<StepKind>(), started.Select(x => x.Kind));
        Assert.All(started.Zip(due), x => Assert.True(x.First.At >= TimeSpan.FromSeconds(x.Second), $"{x.First.Kind} started at {x.First.At}"));
        Assert.Equal(TimeSpan.FromSeconds(30), clock.Elapsed);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    /// <summary>A clock that only moves when the test moves it to the next timer.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly Lock gate = new();
        private readonly List<ManualTimer> timers = [];
        private TaskCompletionSource created = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long now;

        public TimeSpan Elapsed => new(Volatile.Read(ref now));

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                var timer = new ManualTimer(this, callback, state, now + dueTime.Ticks);
                timers.Add(timer);
                created.TrySetResult();
                return timer;
            }
        }

        /// <summary>Waits until somebody waits for time to pass; false when the work is over.</summary>
        public async Task<bool> NextTimerAsync(Task work)
        {
            Task waiting;
            lock (gate)
            {
                if (timers.Count > 0)
                {
                    return true;
                }

                created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = created.Task;
            }

            return await Task.WhenAny(waiting, work) == waiting;
        }

        public void AdvanceToNextTimer()
        {
            ManualTimer next;
            lock (gate)
            {
                next = timers.MinBy(x => x.Due)!;
                timers.Remove(next);
                now = Math.Max(now, next.Due);
            }

            next.Fire();
        }

        private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state, long due) : ITimer
        {
            public long Due => due;

            public void Fire() => callback(state);

            public bool Change(TimeSpan dueTime, TimeSpan period) => false;

            public void Dispose()
            {
                lock (clock.gate)
                {
                    clock.timers.Remove(this);
                }
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
