using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Dispatch.Live;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dispatch.Tests.Live;

/// <summary>A real hub connection whose other end is a pipe in the test: it is read, or not, as the test likes.</summary>
public sealed class PipedScreen : IDisposable
{
    private const byte EndOfMessage = 0x1e;
    private readonly Pipe toScreen = new(new PipeOptions(pauseWriterThreshold: 4096, resumeWriterThreshold: 2048, useSynchronizationContext: false));
    private readonly List<JsonElement> received = [];

    public PipedScreen(FeedMirror mirror, FeedCursor? cursor, LiveOptions options, TimeProvider time)
    {
        var transport = new DefaultConnectionContext(Guid.NewGuid().ToString()) { Transport = new Ends(new Pipe().Reader, toScreen.Writer) };
        var context = new HubConnectionContext(
            transport, new HubConnectionContextOptions { KeepAliveInterval = TimeSpan.FromHours(1) }, NullLoggerFactory.Instance)
        {
            Protocol = new JsonHubProtocol(Options.Create(Payload())),
        };
        Aborted = context.ConnectionAborted;
        Connection = new FeedConnection(context, null!, options, time, NullLogger.Instance);
        Subscription = new FeedSubscription(Connection, mirror, new FeedName(FeedKind.Station, "north"), cursor, time.GetUtcNow());
        Assert.True(mirror.TryWatch(Subscription));
        Subscription.Signal();
    }

    public FeedConnection Connection { get; }

    public FeedSubscription Subscription { get; }

    public CancellationToken Aborted { get; }

    /// <summary>Arguments of what the server called, in order, as far as it was read.</summary>
    public IReadOnlyList<JsonElement> Received => received;

    /// <summary>Reads until something wanted has come.</summary>
    public async Task<JsonElement> ReadUntilAsync(Func<JsonElement, bool> wanted)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (received.FirstOrDefault(wanted) is { ValueKind: not JsonValueKind.Undefined } found)
            {
                return found;
            }

            try
            {
                Take(await toScreen.Reader.ReadAsync(late.Token));
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"It did not come. What did: {string.Join('\n', received)}");
            }
        }
    }

    /// <summary>Takes what is there now.</summary>
    public void ReadNow()
    {
        while (toScreen.Reader.TryRead(out var result) && !result.Buffer.IsEmpty)
        {
            Take(result);
        }
    }

    public void Dispose() => Connection.Dispose();

    private static JsonHubProtocolOptions Payload()
    {
        var options = new JsonHubProtocolOptions();
        DispatchJson.Configure(options.PayloadSerializerOptions);
        return options;
    }

    private void Take(ReadResult result)
    {
        var buffer = result.Buffer;
        while (System.Buffers.BuffersExtensions.PositionOf(buffer, EndOfMessage) is { } end)
        {
            var message = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.Slice(0, end))).RootElement;
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (message.TryGetProperty("arguments", out var arguments))
            {
                received.Add(arguments[0]);
            }
        }

        toScreen.Reader.AdvanceTo(buffer.Start, buffer.End);
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
