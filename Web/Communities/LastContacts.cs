using Dispatch.Live;
using Dispatch.Storage;

namespace Dispatch.Communities;

/// <summary>Says when pairs last had contact with residents.</summary>
public interface ILastContacts
{
    /// <summary>The last contact of any pair in each community; communities without one are left out.</summary>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> OfCommunitiesAsync(IReadOnlyCollection<string> communityIds, CancellationToken cancellationToken);

    /// <summary>The last contact of each of these pairs in its home community; pairs without one are left out.</summary>
    /// <param name="pairs">Pairs by id, with their home community.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyDictionary<string, DateTimeOffset>> OfPairsAsync(IReadOnlyDictionary<string, string> pairs, CancellationToken cancellationToken);
}

/// <summary>
/// Reads them from the table of interactions. One look into an index for each community or pair, however many interactions there are: the newest comes first.
/// </summary>
public sealed class LastContacts(DispatchDatabase database) : ILastContacts
{
    private string Asked => database.Kind == DatabaseKind.PostgreSql
        ? "SELECT a.key AS id, a.value AS home FROM json_each_text(@asked::json) AS a"
        : "SELECT a.key AS id, a.value AS home FROM json_each(@asked) AS a";

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> OfCommunitiesAsync(
        IReadOnlyCollection<string> communityIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(communityIds);
        return ReadAsync("i.community_id = a.home AND i.pair_id IS NOT NULL", communityIds.ToDictionary(x => x, x => x, StringComparer.Ordinal), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, DateTimeOffset>> OfPairsAsync(
        IReadOnlyDictionary<string, string> pairs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return ReadAsync("i.pair_id = a.id AND i.community_id = a.home", pairs, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> ReadAsync(
        string whose, IReadOnlyDictionary<string, string> asked, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            new Statement(
                $"""
                SELECT a.id, (SELECT i.at FROM interaction i WHERE {whose} AND NOT i.withdrawn ORDER BY i.at DESC LIMIT 1)
                FROM ({Asked}) a
                """,
                [("asked", JsonText.Of(asked).ToString())]),
            x => (Id: x.GetString(0), At: x.IsDBNull(1) ? (DateTimeOffset?)null : x.GetFieldValue<DateTimeOffset>(1)),
            cancellationToken);
        return rows.Where(x => x.At is not null).ToDictionary(x => x.Id, x => x.At!.Value, StringComparer.Ordinal);
    }
}
