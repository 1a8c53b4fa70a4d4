using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Live;

namespace Dispatch.Communities;

/// <summary>The shell of a community.</summary>
public sealed class CommunityGrain : AggregateGrain<CommunityState, CommunityEvent, CommunityView>, ICommunityGrain
{
    private readonly SightedFeed feed;
    private readonly Queue<string> shown = new();

    /// <summary>Made by Orleans.</summary>
    public CommunityGrain(
        [PersistentState("community")] IPersistentState<AggregateRecord<CommunityState, CommunityEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
        ArgumentNullException.ThrowIfNull(services);
        feed = new SightedFeed(Epoch, services.Time);
    }

    /// <inheritdoc/>
    protected override string Stream => $"community/{Id}";

    private string Id => this.GetPrimaryKeyString();

    private bool Exists => Services.Organisation.Current.Community(Id) is not null;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        await Services.Organisation.GetAsync();
        foreach (var interaction in State?.Interactions ?? [])
        {
            Show(interaction);
        }
    }

    /// <inheritdoc/>
    public async Task<Answer<CommunityView>> ExecuteAsync(CommandContext context, CommunityCommand command)
    {
        if (!Exists)
        {
            return Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{Id}'.");
        }

        if (command is RecordInteraction { PairId: { } pairId } && await Services.Organisation.FindPairAsync(pairId) is null)
        {
            return Refusal.Invalid(RefusalCodes.PairNotFound, "pairId", $"There is no pair '{pairId}'.");
        }

        return await FindFirstAnswerAsync(context, command)
            ?? await CommitAsync(context, command, CommunityRules.Decide(command, Guid.CreateVersion7(Now).ToString("D"), Now));
    }

    /// <inheritdoc/>
    public Task<CommunityView?> GetAsync() => Task.FromResult(Exists ? View(State ?? new CommunityState(), Version) : null);

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait) =>
        !Exists || feed != FeedName.Community(Id) ? null : await this.feed.ReadAsync(sight, cursor, wait);

    /// <inheritdoc/>
    protected override CommunityState Apply(CommunityState? state, Recorded<CommunityEvent> recorded) => CommunityState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override CommunityView View(CommunityState state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new CommunityView(Id, version, state.Interactions);
    }

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<CommunityEvent>> recorded)
    {
        foreach (var interaction in recorded.Select(x => x.Event).OfType<InteractionRecorded>().Select(x => x.Interaction))
        {
            Show(interaction);
        }

        return Task.CompletedTask;
    }

    /// <summary>Shows a new one; the one that falls out of the window goes.</summary>
    private void Show(InteractionView interaction)
    {
        feed.Set(KeyOf(interaction.Id), interaction, interaction.ForMasked());
        shown.Enqueue(interaction.Id);
        if (shown.Count > CommunityState.Window)
        {
            feed.Remove(KeyOf(shown.Dequeue()));
        }
    }

    private static string KeyOf(string interactionId) => $"interaction/{interactionId}";
}
