using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Stations;

/// <summary>
/// A station. Its record lists what is open; its picture of incidents and pairs is what they told it, and is asked for again where it may be
/// old. Its calls interleave, so nothing that waits for a watched incident keeps that incident from publishing.
/// </summary>
public sealed partial class StationGrain : Grain, IStationGrain
{
    /// <summary>How long an ended incident stays on the feed, so that people see that it ended.</summary>
    private static readonly TimeSpan EndedLinger = TimeSpan.FromSeconds(10);

    /// <summary>How often figures are worked out while things change.</summary>
    private static readonly TimeSpan SummaryInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>How often open incidents are looked after: deadlines must fire within seconds of a recovery.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(2);

    /// <summary>Every how many watches each incident and pair is asked whether its state is the known one.</summary>
    private const int CompareEvery = 10;

    /// <summary>
    /// At how many watches after its activation everybody is asked. For seconds after a silo died there may be another activation, which is told what this
    /// one should have been.
    /// </summary>
    private const int FirstCompares = 3;

    /// <summary>
    /// At how many watches after a change of the organisation every pair is asked: the first may reach a pair whose silo has not heard of it, and
    /// every silo has after two.
    /// </summary>
    private const int ComparesAfterChange = 3;

    /// <summary>Every how many watches each community is asked for its figures: clocks run out though nothing happens.</summary>
    private const int CommunitiesEvery = 30;

    /// <summary>How many are asked at once.</summary>
    private const int AskedAtOnce = 32;

    /// <summary>
    /// How long a station that has just been activated may ask around before it shows what it has. Until then its screens keep what its predecessor
    /// told them, rather than half of what there is.
    /// </summary>
    private static readonly TimeSpan LoadWithin = TimeSpan.FromSeconds(15);

    private readonly IPersistentState<StationRecord> storage;
    private readonly AggregateServices services;
    private readonly ILogger logger;
    private readonly FeedHost feed;
    private readonly FeedHost positionsFeed;
    private readonly LatestPublisher<StationSummary> publisher;
    private readonly Dictionary<string, IncidentView> incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PairView> pairs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PairPosition> positions = new(StringComparer.Ordinal);
    private readonly StationTally tally = new();
    private readonly StationRecommender recommender;
    private readonly RecommendationServices recommendation;
    private readonly RecentIncidents recent = new();
    private readonly IClusterMembershipService membership;
    private readonly CancellationToken stopping;
    private MembershipVersion membersSeen;
    private readonly Queue<(DateTimeOffset At, string IncidentId)> ended = new();
    private readonly Dictionary<string, long> departed = new(StringComparer.Ordinal);
    private StationRecord record = new();
    private Task? writing;
    private long revision;
    private long written;
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset activatedAt;
    private bool changed = true;
    private bool faulted;
    private int watches;
    private int turn;
    private long comparedOrganisation;
    private int comparesToCome;

    /// <summary>Made by Orleans.</summary>
    public StationGrain(
        [PersistentState("station")] IPersistentState<StationRecord> storage,
        AggregateServices services,
        RecommendationServices recommendation,
        IClusterMembershipService membership,
        IHostApplicationLifetime lifetime)
    {
        ArgumentNullException.ThrowIfNull(services);
        this.storage = storage;
        this.services = services;
        this.recommendation = recommendation;
        this.membership = membership;
        ArgumentNullException.ThrowIfNull(lifetime);
        stopping = lifetime.ApplicationStopping;
        logger = services.Loggers.CreateLogger<StationGrain>();
        var epoch = Guid.CreateVersion7().ToString("N");
        feed = new FeedHost(epoch, services.Time);
        positionsFeed = new FeedHost(epoch, services.Time);
        recommender = new StationRecommender(Id, GrainFactory, services, recommendation);
        publisher = new LatestPublisher<StationSummary>(
            summary => GrainFactory.GetGrain<IBureauGrain>(IBureauGrain.Key).PublishStationAsync(summary), services.Time);
    }

    private string Id => this.GetPrimaryKeyString();

    private DateTimeOffset Now => services.Time.GetLocalNow();

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        record = storage.State;
        activatedAt = Now;
        turn = (int)(this.GetGrainId().GetUniformHashCode() % CompareEvery);
        await services.Organisation.GetAsync();
        var repeated = new GrainTimerCreationOptions(TimeSpan.Zero, WatchInterval) { Interleave = true, KeepAlive = true };
        this.RegisterGrainTimer(WatchAsync, repeated);
        this.RegisterGrainTimer(ShowSummaryAsync, repeated with { DueTime = SummaryInterval, Period = SummaryInterval });
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        publisher.Stop();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<string> RegisterIncidentAsync(string incidentId)
    {
        await ChangeAsync(record.Register(incidentId, Id, Now));
        return record.Open[incidentId].Number;
    }

