using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Stations;
using Microsoft.Extensions.Logging;

namespace Dispatch.Incidents;

/// <summary>The shell of an incident: asks its pairs, keeps their answers, tells its station.</summary>
public sealed partial class IncidentGrain : AggregateGrain<IncidentState, IncidentEvent, IncidentView>, IIncidentGrain
{
    private static readonly TimeSpan EffectRetry = TimeSpan.FromSeconds(1);
    private readonly ResponseTimers timers;
    private readonly ILogger logger;
    private readonly FeedHost feed;
    private readonly LatestPublisher<IncidentView> publisher;
    private readonly HashSet<PairEffect> delivered = [];
    private IGrainTimer? wakeUp;
    private DateTimeOffset? autoOfferAgainAt;
    private Task? timelineShown;
    private bool settled;

    /// <summary>Made by Orleans.</summary>
    public IncidentGrain(
        [PersistentState("incident")] IPersistentState<AggregateRecord<IncidentState, IncidentEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
        ArgumentNullException.ThrowIfNull(services);
        timers = services.Timers;
        logger = services.Loggers.CreateLogger<IncidentGrain>();
        feed = new FeedHost(Epoch, services.Time);
        publisher = new LatestPublisher<IncidentView>(view => Station(view.StationId).PublishIncidentAsync(view), services.Time);
    }

    /// <inheritdoc/>
    protected override string Stream => $"incident/{Id}";

