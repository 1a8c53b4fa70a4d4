using System.Collections.Immutable;

namespace Dispatch.Communities;

/// <summary>The tables of matters as a community reads them: what it has to show is there, whatever was told or not.</summary>
public interface IMatterTables
{
    /// <summary>The versions of a community's matters that are open, or ended since a time, by id; without restricted ones.</summary>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    Task<ImmutableArray<(string Id, long Version)>> ReadVersionsAsync(string communityId, DateTimeOffset endedSince);

    /// <summary>Matters by id.</summary>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    Task<ImmutableArray<MatterRow>> ReadAsync(IReadOnlyCollection<string> ids);

    /// <summary>An interaction with its words, and the community's version at its last change; null where there is none.</summary>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    Task<InteractionRow?> FindInteractionAsync(string id);
}
