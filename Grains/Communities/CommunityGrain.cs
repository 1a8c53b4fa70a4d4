using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Protection;
using Dispatch.Stations;
using Microsoft.Extensions.Logging;

namespace Dispatch.Communities;

/// <summary>
/// The shell of a community. Its interactions are its own; its matters are aggregates of their own, which tell it what they are now. What was not told (a
/// process died) it finds in the tables, where every matter's row is written together with its record.
/// </summary>
public sealed partial class CommunityGrain : AggregateGrain<CommunityState, CommunityEvent, CommunityView>, ICommunityGrain
{
    /// <summary>How often a watched community compares what it shows with the tables.</summary>
    private static readonly TimeSpan CompareInterval = TimeSpan.FromSeconds(20);

    /// <summary>How long after a feed was last read it counts as watched.</summary>
    private static readonly TimeSpan WatchedFor = TimeSpan.FromMinutes(2);

    private readonly ILogger logger;
    private readonly SightedFeed feed;
    private readonly Queue<string> shown = new();
    private readonly ShownMatters matters;
    private readonly LatestPublisher<CommunitySummary> publisher;
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset readAt;
    private CommunitySummary? told;
    private Task? comparing;
    private string? keyMadeFor;

    /// <summary>Made by Orleans.</summary>
    public CommunityGrain(
        [PersistentState("community")] IPersistentState<AggregateRecord<CommunityState, CommunityEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
        ArgumentNullException.ThrowIfNull(services);
        logger = services.Loggers.CreateLogger<CommunityGrain>();
        feed = new SightedFeed(Epoch, services.Time);
        matters = new ShownMatters(feed);
        publisher = new LatestPublisher<CommunitySummary>(
            summary => GrainFactory.GetGrain<IStationGrain>(summary.StationId).PublishCommunityAsync(summary), services.Time);
    }

    /// <inheritdoc/>
    protected override string Stream => $"community/{Id}";

    private string Id => this.GetPrimaryKeyString();

    private string? StationId => Services.Organisation.Current.Community(Id)?.StationId;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        await Services.Organisation.GetAsync();
        foreach (var interaction in State?.Interactions ?? [])
        {
            Show(interaction);
        }

        this.RegisterGrainTimer(
            CompareAsync, new GrainTimerCreationOptions(TimeSpan.Zero, CompareInterval) { Interleave = true });
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        publisher.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Answer<CommunityView>> ExecuteAsync(CommandContext context, CommunityCommand command)
    {
        if (StationId is null)
        {
            return Refusal.NotFound(RefusalCodes.CommunityNotFound, $"There is no community '{Id}'.");
        }

        if (command is RecordInteraction { PairId: { } pairId } && await Services.Organisation.FindPairAsync(pairId) is null)
        {
            return Refusal.Invalid(RefusalCodes.PairNotFound, "pairId", $"There is no pair '{pairId}'.");
        }

        return await FindFirstAnswerAsync(context, command)
            ?? await FindLateAnswerAsync(context, command)
            ?? await CommitAsync(context, command, CommunityRules.Decide(State, context, command, Now, await SealAsync(command)));
    }

    /// <inheritdoc/>
    public async Task<Answer<ProtectedPerson>> ReadPersonAsync(CommandContext context, string interactionId, SealedFields box, string reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(box);
        await Services.Journal.AppendAccessAsync(new AccessEntry($"interaction/{interactionId}", context.Actor, box.Fields, reason, Now));
        return await Services.Vault.OpenAsync(box) is { } person
            ? person
            : Refusal.NotFound(RefusalCodes.Erased, "Its time is over; what was known of the person is erased.");
    }

    /// <inheritdoc/>
    public Task<CommunityView?> GetAsync() => Task.FromResult(StationId is null ? null : View(State ?? new CommunityState(), Version));

    /// <inheritdoc/>
    public Task PublishMatterAsync(MatterRow matter)
    {
        ArgumentNullException.ThrowIfNull(matter);
        if (matter.CommunityId == Id && matters.Show(matter, Present))
        {
            ShowSummary();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<CommunitySummary?> GetSummaryAsync()
    {
        await HasLoadedAsync(TimeSpan.FromSeconds(3));
        return StationId is { } station ? Summary(station) : null;
    }

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait)
    {
        if (StationId is null || feed != FeedName.Community(Id))
        {
            return null;
        }

        readAt = Present;
        return await HasLoadedAsync(wait) ? await this.feed.ReadAsync(sight, cursor, wait) : FeedBatch.Loading(cursor);
    }

    /// <inheritdoc/>
    protected override CommunityState Apply(CommunityState? state, Recorded<CommunityEvent> recorded) => CommunityState.Apply(state, recorded);

    /// <inheritdoc/>
    protected override CommunityView View(CommunityState state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new CommunityView(Id, version, state.Interactions);
    }

    /// <inheritdoc/>
    protected override IEnumerable<InteractionRow> InteractionRows(Recorded<CommunityEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return recorded.Event switch
        {
            InteractionRecorded e => [new InteractionRow(Id, StationId ?? string.Empty, recorded.Version, e.Interaction, e.Person)],
            InteractionWithdrawn e when Find(e.InteractionId) is { } taken =>
                [new InteractionRow(Id, StationId ?? string.Empty, recorded.Version, taken with { WithdrawnBecause = e.Reason })],
            _ => [],
        };
    }

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<CommunityEvent>> recorded)
    {
        foreach (var happened in recorded.Select(x => x.Event))
        {
            if (happened is InteractionRecorded { Interaction: var interaction })
            {
                Show(interaction);
            }
            else if (happened is InteractionWithdrawn { InteractionId: var id } && Find(id) is { } taken)
            {
                feed.Set(KeyOf(id), taken, taken.ForMasked());
            }
        }

        ShowSummary();
        return Task.CompletedTask;
    }

