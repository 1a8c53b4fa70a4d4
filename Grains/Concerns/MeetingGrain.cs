using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Concerns;

/// <summary>The shell of a meeting.</summary>
public sealed class MeetingGrain : MatterGrain<MeetingView, MeetingEvent, MeetingCommand, MeetingView>, IMeetingGrain
{
    /// <summary>Made by Orleans.</summary>
    public MeetingGrain([PersistentState("meeting")] IPersistentState<AggregateRecord<MeetingView, MeetingEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
    }

    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Meeting;

    /// <inheritdoc/>
    protected override async ValueTask<Decision<MeetingEvent>> DecideAsync(CommandContext context, MeetingCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        return MeetingRules.Decide(State, command, await LookAroundAsync(new MeetingSurroundings(Id, context.Actor, Now, Services.Pack), command));
    }

    /// <inheritdoc/>
    protected override MeetingView Apply(MeetingView? state, Recorded<MeetingEvent> recorded) => MeetingState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override MeetingView View(MeetingView state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with { Version = version };
    }

    /// <inheritdoc/>
    protected override MatterRow RowOf(MeetingView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new MatterRow(
            MatterKind.Meeting, view.Id, view.Number, view.Version, view.CommunityId, view.StationId,
            JsonNamingPolicy.CamelCase.ConvertName(view.Status.ToString()), view.IsOpen, view.AnnouncedAt,
            string.Join('\n', [view.Title, view.Place, .. view.Agenda, .. view.Issues.Select(x => x.Text), view.Minutes]),
            JsonText.Of(view), JsonText.Of(view.ForMasked()))
        {
            Category = view.Kind,
            PairId = view.PairId,
            DueAt = view.Status == MeetingStatus.Announced ? view.PlannedFor : null,
            ClosedAt = view.CancelledAt ?? view.PublishedAt,
            Refs = [.. view.Issues.Select(x => x.Ref).OfType<string>().Distinct()],
            Facets = [.. view.Issues.Any(x => x.Became is null) ? (string[])["issues=undecided"] : []],
        };
    }

    private async ValueTask<MeetingSurroundings> LookAroundAsync(MeetingSurroundings around, MeetingCommand command)
    {
        switch (command)
        {
            case AnnounceMeeting c:
                var organisation = await Services.Organisation.KnowingAsync(x => x.Community(c.CommunityId) is not null);
                var station = organisation.Community(c.CommunityId)?.StationId;
                return around with
                {
                    StationId = station,
                    PairExists = c.PairId is { } pair && (await Services.Organisation.FindPairAsync(pair))?.StationId == station,
                };
            case ResolveIssue { MatterId: { } id, Became: IssueBecame.Concern } when DerivedIds.IsId(id):
                return around with { MatterStationId = (await GrainFactory.GetGrain<IConcernGrain>(id).GetAsync())?.StationId };
            case ResolveIssue { MatterId: { } id, Became: IssueBecame.Dispute } when DerivedIds.IsId(id):
                var found = (await Services.Matters.ReadAsync([id])).FirstOrDefault(x => x.Kind == MatterKind.Dispute);
                return around with { MatterStationId = found?.StationId };
            default:
                return around;
        }
    }
}
