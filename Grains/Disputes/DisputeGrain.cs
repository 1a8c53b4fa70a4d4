using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Partners;
using Dispatch.Protection;

namespace Dispatch.Disputes;

/// <summary>The shell of a dispute: looks up what its rules need to know, seals persons, and opens them with a reason.</summary>
public sealed class DisputeGrain : MatterGrain<DisputeState, DisputeEvent, DisputeCommand, DisputeView>, IDisputeGrain
{
    private const int MaxReason = 500;
    private readonly LatestPublisher<Retention> retention;

    /// <summary>Made by Orleans.</summary>
    public DisputeGrain(
        [PersistentState("dispute")] IPersistentState<AggregateRecord<DisputeState, DisputeEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
        ArgumentNullException.ThrowIfNull(services);
        retention = new LatestPublisher<Retention>(
            x => x.EndedAt is { } at ? services.Vault.EndAsync(Stream, at) : services.Vault.ReopenAsync(Stream), services.Time);
    }

    /// <inheritdoc/>
    protected override MatterKind Kind => MatterKind.Dispute;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);

        // A predecessor may have died before the vault heard of the end.
        if (State is { EndedAt: not null } ended)
        {
            retention.Publish(new Retention(ended.EndedAt));
        }
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        retention.Stop();
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Answer<PersonsRead>> ReadPersonsAsync(CommandContext context, ReadPersons request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        if (State is not { } state)
        {
            return Refusal.NotFound(RefusalCodes.MatterNotFound, "There is no such dispute.");
        }

        if (DisputeChecks.Needed("reason", request.Reason, MaxReason) is { } refusal)
        {
            return refusal;
        }

        var asked = state.Parties.Where(x => request.PartyIds?.Contains(x.Id) != false && (request.Reporter || !state.Hides(x))).ToImmutableArray();
        var opened = asked.Where(x => x.Sealed is not null && !IsMasked(x, request)).ToImmutableArray();
        await Services.Journal.AppendAccessAsync(new AccessEntry(
            Stream, context.Actor, [.. opened.SelectMany(x => x.Sealed!.Fields.Select(field => $"{x.Id}.{field}"))], request.Reason, Now));
        var read = ImmutableArray.CreateBuilder<PersonRead>();
        foreach (var party in asked)
        {
            var person = opened.Contains(party) ? await Services.Vault.OpenAsync(party.Sealed!) : null;
            read.Add(new PersonRead(party.Id, party.Role, IsMasked(party, request), person is null && opened.Contains(party), person));
        }

        return new PersonsRead(read.ToImmutable());
    }

    /// <inheritdoc/>
    protected override DisputeState Apply(DisputeState? state, Recorded<DisputeEvent> recorded) => DisputeState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override DisputeView View(DisputeState state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.View(Id, version);
    }

    /// <inheritdoc/>
    protected override MatterRow RowOf(DisputeView view) => DisputeRows.Of(view);

    /// <inheritdoc/>
    protected override JsonText ForTimeline(DisputeEvent happened) => base.ForTimeline(happened switch
    {
        DisputeOpened e => e with { Parties = [.. e.Parties.Where(x => State?.Hides(x) != true).Select(x => x with { Sealed = null })] },
        PartyAdded e => new PartyAdded(State?.Hides(e.Party) == true ? new StoredParty(e.Party.Id, e.Party.Role, e.Party.Nature, null, null, null, null) : e.Party with { Sealed = null }),
        PersonSet e => e with { Sealed = null },
        var other => other,
    });

    /// <inheritdoc/>
    protected override async ValueTask<Decision<DisputeEvent>> DecideAsync(CommandContext context, DisputeCommand command)
    {
        ArgumentNullException.ThrowIfNull(context);
        var facts = await LookUpAsync(context, command);

        // A person is sealed only for a command that will be done: a key for nothing would stay for ever.
        var decision = DisputeRules.Decide(State, command, facts);
        return decision.Refusal is not null || PersonsOf(command) is not { IsEmpty: false } persons
            ? decision
            : DisputeRules.Decide(State, command, facts with { Sealed = await SealAsync(persons) });
    }

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<DisputeEvent>> recorded)
    {
        if (State!.EndedAt is not null || recorded.Any(x => x.Event is DisputeReopened))
        {
            retention.Publish(new Retention(State.EndedAt));
        }

        return base.OnChangedAsync(recorded);
    }

    private static bool IsMasked(StoredParty party, ReadPersons request) => party.Minor == MinorAge.Under14 && !request.Under14;

    private static ImmutableArray<ProtectedPerson?> PersonsOf(DisputeCommand command) => command switch
    {
        OpenDispute c => [.. c.Parties.Select(x => x.Person)],
        AddParty c => [c.Party.Person],
        SetPerson c => [c.Person],
        _ => [],
    };

    private async Task<ImmutableArray<SealedFields?>> SealAsync(ImmutableArray<ProtectedPerson?> persons)
    {
        var boxes = ImmutableArray.CreateBuilder<SealedFields?>(persons.Length);
        foreach (var person in persons)
        {
            boxes.Add(person is null or { IsEmpty: true } ? null : await Services.Vault.SealAsync(Stream, RetentionClass.Dispute, person));
        }

        return boxes.ToImmutable();
    }

    private async Task<DisputeFacts> LookUpAsync(CommandContext context, DisputeCommand command)
    {
        await Services.Organisation.GetAsync();
        var facts = new DisputeFacts(Id, context.Actor, Services.Pack, Now);
        return command switch
        {
            OpenDispute c => facts with
            {
                StationId = (await Services.Organisation.KnowingAsync(x => x.Community(c.CommunityId) is not null)).Community(c.CommunityId)?.StationId,
                KnowsPair = await KnowsAsync(c.PairId),
                Other = await FindAsync(c.RepeatOf),
            },
            ScheduleSession c => facts with { KnowsPair = await KnowsAsync(c.PairId) },
            ReferDispute c when State is { } s => facts with { PartnerRefusal = await WhyNotGivenAsync(c.PartnerId, s.CommunityId) },
            CloseDispute { DuplicateOf: { } other } => facts with { Other = await FindAsync(other) },
            _ => facts,
        };
    }

    private async Task<bool> KnowsAsync(string? pairId) => pairId is null || await Services.Organisation.FindPairAsync(pairId) is not null;

    private async Task<DisputeView?> FindAsync(string? id) =>
        DerivedIds.IsId(id) && id != Id ? await GrainFactory.GetGrain<IDisputeGrain>(id!).GetAsync() : null;

    /// <summary>What the vault is told of the dispute: when it ended, or that it goes on.</summary>
    private sealed record Retention(DateTimeOffset? EndedAt);

    private async Task<Refusal?> WhyNotGivenAsync(string partnerId, string communityId) =>
        (await Services.Organisation.KnowingAsync(x => x.Community(communityId) is not null)).Community(communityId) is { } community
            ? await new PartnerDirectory(GrainFactory).WhyNotGivenAsync(partnerId, community)
            : null;
}
