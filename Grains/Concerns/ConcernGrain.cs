using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Protection;

namespace Dispatch.Concerns;

/// <summary>The shell of a concern: looks up what its rules ask for, seals who reported it, and tells the vault when it ends.</summary>
public sealed class ConcernGrain : MatterGrain<ConcernState, ConcernEvent, ConcernCommand, ConcernView>, IConcernGrain
{
    private readonly LatestPublisher<ConcernView> toVault;

    /// <summary>Made by Orleans.</summary>
    public ConcernGrain([PersistentState("concern")] IPersistentState<AggregateRecord<ConcernState, ConcernEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
        ArgumentNullException.ThrowIfNull(services);
        toVault = new LatestPublisher<ConcernView>(TellVaultAsync, services.Time);
    }

    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Concern;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        ShowVault();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        toVault.Stop();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ConcernPublicView?> GetPublicAsync() =>
        Task.FromResult(State is null ? null : ConcernPublicView.Of(View(State, Version)));

    /// <inheritdoc/>
    public async Task<Answer<ConcernPersons>> ReadPersonsAsync(CommandContext context, string reason, bool showMinors)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (State is not { } state)
        {
            return Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such concern.");
        }

        if (Wording.WhyNotReason(reason, confirmed: true) is { } refusal)
        {
            return refusal;
        }

        if (state.Reporter is not { } reporter)
        {
            return new ConcernPersons([]);
        }

        var masked = reporter.Minor == MinorAge.Under14 && !showMinors;
        var read = masked || reporter.Fields is null ? [] : reporter.Fields.Fields;
        await Services.Journal.AppendAccessAsync(new AccessEntry(Stream, context.Actor, read, Wording.Clean(reason)!, Now));
        var fields = read.IsEmpty ? null : await Services.Vault.OpenAsync(reporter.Fields!);
        return new ConcernPersons([new ReadPerson(reporter.View(), fields, masked)]);
    }

    /// <inheritdoc/>
    protected override async ValueTask<Decision<ConcernEvent>> DecideAsync(CommandContext context, ConcernCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        var around = new ConcernSurroundings(Id, context.Actor, Now, Services.Pack);
        return command switch
        {
            RaiseConcern raise when State is null => ConcernRules.WhyNot(raise, Services.Pack) is { } refusal
                ? refusal
                : ConcernRules.Decide(State, command, await LookAroundAsync(around, raise)),
            _ => ConcernRules.Decide(State, command, await LookAroundAsync(around, command)),
        };
    }

    /// <inheritdoc/>
    protected override ConcernState Apply(ConcernState? state, Recorded<ConcernEvent> recorded) => ConcernState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override ConcernView View(ConcernState state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Concern with { Version = version };
    }

    /// <inheritdoc/>
    protected override MatterRow RowOf(ConcernView view) => ConcernRows.Of(view);

    /// <inheritdoc/>
    protected override JsonText ForTimeline(ConcernEvent happened) =>
        JsonText.Of(happened is ConcernRaised raised ? raised with { Reporter = null } : happened);

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<ConcernEvent>> recorded)
    {
        if (recorded.Any(x => x.Event is ConcernClosed or ConcernWithdrawn or ConcernReopened))
        {
            ShowVault();
        }

        return base.OnChangedAsync(recorded);
    }

    private async ValueTask<ConcernSurroundings> LookAroundAsync(ConcernSurroundings around, RaiseConcern raise)
    {
        var organisation = await Services.Organisation.KnowingAsync(x => x.Community(raise.CommunityId) is not null);
        var station = organisation.Community(raise.CommunityId)?.StationId;
        around = around with
        {
            StationId = station,
            IncidentExists = raise.IncidentId is { } id && IncidentIds.IsIncidentId(id)
                && await GrainFactory.GetGrain<IIncidentGrain>(id).GetAsync() is not null,
            OwnerExists = station is not null && raise.Owner is { } owner && await WorkOwners.ExistsAsync(Services.Organisation, station, owner),
        };

        // Sealed only where everything else is in order, for a key is made for it.
        return raise.Reporter is { IsEmpty: false } reporter && ConcernRules.Decide(null, raise, around).Refusal is null
            ? around with { Reporter = await SealAsync(reporter) }
            : around;
    }

    private async ValueTask<ConcernSurroundings> LookAroundAsync(ConcernSurroundings around, ConcernCommand command) => command switch
    {
        TakeConcern { PairId: { } pair } => around with { PairStationId = (await Services.Organisation.FindPairAsync(pair))?.StationId },
        AssignConcernOwner { Owner: var owner } when State is { Concern.StationId: var station } =>
            around with { OwnerExists = await WorkOwners.ExistsAsync(Services.Organisation, station, owner) },
        GroupConcern { ProblemId: var problem } when DerivedIds.IsId(problem) =>
            around with { Problem = await GrainFactory.GetGrain<IProblemGrain>(problem).GetAsync() },
        CloseConcern { DuplicateOfId: { } other } when DerivedIds.IsId(other) =>
            around with { Other = other == Id ? State?.Concern : await GrainFactory.GetGrain<IConcernGrain>(other).GetAsync() },
        _ => around,
    };

    private async ValueTask<SealedPerson> SealAsync(ProtectedPerson reporter) => new(
        "reporter-1", "reporter", ConcernRules.MinorBy(reporter.BirthYear, Now), await Services.Vault.SealAsync(Stream, RetentionClass.Concern, reporter));

    private void ShowVault()
    {
        if (State is { Reporter: not null, Concern: { } concern })
        {
            toVault.Publish(concern);
        }
    }

    private Task TellVaultAsync(ConcernView concern) =>
        concern.EndedAt is { } at ? Services.Vault.EndAsync(Stream, at) : Services.Vault.ReopenAsync(Stream);
}
