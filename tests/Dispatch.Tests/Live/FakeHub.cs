using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using Dispatch.Live;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dispatch.Tests.Live;

/// <summary>
/// A hub in the test's own process that speaks SignalR's protocol over pipes, so that the client's whole stack is the real one while the test
/// decides what comes, in which order, and when the line breaks.
/// </summary>
public sealed class FakeHub : IConnectionFactory, IInvocationBinder
{
    private readonly JsonHubProtocol protocol;
    private volatile FakeLine? line;

    public FakeHub()
    {
        var options = new JsonHubProtocolOptions();
        DispatchJson.Configure(options.PayloadSerializerOptions);
        protocol = new JsonHubProtocol(Options.Create(options));
    }

    /// <summary>Every call that came, in order: the method and its arguments.</summary>
    public ConcurrentQueue<(string Method, object?[] Arguments)> Calls { get; } = new();

    /// <summary>The cursors with which feeds were asked for.</summary>
    public IEnumerable<(string Feed, FeedCursor? Cursor)> Asked =>
        Calls.Where(x => x.Method == "Subscribe").Select(x => ((string)x.Arguments[0]!, (FeedCursor?)x.Arguments[1]));

    /// <summary>How often somebody tried to connect.</summary>
    public int Attempts { get; private set; }

    /// <summary>Throws where connections are to fail.</summary>
    public Action<int> Connecting { get; set; } = _ => { };

    /// <summary>What a call is answered: null for done, else the code and the sentence of a refusal. May wait.</summary>
    public Func<string, object?[], Task<string?>> Answer { get; set; } = (_, _) => Task.FromResult<string?>(null);

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        Connecting(++Attempts);
        var opened = new FakeLine();
        line = opened;
        _ = ServeAsync(opened);
        return opened.Client;
    }

    /// <summary>Makes a client's connection one to this hub.</summary>
    public void Use(IHubConnectionBuilder builder) => builder.Services.AddSingleton<IConnectionFactory>(this);

    public void Send(FeedMessage message) => line?.Write(protocol.GetMessageBytes(new InvocationMessage(FeedMessage.Method, [message])));

    public void Send(FeedStatus status) => line?.Write(protocol.GetMessageBytes(new InvocationMessage(FeedStatus.Method, [status])));

    /// <summary>Breaks the line; what is under way is lost.</summary>
    public void Cut() => line?.Cut();

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
    {
        "Subscribe" => [typeof(string), typeof(FeedCursor)],
        "Unsubscribe" => [typeof(string)],
        _ => [typeof(string), typeof(string)],
    };

    public Type GetReturnType(string invocationId) => typeof(object);

    public Type GetStreamItemType(string streamId) => typeof(object);

    private async Task ServeAsync(FakeLine served)
    {
        var greeted = false;
        try
        {
            while (await served.ReadAsync() is { IsCompleted: false } read)
            {
                var buffer = read.Buffer;
                if (!greeted && HandshakeProtocol.TryParseRequestMessage(ref buffer, out _))
                {
                    greeted = true;
                    served.Write(HandshakeProtocol.GetSuccessfulHandshake(protocol).ToArray());
                }

                while (greeted && protocol.TryParseMessage(ref buffer, this, out var message))
                {
                    if (message is InvocationMessage call)
                    {
                        await AnswerAsync(served, call);
                    }
                }

                served.Advance(buffer);
            }
        }
        finally
        {
            served.Cut();
        }
    }

    private async Task AnswerAsync(FakeLine served, InvocationMessage call)
    {
        Calls.Enqueue((call.Target, call.Arguments));
        var refusal = await Answer(call.Target, call.Arguments);
        if (call.InvocationId is { } id)
        {
            served.Write(protocol.GetMessageBytes(refusal is null
                ? CompletionMessage.Empty(id)
                : CompletionMessage.WithError(id, $"An unexpected error occurred invoking '{call.Target}' on the server. HubException: {refusal}")));
        }
    }

    /// <summary>One connection: two pipes, of which the client holds one end.</summary>
    private sealed class FakeLine
    {
        private readonly Pipe toClient = new(new PipeOptions(pauseWriterThreshold: 0));
        private readonly Pipe toHub = new();
        private readonly Lock writing = new();
        private bool isCut;

        public FakeLine() => Client = new DefaultConnectionContext(Guid.NewGuid().ToString()) { Transport = new Ends(toClient.Reader, toHub.Writer) };

        public ConnectionContext Client { get; }

        public ValueTask<ReadResult> ReadAsync() => toHub.Reader.ReadAsync();

        public void Advance(ReadOnlySequence<byte> rest) => toHub.Reader.AdvanceTo(rest.Start, rest.End);

        public void Write(ReadOnlyMemory<byte> bytes)
        {
            lock (writing)
            {
                if (!isCut)
                {
                    toClient.Writer.Write(bytes.Span);
                    _ = toClient.Writer.FlushAsync().AsTask();
                }
            }
        }

        public void Cut()
        {
            lock (writing)
            {
                isCut = true;
                toClient.Writer.Complete(new IOException("The line was cut."));
            }
        }

        private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
