using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Pairs;

/// <summary>Takes commands to handover sheets: checks whose they are, and shows as much as the account may see.</summary>
public sealed class HandoverDesk(IGrainFactory grains, OrganisationCache organisation, GrainCommands commands)
{
    /// <summary>A sheet, as much of it as the account may see; or why not.</summary>
    public async Task<Answer<HandoverView>> FindAsync(SignedIn user, string id)
    {
        ArgumentNullException.ThrowIfNull(user);
        return !HandoverIds.IsId(id) || await Grain(id).GetAsync() is not { } sheet
                ? Refusal.NotFound(RefusalCodes.HandoverNotFound, $"There is no handover sheet '{id}'.")
            : Sees(user, sheet) ? Shown(user, sheet)
            : Problems.Forbidden("The handover sheet");
    }

    /// <summary>Does a command in the name of who is signed in.</summary>
    public async Task<Answer<HandoverView>> ExecuteAsync(SignedIn user, string key, string id, HandoverCommand command)
    {
        ArgumentNullException.ThrowIfNull(user);
        var found = await FindAsync(user, id);
        if (found.IsRefused)
        {
            return found.Refusal;
        }

        if (command is CloseHandover && !user.FormsPairsOf(found.Value.StationId))
        {
            return Problems.Forbidden("Closing a handover sheet");
        }

        var answer = await commands.UntilKnownAsync(() => Grain(id).ExecuteAsync(new CommandContext(key, user.Actor), command));
        return answer.IsRefused ? answer : Shown(user, answer.Value);
    }

    /// <summary>Whether the account sees a sheet: the officers on it, the pair, those who dispatch or look after pairs of its station.</summary>
    public static bool Sees(SignedIn user, HandoverView sheet)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(sheet);
        return IsOn(user, sheet) || user.PairId == sheet.PairId || user.FormsPairsOf(sheet.StationId)
            || (user.Dispatches && user.SeesStation(sheet.StationId));
    }

    private HandoverView Shown(SignedIn user, HandoverView sheet) =>
        IsOn(user, sheet) || (organisation.Current.Community(sheet.CommunityId) is { } community && user.SightOf(community) == FeedSight.Full)
            ? sheet
            : sheet.ForMasked();

    private static bool IsOn(SignedIn user, HandoverView sheet) => user.OfficerId is { } officer && sheet.Names(officer);

    private IHandoverSheetGrain Grain(string id) => grains.GetGrain<IHandoverSheetGrain>(id);
}
