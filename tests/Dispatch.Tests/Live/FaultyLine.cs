using System.Net;
using System.Net.Sockets;

namespace Dispatch.Tests.Live;

/// <summary>A line to a server that delays bytes, passes them on in pieces and breaks at random moments, until it is mended.</summary>
public sealed class FaultyLine : IAsyncDisposable
{
    private const double CutShare = 0.05;
    private const double DelayedShare = 0.2;
    private const int LongestDelayMilliseconds = 15;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly int serverPort;
    private readonly Random random;
    private readonly Task accepting;
    private volatile bool isMended;
    private int cuts;

    public FaultyLine(int serverPort, int seed)
    {
        this.serverPort = serverPort;
        random = new Random(seed);
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>Where it begins.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>How often it broke.</summary>
    public int Cuts => Volatile.Read(ref cuts);

    /// <summary>From now on it is as good as any.</summary>
    public void Mend() => isMended = true;

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        var passing = new List<Task>();
        while (!closing.IsCancellationRequested)
        {
            try
            {
                passing.Add(PassAsync(await listener.AcceptTcpClientAsync(closing.Token)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                break;
            }
        }

        await Task.WhenAll(passing);
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, serverPort, broken.Token);
                await await Task.WhenAny(PassAsync(client, server, broken.Token), PassAsync(server, client, broken.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // Broken, as it should be now and then.
            }

            await broken.CancelAsync();
            // No farewell: what was under way is lost.
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            server.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to, CancellationToken broken)
    {
        var buffer = new byte[4096];
        while (await from.GetStream().ReadAsync(buffer.AsMemory(0, PieceLength()), broken) is > 0 and var count)
        {
            if (Happens(DelayedShare))
            {
                await Task.Delay(Below(LongestDelayMilliseconds), broken);
            }

            if (Happens(CutShare))
            {
                Interlocked.Increment(ref cuts);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, Below(count)), broken);
                return;
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), broken);
        }
    }

    private int PieceLength() => isMended ? 4096 : 1 + Below(4096);

    private bool Happens(double share)
    {
        lock (random)
        {
            return !isMended && random.NextDouble() < share;
        }
    }

    private int Below(int bound)
    {
        lock (random)
        {
            return random.Next(bound);
        }
    }
}
