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

    /// <summary>A timer holds at most 49 days, and a scheduled incident may be a year ahead.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private readonly ResponseTimers timers;
    private readonly ILogger logger;
    private readonly SightedFeed feed;
    private readonly Lookers lookers;
    private readonly LatestPublisher<IncidentView> publisher;
    private readonly HashSet<PairEffect> delivered = [];
    private readonly HashSet<long> told = [];
    private IGrainTimer? wakeUp;
    private IGrainTimer? telling;
    private IGrainTimer? lookerWatch;
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
        feed = new SightedFeed(Epoch, services.Time);
        lookers = new Lookers(services.Time);
        publisher = new LatestPublisher<IncidentView>(view => Station(view.StationId).PublishIncidentAsync(view), services.Time);
    }

    /// <inheritdoc/>
    protected override string Stream => $"incident/{Id}";

    /// <inheritdoc/>
    protected override IncidentView? SearchRow(IncidentState state, long version) => state.View(version).ForStationFeed();

    private string Id => this.GetPrimaryKeyString();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (State is { } state)
        {
            await OpenAddressAsync(state);
            ShowState();
            ScheduleWakeUp(TimeSpan.Zero);
            ScheduleTelling();
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
            (OpenPanicIncident c, _) => await OpenPanicAsync(context, c),
            (_, null) => Refusal.NotFound(RefusalCodes.IncidentNotFound, "There is no such incident."),
            (OfferPairs { Auto: true } c, { } state) => await StartAutoOfferAsync(context, c, state),
            (OfferPairs c, { } state) => await OfferAsync(context, c, state, context.CommandId!),
            (AcceptOffer c, { } state) => await AcceptAsync(context, c, state),
            (HandOverAssignment c, { } state) => await HandOverAsync(context, c, state),
            (CloseIncident c, _) when !(await Services.Organisation.KnowingAsync(x => x.HasDisposition(c.Disposition))).HasDisposition(c.Disposition) =>
                Refusal.Invalid(RefusalCodes.DispositionNotFound, "disposition", $"There is no disposition '{c.Disposition}'."),
            (ReclassifyIncident { Category: { } category }, _) when !(await Services.Organisation.KnowingAsync(x => x.HasCategory(category))).HasCategory(category) =>
                Refusal.Invalid(RefusalCodes.CategoryNotFound, "category", $"There is no category '{category}'."),
            (DeclineOffer c, _) when !(await Services.Organisation.KnowingAsync(x => x.HasDeclineReason(c.Reason))).HasDeclineReason(c.Reason) =>
                Refusal.Invalid(RefusalCodes.DeclineReasonNotFound, "reason", $"There is no reason '{c.Reason}' to decline; own words go into note."),
            (TransferIncident c, _) when (await Services.Organisation.KnowingAsync(x => x.Station(c.StationId) is not null)).Station(c.StationId) is null =>
                Refusal.Invalid(RefusalCodes.StationNotFound, "stationId", $"There is no station '{c.StationId}'."),
            (TransferIncident c, { } state) => await TransferAsync(context, c, state),
            (ReopenIncident or UndoMerge, { } state) => await OpenAgainAsync(context, command, state),
            (MergeIncident c, { } state) => await WithOtherAsync(context, command, state, c.IntoId, "intoId", mustBeOpen: true),
            (LinkIncident c, { } state) => await WithOtherAsync(context, command, state, c.OtherId, "otherId", mustBeOpen: false),
            (_, { } state) => await CommitAsync(context, command, IncidentRules.Decide(state, command, Now, timers)),
        };
    }

    /// <inheritdoc/>
    public Task<IncidentView?> GetAsync() => Task.FromResult(State is { } state ? View(state, Version) : null);

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
        return await OpenCallerAsync(state);
    }

    /// <inheritdoc/>
    public Task RecordReadAsync(CommandContext context, string field, string reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Services.Journal.AppendAccessAsync(new AccessEntry(Stream, context.Actor, [field], reason, Now));
    }

    /// <inheritdoc/>
    public Task LookAsync(string webNode, ImmutableArray<Looker> present)
    {
        if (State is not null)
        {
            lookers.Tell(webNode, present);
            ShowLookers();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<AssignmentStatus> ResolveCommitmentAsync(
        string pairId, string offerId, CommandContext acceptedBy, ImmutableArray<string> officerIds)
    {
        var (status, decision) = IncidentRules.Resolve(State, pairId, offerId, Now, officerIds);
        if (decision.Events.IsEmpty)
        {
            // A predecessor that was frozen between the pair's commitment and its own write must not write after this answer.
            return status != AssignmentStatus.Cancelled || State is null || await FenceAsync() ? status : throw new TimeoutException("Not known yet.");
        }

        // The retry of a lost acceptance gets its answer here; queued work that starts was answered when it was queued.
        var answer = decision.Events[0] is OfferAccepted
            ? await CommitAsync(acceptedBy, new AcceptOffer(offerId), decision)
            : await CommitAsync(CommandContext.System, decision, decision);
        return answer.IsRefused ? throw new TimeoutException("Not known yet.") : status;
    }

    /// <inheritdoc/>
    public async Task<IncidentView?> EnsureAsync(long knownVersion)
    {
        EndIfBehind(knownVersion);
        await ExpireAsync();
        if (State is { IsOpen: false })
        {
            // Whoever asks still lists or shows it, though it has ended: it did not hear that it may let go, or an activation that is no more heard it.
            settled = false;
            ScheduleWakeUp(TimeSpan.Zero);
        }
        else if (State is { } state && IncidentRules.IsScheduleDue(state, Now))
        {
            ScheduleWakeUp(TimeSpan.Zero);
        }

        return Version == knownVersion ? null : State?.View(Version);
    }

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait)
    {
        if (State is null || feed != FeedName.Incident(Id))
        {
            return null;
        }

        // The timeline is read from the journal only for the first who watches.
        await (timelineShown ??= ShowTimelineAsync());
        return await this.feed.ReadAsync(sight, cursor, wait);
    }

    /// <inheritdoc/>
    protected override IncidentState Apply(IncidentState? state, Recorded<IncidentEvent> recorded) => IncidentState.Apply(Id, state, recorded);

    /// <inheritdoc/>
    protected override IncidentView View(IncidentState state, long version)
    {
        var view = state.View(version);
        return address is null ? view : view with { Address = address };
    }

    /// <inheritdoc/>
    protected override IncidentState Trim(IncidentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return delivered.Count == 0 && told.Count == 0 ? state : state with
        {
            Effects = [.. state.Effects.Where(x => !delivered.Contains(x))],
            Messages = [.. state.Messages.Where(x => !told.Contains(x.Sequence))],
        };
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
        told.IntersectWith(State.Messages.Select(x => x.Sequence));
        ShowState();
        await DeliverEffectsAsync();
        ScheduleWakeUp();
        CorrectKey();
        ScheduleTelling();
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

        if (IncidentRules.CheckOpening(State, c, Now) is { } refused)
        {
            return await CommitAsync(context, c, refused);
        }

        // The station knows of it before it exists, so that nothing that was acknowledged can be missing from its list after a crash.
        var registering = Station(community.StationId).RegisterOpeningAsync(new NewIncident(Id, c.Category, c.Location, Now));
        var (sealedAddress, sealedCaller) = await SealAsync(c);
        var decision = IncidentRules.Open(State, c, community, await registering, timers, Now);
        address = c.Address;
        return await CommitAsync(context, c, decision with
        {
            Events = [.. decision.Events.Select(e => e is IncidentOpened opened ? opened with { SealedAddress = sealedAddress, SealedCaller = sealedCaller } : e)],
        });
    }

    private async Task<Answer<IncidentView>> OpenPanicAsync(CommandContext context, OpenPanicIncident c)
    {
        if (State is not null)
        {
            return Refusal.Rule(RefusalCodes.IncidentAlreadyOpen, "This incident was opened already.");
        }

        var organisation = await Services.Organisation.GetAsync();
        var found = Services.Communities.Find(c.Location) is { } id ? organisation.Community(id) : organisation.Community(c.CommunityId);
        if (found is not { } community)
        {
            return Refusal.Invalid(RefusalCodes.CommunityNotFound, "communityId", $"There is no community '{c.CommunityId}'.");
        }

        var number = (await Station(community.StationId).RegisterOpeningAsync(new NewIncident(Id, IncidentRules.PanicCategory, c.Location, Now))).Number;
        return await CommitAsync(context, c, IncidentRules.OpenPanic(State, c, community, number, timers));
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

    private async Task<Answer<IncidentView>> OpenAgainAsync(CommandContext context, IncidentCommand c, IncidentState state)
    {
        var decision = IncidentRules.Decide(state, c, Now, timers);
        if (decision.Refusal is null)
        {
            await LetKeyFollowAsync(isOpen: true);
            await Station(state.StationId).AdoptIncidentAsync(Id, state.Number);
        }

        return await CommitAsync(context, c, decision);
    }

    private async Task<Answer<IncidentView>> TransferAsync(CommandContext context, TransferIncident c, IncidentState state)
    {
        var decision = IncidentRules.Decide(state, c, Now, timers);
        if (decision.Refusal is not null)
        {
            return await CommitAsync(context, c, decision);
        }

        // The new station knows of it first. The old one lets go when it hears of it, or when it next compares.
        await Station(c.StationId).AdoptIncidentAsync(Id, state.Number);
        var answer = await CommitAsync(context, c, decision);
        if (!answer.IsRefused)
        {
            Station(state.StationId).DepartIncidentAsync(Id, Version).Ignore();
        }

        return answer;
    }

    private async Task WakeUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExpireAsync();
            await DeliverEffectsAsync();
            if (State is { } state && IncidentRules.IsScheduleDue(state, Now))
            {
                await StartScheduledAsync(state);
            }

            if (State is { AutoOfferSeconds: not null, IsOpen: true } && (autoOfferAgainAt is null || autoOfferAgainAt <= Now))
            {
                await ContinueAutoOfferAsync();
            }

            if (keyEnded == true && State is { IsOpen: true })
            {
                await LetKeyFollowAsync(isOpen: true);
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
        var wait = State is null ? null : TimeToWakeUp(State, soon);
        if (wait is not { } due)
        {
            wakeUp?.Dispose();
            wakeUp = null;
        }
        else if (wakeUp is not null)
        {
            wakeUp.Change(due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            wakeUp = this.RegisterGrainTimer(WakeUpAsync, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        }
    }

    private TimeSpan? TimeToWakeUp(IncidentState state, TimeSpan? soon)
    {
        var now = Now;
        var due = state.IsOpen ? state.PendingOffers.Select(x => (DateTimeOffset?)x.ExpiresAt).Min() : null;
        var scheduled = state.Phase == IncidentPhase.Open ? state.ScheduledFor : null;
        var auto = state is { IsOpen: true, AutoOfferSeconds: not null } ? AutoOfferDue(state, now) : null;
        TimeSpan?[] waits = [soon, due - now, scheduled - now, auto - now, Undelivered.Any() || MaySettle(state) ? EffectRetry : null];
        return waits.Min() is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait;
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

        PairCommand command = effect.Kind switch
        {
            PairEffectKind.Release => new ReleasePair(Id, effect.OfferId, effect.KeepFor),
            PairEffectKind.EndPanic => new EndPanic(Id),
            PairEffectKind.Reclassify => new ReclassifyOffer(effect.OfferId, effect.Class!),
            _ => new SettleOffer(effect.OfferId, effect.OfferStatus),
        };
        return (await pair.ExecuteAsync(CommandContext.System, command)).Refusal is not { Kind: RefusalKind.Unknown };
    }

    /// <summary>Once it has ended, every pair is told and everything is in the journal, the station need not look after it any more.</summary>
    private async Task SettleAsync()
    {
        if (State is not { } state || !MaySettle(state))
        {
            return;
        }

        try
        {
            await Station(state.StationId).PublishIncidentAsync(state.View(Version));
            await LetKeyFollowAsync(isOpen: false);
            await Station(state.StationId).DeregisterIncidentAsync(Id);
            settled = true;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogWakeUpFailed(exception, Id);
        }
    }

    private bool MaySettle(IncidentState state) => !settled && !state.IsOpen && !Undelivered.Any() && !Untold.Any() && IsJournalled;

    private void ShowState()
    {
        var view = View(State!, Version);
        feed.Set("incident", view, view.ForStationFeed(), view.Version);
        publisher.Publish(State!.View(Version));
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

    private void ShowEvent(Recorded<IncidentEvent> recorded)
    {
        var entry = recorded.ForTimeline();
        feed.Set($"timeline/{recorded.Version}", entry, entry.ForMasked());
    }

    private void ShowLookers()
    {
        foreach (var (key, looker) in lookers.TakeChanges())
        {
            if (looker is null)
            {
                feed.Remove(key);
            }
            else
            {
                feed.Set(key, looker);
            }
        }

        if (lookers.IsEmpty)
        {
            lookerWatch?.Dispose();
            lookerWatch = null;
        }
        else
        {
            lookerWatch ??= this.RegisterGrainTimer(
                _ =>
                {
                    lookers.Forget();
                    ShowLookers();
                    return Task.CompletedTask;
                },
                new GrainTimerCreationOptions(Looker.GoodFor, Looker.GoodFor) { Interleave = true });
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Incident {IncidentId} could not tell pair {PairId}; it tries again.")]
    private partial void LogEffectFailed(Exception exception, string incidentId, string pairId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Incident {IncidentId} could not do all that was due; it tries again.")]
    private partial void LogWakeUpFailed(Exception exception, string incidentId);
}
