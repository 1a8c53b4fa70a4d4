using System.Collections.Concurrent;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Recording;

/// <summary>Takes what every client saw, from all of them at once.</summary>
public sealed class HistoryRecorder
{
    private readonly ConcurrentQueue<Attempt> attempts = new();
    private long acknowledged;
    private long lastAcknowledged;

    /// <summary>How many attempts were acknowledged so far.</summary>
    public long Acknowledged => Interlocked.Read(ref acknowledged);

    /// <summary>When the last acknowledgement came.</summary>
    public DateTimeOffset LastAcknowledgedAt => new(Interlocked.Read(ref lastAcknowledged), TimeSpan.Zero);

    /// <summary>Takes one.</summary>
    public void Add(Attempt attempt)
    {
        attempts.Enqueue(attempt);
        if (attempt.Outcome == Outcome.Ok)
        {
            Interlocked.Increment(ref acknowledged);
            Interlocked.Exchange(ref lastAcknowledged, attempt.AnsweredAt.UtcTicks);
        }
    }

    /// <summary>All that came since the last call, in the order in which they ended.</summary>
    public IReadOnlyList<Attempt> Take()
    {
        var taken = new List<Attempt>();
        while (attempts.TryDequeue(out var attempt))
        {
            taken.Add(attempt);
        }

        return taken;
    }
}
