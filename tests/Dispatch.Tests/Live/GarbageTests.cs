using System.Net.WebSockets;
using System.Text;

namespace Dispatch.Tests.Live;

/// <summary>I8, I9: whatever bytes a client sends, it ends nothing but its own connection.</summary>
[Collection(nameof(HostileClients))]
public sealed class GarbageTests(HostileServer server)
{
    private const string End = "\u001e";
    private const int MostBytesSent = 64 * 1024 * 1024;

    /// <summary>What may be said instead of a handshake; none of it is one.</summary>
    public static TheoryData<string> Introductions => new()
    {
        "random text" + End, End, "{}" + End, "null" + End, "[]" + End, "{\"protocol\":\"telepathy\",\"version\":1}" + End, "{\"protocol\":\"json\",\"version\":99}" + End,
        "{\"protocol\":\"json\"}" + End, "{\"protocol\":7,\"version\":\"x\"}" + End, "{\"protocol\":\"json\",\"ver", "", "{\"protocol\":\"json\",\"version\":1}",
        new string('x', 2 * HostileServer.MaxMessageBytes),
    };

    /// <summary>What may be said after it, and whether the connection goes on.</summary>
    public static TheoryData<string, bool> Words => new()
    {
        { "random text" + End, false },
        { End, false },
        { "null" + End, false },
        { "[1,2,3]" + End, false },
        { "{}" + End, false },
        { "{\"type\":\"one\"}" + End, false },
        { "{\"type\":1}" + End, false },
        { "{\"type\":1,\"target\":5}" + End, false },
        { "{\"type\":1,\"target\":\"Subscribe\"}" + End, false },
        { string.Concat(Enumerable.Repeat("{\"type\":", 500)) + End, false },
        { "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":" + new string('[', 5000) + End, false },
        { "{\"type\":1,\"invocationId\":\"" + new string('9', 2 * HostileServer.MaxMessageBytes), false },
        { "{\"type\":99}" + End, true },
        { "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[]}" + End, true },
        { "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[{},[],7,null,\"x\"]}" + End, true },
        { "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[\"station/south\",{\"epoch\":null,\"seq\":1}]}" + End, true },
        { "{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[\"station/south\",{\"epoch\":\"x\",\"seq\":1e99}]}" + End, true },
        { "{\"type\":2,\"invocationId\":\"nobody's\",\"item\":{}}" + End, true },
        { "{\"type\":3,\"invocationId\":\"nobody's\",\"result\":{}}" + End, true },
        { "{\"type\":4,\"invocationId\":\"a stream\",\"target\":\"Subscribe\",\"arguments\":[\"station/south\",null]}" + End, true },
        { "{\"type\":5,\"invocationId\":\"nobody's\"}" + End, true },
    };

    /// <summary>What is no frame of a WebSocket from a client.</summary>
    public static TheoryData<string, byte[]> Bytes => new()
    {
        { "an unmasked frame", [0x81, 0x08, 0x7b, 0x22, 0x61, 0x22, 0x3a, 0x31, 0x7d, 0x1e] },
        { "a reserved opcode", [0x83, 0x80, 0, 0, 0, 0] },
        { "reserved bits", [0xf1, 0x80, 0, 0, 0, 0] },
        { "a fragmented ping", [0x09, 0x80, 0, 0, 0, 0] },
        { "a negative length", [0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0] },
        { "a continuation of nothing", [0x80, 0x80, 0, 0, 0, 0] },
    };

    [Theory, MemberData(nameof(Introductions))]
    public async Task Introduction_ThatIsNone_EndsTheConnection(string words)
    {
        await using var good = await server.WatchAsync();
        await using var screen = await RawScreen.ConnectAsync(server.Url, server.Stranger.AccessToken!);
        await screen.SendFrameAsync(Encoding.UTF8.GetBytes(words));
        await screen.ReadUntilClosedAsync("did not introduce itself");
        await good.SeesAChangeAsync();
    }

    [Theory, MemberData(nameof(Words))]
    public async Task Words_WithoutSense_AreAnsweredOrEndTheConnection(string words, bool livesOn)
    {
        await using var good = await server.WatchAsync();
        await using var screen = await server.ConnectAsync(server.Stranger);
        await screen.SendFrameAsync(Encoding.UTF8.GetBytes(words));
        if (livesOn)
        {
            await screen.SubscribeAsync(good.Feed);
            await screen.ReadUntilAlikeAsync(good);
        }
        else
        {
            await screen.ReadUntilClosedAsync("made no sense");
        }

        await good.SeesAChangeAsync();
    }

    [Theory]
    [InlineData(WebSocketMessageType.Text, false)]
    [InlineData(WebSocketMessageType.Text, true)]
    [InlineData(WebSocketMessageType.Binary, false)]
    [InlineData(WebSocketMessageType.Binary, true)]
    public async Task RandomBytes_InFrames_EndTheConnection(WebSocketMessageType type, bool greeted)
    {
        await using var good = await server.WatchAsync();
        var random = new Random(type == WebSocketMessageType.Text ? 1 : 2);
        for (var i = 0; i < 10; i++)
        {
            await using var screen = await RawScreen.ConnectAsync(server.Url, server.Stranger.AccessToken!);
            if (greeted)
            {
                await screen.GreetAsync();
            }

            var bytes = new byte[random.Next(1, 5000)];
            random.NextBytes(bytes);
            bytes[^1] = 0x1e;
            await screen.SendFrameAsync(bytes, type);
            await screen.ReadUntilClosedAsync("sent random bytes");
        }

        await good.SeesAChangeAsync();
    }

    [Theory, MemberData(nameof(Bytes))]
    public async Task Bytes_ThatAreNoFrame_EndTheConnection(string what, byte[] bytes)
    {
        await using var good = await server.WatchAsync();
        await using var screen = await server.ConnectAsync(server.Stranger);
        await screen.SendBytesAsync(bytes);
        await screen.ReadUntilClosedAsync($"sent {what}");
        await good.SeesAChangeAsync();
    }

    [Theory]
    [InlineData(16 * 1024 * 1024, true, true)]
    [InlineData(1024, false, true)]
    [InlineData(1024, true, true)]
    [InlineData(16 * 1024 * 1024, true, false)]
    [InlineData(1024, false, false)]
    public async Task Message_WithoutAnEnd_EndsTheConnection(int frameBytes, bool isLast, bool greeted)
    {
        await using var good = await server.WatchAsync();
        await using var screen = await RawScreen.ConnectAsync(server.Url, server.Stranger.AccessToken!);
        if (greeted)
        {
            await screen.GreetAsync();
        }

        var closed = screen.ReadUntilClosedAsync("sent a message without an end");
        var frame = new byte[frameBytes];
        Array.Fill(frame, (byte)' ');
        var sent = 0;
        try
        {
            for (; sent < MostBytesSent; sent += frameBytes)
            {
                await screen.SendFrameAsync(frame, isLast: isLast);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException)
        {
            // It was closed while it sent.
        }

        await closed;
        Assert.True(sent < MostBytesSent, $"The server took {sent} bytes of one message.");
        await good.SeesAChangeAsync();
    }
}
