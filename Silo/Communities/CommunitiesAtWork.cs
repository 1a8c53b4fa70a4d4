using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Storage;

namespace Dispatch.Communities;

/// <summary>Looks into the tables that incidents and matters are searched by, which follow their records in the same transaction.</summary>
public sealed class CommunitiesAtWork(DispatchDatabase database) : ICommunitiesAtWork
{
    /// <inheritdoc/>
    public Task<ImmutableHashSet<string>> ListAsync() => StorageFailure.AsTimeoutAsync(async () => (await database.ReadAsync(
        new Statement("SELECT community_id FROM incident WHERE is_open UNION SELECT community_id FROM matter WHERE is_open", []),
        x => x.GetString(0), CancellationToken.None)).ToImmutableHashSet(StringComparer.Ordinal));
}
