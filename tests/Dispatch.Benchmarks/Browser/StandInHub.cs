using Dispatch.Live;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Benchmarks.Browser;

/// <summary>The hub of the stand-in: gives whoever asks the recorded feeds.</summary>
public sealed class StandInHub(StandInFeeds feeds) : Hub
{
    /// <summary>Sends the caller a feed, and from then on what changes in it.</summary>
    public Task Subscribe(string feed, FeedCursor? cursor) => feeds.SubscribeAsync(feed, async messages =>
    {
        foreach (var message in messages)
        {
            await Clients.Caller.SendAsync(FeedMessage.Method, message);
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, feed);
    });

    /// <summary>Sends the caller no more of a feed.</summary>
    public Task Unsubscribe(string feed) => Groups.RemoveFromGroupAsync(Context.ConnectionId, feed);
}
