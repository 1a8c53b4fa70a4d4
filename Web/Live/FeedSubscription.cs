using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Live;

/// <summary>
/// One feed on one screen: where the screen stands, and whether there may be something to send. Its place is moved by the screen's pump alone.
/// </summary>
public sealed class FeedSubscription(FeedConnection connection, FeedMirror mirror, FeedName feed, FeedCursor? cursor, DateTimeOffset since)
{
    private FeedStatus? status;

    /// <summary>The copy that feeds it.</summary>
    public FeedMirror Mirror { get; } = mirror;

    /// <summary>The feed.</summary>
    public FeedName Feed { get; } = feed;

    /// <summary>When it was subscribed to.</summary>
    public DateTimeOffset Since { get; } = since;

    /// <summary>Where the screen stands; null for nothing.</summary>
    public FeedCursor? Cursor { get; private set; } = cursor;

    /// <summary>Seq at which the snapshot began that the screen has; 0 where it came with a cursor of its own.</summary>
    public long HeldFrom { get; private set; }

    /// <summary>Whether it waits for its turn in the pump; the connection's to keep.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether nothing more is to be sent, but for a last word.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Something may be there to send.</summary>
    public void Signal() => connection.Signal(this);

    /// <summary>The screen is to be told how the feed is doing; what was not told yet is overtaken.</summary>
    public void Tell(FeedStatus news)
    {
        status = news;
        Signal();
    }

    /// <summary>Nothing more is sent.</summary>
    public void End() => HasEnded = true;

    /// <summary>What the screen is to be told now; null for nothing.</summary>
    public FeedStatus? TakeStatus() => Interlocked.Exchange(ref status, null);

    /// <summary>What the screen has to be sent now; null where it has everything.</summary>
    public FeedPart? TakeNext()
    {
        if (HasEnded || Mirror.Read(this) is not { } next)
        {
            return null;
        }

        HeldFrom = next.Snapshot ? next.HeldFrom : HeldFrom;
        Cursor = next.Cursor;
        return next;
    }
}

/// <summary>The next part of a feed for all screens at one place.</summary>
/// <param name="Message">Serialised once for each protocol.</param>
/// <param name="Cursor">Where a screen stands that has it.</param>
/// <param name="Snapshot">Whether it replaces what the screen has.</param>
/// <param name="More">Whether there is more to be sent at once.</param>
/// <param name="HeldFrom">Seq of the feed when it was read.</param>
public sealed record FeedPart(SerializedHubMessage Message, FeedCursor Cursor, bool Snapshot, bool More, long HeldFrom);
