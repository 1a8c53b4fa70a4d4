using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Stations;
using Microsoft.Extensions.Logging;

namespace Dispatch.Pairs;

/// <summary>
/// The shell of a pair: keeps its commitment and tells its station. What it must tell incidents (a commitment that was not confirmed, a part it
/// was freed of, a call for help) are errands: they interleave, since the incident may be asking the pair at the same time, and are repeated
/// until they are done.
/// </summary>
public sealed partial class PairGrain : AggregateGrain<PairState, PairEvent, PairView>, IPairGrain
{
    /// <summary>How long an incident has to confirm before the pair asks; it confirms within the same command, so this is only for its death.</summary>
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromSeconds(3);

    private readonly ILogger logger;
    private readonly FeedHost feed;
    private readonly LatestPublisher<PairView> publisher;
    private readonly LatestPublisher<PairPosition> positions;
    private PairPosition? position;
    private (string OfferId, AssignmentStatus Status)? progress;
    private readonly HashSet<string> helpCalled = new(StringComparer.Ordinal);
    private IGrainTimer? errands;
    private int commitmentsAsked;
    private PairInfo? lastKnown;
    private PairInfo? shown;

    /// <summary>Made by Orleans.</summary>
    public PairGrain([PersistentState("pair")] IPersistentState<AggregateRecord<PairState, PairEvent>> storage, AggregateServices services)
        : base(storage, services)
    {
        ArgumentNullException.ThrowIfNull(services);
        logger = services.Loggers.CreateLogger<PairGrain>();
        feed = new FeedHost(Epoch, services.Time);
        publisher = new LatestPublisher<PairView>(view => Station(view.StationId).PublishPairAsync(view), services.Time);
        positions = new LatestPublisher<PairPosition>(
            x => Info is { } pair ? Station(pair.StationId).PublishPositionAsync(Id, x) : Task.CompletedTask, services.Time);
    }

    /// <inheritdoc/>
    protected override string Stream => $"pair/{Id}";

    private string Id => this.GetPrimaryKeyString();

    private PairInfo? Info => lastKnown = Services.Organisation.Current.Pair(Id) ?? lastKnown;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        await Services.Organisation.GetAsync();
        await OpenAddressesAsync();
        Show();
        ScheduleErrands(recovering: true);
        WatchPresence();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        publisher.Stop();
        positions.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Answer<PairView>> ExecuteAsync(CommandContext context, PairCommand command)
    {
        if (await FindFirstAnswerAsync(context, command) is { } first)
        {
            return first;
        }

        if (PastTime.Current is { } told && State?.SpentSince > told)
        {
            return Refusal.Rule(RefusalCodes.PairTimePassed, $"Pair {Id} has been at something else since; what its time was spent on is not told anew.");
        }

        commitmentsAsked += command is CommitPair or QueueWork ? 1 : 0;
        if (command is ReleasePair { Unless: { } asked } && asked != AskedSoFar)
        {
            command = new CatchUp();
        }

        // Duty and planned work begin only by the newest organisation: the bureau, which dissolves pairs, counts on that.
        if (command is SignOn or QueueWork)
        {
            await Services.Organisation.RefreshAsync();
        }

        return (await Services.Organisation.FindPairAsync(Id) ?? (command.BeginsSomething ? null : Info)) is { } pair
            ? await DecideAsync(context, WithoutAddress(command), pair)
            : Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{Id}'.");
    }

    private async Task<Answer<PairView>> DecideAsync(CommandContext context, PairCommand command, PairInfo pair)
    {
        var answer = await CommitAsync(context, command, Decide(context, command, pair));
        ForgetAddresses();
        return answer;
    }

    /// <inheritdoc/>
    public async Task<PairView?> GetAsync() => await Services.Organisation.FindPairAsync(Id) is null ? null : ViewWith(State, Version, position);

    /// <inheritdoc/>
    public async Task<PairView?> EnsureAsync(long knownVersion)
    {
        EndIfBehind(knownVersion);
        if ((await Services.Organisation.FindPairAsync(Id) ?? Info) is not { } present)
        {
            return null;
        }

        if (!ReferenceEquals(present, shown))
        {
            Show();
        }

        return Version == knownVersion ? null : ViewWith(State, Version, position);
    }

