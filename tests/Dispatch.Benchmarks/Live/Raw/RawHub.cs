using Dispatch.Live;
using Dispatch.Pairs;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Benchmarks.Live.Raw;

/// <summary>The raw server's hub: the two methods of ours that are measured.</summary>
public sealed class RawHub(RawStation station) : Hub
{
    /// <summary>Sends the caller everything; what changes reaches everybody in any case.</summary>
    public Task Subscribe(string feed, FeedCursor? cursor) => Clients.Caller.SendAsync(FeedMessage.Method, station.Snapshot(feed));

    /// <summary>Changes a pair; answers when it is committed.</summary>
    public Task<PairView> SetActivity(string commandId, string pairId, PairActivity activity) => station.SetActivityAsync(pairId, activity);
}
