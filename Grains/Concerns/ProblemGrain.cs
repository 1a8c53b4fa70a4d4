using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Live;

namespace Dispatch.Concerns;

/// <summary>The shell of a problem.</summary>
public sealed class ProblemGrain : MatterGrain<ProblemView, ProblemEvent, ProblemCommand, ProblemView>, IProblemGrain
{
    /// <summary>Made by Orleans.</summary>
    public ProblemGrain([PersistentState("problem")] IPersistentState<AggregateRecord<ProblemView, ProblemEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
    }

    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Problem;

    /// <inheritdoc/>
    protected override async ValueTask<Decision<ProblemEvent>> DecideAsync(CommandContext context, ProblemCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ProblemRules.Decide(State, command, await LookAroundAsync(new ProblemSurroundings(Id, context.Actor, Now), command));
    }

    /// <inheritdoc/>
    protected override ProblemView Apply(ProblemView? state, Recorded<ProblemEvent> recorded) => ProblemState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override ProblemView View(ProblemView state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state with { Version = version };
    }

    /// <inheritdoc/>
    protected override MatterRow RowOf(ProblemView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var stage = JsonNamingPolicy.CamelCase.ConvertName(view.Stage.ToString());
        return new MatterRow(
            MatterKind.Problem, view.Id, view.Number, view.Version, view.CommunityId, view.StationId, view.IsOpen ? stage : "closed", view.IsOpen, view.OpenedAt,
            string.Join('\n', [view.Title, view.Scanning?.Definition, view.Scanning?.Where]), JsonText.Of(view), JsonText.Of(view.ForMasked()))
        {
            PairId = view.PairId,
            DueAt = view.DueAt,
            ClosedAt = view.ClosedAt,
            Facets =
            [
                .. view.AlsoIn.Select(x => $"community={x}"),
                .. view.Measures.Where(x => x.IsOpen && x.Owner.Kind == OwnerKind.Partner).Select(x => $"partner={x.Owner.Id}").Distinct(),
                .. view.TimesReopened > 0 ? (string[])["reopened=yes"] : [],
                .. view.Assessment is { } assessment ? (string[])[$"result={JsonNamingPolicy.CamelCase.ConvertName(assessment.Result.ToString())}"] : [],
            ],
        };
    }

    private async ValueTask<ProblemSurroundings> LookAroundAsync(ProblemSurroundings around, ProblemCommand command)
    {
        switch (command)
        {
            case OpenProblem c:
                var organisation = await Services.Organisation.KnowingAsync(x => x.Community(c.CommunityId) is not null);
                var station = organisation.Community(c.CommunityId)?.StationId;
                return around with
                {
                    StationId = station,
                    OthersOfStation = !c.AlsoIn.IsDefault && c.AlsoIn.All(x => organisation.Community(x)?.StationId == station),
                    OwnerExists = station is not null && c.PairId is { } pair
                        && await WorkOwners.ExistsAsync(Services.Organisation, station, new WorkOwner(OwnerKind.Pair, pair)),
                };
            case PlanMeasure c when State is { } problem:
                return around with { OwnerExists = await WorkOwners.ExistsAsync(Services.Organisation, problem.StationId, c.Owner) };
            default:
                return around;
        }
    }
}
