using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Partners;

/// <summary>Takes a partner's word on its work: from its own account, or from who works in the community and was told it.</summary>
public sealed class PartnerWorkDesk(MatterDesk matters, IGrainFactory grains)
{
    /// <summary>Does a command that a partner gives, or somebody on its behalf.</summary>
    /// <param name="user">Who.</param>
    /// <param name="key">The command's id.</param>
    /// <param name="id">The matter.</param>
    /// <param name="isGivenTo">Whether a matter was given to a partner.</param>
    /// <param name="command">The command.</param>
    public async Task<Answer<TView>> HearAsync<TGrain, TCommand, TView>(
        SignedIn user, string key, string id, Func<TView, string, bool> isGivenTo, TCommand command)
        where TGrain : IMatterGrain<TCommand, TView>
        where TView : class, IMatterView
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(isGivenTo);
        if (user.PartnerId is not { } partnerId)
        {
            return await matters.ExecuteAsync<TGrain, TCommand, TView>(user, key, id, command);
        }

        return !DerivedIds.IsId(id) || await grains.GetGrain<TGrain>(id).GetAsync() is not { } matter
                ? Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such matter.")
            : !isGivenTo(matter, partnerId) ? Problems.Forbidden("What is not given to this partner")
            : await matters.SendAsync<TGrain, TCommand, TView>(user, key, id, command);
    }
}
