using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace Dispatch.Live;

/// <summary>Knows every screen's connection, so that each is written to by its own pump instead of by SignalR's group sends.</summary>
public sealed class FeedConnections(
    FeedMirrors mirrors, IOptions<LiveOptions> options, TimeProvider time, ILogger<DefaultHubLifetimeManager<DispatchHub>> logger)
    : DefaultHubLifetimeManager<DispatchHub>(logger)
{
    private readonly ConcurrentDictionary<string, FeedConnection> connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> perAccount = new(StringComparer.Ordinal);

    /// <summary>How many screens are connected.</summary>
    public int Count => connections.Count;

    /// <summary>The screen of a connection; null where it has gone.</summary>
    public FeedConnection? Find(string connectionId) => connections.GetValueOrDefault(connectionId);

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        connections[connection.ConnectionId] = new FeedConnection(connection, mirrors, options.Value, time);
        var account = connection.UserIdentifier ?? string.Empty;
        if (perAccount.AddOrUpdate(account, 1, (_, n) => n + 1) > options.Value.MaxConnectionsPerAccount)
        {
            throw new HubException($"tooManyConnections: at most {options.Value.MaxConnectionsPerAccount} connections of one account.");
        }

        await base.OnConnectedAsync(connection);
    }

    /// <inheritdoc/>
    public override async Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connections.TryRemove(connection.ConnectionId, out var screen))
        {
            screen.Close();
            if (perAccount.AddOrUpdate(connection.UserIdentifier ?? string.Empty, 0, (_, n) => n - 1) <= 0)
            {
                perAccount.TryRemove(new KeyValuePair<string, int>(connection.UserIdentifier ?? string.Empty, 0));
            }
        }

        await base.OnDisconnectedAsync(connection);
    }
}
