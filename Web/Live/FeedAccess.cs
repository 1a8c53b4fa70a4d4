using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Live;

/// <summary>Who may watch which feed.</summary>
public sealed class FeedAccess(IncidentDesk incidents, OrganisationCache organisation)
{
    /// <summary>Why somebody may not watch a feed; null where he may. Watching an incident is a read of its address and is journalled.</summary>
    public async Task<Refusal?> WhyNotAsync(SignedIn user, FeedName feed)
    {
        ArgumentNullException.ThrowIfNull(user);
        var known = organisation.Current;
        return feed.Kind switch
        {
            FeedKind.Bureau => user.SeesEverything ? null : Problems.Forbidden("The bureau"),
            FeedKind.Station or FeedKind.Positions => known.Station(feed.Id) is null
                ? Refusal.NotFound(RefusalCodes.StationNotFound, $"There is no station '{feed.Id}'.")
                : user.SeesStation(feed.Id) ? null : Problems.Forbidden("The station"),
            FeedKind.Community => known.Community(feed.Id) is not { } community
                ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{feed.Id}'.")
                : user.SeesCommunity(community) ? null : Problems.Forbidden("The community"),
            FeedKind.Pair => await organisation.FindPairAsync(feed.Id) is not { } pair
                ? Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{feed.Id}'.")
                : user.SpeaksFor(pair) ? null : Problems.Forbidden("The pair"),
            FeedKind.Incident => await WhyNotIncidentAsync(user, feed.Id),
            _ => Problems.Forbidden("The feed"),
        };
    }

    private async Task<Refusal?> WhyNotIncidentAsync(SignedIn user, string incidentId)
    {
        var (incident, refusal) = await incidents.FindAsync(user, incidentId);
        if (incident?.Address is not null)
        {
            await incidents.Grain(incidentId).RecordReadAsync(new CommandContext(null, user.Actor), "address", "incidentFeed");
        }

        return refusal;
    }
}
