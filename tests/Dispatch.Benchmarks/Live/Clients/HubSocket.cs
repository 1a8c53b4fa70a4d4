using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>
/// A connection to a SignalR hub that costs the machine next to nothing: a WebSocket on a plain socket, the JSON protocol, messages passed on as
/// the bytes that came. A thousand of SignalR's own clients would cost more than the server that is measured.
/// </summary>
public sealed class HubSocket : IDisposable
{
    private const byte EndMark = 0x1E;
    private const int UsualBuffer = 8 * 1024;
    private static readonly byte[] Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray();
    private static readonly byte[] HandshakeAnswer = "{}\u001e"u8.ToArray();
    private static readonly byte[] Ping = "{\"type\":6}\u001e"u8.ToArray();

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly ArrayBufferWriter<byte> unfinished = new(256);
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(UsualBuffer);
    private byte[] early = [];
    private int start;
    private int end;

    private HubSocket()
    {
    }

    /// <summary>Bytes read since it was opened, with their framing.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Its port on this side.</summary>
    public int LocalPort => ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <summary>Connects and shakes hands; nothing more is read until <see cref="ListenAsync"/>.</summary>
    /// <param name="port">Loopback port of the server.</param>
    /// <param name="path">Path of the hub, with the token.</param>
    /// <param name="receiveBuffer">Size of the socket's buffer in bytes; null for the system's choice.</param>
    public static async Task<HubSocket> OpenAsync(int port, string path, int? receiveBuffer = null)
    {
        var hub = new HubSocket();
        try
        {
            if (receiveBuffer is { } size)
            {
                hub.socket.ReceiveBufferSize = size;
            }

            await hub.socket.ConnectAsync(IPAddress.Loopback, port);
            await hub.UpgradeAsync(port, path);
            await hub.SendAsync(Handshake);
            await hub.ReadHandshakeAsync();
            return hub;
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    /// <summary>Sends messages, each a frame of its own, in one write.</summary>
    /// <param name="messages">Complete messages with their end marks.</param>
    public async ValueTask SendAsync(params ReadOnlyMemory<byte>[] messages)
    {
        var frames = ArrayPool<byte>.Shared.Rent(messages.Sum(x => x.Length + 14));
        var length = 0;
        foreach (var message in messages)
        {
            length += Frame(message.Span, frames.AsSpan(length));
        }

        await writing.WaitAsync();
        try
        {
            for (var sent = 0; sent < length;)
            {
                sent += await socket.SendAsync(frames.AsMemory(sent, length - sent));
            }
        }
        finally
        {
            writing.Release();
            ArrayPool<byte>.Shared.Return(frames);
        }
    }

    /// <summary>Tells the server that the client is alive.</summary>
    public ValueTask PingAsync() => SendAsync(Ping);

    /// <summary>Reads until the connection ends.</summary>
    public async Task ListenAsync(IHubListener listener)
    {
        try
        {
            Split(early, listener, Stopwatch.GetTimestamp());
            do
            {
                var arrived = Stopwatch.GetTimestamp();
                while (TryTakeFrame(out var payload))
                {
                    Split(payload, listener, arrived);
                }
            }
            while (await FillAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection is gone; whoever counts will miss what did not come.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        writing.Dispose();
    }

    /// <summary>A masked text frame. The mask is zero, which changes nothing: there is no proxy to protect here.</summary>
    private static int Frame(ReadOnlySpan<byte> message, Span<byte> to)
    {
        to[0] = 0x81;
        var header = 2;
        if (message.Length < 126)
        {
            to[1] = (byte)(0x80 | message.Length);
        }
        else
        {
            to[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(to[2..], checked((ushort)message.Length));
            header = 4;
        }

        to.Slice(header, 4).Clear();
        message.CopyTo(to[(header + 4)..]);
        return header + 4 + message.Length;
    }

    private async Task UpgradeAsync(int port, string path)
    {
        var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        int headers;
        while ((headers = buffer.AsSpan(0, end).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync())
            {
                throw new IOException("The server closed the connection during the upgrade.");
            }
        }

        if (!buffer.AsSpan(0, end).StartsWith("HTTP/1.1 101"u8))
        {
            throw new IOException($"The hub did not take the connection: {Encoding.ASCII.GetString(buffer, 0, headers)}");
        }

        start = headers + 4;
    }

    private async Task ReadHandshakeAsync()
    {
        while (true)
        {
            if (TryTakeFrame(out var payload))
            {
                if (!payload.StartsWith(HandshakeAnswer))
                {
                    throw new IOException($"The hub did not shake hands: {Encoding.UTF8.GetString(payload)}");
                }

                early = payload[HandshakeAnswer.Length..].ToArray();
                return;
            }

            if (!await FillAsync())
            {
                throw new IOException("The server closed the connection during the handshake.");
            }
        }
    }

    private async ValueTask<bool> FillAsync()
    {
        if (start == end)
        {
            (start, end) = (0, 0);
            if (buffer.Length > 8 * UsualBuffer)
            {
                // It had to hold a large message; the usual ones are small and there are a thousand of us.
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = ArrayPool<byte>.Shared.Rent(UsualBuffer);
            }
        }
        else if (end == buffer.Length)
        {
            MakeRoom();
        }

        var read = await socket.ReceiveAsync(buffer.AsMemory(end));
        end += read;
        BytesRead += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        var larger = start > buffer.Length / 2 ? buffer : ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.AsSpan(start, end - start).CopyTo(larger);
        if (larger != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        (start, end) = (0, end - start);
    }

    private bool TryTakeFrame(out ReadOnlySpan<byte> payload)
    {
        payload = default;
        var have = buffer.AsSpan(start, end - start);
        if (have.Length < 2)
        {
            return false;
        }

        var (header, length) = (2, (long)(have[1] & 0x7F));
        if (length == 126 && have.Length >= 4)
        {
            (header, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(have[2..]));
        }
        else if (length == 127 && have.Length >= 10)
        {
            (header, length) = (10, BinaryPrimitives.ReadInt64BigEndian(have[2..]));
        }
        else if (length > 125)
        {
            return false;
        }

        if (have.Length < header + length)
        {
            return false;
        }

        // Control frames carry nothing that counts here; their payload is left out.
        var isData = (have[0] & 0x08) == 0;
        payload = isData ? have.Slice(header, (int)length) : default;
        start += header + (int)length;
        return true;
    }

    /// <summary>Frames are a stream of bytes; the end mark alone ends a message.</summary>
    private void Split(ReadOnlySpan<byte> payload, IHubListener listener, long arrived)
    {
        int length;
        while ((length = payload.IndexOf(EndMark)) >= 0)
        {
            if (unfinished.WrittenCount == 0)
            {
                listener.Take(payload[..length], arrived);
            }
            else
            {
                unfinished.Write(payload[..length]);
                listener.Take(unfinished.WrittenSpan, arrived);
                unfinished.Clear();
            }

            payload = payload[(length + 1)..];
        }

        unfinished.Write(payload);
    }
}