    /// <inheritdoc/>
    public Task AdoptIncidentAsync(string incidentId, string number)
    {
        departed.Remove(incidentId);
        return ChangeAsync(record.Adopt(incidentId, number, Now));
    }

    /// <inheritdoc/>
    public async Task DepartIncidentAsync(string incidentId, long version)
    {
        departed[incidentId] = Math.Max(version, departed.GetValueOrDefault(incidentId));
        var next = record.Depart(incidentId, incidents.GetValueOrDefault(incidentId), Now);
        ForgetIncident(incidentId);
        await ChangeAsync(next);
    }

    /// <inheritdoc/>
    public async Task DeregisterIncidentAsync(string incidentId)
    {
        await ChangeAsync(record.Deregister(incidentId, incidents.GetValueOrDefault(incidentId), Now));
        ended.Enqueue((Now + EndedLinger, incidentId));
    }

    /// <inheritdoc/>
    public Task PublishIncidentAsync(IncidentView incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        if (incident.StationId == Id
            && (incident.IsOpen || record.Open.ContainsKey(incident.Id) || incidents.ContainsKey(incident.Id))
            && departed.GetValueOrDefault(incident.Id) < incident.Version
            && incidents.GetValueOrDefault(incident.Id) is var known
            && (known is null || known.Version < incident.Version))
        {
            tally.Count(known, incident);
            incidents[incident.Id] = incident;
            recent.Know(incident);
            feed.Set($"incident/{incident.Id}", incident.ForStationFeed(), incident.Version);
            changed = true;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task PublishPairAsync(PairView pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if ((!pairs.TryGetValue(pair.Id, out var known) || known.Version <= pair.Version) && await IsHomeOfAsync(pair.Id))
        {
            known = pairs.GetValueOrDefault(pair.Id);
            if (known?.Version > pair.Version)
            {
                return;
            }

            tally.Count(known, pair);
            pairs[pair.Id] = pair;
            feed.Set($"pair/{pair.Id}", pair, pair.Version);
            changed = true;
            if (pair.Duty == PairDuty.OffDuty)
            {
                // A pair's place is known on duty only; this news is repeated until it arrives, a position is not.
                positions.Remove(pair.Id);
                positionsFeed.Remove($"pair/{pair.Id}");
            }

            recommender.Know(pair, positions.GetValueOrDefault(pair.Id));
        }
    }

    /// <inheritdoc/>
    public Task PublishPositionAsync(string pairId, PairPosition? position)
    {
        if (position is null || pairs.GetValueOrDefault(pairId)?.Duty == PairDuty.OffDuty || services.Organisation.Current.Pair(pairId)?.StationId != Id)
        {
            positions.Remove(pairId);
            positionsFeed.Remove($"pair/{pairId}");
        }
        else
        {
            positions[pairId] = position;
            positionsFeed.Set($"pair/{pairId}", position);
        }

        recommender.Move(pairId, positions.GetValueOrDefault(pairId));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Recommendation> RecommendAsync(RecommendationRequest request) => recommender.RecommendAsync(request);

    /// <inheritdoc/>
    public Task<Recommendation> RecommendOwnAsync(RecommendationRequest request) =>
        Task.FromResult(recommender.RecommendOwn(request, forOtherStation: true));

    /// <inheritdoc/>
    public Task<PairExplanation?> ExplainAsync(RecommendationRequest request, string pairId) => recommender.ExplainAsync(request, pairId);

    /// <inheritdoc/>
    public Task<PairExplanation?> ExplainOwnAsync(RecommendationRequest request, string pairId) =>
        Task.FromResult(recommender.ExplainOwn(request, pairId, forOtherStation: true));

    /// <inheritdoc/>
    public async Task<ImmutableArray<IncidentView>> ListIncidentsAsync()
    {
        await CompareAsync(record.Open.Keys.Where(id => !incidents.ContainsKey(id)), CompareIncidentAsync);
        return [.. incidents.Values.Where(x => x.IsOpen).OrderBy(x => x.OpenedAt).Select(x => x.ForStationFeed())];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<PairView>> ListPairsAsync()
    {
        await CompareAsync(
            services.Organisation.Current.PairsOfStation(Id).Select(x => x.Id).Where(id => !pairs.ContainsKey(id)).ToImmutableArray(),
            id => ComparePairAsync(id));
        ForgetPairsThatLeft();
        return [.. pairs.Values.OrderBy(x => x.Id, StringComparer.Ordinal).Select(x => x with { Position = positions.GetValueOrDefault(x.Id) })];
    }

    /// <inheritdoc/>
    public Task PublishCommunityAsync(CommunitySummary community)
    {
        ArgumentNullException.ThrowIfNull(community);
        if (services.Organisation.Current.Community(community.CommunityId)?.StationId == Id)
        {
            feed.Set($"community/{community.CommunityId}", community);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task NoticeOrganisationAsync(long version)
    {
        await services.Organisation.KnowingAsync(x => x.Version >= version);
        await ComparePairsAsync(anyVersion: true);
    }

    /// <inheritdoc/>
    public Task KeepAwakeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait)
    {
        if ((feed != FeedName.Station(Id) && feed != FeedName.Positions(Id)) || services.Organisation.Current.Station(Id) is null)
        {
            return null;
        }

        return await HasLoadedAsync(wait)
            ? await (feed == FeedName.Station(Id) ? this.feed : positionsFeed).ReadAsync(cursor, wait)
            : FeedBatch.Loading(cursor);
    }

    /// <inheritdoc/>
    public async Task<StationSummary?> GetSummaryAsync(TimeSpan wait) =>
        services.Organisation.Current.Station(Id) is not null && await HasLoadedAsync(wait) ? Summary() : null;

    private StationSummary Summary() => tally.Summary(Id, record.On(Now), record.ClocksOf(incidents, Now));

    /// <summary>Whether everybody was asked since the station was activated, or has had the time to answer.</summary>
    private async ValueTask<bool> HasLoadedAsync(TimeSpan wait)
    {
        if (!loaded.Task.IsCompleted && Now < activatedAt + LoadWithin)
        {
            await Task.WhenAny(loaded.Task, Task.Delay(wait, services.Time));
        }

        return loaded.Task.IsCompleted || Now >= activatedAt + LoadWithin;
    }

    /// <summary>Changes the record durably. Changes that come while a write is under way share the next one.</summary>
    private async Task ChangeAsync(StationRecord next)
    {
        if (faulted)
        {
            throw new TimeoutException($"Station {Id} restarts after a failed write.");
        }

        if (!ReferenceEquals(next, record))
        {
            record = next;
            revision++;
            changed = true;
        }

        var wanted = revision;
        while (written < wanted)
        {
            if (writing is { IsCompleted: false } underWay)
            {
                await Task.WhenAny(underWay);
            }
            else if (faulted)
            {
                throw new TimeoutException($"Station {Id} restarts after a failed write.");
            }
            else
            {
                writing = WriteAsync();
                await writing;
            }
        }
    }

    private async Task WriteAsync()
    {
        var writes = revision;
        try
        {
            storage.State = record;
            await storage.WriteStateAsync();
            written = writes;
        }
        catch (Exception exception)
        {
            faulted = true;
            LogWriteFailed(exception, Id);
            DeactivateOnIdle();
            throw new TimeoutException($"Station {Id} could not write its record: {exception.Message}");
        }
    }

    /// <summary>Looks after what is open: wakes incidents with something due, and now and then compares versions with all.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        // Where a silo came or went, whatever lived there is looked after at once: it may have been in the middle of something.
        var members = membership.CurrentSnapshot.Version;
        // Each station has a turn of its own: asking everybody of a whole bureau in one moment would be felt by all.
        var all = watches++ < FirstCompares || (watches + turn) % CompareEvery == 0 || members != membersSeen;
        membersSeen = members;
        var now = Now;
        await CompareAsync(record.Open.Keys.Where(id => all || IsDue(id, now)).ToImmutableArray(), CompareIncidentAsync);
        if (all)
        {
            await LookAfterUnlistedAsync();
        }

        if (services.Organisation.Current.Version != comparedOrganisation)
        {
            comparedOrganisation = services.Organisation.Current.Version;
            comparesToCome = ComparesAfterChange;
        }

        if (all || comparesToCome > 0)
        {
            await ComparePairsAsync(comparesToCome-- > 0);
        }

        if ((watches + turn) % CommunitiesEvery == 0 || watches == FirstCompares)
        {
            await CompareAsync(services.Organisation.Current.CommunitiesOfStation(Id).Select(x => x.Id).ToImmutableArray(), CompareCommunityAsync);
        }

        if (stopping.IsCancellationRequested)
        {
            return;
        }

        // Once asked of everybody, it shows itself; and it repeats its figures now and then, for a bureau that did not get them.
        loaded.TrySetResult();
        changed |= all;
    }

    /// <summary>Asks each pair of the present organisation for its state, and forgets those that are not of this station any more.</summary>
    /// <param name="anyVersion">Whether also where the version is known: a member may have been substituted.</param>
    private async Task ComparePairsAsync(bool anyVersion)
    {
        ForgetPairsThatLeft();
        await CompareAsync(
            services.Organisation.Current.PairsOfStation(Id).Select(x => x.Id).ToImmutableArray(), id => ComparePairAsync(id, anyVersion));
    }

    /// <summary>What is shown and not on the list has ended, or was told late by an activation that is no more; it does not stay.</summary>
    private async Task LookAfterUnlistedAsync()
    {
        var unlisted = incidents.Keys.Where(id => !record.Open.ContainsKey(id)).ToImmutableArray();
        await CompareAsync(unlisted, CompareIncidentAsync);
        foreach (var id in unlisted)
        {
            if (incidents.TryGetValue(id, out var known) && !known.IsOpen && !record.Open.ContainsKey(id))
            {
                ended.Enqueue((Now + EndedLinger, id));
            }
        }
    }

    private void ForgetPairsThatLeft()
    {
        foreach (var gone in pairs.Keys.Where(id => services.Organisation.Current.Pair(id)?.StationId != Id).ToArray())
        {
            tally.Count(pairs[gone], null);
            pairs.Remove(gone);
            positions.Remove(gone);
            recommender.Forget(gone);
            feed.Remove($"pair/{gone}");
            positionsFeed.Remove($"pair/{gone}");
            changed = true;
        }
    }

    /// <summary>Whether a pair is of this station by the present organisation, which is asked for where the pair is new to it.</summary>
    private async ValueTask<bool> IsHomeOfAsync(string pairId) => (await services.Organisation.FindPairAsync(pairId))?.StationId == Id;

    private bool IsDue(string incidentId, DateTimeOffset now) =>
        !incidents.TryGetValue(incidentId, out var view)
        || !view.IsOpen
        || view.ScheduledFor < now - TimeSpan.FromSeconds(1)
        || view.Offers.Any(x => x.Status == OfferStatus.Pending && x.ExpiresAt < now - TimeSpan.FromSeconds(1));

    private async Task CompareAsync(IEnumerable<string> ids, Func<string, Task> compare)
    {
        // A silo that stops has no place for anybody any more; whoever is activated elsewhere asks there.
        foreach (var some in ids.Chunk(AskedAtOnce).TakeWhile(_ => !stopping.IsCancellationRequested))
        {
            await Task.WhenAll(some.Select(compare));
        }
    }

    private async Task CompareIncidentAsync(string id)
    {
        try
        {
            var known = incidents.GetValueOrDefault(id);
            var view = await GrainFactory.GetGrain<IIncidentGrain>(id).EnsureAsync(known?.Version ?? -1);
            if (view is not null && view.StationId != Id)
            {
                await DepartIncidentAsync(id, view.Version);
            }
            else if (view is not null)
            {
                await PublishIncidentAsync(view);
            }
            else if (known is null && record.Open.TryGetValue(id, out var registered) && registered.At < Now - TimeSpan.FromMinutes(1))
            {
                // Its opening was registered and never finished, so it was never acknowledged.
                await ChangeAsync(record.Deregister(id, null, Now));
            }
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogCompareFailed(exception, Id, id);
        }
    }

    private async Task ComparePairAsync(string id, bool anyVersion = false)
    {
        try
        {
            if (await GrainFactory.GetGrain<IPairGrain>(id).EnsureAsync(anyVersion ? -1 : pairs.GetValueOrDefault(id)?.Version ?? -1) is { } view)
            {
                await PublishPairAsync(view with { Position = null });
                if (view.Position is { } place && (!positions.TryGetValue(id, out var known) || known.At < place.At))
                {
                    await PublishPositionAsync(id, place);
                }
            }
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogCompareFailed(exception, Id, id);
        }
    }

    private async Task CompareCommunityAsync(string id)
    {
        try
        {
            if (await GrainFactory.GetGrain<ICommunityGrain>(id).GetSummaryAsync() is { } summary)
            {
                await PublishCommunityAsync(summary);
            }
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogCompareFailed(exception, Id, id);
        }
    }

    private Task ShowSummaryAsync(CancellationToken cancellationToken)
    {
        while (ended.TryPeek(out var oldest) && oldest.At <= Now)
        {
            ended.Dequeue();
            if (!record.Open.ContainsKey(oldest.IncidentId))
            {
                ForgetIncident(oldest.IncidentId);
                changed = true;
            }
        }

        // While this process stops there may be no place for the bureau any more; whoever is activated elsewhere tells it.
        if (changed && loaded.Task.IsCompleted && !stopping.IsCancellationRequested)
        {
            changed = false;
            var summary = Summary();
            feed.Set("summary", summary);
            publisher.Publish(summary);
        }

        return Task.CompletedTask;
    }

    private void ForgetIncident(string id)
    {
        if (incidents.Remove(id, out var known))
        {
            tally.Count(known, null);
        }

        feed.Remove($"incident/{id}");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Station {StationId} could not write its record; it starts again.")]
    private partial void LogWriteFailed(Exception exception, string stationId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Station {StationId} could not reach {Id}; it tries again.")]
    private partial void LogCompareFailed(Exception exception, string stationId, string id);
}
