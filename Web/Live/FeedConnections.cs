using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Dispatch.Live;

/// <summary>Knows every screen's connection, so that each is written to by its own pump instead of by SignalR's group sends.</summary>
public sealed class FeedConnections(
    FeedMirrors mirrors,
    IncidentLookers lookers,
    IOptions<LiveOptions> options,
    TimeProvider time,
    ILogger<FeedConnection> connectionLogger,
    ILogger<DefaultHubLifetimeManager<DispatchHub>> logger)
    : DefaultHubLifetimeManager<DispatchHub>(logger)
{
    private readonly ConcurrentDictionary<string, FeedConnection> connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> perAccount = new(StringComparer.Ordinal);
    private int count;

    /// <summary>Every screen that is connected.</summary>
    public IEnumerable<FeedConnection> All => connections.Select(x => x.Value);

    /// <summary>The screen of a connection; null where it has gone.</summary>
    public FeedConnection? Find(string connectionId) => connections.GetValueOrDefault(connectionId);

    /// <inheritdoc/>
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var screen = new FeedConnection(connection, mirrors, options.Value, time, connectionLogger)
        {
            Place = (perAccount.AddOrUpdate(connection.UserIdentifier ?? string.Empty, 1, (_, n) => n + 1), Interlocked.Increment(ref count)),
        };
        connection.Protocol = new CallLimit(connection.Protocol, screen);
        connections[screen.Id] = screen;
        return base.OnConnectedAsync(connection);
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connections.TryRemove(connection.ConnectionId, out var screen))
        {
            foreach (var feed in screen.Close().Where(x => x.Kind == FeedKind.Incident))
            {
                lookers.Leave(feed.Id, screen);
            }

            screen.Dispose();
            Interlocked.Decrement(ref count);
            if (perAccount.AddOrUpdate(screen.AccountId, 0, (_, n) => n - 1) <= 0)
            {
                perAccount.TryRemove(new KeyValuePair<string, int>(screen.AccountId, 0));
            }
        }

        return base.OnDisconnectedAsync(connection);
    }
}
