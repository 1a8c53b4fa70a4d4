using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections.Client;

namespace Dispatch.Live;

/// <summary>Opens the WebSocket of a hub connection. SignalR would not tell the status of a refusal, nor when to come back.</summary>
public static class HubSocket
{
    /// <summary>Opens it with the connection's token.</summary>
    /// <exception cref="HubUnreachableException">The server refused the connection, or there is none.</exception>
    public static async ValueTask<WebSocket> OpenAsync(WebSocketConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.Proxy = null;
            if (context.Options.AccessTokenProvider is { } tokens && await tokens() is { Length: > 0 } token)
            {
                socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            }

            await socket.ConnectAsync(context.Uri, cancellationToken);
            return socket;
        }
        catch (WebSocketException exception)
        {
            var refused = new HubUnreachableException(socket.HttpStatusCode, RetryAfter(socket), exception);
            socket.Dispose();
            throw refused;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static TimeSpan? RetryAfter(ClientWebSocket socket) =>
        socket.HttpResponseHeaders?.TryGetValue("Retry-After", out var values) == true
        && RetryConditionHeaderValue.TryParse(values.FirstOrDefault(), out var value)
            ? value.Delta
            : null;
}

/// <summary>There is no connection to the hub to be had now.</summary>
/// <param name="status">What the server answered; 0 where it did not.</param>
/// <param name="retryAfter">How long it wants to be left alone; null where it did not say.</param>
/// <param name="cause">What the socket says.</param>
public sealed class HubUnreachableException(HttpStatusCode status, TimeSpan? retryAfter, Exception cause)
    : IOException(status == 0 ? cause?.Message : $"The hub answered {(int)status}.", cause)
{
    /// <summary>What the server answered; 0 where it did not.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>How long it wants to be left alone; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
