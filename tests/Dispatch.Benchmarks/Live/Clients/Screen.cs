using System.Text;
using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>A screen with one feed: follows its cursor and counts what comes.</summary>
public sealed class Screen : IHubListener, IDisposable
{
    private readonly HubSocket socket;
    private readonly Deliveries deliveries;
    private readonly LiveServer server;
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task listening = Task.CompletedTask;
    private long target;

    private Screen(HubSocket socket, LiveServer server, Deliveries deliveries)
    {
        this.socket = socket;
        this.server = server;
        this.deliveries = deliveries;
    }

    /// <summary>The life of the feed it has; null before the first message.</summary>
    public string? Epoch { get; private set; }

    /// <summary>How far it is.</summary>
    public long Seq { get; private set; }

    /// <summary>Changes of pairs that came, without snapshots.</summary>
    public long Changes { get; private set; }

    /// <summary>Messages of the feed that came.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages that did not follow on what the screen had; there must be none.</summary>
    public long Gaps { get; private set; }

    /// <summary>Bytes read from the socket.</summary>
    public long Bytes => socket.BytesRead;

    /// <summary>Whether the server closed it.</summary>
    public bool IsClosed => listening.IsCompleted;

    /// <summary>Connects and subscribes. <see cref="Reached"/> says when it shows the feed.</summary>
    /// <param name="server">Where.</param>
    /// <param name="deliveries">Where what comes is counted.</param>
    /// <param name="resume">A screen that was there before, whose cursor is taken up; null to begin with nothing.</param>
    /// <param name="target">Seq that it is equal to the feed at; 0 for whatever comes first.</param>
    public static async Task<Screen> OpenAsync(LiveServer server, Deliveries deliveries, Screen? resume = null, long target = 0)
    {
        ArgumentNullException.ThrowIfNull(server);
        var screen = new Screen(await HubSocket.OpenAsync(server.Port, server.HubPath), server, deliveries) { target = target };
        if (resume is not null)
        {
            (screen.Epoch, screen.Seq) = (resume.Epoch, resume.Seq);
        }

        screen.listening = screen.socket.ListenAsync(screen);
        await screen.SubscribeAsync();
        return screen;
    }

    /// <summary>Ends when it is equal to the feed.</summary>
    public Task Reached => reached.Task;

    /// <summary>Tells the server that it is alive.</summary>
    public ValueTask PingAsync() => socket.PingAsync();

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> message, long arrived)
    {
        if (!FeedScan.TryRead(message, out var head))
        {
            if (FeedScan.CompletedCall(message) > 0 && message.IndexOf("\"error\":"u8) >= 0)
            {
                reached.TrySetException(new InvalidOperationException($"A screen was refused: {Encoding.UTF8.GetString(message)}"));
            }

            return;
        }

        Messages++;
        if (head.Snapshot)
        {
            Epoch = FeedScan.Epoch(message);
        }
        else
        {
            Gaps += server.FeedsFollowOn && head.From != Seq ? 1 : 0;
            Changes += deliveries.Take(message, head, arrived);
        }

        Seq = head.To;
        if (!head.More && Seq >= target)
        {
            reached.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private ValueTask SubscribeAsync()
    {
        var cursor = Epoch is null ? "null" : $"{{\"epoch\":\"{Epoch}\",\"seq\":{Seq}}}";
        return socket.SendAsync(Encoding.UTF8.GetBytes(
            $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[\"{server.Feed}\",{cursor}]}}\u001e"));
    }
}
