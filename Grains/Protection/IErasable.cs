using System.Data.Common;

namespace Dispatch.Protection;

/// <summary>Something that keeps words of residents in a table of its own and forgets them when their time is over; called by the sweep, all in one process at a time.</summary>
public interface IErasable
{
    /// <summary>Erases what a subject's key cannot: words in the clear that belong to it.</summary>
    /// <param name="subject">The subject whose key is erased in the same transaction.</param>
    /// <param name="cls">Its class.</param>
    /// <param name="transaction">Commands run in it, with its connection.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Names of the fields that were erased, for the log; empty where there were none.</returns>
    Task<IReadOnlyList<string>> EraseAsync(string subject, RetentionClass cls, DbTransaction transaction, CancellationToken cancellationToken);
}
