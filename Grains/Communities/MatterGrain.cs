using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;

namespace Dispatch.Communities;

/// <summary>
/// The shell of every matter: its record, its row in the tables, and its word to its community. What a kind adds are its rules, its state and its view.
/// </summary>
/// <typeparam name="TState">Immutable state.</typeparam>
/// <typeparam name="TEvent">Base type of the events.</typeparam>
/// <typeparam name="TCommand">Base type of the commands.</typeparam>
/// <typeparam name="TView">As what it is shown; carries no protected field.</typeparam>
public abstract class MatterGrain<TState, TEvent, TCommand, TView> : AggregateGrain<TState, TEvent, TView>
    where TState : class
    where TEvent : class
    where TCommand : class
    where TView : class, IMatterView
{
    private readonly LatestPublisher<MatterRow> publisher;

    /// <summary>A shell over a stored record.</summary>
    protected MatterGrain(IPersistentState<AggregateRecord<TState, TEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
        ArgumentNullException.ThrowIfNull(services);
        publisher = new LatestPublisher<MatterRow>(
            row => GrainFactory.GetGrain<ICommunityGrain>(row.CommunityId).PublishMatterAsync(row), services.Time);
    }

    /// <summary>Which kind of matter this is.</summary>
    protected abstract MatterKind Kind { get; }

    /// <summary>Its id.</summary>
    protected string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    protected override string Stream => MatterIds.KeyOf(Kind, Id);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);

        // A silo that has just joined has not heard of the organisation and its model pack yet.
        await Services.Organisation.GetAsync();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        publisher.Stop();
        return Task.CompletedTask;
    }

    /// <summary>Does a command, or refuses it: a repeated one is answered as it was, a new one is looked into and decided.</summary>
    public async Task<Answer<TView>> ExecuteAsync(CommandContext context, TCommand command) =>
        await FindFirstAnswerAsync(context, command) ?? await CommitAsync(context, command, await DecideAsync(context, command));

    /// <summary>The durable state; null where there is no such matter.</summary>
    public Task<TView?> GetAsync() => Task.FromResult(State is null ? null : View(State, Version));

    /// <summary>What happened, oldest first, without protected fields.</summary>
    public async Task<ImmutableArray<TimelineEntry>> GetTimelineAsync() => [.. (await ReadEventsAsync(Version)).Select(Entry)];

    /// <summary>The durable state as a row; null where there is no such matter.</summary>
    public Task<MatterRow?> GetRowAsync() => Task.FromResult(State is null ? null : RowOf(View(State, Version)));

    /// <summary>Looks up what the rules need to know, and lets them decide.</summary>
    protected abstract ValueTask<Decision<TEvent>> DecideAsync(CommandContext context, TCommand command);

    /// <summary>The row of a view.</summary>
    protected abstract MatterRow RowOf(TView view);

    /// <inheritdoc/>
    protected override MatterRow? MatterRow(TState state, long version) => RowOf(View(state, version));

    /// <summary>An event as the timeline shows it; a kind whose events hold sealed fields leaves them out here.</summary>
    protected virtual JsonText ForTimeline(TEvent happened) => JsonText.Of(happened);

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<TEvent>> recorded)
    {
        var row = RowOf(View(State!, Version));
        if (!row.Restricted)
        {
            publisher.Publish(row);
        }

        return Task.CompletedTask;
    }

    private TimelineEntry Entry(Recorded<TEvent> recorded) => new(
        recorded.Version, recorded.At, recorded.By.Id, recorded.By.Name, EventKind.Of(recorded.Event), ForTimeline(recorded.Event));
}
