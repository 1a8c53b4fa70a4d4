using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;
using Dispatch.Journal;
using Microsoft.Extensions.Hosting;
using Orleans.Storage;

namespace Dispatch.Storage;

/// <summary>
/// Grain storage over the same tables as Orleans' ADO.NET provider that commits the records of many grains in one transaction. Each record
/// is still fenced by its own version: one that lost is told so and the others go on. Events that a record carries go to the journal in the same
/// transaction. Nothing is acknowledged before the commit. A write that finds nobody waiting is committed at once, so a lone command waits for
/// nothing; under load the writes that gather meanwhile share the next commit. Reading and clearing are the provider's own.
/// </summary>
public sealed class GroupCommitGrainStorage : BackgroundService, IGrainStorage
{
    /// <summary>Most records of one transaction: beyond it the commit is a small part of the cost.</summary>
    private const int MaxBatch = 128;

    /// <summary>Transactions under way at once on PostgreSQL: one is on its way to the disk while the other is gathered and sent.</summary>
    private const int Writers = 2;

    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(5);

    private readonly AdoNetGrainStorage inner;
    private readonly DispatchDatabase database;
    private readonly TimeProvider time;
    private readonly string serviceId;
    private readonly Channel<PendingRecord> queue = Channel.CreateUnbounded<PendingRecord>();

    /// <summary>Storage that writes around <paramref name="inner"/> and reads through it.</summary>
    public GroupCommitGrainStorage(AdoNetGrainStorage inner, DispatchDatabase database, string serviceId, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.inner = inner;
        this.database = database;
        this.serviceId = serviceId;
        this.time = time;
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        StorageFailure.AsTimeoutAsync(() => inner.ReadStateAsync(stateName, StoredKeys.Of(grainId), grainState));

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
        var append = (grainState.State as IJournalledRecord)?.Append;
        var state = append is null ? grainState.State : (T)((IJournalledRecord)grainState.State!).Journalled();
        var pending = new PendingRecord(
            Hash(stateName, stored, grainState, StoredKeys.HashedBytes(key)),
            Hash(stateName, stored, grainState, Encoding.UTF8.GetBytes(stateName)),
            stateName,
            key,
            string.IsNullOrEmpty(grainState.ETag) ? null : int.Parse(grainState.ETag, CultureInfo.InvariantCulture),
            Bytes(inner.Serializer.Serialize<T>(state)),
            append);
        if (!queue.Writer.TryWrite(pending))
        {
            throw new InvalidOperationException("The process stops; nothing was written.");
        }

        var version = await pending.Written.Task ?? throw new InconsistentStateException(
            $"{stateName} {key} was written by another activation.", storedEtag: "newer", grainState.ETag ?? "none");
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        grainState.State = state;
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        if (ExecuteTask is { } running)
        {
            await Task.WhenAny(running, Task.Delay(DrainWithin, time, cancellationToken));
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

    /// <summary>The serialised bytes without a copy, where they are an array of their own.</summary>
    private static byte[] Bytes(BinaryData data) =>
        MemoryMarshal.TryGetArray(data.ToMemory(), out var segment) && segment.Array!.Length == segment.Count ? segment.Array : data.ToArray();

    private async Task WriteAsync()
    {
        await using var writer = Writer();
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
                    await CommitAsync(writer, batch);
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

    private IRecordWriter Writer() => database.Kind == DatabaseKind.PostgreSql
        ? new PostgreSqlRecordWriter(database.Source, serviceId)
        : new SqliteRecordWriter(database.Source, serviceId);

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

    private static async Task CommitAsync(IRecordWriter writer, IReadOnlyList<PendingRecord> batch)
    {
        try
        {
            var versions = await writer.CommitAsync(batch);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Written.TrySetResult(versions[i]);
            }
        }
        catch (DbException exception) when (batch.Count > 1 && !exception.IsTransient)
        {
            // The database refuses one of them: each on its own, so that the others do not fail with it. Should the batch be stored after all,
            // its versions are no longer these, and each grain reads again what is stored.
            foreach (var record in batch)
            {
                await CommitAsync(writer, [record]);
            }
        }
        catch (Exception exception)
        {
            // Whatever failed, each waiting grain hears it and reads again what is stored.
            foreach (var record in batch)
            {
                record.Written.TrySetException(exception);
            }
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
/// <param name="Append">What the journal gets with it.</param>
public sealed record PendingRecord(int KeyHash, int TypeHash, string Type, string Key, int? Version, byte[] Payload, JournalAppend? Append)
{
    /// <summary>The new version once committed; null where another version is stored.</summary>
    public TaskCompletionSource<int?> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Commits records of different grains in one transaction, over a connection of its own. Used by one at a time.</summary>
public interface IRecordWriter : IAsyncDisposable
{
    /// <summary>Writes each record whose version is the stored one, with its events to the journal, and commits.</summary>
    /// <returns>In the order of the batch: the new version; null where the stored version is another.</returns>
    /// <exception cref="DbException">Nothing is stored, or, where the connection broke, it is not known. The next call connects anew.</exception>
    Task<int?[]> CommitAsync(IReadOnlyList<PendingRecord> batch);
}
