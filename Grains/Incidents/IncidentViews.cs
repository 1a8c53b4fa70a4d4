using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Pairs;

namespace Dispatch.Incidents;

/// <summary>How an incident is shown to whom.</summary>
public static class IncidentViews
{
    /// <summary>What those in scope see.</summary>
    public static IncidentView View(this IncidentState s, long version)
    {
        ArgumentNullException.ThrowIfNull(s);
        return new IncidentView(
            s.Id, s.Number, s.Status(), s.Category, s.Priority, s.Location, s.Address, s.CommunityId, s.StationId, s.Summary, s.PairsNeeded,
            s.Skills, s.OpenedAt, s.EndedAt, s.Disposition, s.DispatchFrom + TimeSpan.FromSeconds(s.DispatchWithinSeconds), s.Alerts, version,
            s.Offers, s.Assignments, s.Notes, s.ScheduledFor, s.DivertedTo, s.MergedInto, s.Merged, s.Links, s.Escalation, s.PanicPairId, s.TransferredFrom, s.Duplicates);
    }

    /// <summary>What a pair is told with an offer.</summary>
    public static PairOffer ForPair(
        this IncidentState s, string offerId, DateTimeOffset offeredAt, DateTimeOffset expiresAt, bool preempts = false, string? overrideReason = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return new PairOffer(
            offerId, s.Id, s.Number, s.Category, s.Priority, s.Location, s.Address, s.CommunityId, s.Summary, offeredAt, expiresAt,
            preempts, overrideReason, s.SealedAddress, s.ClassVersion);
    }

    /// <summary>A line of the timeline, without the caller and the address.</summary>
    public static TimelineEntry ForTimeline(this Recorded<IncidentEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var shown = recorded.Event is IncidentOpened opened ? opened with { Caller = null, Address = null, SealedCaller = null, SealedAddress = null } : recorded.Event;
        return new TimelineEntry(
            recorded.Version, recorded.At, recorded.By.Id, recorded.By.Name, EventKind.Of(recorded.Event), JsonText.Of(shown));
    }
}
