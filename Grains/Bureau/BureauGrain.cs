using System.Security.Cryptography;
using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Packs;
using Dispatch.Pairs;
using Dispatch.Stations;
using Microsoft.Extensions.Logging;

namespace Dispatch.Bureau;

/// <summary>The organisation of the bureau, who is in which pair, and its stations' figures.</summary>
public sealed partial class BureauGrain : Grain, IBureauGrain
{
    /// <summary>How long a change waits for the station it concerns to hear of it; the station finds out by itself, too.</summary>
    private static readonly TimeSpan StationHears = TimeSpan.FromSeconds(1);

    /// <summary>How long each station may take to tell its figures to a bureau that has just been activated.</summary>
    private static readonly TimeSpan StationTells = TimeSpan.FromSeconds(3);

    /// <summary>How many stations are asked at once.</summary>
    private const int AskedAtOnce = 32;

    private readonly IPersistentState<BureauRecord> storage;
    private readonly IJournal journal;
    private readonly ModelPacks packs;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly FeedHost feed;
    private readonly HashSet<string> heardOf = new(StringComparer.Ordinal);
    private BureauRecord durable = new();
    private Task loading = Task.CompletedTask;

    /// <summary>Made by Orleans.</summary>
    public BureauGrain(
        [PersistentState("bureau")] IPersistentState<BureauRecord> storage, IJournal journal, ModelPacks packs, ICommunitiesAtWork atWork, ResponseTimers timers,
        TimeProvider time, ILogger<BureauGrain> logger)
    {
        this.atWork = atWork;
        this.timers = timers;
        this.storage = storage;
        this.journal = journal;
        this.packs = packs;
        this.time = time;
        this.logger = logger;
        feed = new FeedHost(Guid.CreateVersion7().ToString("N"), time);
    }

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        durable = storage.State;
        await JournalAsync();
        loading = LoadAsync();
        ScheduleHandovers(TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public async Task<Answer<OrganisationVersion>> ImportAsync(CommandContext context, Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (prepared, refusal) = OrganisationRules.Prepare(organisation, packs);
        if (refusal is not null)
        {
            return refusal;
        }

        // A repeated import must not undo what was changed after it.
        var digest = Digest(prepared!);
        if (durable.Find(context.CommandId) is { } first)
        {
            return first.BodyHash == digest ? new OrganisationVersion(first.Version, prepared!) : KeyReused;
        }

        if (durable.Organisation is null || Digest(durable.Organisation) != digest)
        {
            var counts = new { digest, stations = prepared!.Stations.Length, communities = prepared.Communities.Length, pairs = prepared.Pairs.Length };
            await ChangeAsync(context, prepared, "organisationImported", JsonText.Of(counts), digest, pair: null);
        }

        return new OrganisationVersion(durable.Version, durable.Organisation!);
    }

    /// <inheritdoc/>
    public async Task<Answer<PairChanged>> ChangePairAsync(CommandContext context, PairChange change)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(change);
        var digest = Digest(change);
        if (durable.Find(context.CommandId) is { } first)
        {
            return first.BodyHash == digest && first.Pair is { } then ? new PairChanged(first.Version, then) : KeyReused;
        }

        if (durable.Organisation is not { } before)
        {
            return Refusal.Rule(RefusalCodes.OrganisationMissing, "There is no organisation yet.");
        }

        var membership = PairMembershipRules.Decide(before, change);
        if ((membership.Refusal ?? await WhyNotNowAsync(change)) is { } refusal)
        {
            return refusal;
        }

        var plans = durable.Handovers;
        await ChangeAsync(
            context, membership.Organisation!, EventKind.Of(change), JsonText.Of(change), digest, membership.Pair,
            plans.Next(before.Pairs.FirstOrDefault(x => x.Id == change.PairId), membership.Pair!, change, durable.Version + 1, context.Actor));

        // The pair may have signed on or got work in between. Whoever begins either asks for the organisation first, so that from here on nobody
        // can: what this second look does not see cannot happen any more.
        if (await WhyNotNowAsync(change) is { } late)
        {
            await UndoAsync(before, plans, change, late, context.CommandId);
            return late;
        }

        ScheduleHandovers(TimeSpan.Zero);

        await TellStationAsync(membership.Pair!.StationId);
        return new PairChanged(durable.Version, membership.Pair);
    }

    /// <inheritdoc/>
    public async Task<Answer<ModelPackChosen>> ChooseModelPackAsync(CommandContext context, ChooseModelPack choice)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(choice);
        var digest = Digest(choice);
        if (durable.Find(context.CommandId) is { } first)
        {
            return first.BodyHash == digest ? new ModelPackChosen(first.Version, choice.ModelPack) : KeyReused;
        }

        var before = durable.Organisation;
        var decided = ModelPackRules.Choose(before, choice, packs);
        if (decided.IsRefused)
        {
            return decided.Refusal;
        }