    /// <summary>Now, whatever moment the command at hand tells of: what is shown is shown now.</summary>
    private DateTimeOffset Present => Services.Time.GetUtcNow();

    /// <summary>
    /// Seals the person of an interaction under the key of its month. Words alone need that key, too: when its time is over they are forgotten with it.
    /// </summary>
    private async ValueTask<SealedFields?> SealAsync(CommunityCommand command)
    {
        var (subject, endsAt) = CommunityRules.SubjectOf(Id, Now);
        if (command is not RecordInteraction record
            || (record.Person is null && (record.Text is null || subject == keyMadeFor))
            || CommunityRules.WhyNot(record, Now) is not null)
        {
            return null;
        }

        var box = await Services.Vault.SealAsync(subject, RetentionClass.Contact, record.Person ?? new ProtectedPerson(), endsAt);

        // The key of a month that is over may be erased at any time; the next words of that month ask for one anew.
        keyMadeFor = endsAt > Present ? subject : null;
        return record.Person is null ? null : box;
    }

    /// <summary>
    /// The answer to a command that comes again so late that its result is not kept any more: a community has more commands in a week than a grain remembers. What it
    /// brought is in the table under the id that it gives.
    /// </summary>
    private async ValueTask<Answer<CommunityView>?> FindLateAnswerAsync(CommandContext context, CommunityCommand command)
    {
        var id = command switch
        {
            RecordInteraction when context.CommandId is { } key && Version > AggregateRecord<CommunityState, CommunityEvent>.MaxCommands =>
                DerivedIds.For("interaction", context.Actor.Id, key),
            WithdrawInteraction c when Find(c.InteractionId) is null => c.InteractionId,
            _ => null,
        };
        if (id is null || await Services.Matters.FindInteractionAsync(id) is not { } known || known.CommunityId != Id)
        {
            return null;
        }

        return command switch
        {
            RecordInteraction c when c.Kind != known.View.Kind || c.Participants != known.View.Participants =>
                Refusal.Invalid(RefusalCodes.IdempotencyKeyReused, "Idempotency-Key", "This key was used for another command."),
            RecordInteraction => new CommunityView(Id, known.Version, [known.View with { WithdrawnBecause = null }]),
            _ when known.View.WithdrawnBecause is not null => new CommunityView(Id, known.Version, [known.View]),
            _ => default(Answer<CommunityView>),
        };
    }

    private InteractionView? Find(string interactionId) => State?.Interactions.FirstOrDefault(x => x.Id == interactionId);

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

    private async ValueTask<bool> HasLoadedAsync(TimeSpan wait)
    {
        if (!loaded.Task.IsCompleted)
        {
            // One comparison is under way at a time; who comes while none is, begins the next.
            await Task.WhenAny(comparing ??= LoadAsync(), Task.Delay(wait, Services.Time));
        }

        return loaded.Task.IsCompleted;
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        if (!loaded.Task.IsCompleted || readAt > Present - WatchedFor)
        {
            await (comparing ??= LoadAsync());
        }

        matters.ForgetEnded(Present);
        ShowSummary();
    }

    private async Task LoadAsync()
    {
        await Task.Yield();
        try
        {
            var versions = await Services.Matters.ReadVersionsAsync(Id, Present - ShownMatters.EndedLinger);
            if (matters.Unknown(versions) is { IsEmpty: false } unknown)
            {
                foreach (var row in await Services.Matters.ReadAsync(unknown))
                {
                    matters.Show(row, Present);
                }
            }

            loaded.TrySetResult();
            ShowSummary();
        }
        catch (TimeoutException exception)
        {
            LogCompareFailed(exception, Id);
        }
        finally
        {
            comparing = null;
        }
    }

    private CommunitySummary Summary(string stationId)
    {
        var today = CommunityState.DayOf(Present);
        var ofToday = State?.Day == today ? State : null;
        var none = ImmutableSortedDictionary<string, int>.Empty;
        return matters.Count(
            new CommunitySummary(
                Id, stationId, today, ofToday?.OfDay ?? none, ofToday?.ParticipantsOfDay ?? 0, State?.LastOfPairAt, none, none, none, null),
            Present);
    }

    private void ShowSummary()
    {
        if (StationId is { } station && loaded.Task.IsCompleted && Summary(station) is var summary && !summary.IsSameAs(told))
        {
            told = summary;
            feed.Set("summary", summary);
            publisher.Publish(summary);
        }
    }

    private static string KeyOf(string interactionId) => $"interaction/{interactionId}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Community {CommunityId} could not compare itself with the tables; it tries again.")]
    private partial void LogCompareFailed(Exception exception, string communityId);
}
