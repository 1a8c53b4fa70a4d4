using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Live;

namespace Dispatch.Tests.Live;

/// <summary>
/// A client that nobody wrote carefully: a WebSocket whose frames, bytes and reading are the test's. Feeds that it reads are applied to its copies,
/// which it may take along to its next connection.
/// </summary>
public sealed class RawScreen : IAsyncDisposable
{
    /// <summary>How long anything that must happen may take on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private const char End = '\u001e';
    private const string Ping = "{\"type\":6}";
    private readonly ClientWebSocket web = new();
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource late = new();
    private readonly Dictionary<string, FeedReplica> copies;
    private byte[] held = new byte[64 * 1024];
    private int heldCount;
    private int calls;

    private RawScreen(Dictionary<string, FeedReplica> copies) => this.copies = copies;

    /// <summary>What the server said when it closed the connection; null where it said nothing.</summary>
    public string? Farewell { get; private set; }

    /// <summary>How often it was sent all of a feed instead of what it lacked.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Its copy of a feed.</summary>
    public FeedReplica Copy(string feed)
    {
        if (!copies.TryGetValue(feed, out var copy))
        {
            copies[feed] = copy = new FeedReplica();
        }

        return copy;
    }

    /// <summary>A screen whose WebSocket is open and which has said nothing yet.</summary>
    public static async Task<RawScreen> ConnectAsync(Uri server, string token, int receiveBuffer = 0) =>
        (await TryConnectAsync(server, token, receiveBuffer)) is { Screen: { } screen } ? screen : throw new InvalidOperationException("The connection was refused.");