        // Also where it is the present one: a repeat that comes after another choice must not undo that.
        var data = JsonText.Of(new { modelPack = choice.ModelPack, before = before!.ModelPack, reason = choice.Reason });
        await ChangeAsync(context, decided.Value, "modelPackChosen", data, digest, pair: null);
        return new ModelPackChosen(durable.Version, choice.ModelPack);
    }

    /// <inheritdoc/>
    public Task<OrganisationVersion?> GetAsync(long knownVersion) => Task.FromResult(
        durable.Organisation is null || durable.Version == knownVersion ? null : new OrganisationVersion(durable.Version, durable.Organisation));

    /// <inheritdoc/>
    public Task PublishStationAsync(StationSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        heardOf.Add(summary.StationId);
        feed.Set($"station/{summary.StationId}", summary);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait) =>
        feed != FeedName.Bureau ? null
        : await HasLoadedAsync(wait) ? await this.feed.ReadAsync(cursor, wait)
        : FeedBatch.Loading(cursor);

    private static Refusal KeyReused =>
        Refusal.Invalid(RefusalCodes.IdempotencyKeyReused, "Idempotency-Key", "This key was used for another command.");

    private static string Digest<T>(T body) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(body, DispatchJson.Options)));

    /// <summary>Asks the pair behind all that it is doing now: this question does not interleave with its commands.</summary>
    private async Task<Refusal?> WhyNotNowAsync(PairChange change) => !change.TakesMembersAway
        ? null
        : PairMembershipRules.WhyNotNow(change, await GrainFactory.GetGrain<IPairGrain>(change.PairId).EnsureAsync(-1));

    private Task ChangeAsync(CommandContext context, Organisation organisation, string kind, JsonText data, string digest, PairInfo? pair, HandoverPlans? handovers = null)
    {
        var version = durable.Version + 1;
        var row = new JournalRow(
            "bureau", version, PastTime.Current ?? time.GetUtcNow(), context.Actor.Id, context.Actor.Name, context.CommandId, kind, data, context.CommandId is null ? null : digest);
        var command = context.CommandId is { } id ? new BureauCommand(id, digest, version, pair) : null;
        return WriteAsync(durable.Next(organisation, row, command) with { Handovers = handovers ?? durable.Handovers });
    }

    private Task UndoAsync(Organisation before, HandoverPlans plans, PairChange change, Refusal because, string? commandId)
    {
        var row = new JournalRow(
            "bureau", durable.Version + 1, time.GetUtcNow(), Actor.System.Id, Actor.System.Name, null, "pairChangeUndone",
            JsonText.Of(new { pairId = change.PairId, because = because.Code }));
        return WriteAsync(durable.Next(before, row, null) with
        {
            Commands = durable.Commands.RemoveAll(x => x.Id == commandId), Handovers = plans,
        });
    }

    /// <summary>One write of the record and its row. Where the storage cannot write both together the row waits in the record until the journal has it.</summary>
    private async Task WriteAsync(BureauRecord next)
    {
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        durable = storage.State;
        feed.RemoveExcept("station/", durable.Organisation!.Stations.Select(x => $"station/{x.Id}").ToHashSet(StringComparer.Ordinal));
        await JournalAsync();
    }

    private async Task JournalAsync()
    {
        if (durable.Append is { } append)
        {
            await journal.AppendAsync(append);
            durable = (BureauRecord)durable.Journalled();
        }
    }

    private async ValueTask<bool> HasLoadedAsync(TimeSpan wait)
    {
        if (!loading.IsCompleted)
        {
            await Task.WhenAny(loading, Task.Delay(wait, time));
        }

        return loading.IsCompleted;
    }

    /// <summary>Asks every station for its figures, so that a bureau that was activated anew shows all of them. A silent one tells them itself, later.</summary>
    private async Task LoadAsync()
    {
        foreach (var some in (durable.Organisation?.Stations ?? []).Chunk(AskedAtOnce))
        {
            await Task.WhenAll(some.Select(x => AskStationAsync(x.Id)));
        }
    }

    private async Task AskStationAsync(string stationId)
    {
        try
        {
            var asked = GrainFactory.GetGrain<IStationGrain>(stationId).GetSummaryAsync(StationTells);
            if (await asked.WaitAsync(StationTells, time) is { } summary && !heardOf.Contains(stationId))
            {
                await PublishStationAsync(summary);
            }
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogStationUntold(exception, stationId);
        }
    }

    private async Task TellStationAsync(string stationId)
    {
        try
        {
            await GrainFactory.GetGrain<IStationGrain>(stationId).NoticeOrganisationAsync(durable.Version).WaitAsync(StationHears, time);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogStationUntold(exception, stationId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Station {StationId} could not be reached; it finds out and tells by itself.")]
    private partial void LogStationUntold(Exception exception, string stationId);
}
