using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Partners;

/// <summary>Takes commands to registries of partners and to their teams: checks whose they are and hands them to the grain.</summary>
public sealed class PartnerDesk(IGrainFactory grains, OrganisationCache organisation, GrainCommands commands)
{
    /// <summary>Does a command on a registry in the name of who is signed in: a supervisor of the station, or an administrator.</summary>
    /// <param name="user">Who.</param>
    /// <param name="key">The command's id.</param>
    /// <param name="stationId">Whose registry; the bureau's where null.</param>
    /// <param name="command">The command.</param>
    public async Task<Answer<PartnerView>> ExecuteAsync(SignedIn user, string key, string? stationId, PartnerCommand command)
    {
        ArgumentNullException.ThrowIfNull(user);
        return stationId is not null && organisation.Current.Station(stationId) is null
                ? Refusal.Invalid(RefusalCodes.StationNotFound, "stationId", $"There is no station '{stationId}'.")
            : !user.KeepsPartnersOf(stationId) ? Problems.Forbidden("The registry of partners")
            : await commands.UntilKnownAsync(() => Registry(stationId).ExecuteAsync(new CommandContext(key, user.Actor), command));
    }

    /// <summary>Does a command on a partner that is kept somewhere.</summary>
    public Task<Answer<PartnerView>> ChangeAsync(SignedIn user, string key, string partnerId, PartnerCommand command) => PartnerIds.IsId(partnerId)
        ? ExecuteAsync(user, key, PartnerIds.StationOf(partnerId), command)
        : Task.FromResult<Answer<PartnerView>>(NotFound);

    /// <summary>A partner in scope as far as it may be seen, or why not.</summary>
    public async Task<(PartnerView? Partner, Refusal? Refusal)> FindAsync(SignedIn user, string partnerId) =>
        await grains.FindPartnerAsync(partnerId) is not { } partner ? (null, NotFound)
        : Shown(user, partner) is { } shown ? (shown, null)
        : (null, Problems.Forbidden("The partner"));

    /// <summary>The partners of some registries that somebody may see, by id.</summary>
    /// <param name="user">Who.</param>
    /// <param name="stationIds">Whose registries beside the bureau's.</param>
    public async Task<IReadOnlyList<PartnerView>> ListAsync(SignedIn user, IEnumerable<string> stationIds)
    {
        var lists = await Task.WhenAll(stationIds.Prepend(null).Select(x => Registry(x).ListAsync()));
        return [.. lists.SelectMany(x => x).Select(x => Shown(user, x)).OfType<PartnerView>().OrderBy(x => x.Id, StringComparer.Ordinal)];
    }

    /// <summary>Does a command on a team of volunteers where the signed-in one works.</summary>
    public async Task<Answer<VolunteerTeamView>> ExecuteAsync(SignedIn user, string key, string partnerId, VolunteerCommand command) =>
        await WhyNotWithAsync(user, partnerId) is { } refusal
            ? refusal
            : await commands.UntilKnownAsync(() => Team(partnerId).ExecuteAsync(new CommandContext(key, user.Actor), command));

    /// <summary>The team of a partner.</summary>
    public IVolunteerTeamGrain Team(string partnerId) => grains.GetGrain<IVolunteerTeamGrain>(partnerId);

    /// <summary>Why somebody does not work with a partner; null where he does: in one of the communities that it is there for.</summary>
    public async Task<Refusal?> WhyNotWithAsync(SignedIn user, string partnerId)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await grains.FindPartnerAsync(partnerId) is not { } partner ? NotFound
            : Communities(partner).Any(x => IsWorkedIn(user, x)) ? null
            : Problems.Forbidden("The partner");
    }

    private static Refusal NotFound => Refusal.NotFound(RefusalCodes.PartnerNotFound, "There is no such partner.");

    private static bool IsWorkedIn(SignedIn user, CommunityInfo community) => user.SeesCommunity(community) && user.SightOf(community) == FeedSight.Full;

    private PartnerView? Shown(SignedIn user, PartnerView partner)
    {
        var seen = Communities(partner).Where(user.SeesCommunity).ToArray();
        return seen.Any(x => IsWorkedIn(user, x)) || user.KeepsPartnersOf(partner.StationId) ? partner
            : seen.Length > 0 ? partner.ForMasked()
            : null;
    }

    private IEnumerable<CommunityInfo> Communities(PartnerView partner) => organisation.Current.Organisation.Communities.Where(partner.Serves);

    private IPartnerRegistryGrain Registry(string? stationId) => grains.GetGrain<IPartnerRegistryGrain>(IPartnerRegistryGrain.KeyOf(stationId));
}
