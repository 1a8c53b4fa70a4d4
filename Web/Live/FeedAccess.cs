using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;

namespace Dispatch.Live;

/// <summary>Who may watch which feed, and how much of it.</summary>
public sealed class FeedAccess(IncidentDesk incidents, IGrainFactory grains, OrganisationCache organisation)
{
    /// <summary>What somebody may see of a feed.</summary>
    /// <param name="user">Who.</param>
    /// <param name="feed">Of what.</param>
    /// <param name="incident">The incident, for the feed of one, where it is at hand.</param>
    public async Task<FeedGrant> JudgeAsync(SignedIn user, FeedName feed, IncidentView? incident = null)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.PartnerId is not null)
        {
            return Problems.Forbidden("The feed");
        }

        var known = organisation.Current;
        return feed.Kind switch
        {
            FeedKind.Bureau => user.SeesEverything ? FeedGrant.All : Problems.Forbidden("The bureau"),
            FeedKind.Station or FeedKind.Positions => known.Station(feed.Id) is null
                ? Refusal.NotFound(RefusalCodes.StationNotFound, $"There is no station '{feed.Id}'.")
                : user.SeesStation(feed.Id) ? FeedGrant.All : Problems.Forbidden("The station"),
            FeedKind.Community => known.Community(feed.Id) is not { } community
                ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{feed.Id}'.")
                : user.SeesCommunity(community) ? new FeedGrant(null, user.SightOf(community)) : Problems.Forbidden("The community"),
            FeedKind.Pair => await organisation.FindPairAsync(feed.Id) is not { } pair
                ? Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{feed.Id}'.")
                : user.SpeaksFor(pair) ? FeedGrant.All : Problems.Forbidden("The pair"),
            FeedKind.Incident => await JudgeIncidentAsync(user, feed.Id, incident),
            _ => Problems.Forbidden("The feed"),
        };
    }

    /// <summary>Puts into the journal that protected fields of a feed are about to be shown.</summary>
    public Task RecordAsync(SignedIn user, FeedName feed, FeedSight sight)
    {
        ArgumentNullException.ThrowIfNull(user);
        var context = new CommandContext(null, user.Actor);
        return (feed.Kind, sight) switch
        {
            (FeedKind.Incident, FeedSight.Full) => incidents.Grain(feed.Id).RecordReadAsync(context, "address", "incidentFeed"),

            // What a pair is sent to it is told by the offer, which is in the journal.
            (FeedKind.Pair, FeedSight.Full) when user.PairId != feed.Id =>
                grains.GetGrain<IPairGrain>(feed.Id).RecordReadAsync(context, "address", "pairFeed"),
            _ => Task.CompletedTask,
        };
    }

    private async Task<FeedGrant> JudgeIncidentAsync(SignedIn user, string incidentId, IncidentView? incident)
    {
        if (incident is null)
        {
            (incident, var refusal) = await incidents.FindAsync(user, incidentId);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return user.SeesIncident(incident!) ? new FeedGrant(null, user.SightOf(incident!)) : Problems.Forbidden("The incident");
    }
}

/// <summary>What somebody may see of a feed.</summary>
/// <param name="Refusal">Why nothing; null where something.</param>
/// <param name="Sight">How much.</param>
public readonly record struct FeedGrant(Refusal? Refusal, FeedSight Sight)
{
    /// <summary>Everything there is.</summary>
    public static readonly FeedGrant All = new(null, FeedSight.Full);

    /// <summary>Nothing.</summary>
    public static implicit operator FeedGrant(Refusal refusal) => FromRefusal(refusal);

    /// <summary>Nothing.</summary>
    public static FeedGrant FromRefusal(Refusal refusal) => new(refusal, FeedSight.Masked);
}
