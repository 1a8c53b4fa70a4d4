using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Live;

/// <summary>Holds each connection to its number of calls: who calls too often is refused, and who does not stop is closed.</summary>
public sealed class CallLimit(FeedConnections connections) : IHubFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        ArgumentNullException.ThrowIfNull(invocationContext);
        ArgumentNullException.ThrowIfNull(next);
        return connections.Find(invocationContext.Context.ConnectionId)?.MayCall() == false
            ? throw DispatchHub.Error("tooManyCalls", "This connection calls too often; wait and try again.")
            : next(invocationContext);
    }
}