    /// <inheritdoc/>
    protected override IncidentView? SearchRow(IncidentState state, long version) => state.View(version, timers).ForStationFeed();

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (State is not null)
        {
            ShowState();
            ScheduleWakeUp(TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        publisher.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Answer<IncidentView>> ExecuteAsync(CommandContext context, IncidentCommand command)
    {
        if (await FindFirstAnswerAsync(context, command) is { } first)
        {
            return first;
        }

        if (IncidentRules.Validate(command) is { } invalid)
        {
            return invalid;
        }

        return (command, State) switch
        {
            (OpenIncident c, _) => await OpenAsync(context, c),
            (_, null) => Refusal.NotFound(RefusalCodes.IncidentNotFound, "There is no such incident."),
            (OfferPairs { Auto: true } c, { } state) => await StartAutoOfferAsync(context, c, state),
            (OfferPairs c, { } state) => await OfferAsync(context, c, state, context.CommandId!),
            (AcceptOffer c, { } state) => await AcceptAsync(context, c, state),
            (CloseIncident c, _) when !(await Services.Organisation.KnowingAsync(x => x.HasDisposition(c.Disposition))).HasDisposition(c.Disposition) =>
                Refusal.Invalid(RefusalCodes.DispositionNotFound, "disposition", $"There is no disposition '{c.Disposition}'."),
            (DeclineOffer c, _) when !(await Services.Organisation.KnowingAsync(x => x.HasDeclineReason(c.Reason))).HasDeclineReason(c.Reason) =>
                Refusal.Invalid(RefusalCodes.DeclineReasonNotFound, "reason", $"There is no reason '{c.Reason}' to decline; own words go into note."),
            (ReopenIncident, { } state) => await ReopenAsync(context, command, state),
            (_, { } state) => await CommitAsync(context, command, IncidentRules.Decide(state, command, Now)),
        };
    }

    /// <inheritdoc/>
    public Task<IncidentView?> GetAsync() => Task.FromResult(State?.View(Version, timers));

    /// <inheritdoc/>
    public async Task<ImmutableArray<TimelineEntry>> GetTimelineAsync() =>
        [.. (await ReadEventsAsync(Version)).Select(IncidentViews.ForTimeline)];

    /// <inheritdoc/>
    public async Task<Answer<Caller>> ReadCallerAsync(CommandContext context, string reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (State is not { } state)
        {
            return Refusal.NotFound(RefusalCodes.IncidentNotFound, "There is no such incident.");
        }

        await RecordReadAsync(context, "caller", reason);
        return state.Caller ?? new Caller();
    }

    /// <inheritdoc/>
    public Task RecordReadAsync(CommandContext context, string field, string reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Services.Journal.AppendAccessAsync(new AccessEntry(Stream, context.Actor, [field], reason, Now));
    }

    /// <inheritdoc/>
    public async Task<AssignmentStatus> ResolveCommitmentAsync(string pairId, string offerId, CommandContext acceptedBy)
    {
        var (status, decision) = IncidentRules.Resolve(State, pairId, offerId, Now);
        if (decision.Events.IsEmpty)
        {
            // A predecessor that was frozen between the pair's commitment and its own write must not write after this answer.
            return status != AssignmentStatus.Cancelled || State is null || await FenceAsync() ? status : throw new TimeoutException("Not known yet.");
        }

        var answer = status == AssignmentStatus.Committed
            ? await CommitAsync(acceptedBy, new AcceptOffer(offerId), decision)
            : await CommitAsync(CommandContext.System, decision, decision);
        return answer.IsRefused ? throw new TimeoutException("Not known yet.") : status;
    }

    /// <inheritdoc/>
    public async Task<IncidentView?> EnsureAsync(long knownVersion)
    {
        await ExpireAsync();
        return Version == knownVersion ? null : State?.View(Version, timers);
    }

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedCursor? cursor, TimeSpan wait)
    {
        if (State is null || feed != FeedName.Incident(Id))
        {
            return null;
        }

        // The timeline is read from the journal only for the first who watches.
        await (timelineShown ??= ShowTimelineAsync());
        return await this.feed.ReadAsync(cursor, wait);
    }

    /// <inheritdoc/>
    protected override IncidentState Apply(IncidentState? state, Recorded<IncidentEvent> recorded) => IncidentState.Apply(Id, state, recorded);

    /// <inheritdoc/>
    protected override IncidentView View(IncidentState state, long version) => state.View(version, timers);

    /// <inheritdoc/>
    protected override IncidentState Trim(IncidentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return delivered.Count == 0 ? state : state with { Effects = [.. state.Effects.Where(x => !delivered.Contains(x))] };
    }

    /// <inheritdoc/>
    protected override async Task OnChangedAsync(ImmutableArray<Recorded<IncidentEvent>> recorded)
    {
        settled = false;
        if (timelineShown is not null)
        {
            foreach (var one in recorded)
            {
                ShowEvent(one);
            }
        }

        delivered.IntersectWith(State!.Effects);
        ShowState();
        await DeliverEffectsAsync();
        ScheduleWakeUp();
    }

    /// <inheritdoc/>
    protected override Task OnJournalledAsync() => SettleAsync();

    private IStationGrain Station(string stationId) => GrainFactory.GetGrain<IStationGrain>(stationId);

    private IPairGrain Pair(string pairId) => GrainFactory.GetGrain<IPairGrain>(pairId);

    private async Task<Answer<IncidentView>> OpenAsync(CommandContext context, OpenIncident c)
    {
        var organisation = await Services.Organisation.GetAsync();
        if (!organisation.HasCategory(c.Category))
        {
            return Refusal.Invalid(RefusalCodes.CategoryNotFound, "category", $"There is no category '{c.Category}'.");
        }

        if (Place(organisation, c) is not { } community)
        {
            return c.CommunityId is null
                ? Refusal.Invalid(RefusalCodes.LocationOutsideEveryCommunity, "location", "The location is outside every community.")
                : Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{c.CommunityId}'.");
        }

        // The station knows of it before it exists, so that nothing that was acknowledged can be missing from its list after a crash.
        var number = State is null ? await Station(community.StationId).RegisterIncidentAsync(Id) : string.Empty;
        return await CommitAsync(context, c, IncidentRules.Open(State, c, community, number));
    }

    private CommunityInfo? Place(OrganisationSnapshot organisation, OpenIncident c)
    {
        if (c.CommunityId is not null && organisation.Community(c.CommunityId) is null)
        {
            return null;
        }

        var found = Services.Communities.Find(c.Location) ?? c.CommunityId;
        return found is null ? null : organisation.Community(found);
    }

    private async Task<Answer<IncidentView>> ReopenAsync(CommandContext context, IncidentCommand c, IncidentState state)
    {
        var decision = IncidentRules.Decide(state, c, Now);
        if (decision.Refusal is null)
        {
            await Station(state.StationId).RegisterIncidentAsync(Id);
        }

        return await CommitAsync(context, c, decision);
    }

    private async Task<Answer<IncidentView>> OfferAsync(CommandContext context, OfferPairs c, IncidentState state, string request)
    {
        if (IncidentRules.CheckOffering(state, c) is { } refusal)
        {
            return await CommitAsync(context, c, refusal);
        }

        var pairs = c.PairIds ?? [];
        var organisation = await Services.Organisation.KnowingAsync(x => pairs.All(id => x.Pair(id) is not null));
        if (pairs.FirstOrDefault(id => organisation.Pair(id) is null) is { } unknown)
        {
            return await CommitAsync(context, c, Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{unknown}'."));
        }

        var now = Now;
        var expiresAt = now + (c.ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : timers.OfferExpiry(state.Priority));
        var asked = await Task.WhenAll(pairs.Select(id => AskAsync(context, c.Mode, state, id, request, now, expiresAt)));
        return await CommitAsync(context, c, IncidentRules.Offered(state, c, context.CommandId, [.. asked], expiresAt));
    }

    private async Task<AskedPair> AskAsync(
        CommandContext context, OfferMode mode, IncidentState state, string pairId, string request, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var offer = state.ForPair(IncidentIds.ForOffer(Id, request, pairId), now, expiresAt);
        PairCommand command = mode == OfferMode.Assign ? new CommitPair(offer, context) : new ReceiveOffer(offer);
        var answer = await Pair(pairId).ExecuteAsync(context with { CommandId = null }, command);
        return answer.Refusal is { Kind: RefusalKind.Unknown } unknown
            ? throw new TimeoutException(unknown.Message)
            : new AskedPair(pairId, offer.Id, answer.Refusal?.Code);
    }

    private async Task<Answer<IncidentView>> AcceptAsync(CommandContext context, AcceptOffer c, IncidentState state)
    {
        if (IncidentRules.CheckAccepting(state, c.OfferId, Now) is { } refusal)
        {
            return await CommitAsync(context, c, refusal);
        }

        // The pair commits itself first and durably: it is the one arbiter. Should this process die before the next write, the pair asks.
        var offer = state.Offer(c.OfferId)!;
        var committed = await Pair(offer.PairId).ExecuteAsync(
            context with { CommandId = null }, new CommitPair(state.ForPair(offer.Id, offer.OfferedAt, offer.ExpiresAt), context));
        return committed.Refusal is { Kind: RefusalKind.Unknown } unknown
            ? unknown
            : await CommitAsync(context, c, IncidentRules.Accepted(state, c.OfferId, committed.Refusal));
    }

    private async Task<Answer<IncidentView>> StartAutoOfferAsync(CommandContext context, OfferPairs c, IncidentState state)
    {
        if (IncidentRules.CheckOffering(state, c) is { } refusal)
        {
            return await CommitAsync(context, c, refusal);
        }

        var started = await CommitAsync(
            context, c, new AutoOfferStarted(c.ExpiresInSeconds ?? (int)timers.OfferExpiry(state.Priority).TotalSeconds));
        if (started.IsRefused)
        {
            return started;
        }

        try
        {
            await ContinueAutoOfferAsync();
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // It is on record that offers are to be made; the wake-up goes on with them.
            LogWakeUpFailed(exception, Id);
        }

        return State!.View(Version, timers);
    }

    private async Task ContinueAutoOfferAsync()
    {
        autoOfferAgainAt = null;
        var step = IncidentRules.NextAutoOffer(State!, timers);
        if (step.Event is { } happened)
        {
            await CommitAsync(CommandContext.System, happened, happened);
        }

        if (step.Wanted == 0)
        {
            return;
        }

        var state = State!;
        var recommendation = await Station(state.StationId).RecommendAsync(new RecommendationRequest(
            Id, state.Location, state.CommunityId, state.Priority, state.Skills, step.ExcludedPairIds, step.Wanted));
        var pairs = recommendation.Recommendations.Select(x => x.PairId).ToImmutableArray();
        if (pairs.IsEmpty)
        {
            autoOfferAgainAt = Now + timers.AutoOfferRetry;
            if (!state.Alerts.Contains(IncidentRules.NoPairAvailable))
            {
                IncidentEvent alert = new SupervisorAlerted(IncidentRules.NoPairAvailable);
                await CommitAsync(CommandContext.System, alert, alert);
            }

            return;
        }

        var offer = new OfferPairs(pairs, ExpiresInSeconds: state.AutoOfferSeconds);
        var answer = await OfferAsync(CommandContext.System, offer, state, $"auto/{Version}");
        if (answer.IsRefused)
        {
            autoOfferAgainAt = Now + EffectRetry;
        }
    }

    private async Task ExpireAsync()
    {
        if (State is { IsOpen: true } state && IncidentRules.Expire(state, Now) is { Events.IsEmpty: false } due)
        {
            await CommitAsync(CommandContext.System, due, due);
        }
    }

    private async Task WakeUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExpireAsync();
            await DeliverEffectsAsync();
            if (State is { AutoOfferSeconds: not null, IsOpen: true } && (autoOfferAgainAt is null || autoOfferAgainAt <= Now))
            {
                await ContinueAutoOfferAsync();
            }

            await SettleAsync();
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogWakeUpFailed(exception, Id);
        }

        ScheduleWakeUp(Undelivered.Any() ? EffectRetry : null);
    }

