using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace Dispatch.Storage;

/// <summary>
/// Grain storage over the same tables as Orleans' ADO.NET provider that commits the records of many grains in one transaction. Each record
/// is still fenced by its own version: one that lost is told so and the others go on. Nothing is acknowledged before the commit. A write that
/// finds nobody waiting is committed at once, so a lone command waits for nothing; under load the writes that gather meanwhile share the next
/// commit. Reading and clearing are the provider's own.
/// </summary>
public sealed class GroupCommitGrainStorage : BackgroundService, IGrainStorage
{
    /// <summary>Most records of one transaction: beyond it the commit is a small part of the cost.</summary>
    private const int MaxBatch = 128;

    /// <summary>Transactions under way at once on PostgreSQL; two keep its log busy while the other is being sent.</summary>
    private const int Writers = 3;

    private readonly AdoNetGrainStorage inner;
    private readonly DispatchDatabase database;
    private readonly IRecordWriter writer;
    private readonly string serviceId;
    private readonly Channel<PendingRecord> queue = Channel.CreateUnbounded<PendingRecord>();

    /// <summary>Storage that writes around <paramref name="inner"/> and reads through it.</summary>
    public GroupCommitGrainStorage(AdoNetGrainStorage inner, DispatchDatabase database, string serviceId)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.inner = inner;
        this.database = database;
        this.serviceId = serviceId;
        writer = database.Kind == DatabaseKind.PostgreSql ? new PostgreSqlRecordWriter(serviceId) : new SqliteRecordWriter(serviceId);
    }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inner.ReadStateAsync(stateName, StoredKeys.Of(grainId), grainState);

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await database.WriteGate.WaitAsync();
        try
        {
            await inner.ClearStateAsync(stateName, StoredKeys.Of(grainId), grainState);
        }
        finally
        {
            database.WriteGate.Release();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InconsistentStateException">Another activation has written since this one read.</exception>
    /// <exception cref="DbException">The database failed; whether the record is stored is unknown.</exception>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var stored = StoredKeys.Of(grainId);
        var key = stored.Key.ToString()!;
        var pending = new PendingRecord(
            Hash(stateName, stored, grainState, StoredKeys.HashedBytes(key)),
            Hash(stateName, stored, grainState, Encoding.UTF8.GetBytes(stateName)),
            stateName,
            key,
            string.IsNullOrEmpty(grainState.ETag) ? null : int.Parse(grainState.ETag, CultureInfo.InvariantCulture),
            inner.Serializer.Serialize<T>(grainState.State).ToArray());
        if (!queue.Writer.TryWrite(pending))
        {
            throw new InvalidOperationException("The process stops; nothing was written.");
        }

        var version = await pending.Written.Task ?? throw new InconsistentStateException(
            $"{stateName} {key} was written by another activation.", storedEtag: "newer", grainState.ETag ?? "none");
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(5), cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var writers = database.Kind == DatabaseKind.PostgreSql ? Writers : 1;
        return Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync, CancellationToken.None)));
    }

    /// <summary>The provider's own hash, so that either storage finds what the other wrote.</summary>
    private int Hash<T>(string stateName, GrainId grainId, IGrainState<T> state, byte[] bytes) =>
        inner.HashPicker.PickHasher(serviceId, string.Empty, stateName, grainId, state)!.Hash(bytes);

    private async Task WriteAsync()
    {
        var batch = new List<PendingRecord>(MaxBatch);
        var keys = new HashSet<(string Type, string Key)>();
        PendingRecord? next = null;
        while (next is not null || await queue.Reader.WaitToReadAsync())
        {
            // The gate is waited for before the batch is taken: what comes meanwhile rides along.
            await database.WriteGate.WaitAsync();
            try
            {
                next = Take(batch, keys, next);
                if (batch.Count > 0)
                {
                    await CommitAsync(batch);
                }
            }
            finally
            {
                database.WriteGate.Release();
                batch.Clear();
                keys.Clear();
            }
        }
    }

    /// <summary>Fills a batch with records of different grains: two of one grain (a second activation's) would not see each other's version.</summary>
    /// <returns>The record that did not fit any more and begins the next batch.</returns>
    private PendingRecord? Take(List<PendingRecord> batch, HashSet<(string Type, string Key)> keys, PendingRecord? first)
    {
        var pending = first;
        while (pending is not null || queue.Reader.TryRead(out pending))
        {
            if (batch.Count == MaxBatch || !keys.Add((pending.Type, pending.Key)))
            {
                return pending;
            }

            batch.Add(pending);
            pending = null;
        }

        return null;
    }

    private async Task CommitAsync(List<PendingRecord> batch)
    {
        int?[] versions;
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            versions = await writer.CommitAsync(connection, batch);
        }
        catch (Exception exception)
        {
            // Whatever failed, each waiting grain hears it and reads again what is stored.
            batch.ForEach(x => x.Written.TrySetException(exception));
            return;
        }

        for (var i = 0; i < batch.Count; i++)
        {
            batch[i].Written.TrySetResult(versions[i]);
        }
    }
}

/// <summary>A record that waits to be written.</summary>
/// <param name="KeyHash">Hash of the grain's key, as the provider makes it.</param>
/// <param name="TypeHash">Hash of the state's name.</param>
/// <param name="Type">Name of the state.</param>
/// <param name="Key">The grain's key.</param>
/// <param name="Version">Version that was read; null for a first write.</param>
/// <param name="Payload">The serialised state.</param>
public sealed record PendingRecord(int KeyHash, int TypeHash, string Type, string Key, int? Version, byte[] Payload)
{
    /// <summary>The new version once committed; null where another version is stored.</summary>
    public TaskCompletionSource<int?> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Commits records of different grains in one transaction.</summary>
public interface IRecordWriter
{
    /// <summary>Writes each record whose version is the stored one, and commits.</summary>
    /// <returns>In the order of the batch: the new version; null where the stored version is another.</returns>
    Task<int?[]> CommitAsync(DbConnection connection, IReadOnlyList<PendingRecord> batch);
}
