using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>Connections of dispatchers: calls go up on them in turn, and each is answered by its own id.</summary>
public sealed class CommandLines : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);
    private readonly List<Line> lines = [];
    private int calls;

    private CommandLines()
    {
    }

    /// <summary>How many there are.</summary>
    public int Count => lines.Count;

    /// <summary>Opens so many.</summary>
    public static async Task<CommandLines> OpenAsync(int port, string path, int count)
    {
        var opened = new CommandLines();
        for (var i = 0; i < count; i++)
        {
            opened.lines.Add(new Line(await HubSocket.OpenAsync(port, path)));
        }

        return opened;
    }

    /// <summary>Calls a method and waits for its answer.</summary>
    /// <param name="target">Name of the method.</param>
    /// <param name="arguments">Its arguments as JSON, without the brackets.</param>
    /// <exception cref="InvalidOperationException">The hub answered with an error.</exception>
    public Task InvokeAsync(string target, string arguments)
    {
        var call = Interlocked.Increment(ref calls);
        return lines[call % lines.Count].InvokeAsync(call, target, arguments).WaitAsync(AnswerWithin);
    }

    /// <summary>Sends calls that nobody answers on one of the connections, each a message of its own, in one write.</summary>
    public ValueTask SendAsync(int line, ReadOnlyMemory<byte>[] messages) => lines[line].Socket.SendAsync(messages);

    /// <summary>Tells the server that the clients are alive.</summary>
    public async Task PingAsync()
    {
        foreach (var line in lines)
        {
            await line.Socket.PingAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => lines.ForEach(x => x.Socket.Dispose());

    private sealed class Line : IHubListener
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource> pending = new();

        public Line(HubSocket socket)
        {
            Socket = socket;
            _ = ListenAsync();
        }

        public HubSocket Socket { get; }

        public async Task InvokeAsync(int call, string target, string arguments)
        {
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            pending[call] = answered;
            await Socket.SendAsync(Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $"{{\"type\":1,\"invocationId\":\"{call}\",\"target\":\"{target}\",\"arguments\":[{arguments}]}}\u001e")));
            await answered.Task;
        }

        public void Take(ReadOnlySpan<byte> message, long arrived)
        {
            if (FeedScan.CompletedCall(message) is not (> 0 and var call) || !pending.TryRemove(call, out var answered))
            {
                return;
            }

            if (message[..Math.Min(message.Length, 60)].IndexOf("\"error\":"u8) >= 0)
            {
                answered.TrySetException(new InvalidOperationException($"The hub refused a call: {Encoding.UTF8.GetString(message)}"));
            }
            else
            {
                answered.TrySetResult();
            }
        }

        private async Task ListenAsync()
        {
            await Socket.ListenAsync(this);
            foreach (var answered in pending.Values)
            {
                answered.TrySetException(new IOException("The hub closed a connection of the commands."));
            }
        }
    }
}
