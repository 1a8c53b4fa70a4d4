using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Bureau;

/// <summary>Changes of stations and communities, one at a time.</summary>
public sealed partial class BureauGrain
{
    private readonly ICommunitiesAtWork atWork;
    private readonly ResponseTimers timers;

    /// <inheritdoc/>
    public async Task<Answer<OrganisationChanged>> ChangeOrganisationAsync(CommandContext context, OrganisationChange change)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(change);
        var digest = Digest(change);
        if (durable.Find(context.CommandId) is { } first)
        {
            return first.BodyHash == digest ? new OrganisationChanged(first.Version) : KeyReused;
        }

        if (durable.Organisation is not { } before)
        {
            return Refusal.Rule(RefusalCodes.OrganisationMissing, "There is no organisation yet.");
        }

        var decided = OrganisationChangeRules.Decide(before, durable.Version, change, await atWork.ListAsync(), packs);
        if (decided.IsRefused)
        {
            return decided.Refusal;
        }

        var data = OrganisationChangeRules.Journalled(before, decided.Value, change);
        await ChangeAsync(context, decided.Value, EventKind.Of(change), data, digest, pair: null);
        return new OrganisationChanged(durable.Version);
    }

    /// <inheritdoc/>
    public Task<TimersInForce> GetTimersAsync() => Task.FromResult(new TimersInForce(
        timers.OfferSeconds.ToImmutableDictionary(), timers.DispatchSeconds.ToImmutableDictionary(), timers.RefusalsBeforeSupervisor));
}
