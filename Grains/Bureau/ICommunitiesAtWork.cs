using System.Collections.Immutable;

namespace Dispatch.Bureau;

/// <summary>Tells in which communities there is something open, so that none is taken from under it.</summary>
public interface ICommunitiesAtWork
{
    /// <summary>Communities with open incidents or matters.</summary>
    /// <exception cref="TimeoutException">The database could not be read now.</exception>
    Task<ImmutableHashSet<string>> ListAsync();
}
