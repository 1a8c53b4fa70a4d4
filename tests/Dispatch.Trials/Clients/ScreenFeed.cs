using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Clients;

/// <summary>A screen's copy of one feed over the screen's whole life, and what watches over it. Used by what reads and by what subscribes.</summary>
public sealed class ScreenFeed(string screen, string name)
{
    private readonly Lock gate = new();
    private readonly FeedCopy copy = new();
    private readonly FeedWatch watch = new(screen, name);

    /// <summary>Name of the feed.</summary>
    public string Name => name;

    /// <summary>Whether the screen wants to be shown it now.</summary>
    public bool IsWanted { get; private set; } = true;

    /// <summary>When to subscribe again after a subscription that failed; null where none did.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>When what it shows last became another.</summary>
    public DateTimeOffset? ChangedAt { get; private set; }

    /// <summary>Messages that came.</summary>
    public long Messages { get; private set; }

    /// <summary>Snapshots among them.</summary>
    public long Snapshots { get; private set; }

    /// <summary>How often a message did not apply and it was subscribed to again.</summary>
    public long Gaps { get; private set; }

    /// <summary>What the screen shows.</summary>
    public FeedCopy Copy => copy;

    /// <summary>What it saw and may never be.</summary>
    public IReadOnlyList<FeedFault> Faults
    {
        get
        {
            lock (gate)
            {
                return [.. watch.Faults];
            }
        }
    }

    /// <summary>It is subscribed to from this cursor.</summary>
    public FeedCursor? Subscribe(bool onSameLine)
    {
        lock (gate)
        {
            RetryAt = null;
            watch.Subscribed(onSameLine);
            return copy.Cursor;
        }
    }

    /// <summary>It is to be shown again.</summary>
    public void Want()
    {
        lock (gate)
        {
            IsWanted = true;
        }
    }

    /// <summary>Takes a message; one that is late, of a feed that is not wanted any more, is nothing.</summary>
    /// <returns>False where it does not follow on what is there.</returns>
    public bool Take(FeedPart part, Sighting seen)
    {
        lock (gate)
        {
            if (!IsWanted)
            {
                return true;
            }

            Messages++;
            watch.Received(part, seen);
            var changes = copy.Changes;
            if (!copy.Apply(part))
            {
                Gaps++;
                return false;
            }

            Snapshots += part.Snapshot ? 1 : 0;
            ChangedAt = copy.Changes == changes ? ChangedAt : seen.At;

            return true;
        }
    }

    /// <summary>It is not to be shown any more.</summary>
    public void LetGo()
    {
        lock (gate)
        {
            IsWanted = false;
            RetryAt = null;
            Drop();
        }
    }

    /// <summary>Lets go of the copy.</summary>
    public void Drop()
    {
        lock (gate)
        {
            copy.Drop();
            watch.Dropped();
        }
    }
}