    /// <summary>The same, or how it was refused; again with the copies of an earlier one.</summary>
    public static async Task<Attempt> TryConnectAsync(Uri server, string token, int receiveBuffer = 0, RawScreen? earlier = null)
    {
        var screen = new RawScreen(earlier?.copies ?? new Dictionary<string, FeedReplica>(StringComparer.Ordinal));
        if (receiveBuffer > 0)
        {
            screen.socket.ReceiveBufferSize = receiveBuffer;
        }

        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                await screen.socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellation);
                return new NetworkStream(screen.socket, ownsSocket: true);
            },
        };
        using var http = new HttpMessageInvoker(handler);
        screen.web.Options.CollectHttpResponseDetails = true;
        screen.web.Options.KeepAliveInterval = TimeSpan.Zero;
        screen.web.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        screen.late.CancelAfter(Patience);
        try
        {
            await screen.web.ConnectAsync(new Uri($"ws://{server.Authority}/hubs/dispatch"), http, screen.late.Token);
            return new Attempt(screen, HttpStatusCode.SwitchingProtocols, TimeSpan.Zero);
        }
        catch (WebSocketException) when (screen.web.HttpStatusCode != 0)
        {
            var after = screen.web.HttpResponseHeaders!.TryGetValue("Retry-After", out var values) ? int.Parse(values.First(), null) : 0;
            var status = screen.web.HttpStatusCode;
            await screen.DisposeAsync();
            return new Attempt(null, status, TimeSpan.FromSeconds(after));
        }
    }

    /// <summary>Comes back with its copies as often as it is told to wait.</summary>
    public async Task<RawScreen> ComeBackAsync(Uri server, string token)
    {
        while (true)
        {
            var attempt = await TryConnectAsync(server, token, earlier: this);
            if (attempt.Screen is { } screen)
            {
                await screen.GreetAsync();
                return screen;
            }

            Assert.Equal(HttpStatusCode.TooManyRequests, attempt.Status);
            Assert.True(attempt.RetryAfter > TimeSpan.Zero, "It was not told when to try again.");
            await Task.Delay(attempt.RetryAfter);
        }
    }

    /// <summary>SignalR's handshake.</summary>
    public async Task GreetAsync()
    {
        await SendAsync("{\"protocol\":\"json\",\"version\":1}");
        var answer = await ReadUntilAsync(_ => true, "the answer to the handshake");
        Assert.True(answer?.ToJsonString() == "{}", $"The handshake was answered {answer}.");
    }

    /// <summary>Sends one message of SignalR.</summary>
    public Task SendAsync(string message) => SendFrameAsync(Encoding.UTF8.GetBytes(message + End));

    /// <summary>Sends one frame.</summary>
    public async Task SendFrameAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool isLast = true)
    {
        late.CancelAfter(Patience);
        await web.SendAsync(bytes, type, isLast, late.Token);
    }

    /// <summary>Sends bytes past the WebSocket.</summary>
    public Task SendBytesAsync(ReadOnlyMemory<byte> bytes) => socket.SendAsync(bytes).AsTask();

    /// <summary>Calls the hub; the id of the call.</summary>
    public async Task<string> CallAsync(string target, params object?[] arguments)
    {
        var id = (++calls).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target, arguments }, DispatchJson.Options));
        return id;
    }

    /// <summary>Calls the hub and reads until it answers: its error, empty for none.</summary>
    public async Task<string> AskAsync(string target, params object?[] arguments)
    {
        var id = await CallAsync(target, arguments);
        var answer = await ReadUntilAsync(x => (string?)x["invocationId"] == id, $"the answer to {target}");
        return answer is null ? $"closed: {Farewell}" : (string?)answer["error"] ?? string.Empty;
    }

    /// <summary>Subscribes to a feed from its copy's cursor on.</summary>
    public async Task SubscribeAsync(string feed)
    {
        var error = await AskAsync("Subscribe", feed, Copy(feed).Cursor);
        Assert.True(error.Length == 0, $"{feed} was refused: {error}");
    }

    /// <summary>Reads until it shows what a good screen shows.</summary>
    public Task ReadUntilAlikeAsync(GoodScreen good) => ReadUntilShownAsync(() => good.IsShownBy(this), $"a copy of {good.Feed} that equals the other screen's");

    /// <summary>Reads until its copies are as wanted.</summary>
    public async Task ReadUntilShownAsync(Func<bool> isShown, string missing)
    {
        if (!isShown())
        {
            Assert.True(await ReadUntilAsync(_ => isShown(), missing) is not null, $"The connection was closed before there was {missing}: {Farewell}");
        }
    }

    /// <summary>Reads until a message is as wanted; null where the connection ended before.</summary>
    /// <exception cref="TimeoutException">It neither came nor did the connection end.</exception>
    public async Task<JsonNode?> ReadUntilAsync(Func<JsonNode, bool> wanted, string missing)
    {
        late.CancelAfter(Patience);
        try
        {
            do
            {
                while (TakeMessage() is { } message)
                {
                    Apply(message);
                    if (wanted(message))
                    {
                        return message;
                    }
                }
            }
            while (await ReceiveAsync());
            return null;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Within {Patience} there was not {missing}.");
        }
    }

    /// <summary>Reads until the server closes the connection; what it said before, the last first.</summary>
    public async Task<IReadOnlyList<JsonNode>> ReadUntilClosedAsync(string why)
    {
        var said = new List<JsonNode>();
        await ReadUntilAsync(
            x =>
            {
                said.Insert(0, x);
                return false;
            },
            $"an end of the connection, though it {why}");
        return said;
    }

    /// <summary>Goes on saying something, and reads no more than so many bytes a second, until the server has closed the connection.</summary>
    public async Task OutlastAsync(int bytesASecond, string saying = Ping)
    {
        var frame = Encoding.UTF8.GetBytes(saying + End);
        late.CancelAfter(Patience);
        var buffer = new byte[1];
        try
        {
            for (var i = 1; !late.IsCancellationRequested; i++)
            {
                await web.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, late.Token);
                await Task.Delay(100, late.Token);
                if (i % 10 == 0 && bytesASecond > 0 && await socket.ReceiveAsync(buffer, late.Token) == 0)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is WebSocketException or SocketException or IOException)
        {
            return;
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw new TimeoutException($"A screen that reads {bytesASecond} bytes a second was still connected after {Patience}.");
    }

    /// <summary>Is gone from one moment to the next, as if its cable were cut and plugged in again.</summary>
    public void Drop()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    public ValueTask DisposeAsync()
    {
        web.Dispose();
        socket.Dispose();
        late.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Apply(JsonNode message)
    {
        if ((string?)message["target"] == FeedMessage.Method)
        {
            var news = message["arguments"]![0].Deserialize<FeedMessage>(DispatchJson.Options)!;
            Snapshots += news.Snapshot ? 1 : 0;
            var outcome = Copy(news.Feed).Apply(news);
            Assert.True(outcome != FeedOutcome.Gap, $"A message of {news.Feed} from {news.From} does not follow on {Copy(news.Feed).Cursor}.");
        }
        else if ((int?)message["type"] == 7)
        {
            Farewell = (string?)message["error"] ?? string.Empty;
        }
    }

    private JsonNode? TakeMessage()
    {
        var length = held.AsSpan(0, heldCount).IndexOf((byte)End);
        if (length < 0)
        {
            return null;
        }

        var message = JsonNode.Parse(held.AsSpan(0, length))!;
        heldCount -= length + 1;
        held.AsSpan(length + 1, heldCount).CopyTo(held);
        return message;
    }

    private async Task<bool> ReceiveAsync()
    {
        if (heldCount == held.Length)
        {
            Array.Resize(ref held, held.Length * 2);
        }

        try
        {
            var received = await web.ReceiveAsync(held.AsMemory(heldCount), late.Token);
            heldCount += received.Count;
            return received.MessageType != WebSocketMessageType.Close;
        }
        catch (Exception exception) when (exception is WebSocketException or SocketException or IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}

/// <summary>What became of a connection that was asked for.</summary>
/// <param name="Screen">The screen; null where it was refused.</param>
/// <param name="Status">The answer.</param>
/// <param name="RetryAfter">When it may try again.</param>
public sealed record Attempt(RawScreen? Screen, HttpStatusCode Status, TimeSpan RetryAfter);
