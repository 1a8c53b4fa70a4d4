using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Communities;

/// <summary>Takes commands to matters of every kind: checks whose they are and hands them to the grain.</summary>
public sealed class MatterDesk(IGrainFactory grains, OrganisationCache organisation, GrainCommands commands)
{
    /// <summary>
    /// Opens a matter of a community in the name of who is signed in. The retry of the same key finds the same one. Whoever works there may, and whoever else
    /// the kind's own rules let in is let in by its endpoint.
    /// </summary>
    /// <returns>The matter, or why not; and its id.</returns>
    public async Task<(string Id, Answer<TView> Answer)> OpenAsync<TGrain, TCommand, TView>(
        SignedIn user, string key, MatterKind kind, string communityId, TCommand command)
        where TGrain : IMatterGrain<TCommand, TView>
        where TView : class, IMatterView
    {
        ArgumentNullException.ThrowIfNull(user);
        var id = MatterIds.ForOpening(kind, user.Id, key);
        return (id, WhyNot(user, communityId) is { } refusal ? refusal : await SendAsync<TGrain, TCommand, TView>(user, key, id, command));
    }

    /// <summary>Does a command on a matter where the signed-in one works.</summary>
    /// <param name="user">Who.</param>
    /// <param name="key">The command's id.</param>
    /// <param name="id">The matter.</param>
    /// <param name="command">The command.</param>
    /// <param name="whyNot">More that its kind asks of the sender; null where that is all.</param>
    public async Task<Answer<TView>> ExecuteAsync<TGrain, TCommand, TView>(
        SignedIn user, string key, string id, TCommand command, Func<TView, Refusal?>? whyNot = null)
        where TGrain : IMatterGrain<TCommand, TView>
        where TView : class, IMatterView
    {
        ArgumentNullException.ThrowIfNull(user);
        var (matter, refusal) = await FindAsync<TGrain, TCommand, TView>(user, id);
        refusal ??= WhyNot(user, matter!.CommunityId) ?? whyNot?.Invoke(matter!);
        return refusal is not null ? refusal : await SendAsync<TGrain, TCommand, TView>(user, key, id, command);
    }

    /// <summary>A matter in scope, or why not.</summary>
    public async Task<(TView? Matter, Refusal? Refusal)> FindAsync<TGrain, TCommand, TView>(SignedIn user, string id)
        where TGrain : IMatterGrain<TCommand, TView>
        where TView : class, IMatterView
    {
        ArgumentNullException.ThrowIfNull(user);
        if (!DerivedIds.IsId(id) || await grains.GetGrain<TGrain>(id).GetAsync() is not { } matter)
        {
            return (null, Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such matter."));
        }

        return organisation.Current.Community(matter.CommunityId) is { } community && user.SeesCommunity(community)
            ? (matter, null)
            : (null, Problems.Forbidden("The matter"));
    }

    /// <summary>How much of a community's matters somebody in scope may see.</summary>
    public FeedSight SightOf(SignedIn user, string communityId)
    {
        ArgumentNullException.ThrowIfNull(user);
        return organisation.Current.Community(communityId) is { } community ? user.SightOf(community) : FeedSight.Masked;
    }

    /// <summary>Sends a command whose sender was looked at already, until its outcome is known.</summary>
    public Task<Answer<TView>> SendAsync<TGrain, TCommand, TView>(SignedIn user, string key, string id, TCommand command)
        where TGrain : IMatterGrain<TCommand, TView>
        where TView : class, IMatterView
    {
        ArgumentNullException.ThrowIfNull(user);
        return commands.UntilKnownAsync(() => grains.GetGrain<TGrain>(id).ExecuteAsync(new CommandContext(key, user.Actor), command));
    }

    private Refusal? WhyNot(SignedIn user, string communityId) =>
        organisation.Current.Community(communityId) is not { } community
            ? Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{communityId}'.")
            : user.SeesCommunity(community) && user.SightOf(community) == FeedSight.Full ? null : Problems.Forbidden("The community");
}
