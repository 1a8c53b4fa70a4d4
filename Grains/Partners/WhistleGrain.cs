using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Partners;

/// <summary>A whistle.</summary>
public sealed class WhistleGrain(
    [PersistentState("whistle")] IPersistentState<AggregateRecord<WhistleView, WhistleEvent>> storage, AggregateServices services)
    : MatterGrain<WhistleView, WhistleEvent, WhistleCommand, WhistleView>(storage, services), IWhistleGrain
{
    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Whistle;

    /// <inheritdoc/>
    protected override WhistleView Apply(WhistleView? state, Recorded<WhistleEvent> recorded) => WhistleState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override WhistleView View(WhistleView state, long version) => state with { Version = version };

    /// <inheritdoc/>
    protected override async ValueTask<Decision<WhistleEvent>> DecideAsync(CommandContext context, WhistleCommand command)
    {
        await Services.Organisation.GetAsync();
        var ground = new WhistleGround(Id, Now, Services.Pack);
        if (command is BlowWhistle blow && State is null)
        {
            var directory = new PartnerDirectory(GrainFactory);
            ground = ground with
            {
                Community = (await Services.Organisation.KnowingAsync(x => x.Community(blow.CommunityId) is not null)).Community(blow.CommunityId),
                Partners = [.. await Task.WhenAll(blow.PartnerIds.Take(BlowWhistle.MostDepartments).Select(directory.FindAsync))],
            };
        }

        return WhistleRules.Decide(State, context, command, ground);
    }

    /// <inheritdoc/>
    protected override MatterRow RowOf(WhistleView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new MatterRow(
            Kind, view.Id, view.Number, view.Version, view.CommunityId, view.StationId, Name(view.Status), view.IsOpen, view.BlownAt,
            $"{view.Number} {view.Place} {view.Purpose} {string.Join(' ', view.Departments.Select(x => x.Name))} {view.Outcome}",
            JsonText.Of(view), JsonText.Of(view.ForMasked()))
        {
            PairId = view.PairId,
            DueAt = view.DueAt,
            ClosedAt = view.ClosedAt,
            Refs = [.. view.Departments.Select(x => PartnerIds.RefOf(x.PartnerId))],
        };
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