    private IEnumerable<PairEffect> Undelivered => State is null ? [] : State.Effects.Where(x => !delivered.Contains(x));

    private void ScheduleWakeUp(TimeSpan? soon = null)
    {
        wakeUp?.Dispose();
        wakeUp = null;
        if (State is not { } state)
        {
            return;
        }

        var due = state.IsOpen ? state.PendingOffers.Select(x => (DateTimeOffset?)x.ExpiresAt).Min() : null;
        var now = Now;
        var auto = state is { IsOpen: true, AutoOfferSeconds: not null } ? AutoOfferDue(state, now) : null;
        TimeSpan?[] waits = [soon, due - now, auto - now, Undelivered.Any() ? EffectRetry : null];
        if (waits.Min() is { } wait)
        {
            wakeUp = this.RegisterGrainTimer(
                WakeUpAsync, new GrainTimerCreationOptions(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        }
    }

    private DateTimeOffset? AutoOfferDue(IncidentState state, DateTimeOffset now)
    {
        var step = IncidentRules.NextAutoOffer(state, timers);
        return step.Event is not null || step.Wanted > 0 ? autoOfferAgainAt ?? now : null;
    }

    private async Task DeliverEffectsAsync()
    {
        foreach (var effect in Undelivered.ToImmutableArray())
        {
            try
            {
                if (await TellAsync(effect))
                {
                    delivered.Add(effect);
                }
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                // The effect stays in the record and is told again, by this activation or the next.
                LogEffectFailed(exception, Id, effect.PairId);
                return;
            }
        }
    }

    private async Task<bool> TellAsync(PairEffect effect)
    {
        var pair = Pair(effect.PairId);
        if (effect.Kind == PairEffectKind.Progress)
        {
            await pair.ShowProgressAsync(effect.OfferId, effect.Status);
            return true;
        }

        PairCommand command = effect.Kind == PairEffectKind.Release
            ? new ReleasePair(Id, effect.OfferId)
            : new SettleOffer(effect.OfferId, effect.OfferStatus);
        return (await pair.ExecuteAsync(CommandContext.System, command)).Refusal is not { Kind: RefusalKind.Unknown };
    }

    /// <summary>Once it has ended, every pair is told and everything is in the journal, the station need not look after it any more.</summary>
    private async Task SettleAsync()
    {
        if (settled || State is not { IsOpen: false } state || Undelivered.Any() || !IsJournalled)
        {
            return;
        }

        try
        {
            await Station(state.StationId).PublishIncidentAsync(state.View(Version, timers));
            await Station(state.StationId).DeregisterIncidentAsync(Id);
            settled = true;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogWakeUpFailed(exception, Id);
        }
    }

    private void ShowState()
    {
        var view = State!.View(Version, timers);
        feed.Set("incident", view);
        publisher.Publish(view);
    }

    private async Task ShowTimelineAsync()
    {
        try
        {
            foreach (var recorded in await ReadEventsAsync(Version))
            {
                ShowEvent(recorded);
            }
        }
        catch
        {
            timelineShown = null;
            throw;
        }
    }

    private void ShowEvent(Recorded<IncidentEvent> recorded) => feed.Set($"timeline/{recorded.Version}", recorded.ForTimeline());

    [LoggerMessage(Level = LogLevel.Warning, Message = "Incident {IncidentId} could not tell pair {PairId}; it tries again.")]
    private partial void LogEffectFailed(Exception exception, string incidentId, string pairId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Incident {IncidentId} could not do all that was due; it tries again.")]
    private partial void LogWakeUpFailed(Exception exception, string incidentId);
}