    /// <inheritdoc/>
    public Task RecordReadAsync(CommandContext context, string field, string reason)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Services.Journal.AppendAccessAsync(new AccessEntry(Stream, context.Actor, [field], reason, Now));
    }

    /// <inheritdoc/>
    public Task ShowProgressAsync(string offerId, AssignmentStatus status)
    {
        if (State?.Commitment?.Offer.Id == offerId)
        {
            progress = (offerId, status);
            Show();
            ScheduleErrands();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Refusal?> ReportPositionAsync(PairPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        if (Info is null)
        {
            return Task.FromResult<Refusal?>(Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{Id}'."));
        }

        if (!position.Point.IsValid || position.Accuracy is < 0 or double.NaN)
        {
            return Task.FromResult<Refusal?>(
                Refusal.Invalid(RefusalCodes.LocationInvalid, "lat", "Latitude is -90 to 90, longitude -180 to 180, accuracy not negative."));
        }

        if (position.At > Now + TimeSpan.FromMinutes(5))
        {
            return Task.FromResult<Refusal?>(Refusal.Invalid(RefusalCodes.ValueOutOfRange, "at", "A position cannot be of the future."));
        }

        if (State?.Duty != PairDuty.OnDuty)
        {
            return Task.FromResult<Refusal?>(Refusal.Rule(RefusalCodes.PairNotOnDuty, "A position is kept only on duty."));
        }

        if (this.position is null || position.At >= this.position.At)
        {
            this.position = position;
            positions.Publish(position);
            SeePresence(position);
        }

        return Task.FromResult<Refusal?>(null);
    }

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait) =>
        await Services.Organisation.FindPairAsync(Id) is null || feed != FeedName.Pair(Id) ? null : await this.feed.ReadAsync(cursor, wait);

    /// <inheritdoc/>
    protected override PairState Apply(PairState? state, Recorded<PairEvent> recorded) => PairTimes.Apply(state, recorded, Info!);

    /// <inheritdoc/>
    protected override PairState Trim(PairState state) =>
        IsJournalled ? state with { Ended = state.Ended.RemoveAll(x => x.Version <= Version) } : state;

    /// <inheritdoc/>
    protected override JournalAppend WithRows(JournalAppend append, PairState state, long version) => append with { Times = state.Ended };

    /// <inheritdoc/>
    protected override PairView View(PairState state, long version) => ViewWith(state, version, position);

    /// <inheritdoc/>
    protected override Task OnChangedAsync(ImmutableArray<Recorded<PairEvent>> recorded)
    {
        if (State!.Duty == PairDuty.OffDuty && position is not null)
        {
            position = null;
            _ = Station(Info!.StationId).PublishPositionAsync(Id, null);
        }

        Show();
        ScheduleErrands();
        CountedPresence(recorded);
        WatchPresence();
        return Task.CompletedTask;
    }

    private IStationGrain Station(string stationId) => GrainFactory.GetGrain<IStationGrain>(stationId);

    private PairView ViewWith(PairState? state, long version, PairPosition? at)
    {
        var s = state ?? PairState.Initial;
        var pair = Info!;
        var commitment = s.Commitment is { } c
            ? new CommitmentView(c.Offer.IncidentId, c.Offer.Id, ProgressOf(c.Offer.Id), c.Since, c.Offer.Priority)
            : null;
        return new PairView(
            Id, pair.CallSign, pair.StationId, pair.CommunityId, OfficerInfo.ForScreens(pair.Officers), s.PresentOfficerIds, s.Duty, s.Activity, s.Availability,
            commitment, at, version, Waiting(s.Queued), Waiting(s.Planned), s.Shift, s.Panic?.IncidentId, s.SigningOff,
            Time(s, pair), s.Taken?.By, s.Taken?.Until, s.SingleSince, s.Presence?.ForView());
    }

    private static PresentTime? Time(PairState s, PairInfo pair) =>
        PairTimes.SpentOn(s, pair.CommunityId) is { } spent && s.SpentSince is { } since
            ? new PresentTime(spent.Kind, since, spent.ByWhom)
            : null;

    private static ImmutableArray<QueuedWork> Waiting(ImmutableArray<WaitingWork> work) =>
        [.. work.Select(x => new QueuedWork(x.Offer.IncidentId, x.Offer.Id, x.Offer.Number, x.Offer.Priority, x.StartsAt))];

    /// <summary>The best known place: the last position, the pair's starting place, or its community.</summary>
    private GeoPoint Whereabouts(PairInfo pair) =>
        position?.Point ?? pair.Home ?? Services.Organisation.Current.Community(pair.CommunityId)?.Centre ?? default;

    private AssignmentStatus ProgressOf(string offerId) =>
        progress is { } known && known.OfferId == offerId ? known.Status : AssignmentStatus.Committed;

    private void Show()
    {
        if (Info is null)
        {
            return;
        }

        shown = Info;
        var view = ViewWith(State, Version, null);
        feed.Set("pair", view, view.Version);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var offer in State?.Offers ?? [])
        {
            keys.Add($"offer/{offer.Id}");
            feed.Set($"offer/{offer.Id}", Open(offer));
        }

        if (State?.Commitment is { } commitment)
        {
            keys.Add($"assignment/{commitment.Offer.IncidentId}");
            feed.Set(
                $"assignment/{commitment.Offer.IncidentId}", new PairAssignment(Open(commitment.Offer), ProgressOf(commitment.Offer.Id), commitment.Since));
        }

        feed.RemoveExcept("offer/", keys);
        feed.RemoveExcept("assignment/", keys);
        publisher.Publish(view);
    }

    /// <summary>What this activation was asked for so far; another activation, or a woken predecessor, never says the same.</summary>
    private string AskedSoFar => $"{Epoch}/{commitmentsAsked}";

    private bool IsUnconfirmed => State?.Commitment is { } commitment && progress?.OfferId != commitment.Offer.Id;

    private bool IsHelpToCall => State?.Panic is { } panic && !helpCalled.Contains(panic.IncidentId);

    /// <summary>
    /// When errands are to be run: at once where an incident knows nothing yet, after a while where it is about to confirm by itself, and when
    /// time brings something.
    /// </summary>
    private TimeSpan? TimeToErrands(bool recovering) =>
        State is not { } state ? null
        : !state.Freed.IsEmpty || IsHelpToCall ? TimeSpan.Zero
        : IsUnconfirmed ? recovering || state.Commitment!.FromQueue ? TimeSpan.Zero : ConfirmWithin
        : PairRules.TimeToCatchUp(state) is { } due ? Positive(due - Now)
        : null;

    private void ScheduleErrands(bool recovering = false) => ScheduleErrands(TimeToErrands(recovering));

    private void ScheduleErrands(TimeSpan? wait)
    {
        if (wait is not { } due)
        {
            errands?.Dispose();
            errands = null;
        }
        else if (errands is not null)
        {
            errands.Change(due, Timeout.InfiniteTimeSpan);
        }
        else
        {
            errands = this.RegisterGrainTimer(
                RunErrandsAsync, new GrainTimerCreationOptions(due, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        }
    }

    private static TimeSpan Positive(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private async Task RunErrandsAsync(CancellationToken cancellationToken)
    {
        // Changes of its own state go through its queue of calls, like everybody's.
        var self = this.AsReference<IPairGrain>();
        foreach (var part in State?.Freed ?? [])
        {
            await RunAsync(part.IncidentId, async incident =>
            {
                await incident.ForgetPartAsync(Id, part.OfferId, part.Reason, new CommandContext(null, part.By));
                await self.ExecuteAsync(CommandContext.System, new ForgetFreed(part.OfferId));
            });
        }

        if (IsHelpToCall)
        {
            await RunAsync(State!.Panic!.IncidentId, incident => CallHelpAsync(incident, State!.Panic!));
        }

        if (IsUnconfirmed)
        {
            await RunAsync(State!.Commitment!.Offer.IncidentId, incident => ConfirmAsync(self, incident, State!.Commitment!));
        }

        if (State is { } state && PairRules.TimeToCatchUp(state) <= Now)
        {
            await self.ExecuteAsync(CommandContext.System, new CatchUp());
        }

        // What could not be done is tried again after a while.
        ScheduleErrands(TimeToErrands(recovering: false) is { } again ? again < ConfirmWithin ? ConfirmWithin : again : null);
    }

    private async Task RunAsync(string incidentId, Func<IIncidentGrain, Task> errand)
    {
        try
        {
            await errand(GrainFactory.GetGrain<IIncidentGrain>(incidentId));
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogErrandFailed(exception, Id, incidentId);
        }
    }

    /// <summary>Opens the incident of a call for help; its id and its command id follow from the call, so that it is opened once.</summary>
    private async Task CallHelpAsync(IIncidentGrain incident, Panic panic)
    {
        var pair = Info!;
        var summary = string.IsNullOrWhiteSpace(panic.Note) ? pair.CallSign : $"{pair.CallSign}: {panic.Note}";
        var answer = await incident.ExecuteAsync(
            new CommandContext($"panic/{panic.IncidentId}", panic.By),
            new OpenPanicIncident(Id, panic.Location, pair.CommunityId, summary, panic.WorkingOn));
        if (answer.Refusal is null or { Code: RefusalCodes.IncidentAlreadyOpen })
        {
            helpCalled.Add(panic.IncidentId);
        }
        else
        {
            LogHelpNotCalled(Id, panic.IncidentId, answer.Refusal.Code);
        }
    }

    private async Task ConfirmAsync(IPairGrain self, IIncidentGrain incident, Commitment commitment)
    {
        var offer = commitment.Offer;
        var asked = AskedSoFar;
        var status = await incident.ResolveCommitmentAsync(
            Id, offer.Id, commitment.AcceptedBy, commitment.OfficerIds ?? []);
        if (status.Commits())
        {
            await self.ShowProgressAsync(offer.Id, status);
        }
        else
        {
            // The command that died with the incident may have been sent again and have found the pair committed: then it stays so.
            await self.ExecuteAsync(CommandContext.System, new ReleasePair(offer.IncidentId, offer.Id, Unless: asked));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pair {PairId} could not reach incident {IncidentId}; it tries again.")]
    private partial void LogErrandFailed(Exception exception, string pairId, string incidentId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The call for help of pair {PairId} could not be opened as incident {IncidentId}: {Code}; it tries again.")]
    private partial void LogHelpNotCalled(string pairId, string incidentId, string code);
}

/// <summary>What a phone shows of the pair's assignment.</summary>
/// <param name="Offer">What it was told.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Since">When it was committed.</param>
public sealed record PairAssignment(PairOffer Offer, AssignmentStatus Status, DateTimeOffset Since);
