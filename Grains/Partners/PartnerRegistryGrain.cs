using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Partners;

/// <summary>The partners that a station keeps, or the bureau, in one record: there are some hundreds, and they change seldom.</summary>
public sealed class PartnerRegistryGrain(
    [PersistentState("partners")] IPersistentState<AggregateRecord<PartnerRegistryState, PartnerEvent>> storage, AggregateServices services)
    : AggregateGrain<PartnerRegistryState, PartnerEvent, PartnerRegistryState>(storage, services), IPartnerRegistryGrain
{
    private const string OfStation = "station/";

    /// <inheritdoc/>
    protected override string Stream => $"partners/{this.GetPrimaryKeyString()}";

    private string? StationId => this.GetPrimaryKeyString() is var key && key.StartsWith(OfStation, StringComparison.Ordinal) ? key[OfStation.Length..] : null;

    /// <inheritdoc/>
    public async Task<Answer<PartnerView>> ExecuteAsync(CommandContext context, PartnerCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        var newId = PartnerIds.ForRegistering(StationId, context.Actor.Id, context.CommandId ?? Guid.CreateVersion7(Now).ToString("D"));
        var answer = await FindFirstAnswerAsync(context, command) ?? await CommitAsync(context, command, await DecideAsync(command, newId));
        return answer.IsRefused ? answer.Refusal : answer.Value.Find(IdOf(command) ?? newId)!;
    }

    /// <inheritdoc/>
    public Task<PartnerView?> FindAsync(string partnerId) => Task.FromResult(State?.Find(partnerId));

    /// <inheritdoc/>
    public Task<ImmutableArray<PartnerView>> ListAsync() => Task.FromResult(State?.Partners ?? []);

    /// <inheritdoc/>
    protected override PartnerRegistryState Apply(PartnerRegistryState? state, Recorded<PartnerEvent> recorded) => PartnerRegistryState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override PartnerRegistryState View(PartnerRegistryState state, long version) => state;

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<PartnerEvent>> recorded) => Task.CompletedTask;

    private async ValueTask<Decision<PartnerEvent>> DecideAsync(PartnerCommand command, string newId)
    {
        var details = command switch { RegisterPartner c => c.Details, ChangePartner c => c.Details, _ => null };
        var organisation = await Services.Organisation.KnowingAsync(x => x.Version > 0 && (details is null || Knows(x, details)));
        return PartnerRules.Decide(State, command, new PartnerGround(StationId, newId, Services.Pack, organisation));
    }

    /// <summary>Whether what a partner names is in the organisation as this process knows it; a pair or community may have come a moment ago.</summary>
    private static bool Knows(OrganisationSnapshot organisation, PartnerDetails details) =>
        details.CommunityIds.All(x => organisation.Community(x) is not null) && (details.Patrol is null || organisation.Pair(details.Patrol.PairId) is not null);

    private static string? IdOf(PartnerCommand command) => command switch
    {
        ChangePartner c => c.PartnerId,
        DeactivatePartner c => c.PartnerId,
        ReactivatePartner c => c.PartnerId,
        _ => null,
    };
}
