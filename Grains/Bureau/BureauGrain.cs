using System.Security.Cryptography;
using System.Text.Json;
using Dispatch.Commands;
using Dispatch.Journal;
using Dispatch.Live;
using Dispatch.Stations;

namespace Dispatch.Bureau;

/// <summary>What is stored of the bureau.</summary>
public sealed record BureauRecord
{
    /// <summary>Counts imports from 1; 0 before the first.</summary>
    public long Version { get; init; }

    /// <summary>Null before the first import.</summary>
    public Organisation? Organisation { get; init; }
}

/// <summary>The organisation of the bureau, and its stations' figures.</summary>
public sealed class BureauGrain : Grain, IBureauGrain
{
    private readonly IPersistentState<BureauRecord> storage;
    private readonly IJournal journal;
    private readonly TimeProvider time;
    private readonly FeedHost feed;
    private BureauRecord durable = new();

    /// <summary>Made by Orleans.</summary>
    public BureauGrain([PersistentState("bureau")] IPersistentState<BureauRecord> storage, IJournal journal, TimeProvider time)
    {
        this.storage = storage;
        this.journal = journal;
        this.time = time;
        feed = new FeedHost(Guid.CreateVersion7().ToString("N"), time);
    }

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        durable = storage.State;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Answer<OrganisationVersion>> ImportAsync(CommandContext context, Organisation organisation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (prepared, refusal) = OrganisationRules.Prepare(organisation);
        if (refusal is not null)
        {
            return refusal;
        }

        var digest = Digest(prepared!);
        if (durable.Organisation is null || Digest(durable.Organisation) != digest)
        {
            // The journal first: an import that is in it and not in force is seen and repeated; one in force and not in it would be hidden.
            var version = durable.Version + 1;
            await journal.AppendAsync(new JournalAppend([new JournalRow(
                "bureau", version, time.GetUtcNow(), context.Actor.Id, context.Actor.Name, context.CommandId, "organisationImported",
                JsonText.Of(new { digest, stations = prepared!.Stations.Length, communities = prepared.Communities.Length, pairs = prepared.Pairs.Length }))]));
            await WriteAsync(new BureauRecord { Version = version, Organisation = prepared });
        }

        return new OrganisationVersion(durable.Version, durable.Organisation!);
    }

    /// <inheritdoc/>
    public Task<OrganisationVersion?> GetAsync(long knownVersion) => Task.FromResult(
        durable.Organisation is null || durable.Version == knownVersion ? null : new OrganisationVersion(durable.Version, durable.Organisation));

    /// <inheritdoc/>
    public Task PublishStationAsync(StationSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        feed.Set($"station/{summary.StationId}", summary);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<FeedBatch?> ReadFeedAsync(string feed, FeedCursor? cursor, TimeSpan wait) =>
        feed == FeedName.Bureau ? await this.feed.ReadAsync(cursor, wait) : null;

    private static string Digest(Organisation organisation) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(organisation, DispatchJson.Options)));

    private async Task WriteAsync(BureauRecord next)
    {
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
            durable = next;
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
