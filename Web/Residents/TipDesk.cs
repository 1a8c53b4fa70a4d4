using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;

namespace Dispatch.Residents;

/// <summary>Takes the commands of the police to tips: who works there, and where a tip is about the police their supervisors and oversight alone.</summary>
public sealed class TipDesk(IGrainFactory grains, OrganisationCache organisation, GrainCommands commands, IConcernDoor concerns, IncidentDesk incidents)
{
    /// <summary>Whether somebody may see tips of a community, of the one sort or the other.</summary>
    public static bool Sees(SignedIn user, CommunityInfo community, bool aboutPolice)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(community);
        return aboutPolice
            ? (user.Supervises && user.SeesStation(community.StationId)) || user.OverseesStation(community.StationId)
            : user.SightOf(community) == FeedSight.Full;
    }

    /// <summary>A tip, or why not. Who may not see one is told the same whether there is one or not.</summary>
    public async Task<(TipView? Tip, Refusal? Refusal)> FindAsync(SignedIn user, string id)
    {
        var tip = DerivedIds.IsId(id) ? await Grain(id).GetAsync() : null;
        return tip is not null && organisation.Current.Community(tip.CommunityId) is { } community && Sees(user, community, tip.IsAboutPolice)
            ? (tip, null)
            : (null, Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such tip."));
    }

    /// <summary>Does a command.</summary>
    public async Task<Answer<TipView>> ExecuteAsync(SignedIn user, string key, string id, TipCommand command)
    {
        ArgumentNullException.ThrowIfNull(user);
        var (_, refusal) = await FindAsync(user, id);
        return refusal ?? await SendAsync(user, key, id, command);
    }

    /// <summary>Raises a concern from a tip: the concern first, so that the tip never names one that is not there.</summary>
    public async Task<Answer<TipView>> RaiseConcernAsync(SignedIn user, string key, string id, ConcernOfTip body)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(body);
        var (tip, refusal) = await FindAsync(user, id);
        if (refusal is not null)
        {
            return refusal;
        }

        var context = new CommandContext(key, user.Actor);
        var concernId = Communities.MatterIds.ForOpening(Communities.MatterKind.Concern, user.Id, key);
        if (tip!.ConcernId is { } known && known != concernId)
        {
            return Refusal.Rule(RefusalCodes.TipTurnedAlready, "A concern came of this tip already.");
        }

        var raised = await concerns.RaiseAsync(context, new ResidentRequest(RequestChannel.Tip, tip.CommunityId, body.Category, body.Title, body.Description)
        {
            Location = tip.Location, TextConfirmed = body.TextConfirmed,
        });
        return raised.IsRefused ? raised.Refusal : await SendAsync(user, key, id, new TurnTipIntoConcern(concernId));
    }

    /// <summary>Opens an incident from a tip, where the tip is or in the middle of its community.</summary>
    public async Task<Answer<TipView>> OpenIncidentAsync(SignedIn user, string key, string id, IncidentOfTip body)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(body);
        var (tip, refusal) = await FindAsync(user, id);
        if (refusal is not null)
        {
            return refusal;
        }

        var incidentId = IncidentIds.ForOpening(user.Id, key);
        if (tip!.IncidentId is { } known && known != incidentId)
        {
            return Refusal.Rule(RefusalCodes.TipTurnedAlready, "An incident came of this tip already.");
        }

        var place = tip.Location ?? organisation.Current.Community(tip.CommunityId)!.Centre ?? default;
        var opened = await incidents.OpenAsync(user, key, new OpenIncident(body.Category, body.Priority, place, body.Summary, CommunityId: tip.CommunityId));
        return opened.IsRefused ? opened.Refusal : await SendAsync(user, key, id, new TurnTipIntoIncident(incidentId));
    }

    private Task<Answer<TipView>> SendAsync(SignedIn user, string key, string id, TipCommand command) =>
        commands.UntilKnownAsync(() => Grain(id).ExecuteAsync(new CommandContext(key, user.Actor), command));

    private ITipGrain Grain(string id) => grains.GetGrain<ITipGrain>(id);
}

/// <summary>The concern that comes of a tip, in an officer's words: those of the tip stay with the tip.</summary>
/// <param name="Category">Code of a concern category.</param>
/// <param name="Title">1 to 100 characters.</param>
/// <param name="Description">At most 2,000 characters.</param>
/// <param name="TextConfirmed">That the sender means the texts as they are.</param>
public sealed record ConcernOfTip(string Category, string Title, string? Description = null, bool TextConfirmed = false);

/// <summary>The incident that comes of a tip, in an officer's words.</summary>
/// <param name="Category">Code of a category of the bureau.</param>
/// <param name="Priority">1 (highest) to 4.</param>
/// <param name="Summary">At most 2,000 characters.</param>
public sealed record IncidentOfTip(string Category, int Priority, string Summary);
