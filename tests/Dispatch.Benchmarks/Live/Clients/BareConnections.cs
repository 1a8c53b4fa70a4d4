using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>Connections to a hub that ask for nothing.</summary>
public sealed class BareConnections : IHubListener, IAsyncDisposable
{
    private readonly List<HubSocket> sockets = [];
    private readonly CancellationTokenSource closing = new();
    private Task pinging = Task.CompletedTask;

    private BareConnections()
    {
    }

    /// <summary>Opens so many.</summary>
    public static async Task<BareConnections> OpenAsync(LiveServer server, int count)
    {
        ArgumentNullException.ThrowIfNull(server);
        var connections = new BareConnections();
        for (var i = 0; i < count; i++)
        {
            var socket = await HubSocket.OpenAsync(server.Port, server.HubPath);
            connections.sockets.Add(socket);
            _ = socket.ListenAsync(connections);
        }

        connections.pinging = connections.PingAsync();
        return connections;
    }

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> message, long arrived)
    {
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await pinging;
        closing.Dispose();
        sockets.ForEach(x => x.Dispose());
    }

    private async Task PingAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            foreach (var socket in sockets)
            {
                await socket.PingAsync();
            }

            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(10), closing.Token));
        }
    }
}
