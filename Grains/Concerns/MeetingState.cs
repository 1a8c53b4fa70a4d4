using Dispatch.Commands;

namespace Dispatch.Concerns;

/// <summary>How a meeting's events change what is known of it.</summary>
public static class MeetingState
{
    /// <summary>The state after one more event.</summary>
    public static MeetingView Apply(MeetingView? state, Recorded<MeetingEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        if (recorded.Event is MeetingAnnounced announced)
        {
            return announced.Meeting;
        }

        var s = state!;
        return recorded.Event switch
        {
            MeetingRevised e => s with { PlannedFor = e.PlannedFor, Place = e.Place, Agenda = e.Agenda },
            MeetingHeld e => s with { HeldAt = recorded.At, Participants = e.Participants },
            IssueRaised e => s with { Issues = s.Issues.Add(e.Issue) },
            IssueResolved e => s with { Issues = [.. s.Issues.Select(x => x.Id == e.Issue.Id ? e.Issue : x)] },
            MinutesWritten e => s with { Minutes = e.Text },
            MeetingPublished => s with { PublishedAt = recorded.At },
            MeetingCancelled e => s with { CancelledAt = recorded.At, CancelledBecause = e.Reason },
            _ => throw new InvalidOperationException($"A meeting does not know the event {recorded.Event.GetType().Name}."),
        };
    }
}
