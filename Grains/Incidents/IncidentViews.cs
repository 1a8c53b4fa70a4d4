using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Pairs;

namespace Dispatch.Incidents;

/// <summary>How an incident is shown to whom.</summary>
public static class IncidentViews
{
    /// <summary>What those in scope see.</summary>
    public static IncidentView View(this IncidentState s, long version, ResponseTimers timers)
    {
        ArgumentNullException.ThrowIfNull(s);
        ArgumentNullException.ThrowIfNull(timers);
        return new IncidentView(
            s.Id, s.Number, s.Status(), s.Category, s.Priority, s.Location, s.Address, s.CommunityId, s.StationId, s.Summary, s.PairsNeeded,
            s.Skills, s.OpenedAt, s.EndedAt, s.Disposition, s.OpenedAt + timers.Dispatch(s.Priority), s.Alerts, version, s.Offers,
            s.Assignments, s.Notes);
    }

    /// <summary>What a pair is told with an offer.</summary>
    public static PairOffer ForPair(this IncidentState s, string offerId, DateTimeOffset offeredAt, DateTimeOffset expiresAt)
    {
        ArgumentNullException.ThrowIfNull(s);
        return new PairOffer(
            offerId, s.Id, s.Number, s.Category, s.Priority, s.Location, s.Address, s.CommunityId, s.Summary, offeredAt, expiresAt);
    }

    /// <summary>A line of the timeline, without the caller and the address.</summary>
    public static TimelineEntry ForTimeline(this Recorded<IncidentEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var shown = recorded.Event is IncidentOpened opened ? opened with { Caller = null, Address = null } : recorded.Event;
        return new TimelineEntry(
            recorded.Version, recorded.At, recorded.By.Id, recorded.By.Name, EventKind.Of(recorded.Event), JsonText.Of(shown));
    }
}
