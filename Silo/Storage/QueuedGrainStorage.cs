using Orleans.Storage;

namespace Dispatch.Storage;

/// <summary>The ADO.NET storage behind the database's write gate; see <see cref="DispatchDatabase.WriteGate"/>.</summary>
public sealed class QueuedGrainStorage(IGrainStorage inner, DispatchDatabase database) : IGrainStorage
{
    /// <inheritdoc/>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        StorageFailure.AsTimeoutAsync(() => inner.ReadStateAsync(stateName, StoredKeys.Of(grainId), grainState));

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await database.WriteGate.WaitAsync();
        try
        {
            await inner.WriteStateAsync(stateName, StoredKeys.Of(grainId), grainState);
        }
        finally
        {
            database.WriteGate.Release();
        }
    }

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
}
