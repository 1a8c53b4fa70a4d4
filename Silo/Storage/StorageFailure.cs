using System.Data.Common;

namespace Dispatch.Storage;

/// <summary>
/// What a failed read looks like to whoever asked a grain. A database's own exception cannot cross from one process to another, and its caller would hear of
/// that instead; this one says that the outcome is unknown and that it may be asked again.
/// </summary>
public static class StorageFailure
{
    /// <summary>Reads, and turns a failure of the database into a time-out.</summary>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    public static async Task AsTimeoutAsync(Func<Task> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        await AsTimeoutAsync(async () =>
        {
            await read();
            return true;
        });
    }

    /// <summary>Reads, and turns a failure of the database into a time-out.</summary>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    public static async Task<T> AsTimeoutAsync<T>(Func<Task<T>> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is DbException || exception.InnerException is DbException)
        {
            throw new TimeoutException($"The database could not be read now: {exception.Message}");
        }
    }
}
