using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Live;

namespace Dispatch.Partners;

/// <summary>Work given to a partner.</summary>
public sealed class ReferralGrain(
    [PersistentState("referral")] IPersistentState<AggregateRecord<ReferralView, ReferralEvent>> storage, AggregateServices services)
    : MatterGrain<ReferralView, ReferralEvent, ReferralCommand, ReferralView>(storage, services), IReferralGrain
{
    /// <summary>What work can have to do with beside incidents.</summary>
    private static readonly string[] MatterKinds = ["concern", "problem", "dispute"];

    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Referral;

    /// <inheritdoc/>
    protected override ReferralView Apply(ReferralView? state, Recorded<ReferralEvent> recorded) => ReferralState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override ReferralView View(ReferralView state, long version) => state with { Version = version };

    /// <inheritdoc/>
    protected override async ValueTask<Decision<ReferralEvent>> DecideAsync(CommandContext context, ReferralCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        await Services.Organisation.GetAsync();
        var ground = new ReferralGround(Id, Now, Services.Pack);
        if (command is GiveReferral give && State is null)
        {
            var organisation = await Services.Organisation.KnowingAsync(x => x.Community(give.CommunityId) is not null);
            ground = ground with
            {
                Community = organisation.Community(give.CommunityId),
                Partner = await new PartnerDirectory(GrainFactory).FindAsync(give.PartnerId),
                PairId = context.Actor.PairId ?? organisation.PairsOfCommunity(give.CommunityId).FirstOrDefault()?.Id,
                RefFound = give.Ref is { } reference && await IsThereAsync(reference, give.CommunityId),
            };
        }

        return ReferralRules.Decide(State, context, command, ground);
    }

    /// <inheritdoc/>
    protected override MatterRow RowOf(ReferralView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new MatterRow(
            Kind, view.Id, view.Number, view.Version, view.CommunityId, view.StationId, Name(view.Status), view.IsOpen, view.GivenAt,
            $"{view.Number} {view.PartnerName} {view.Ask} {view.ResultText}", JsonText.Of(view), JsonText.Of(view.ForMasked()))
        {
            Category = view.TaskKind,
            PairId = view.PairId,
            PartnerId = view.PartnerId,
            DueAt = view.DueAt,
            ClosedAt = view.ClosedAt,
            Refs = view.Ref is null ? [PartnerIds.RefOf(view.PartnerId)] : [PartnerIds.RefOf(view.PartnerId), view.Ref],
            Facets = view.Result is { } result ? [$"result={Name(result)}"] : [],
        };
    }

    private async Task<bool> IsThereAsync(string reference, string communityId)
    {
        var kind = ReferralRules.KindOf(reference);
        var id = reference[(reference.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return kind == "incident" ? (await GrainFactory.GetGrain<IIncidentGrain>(id).GetAsync())?.CommunityId == communityId
            : MatterKinds.Contains(kind) && (await Services.Matters.ReadAsync([id])) is [{ } row]
                && row.CommunityId == communityId && MatterIds.NameOf(row.Kind) == kind;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
