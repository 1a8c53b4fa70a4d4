using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Residents;

/// <summary>The shell of a tip.</summary>
public sealed class TipGrain : MatterGrain<TipState, TipEvent, TipCommand, TipView>, ITipGrain
{
    /// <summary>Made by Orleans.</summary>
    public TipGrain([PersistentState("tip")] IPersistentState<AggregateRecord<TipState, TipEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
    }

    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Tip;

    /// <inheritdoc/>
    public Task<ClaimedTip?> ClaimAsync(string claimDigest)
    {
        ArgumentNullException.ThrowIfNull(claimDigest);
        return Task.FromResult(State is { } state && ClaimDigests.AreSame(state.ClaimDigest, claimDigest) ? Claimed(View(state, Version)) : null);
    }

    /// <inheritdoc/>
    protected override ValueTask<Decision<TipEvent>> DecideAsync(CommandContext context, TipCommand command) => ValueTask.FromResult(
        TipRules.Decide(State, command, command is LeaveTip c ? Services.Organisation.Current.Community(c.CommunityId) : null, Services.Pack));

    /// <inheritdoc/>
    protected override TipState Apply(TipState? state, Recorded<TipEvent> recorded) => TipState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override TipView View(TipState state, long version) => TipRules.ViewOf(Id, state, version);

    /// <inheritdoc/>
    protected override JsonText ForTimeline(TipEvent happened) =>
        JsonText.Of(happened is TipLeft left ? left with { ClaimDigest = string.Empty } : happened);

    /// <inheritdoc/>
    protected override MatterRow RowOf(TipView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new MatterRow(
            MatterKind.Tip, view.Id, view.Number, view.Version, view.CommunityId, view.StationId, JsonNamingPolicy.CamelCase.ConvertName(view.Status.ToString()),
            view.ClosedAt is null, view.LeftAt, $"{view.Number} {view.Text}", JsonText.Of(view), default)
        {
            Category = view.Category,
            ClosedAt = view.ClosedAt,
            Refs =
            [
                .. view.ConcernId is { } concern ? [MatterIds.KeyOf(MatterKind.Concern, concern)] : Array.Empty<string>(),
                .. view.IncidentId is { } incident ? [$"incident/{incident}"] : Array.Empty<string>(),
            ],
            Facets = [$"about={(view.IsAboutPolice ? TipView.AboutPolice : "community")}"],
            Restricted = true,
        };
    }

    private static ClaimedTip Claimed(TipView view) => new(view.Number, view.Status, view.Text, view.LeftAt, view.Letters, view.Outcome);
}
