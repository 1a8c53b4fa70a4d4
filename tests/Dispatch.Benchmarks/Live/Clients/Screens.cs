using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>Many screens of one server, kept alive by pings until they are disposed of.</summary>
public sealed class Screens : IAsyncDisposable
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly CancellationTokenSource closing = new();
    private readonly Screen[] screens;
    private readonly Task pinging;

    private Screens(Screen[] screens)
    {
        this.screens = screens;
        pinging = PingAsync();
    }

    /// <summary>How many there are.</summary>
    public int Count => screens.Length;

    /// <summary>Each of them.</summary>
    public IReadOnlyList<Screen> All => screens;

    /// <summary>What came to all of them so far.</summary>
    public DeliveryCount Total => new(screens.Sum(x => x.Changes), screens.Sum(x => x.Messages), screens.Sum(x => x.Bytes));

    /// <summary>Opens so many and waits until each shows the feed; a few at a time.</summary>
    public static async Task<Screens> OpenAsync(LiveServer server, Deliveries deliveries, int count)
    {
        var opened = new Screen[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, stop) =>
        {
            opened[i] = await Screen.OpenAsync(server, deliveries);
            await opened[i].Reached.WaitAsync(Patience, stop);
        });
        return new Screens(opened);
    }

    /// <summary>Opens so many in one instant and waits until each is equal to the feed.</summary>
    /// <param name="server">Where.</param>
    /// <param name="deliveries">Where what comes is counted.</param>
    /// <param name="resume">The screens that come back; null where they begin with nothing.</param>
    /// <param name="target">Seq of the feed that they are equal at.</param>
    /// <param name="count">How many.</param>
    public static async Task<Screens> OpenAtOnceAsync(LiveServer server, Deliveries deliveries, Screens? resume, long target, int count)
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, count).Select(
            i => Task.Run(() => Screen.OpenAsync(server, deliveries, resume?.screens[i], target))));
        await Task.WhenAll(opened.Select(x => x.Reached)).WaitAsync(Patience);
        return new Screens(opened);
    }

    /// <summary>Checks that nobody missed anything and all are still there.</summary>
    /// <exception cref="InvalidOperationException">A screen was closed, or got a message that did not follow on what it had.</exception>
    public void Check()
    {
        var (closed, gaps) = (screens.Count(x => x.IsClosed), screens.Sum(x => x.Gaps));
        if (closed > 0 || gaps > 0)
        {
            throw new InvalidOperationException($"{closed} screens were closed, {gaps} messages did not follow on what their screen had.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await pinging;
        closing.Dispose();
        Array.ForEach(screens, x => x.Dispose());
    }

    private async Task PingAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(PingInterval, closing.Token);
                foreach (var screen in screens)
                {
                    if (!screen.IsClosed)
                    {
                        await screen.PingAsync();
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // They are disposed of.
        }
    }
}

/// <summary>What came to screens.</summary>
/// <param name="Changes">Changes, each counted on each screen.</param>
/// <param name="Messages">Messages of the feed.</param>
/// <param name="Bytes">Bytes read from the sockets.</param>
public readonly record struct DeliveryCount(long Changes, long Messages, long Bytes)
{
    /// <summary>What came in between.</summary>
    public static DeliveryCount operator -(DeliveryCount after, DeliveryCount before) =>
        new(after.Changes - before.Changes, after.Messages - before.Messages, after.Bytes - before.Bytes);

    /// <summary>The same as the operator.</summary>
    public static DeliveryCount Subtract(DeliveryCount after, DeliveryCount before) => after - before;
}
