using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Live;

/// <summary>
/// One screen: its subscriptions with their cursors, and the pump that feeds it at its own pace. Only the pump writes feeds, and it waits for
/// this connection alone, so a screen that does not read costs the others nothing and itself only merged changes, until it is closed.
/// </summary>
public sealed class FeedConnection(HubConnectionContext connection, FeedMirrors mirrors, LiveOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Subscription> subscriptions = new(StringComparer.Ordinal);
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock starting = new();
    private Task? pump;

    /// <summary>Whether one more feed may be subscribed to.</summary>
    public bool HasRoomFor(string feed) => subscriptions.Count < options.MaxSubscriptions || subscriptions.ContainsKey(feed);

    /// <summary>Feeds this screen from its cursor on; subscribing again replaces the cursor.</summary>
    /// <returns>False where there is no such feed.</returns>
    public async Task<bool> SubscribeAsync(string name, FeedName feed, FeedCursor? cursor)
    {
        var mirror = mirrors.Watch(name, feed, this);
        if (!await mirror.Loaded.WaitAsync(options.LongPoll + options.LongPoll, time))
        {
            mirror.Unwatch(this);
            return false;
        }

        subscriptions[name] = new Subscription(mirror, cursor);
        lock (starting)
        {
            pump ??= Task.Run(PumpAsync);
        }

        Signal();
        return true;
    }

    /// <summary>Ends a subscription.</summary>
    public void Unsubscribe(string name)
    {
        if (subscriptions.TryRemove(name, out var subscription))
        {
            subscription.Mirror.Unwatch(this);
        }
    }

    /// <summary>Something may be there to send.</summary>
    public void Signal() => signal.Writer.TryWrite(true);

    /// <summary>Ends everything, when the connection is gone.</summary>
    public void Close()
    {
        signal.Writer.TryComplete();
        foreach (var name in subscriptions.Keys)
        {
            Unsubscribe(name);
        }
    }

    private async Task PumpAsync()
    {
        try
        {
            while (await signal.Reader.WaitToReadAsync(connection.ConnectionAborted))
            {
                signal.Reader.TryRead(out _);
                foreach (var (name, subscription) in subscriptions)
                {
                    await SendAsync(name, subscription);
                }
            }
        }
        catch (TimeoutException)
        {
            connection.Abort();
        }
        catch (OperationCanceledException)
        {
            // The connection is gone.
        }
    }

    private async ValueTask SendAsync(string name, Subscription subscription)
    {
        if (subscription.Mirror.Read(subscription.Cursor) is not { } next)
        {
            return;
        }

        var write = connection.WriteAsync(next.Message, connection.ConnectionAborted);
        if (!write.IsCompletedSuccessfully)
        {
            await write.AsTask().WaitAsync(options.StalledAfter, time, connection.ConnectionAborted);
        }

        // Where the client subscribed again meanwhile, its own cursor holds.
        subscriptions.TryUpdate(name, subscription with { Cursor = next.Next }, subscription);
    }

    private sealed record Subscription(FeedMirror Mirror, FeedCursor? Cursor);
}
