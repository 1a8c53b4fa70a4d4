using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;

namespace Dispatch.Trials.Clients;

/// <summary>What hears what comes over a <see cref="HubSocket"/>.</summary>
public interface IHubListener
{
    /// <summary>How long to wait before the next piece is read, which is a small one then: nothing, unless it is to read slowly.</summary>
    TimeSpan ReadPause { get; }

    /// <summary>The server called.</summary>
    Task CalledAsync(string target, JsonElement argument);

    /// <summary>The server answered a call.</summary>
    /// <param name="invocation">Name of the call.</param>
    /// <param name="error">Its error; null where it was done.</param>
    void Answered(string invocation, string? error);
}

/// <summary>
/// A line to the hub as anybody could write one: SignalR's JSON protocol on a plain WebSocket. It costs so little that hundreds fit beside the cluster that they try,
/// and its TCP connection can be cut in the middle of anything.
/// </summary>
public sealed class HubSocket : IDisposable
{
    private const byte End = 0x1e;
    private const int PieceBytes = 16 * 1024;
    private const int SlowPieceBytes = 4 * 1024;

    /// <summary>Small, so that a client that reads slowly is noticed by the server and not by the system's buffers.</summary>
    private const int ReceiveBufferBytes = 64 * 1024;

    private static readonly TimeSpan OpenWithin = TimeSpan.FromSeconds(10);
    private static readonly byte[] Handshake = [.. """{"protocol":"json","version":1}"""u8, End];
    private static readonly byte[] Ping = [.. """{"type":6}"""u8, End];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private HttpMessageInvoker? invoker;
    private Socket? tcp;

    private HubSocket()
    {
    }

    /// <summary>Opens a line.</summary>
    public static async Task<HubSocket> OpenAsync(Uri web, string token, CancellationToken stop)
    {
        var line = new HubSocket();
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(OpenWithin);
        try
        {
            line.invoker = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectCallback = line.ConnectAsync });
            line.socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            line.socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await line.socket.ConnectAsync(new UriBuilder(new Uri(web, "/hubs/dispatch")) { Scheme = "ws" }.Uri, line.invoker, late.Token);
            await line.SendAsync(Handshake, late.Token);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Calls a method of the hub; its answer is heard by the listener under this name.</summary>
    public Task CallAsync(string invocation, string method, IReadOnlyList<object?> arguments, CancellationToken stop)
    {
        var message = JsonSerializer.SerializeToUtf8Bytes(new { type = 1, invocationId = invocation, target = method, arguments }, Json);
        return SendAsync([.. message, End], stop);
    }

    /// <summary>Tells the server that it is still there.</summary>
    public Task PingAsync(CancellationToken stop) => SendAsync(Ping, stop);

    /// <summary>Cuts the TCP connection, whatever is under way.</summary>
    public void Cut() => tcp?.Close(0);

    /// <summary>Reads until the line ends.</summary>
    /// <exception cref="WebSocketException">It broke.</exception>
    public async Task ReadAsync(IHubListener listener, CancellationToken stop)
    {
        var buffer = new ArrayBufferWriter<byte>(PieceBytes);
        while (true)
        {
            var piece = PieceBytes;
            if (listener.ReadPause is var pause && pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, stop);
                piece = SlowPieceBytes;
            }

            var received = await socket.ReceiveAsync(buffer.GetMemory(piece)[..piece], stop);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            buffer.Advance(received.Count);
            if (!await TakeAsync(buffer, listener))
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cut();
        socket.Dispose();
        invoker?.Dispose();
        sending.Dispose();
    }

    /// <summary>Takes every message that is whole, and keeps the rest.</summary>
    /// <returns>False where the server said that it closes.</returns>
    private static async Task<bool> TakeAsync(ArrayBufferWriter<byte> buffer, IHubListener listener)
    {
        var from = 0;
        var isOpen = true;
        for (int length; isOpen && (length = buffer.WrittenSpan[from..].IndexOf(End)) >= 0; from += length + 1)
        {
            using var message = JsonDocument.Parse(buffer.WrittenMemory.Slice(from, length));
            isOpen = await HearAsync(message.RootElement, listener);
        }

        if (from > 0)
        {
            var rest = buffer.WrittenSpan[from..].ToArray();
            buffer.ResetWrittenCount();
            buffer.Write(rest);
        }

        return isOpen;
    }

    private static async Task<bool> HearAsync(JsonElement message, IHubListener listener)
    {
        if (message.TryGetProperty("type", out var type))
        {
            switch (type.GetInt32())
            {
                case 1:
                    await listener.CalledAsync(message.GetProperty("target").GetString()!, message.GetProperty("arguments")[0]);
                    break;
                case 3:
                    listener.Answered(
                        message.GetProperty("invocationId").GetString()!, message.TryGetProperty("error", out var error) ? error.GetString() : null);
                    break;
                case 7:
                    return false;
                default:
                    break;
            }
        }

        return true;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = ReceiveBufferBytes };
        await tcp.ConnectAsync(context.DnsEndPoint, stop);
        return new NetworkStream(tcp, ownsSocket: true);
    }

    private async Task SendAsync(byte[] message, CancellationToken stop)
    {
        await sending.WaitAsync(stop);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        finally
        {
            sending.Release();
        }
    }
}
