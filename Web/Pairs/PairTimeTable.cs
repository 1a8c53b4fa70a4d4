using System.Data.Common;
using Dispatch.Storage;

namespace Dispatch.Pairs;

/// <summary>Reads what pairs' time on duty was spent on.</summary>
public sealed class PairTimeTable(DispatchDatabase database)
{
    /// <summary>Most times of one pair that are given.</summary>
    public const int MaxTimes = 1000;

    private const string Columns = "pair_id, version, community_id, officer_ids, kind, by_whom, reason, from_at, to_at, incident_id";

    /// <summary>A pair's times, newest first.</summary>
    /// <param name="pairId">The pair.</param>
    /// <param name="since">Times that ended before are left out.</param>
    /// <param name="until">Times that began then or later are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<List<PairTime>> OfPairAsync(string pairId, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(
            $"SELECT {Columns} FROM pair_time WHERE pair_id = @pair AND to_at > @since AND from_at < @until ORDER BY to_at DESC, version DESC LIMIT {MaxTimes}",
            [("pair", pairId), ("since", since.ToUniversalTime()), ("until", until.ToUniversalTime())]),
        Read,
        cancellationToken);

    /// <summary>
    /// How long pairs were taken from their communities, by whom. The database adds up; only what was under way at the beginning is cut here.
    /// </summary>
    /// <param name="since">The beginning of what is counted.</param>
    /// <param name="pairId">The one pair; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<List<TakenTime>> TakenAsync(DateTimeOffset since, string? pairId, CancellationToken cancellationToken)
    {
        var taken = $"kind IN ('activity', 'borrowed') AND to_at > @since{(pairId is null ? string.Empty : " AND pair_id = @pair")}";
        (string, object?)[] values = [("since", since.ToUniversalTime())];
        return database.ReadAsync(
            new Statement(
                $"""
                SELECT pair_id, COALESCE(by_whom, reason), CAST(0 AS double precision), to_at FROM pair_time WHERE {taken} AND from_at < @since
                UNION ALL
                SELECT pair_id, COALESCE(by_whom, reason), SUM(seconds), NULL FROM pair_time WHERE {taken} AND from_at >= @since
                GROUP BY pair_id, COALESCE(by_whom, reason)
                """,
                pairId is null ? values : [.. values, ("pair", pairId)]),
            x => new TakenTime(
                x.GetString(0), x.GetString(1),
                x.IsDBNull(3) ? TimeSpan.FromSeconds(x.GetDouble(2)) : x.GetFieldValue<DateTimeOffset>(3) - since),
            cancellationToken);
    }

    private static PairTime Read(DbDataReader x) => new(
        x.GetString(0), x.GetInt64(1), x.GetString(2), [.. x.GetString(3).Split(',', StringSplitOptions.RemoveEmptyEntries)],
        Enum.Parse<PairTimeKind>(x.GetString(4), ignoreCase: true), x.TextOrNull(5), x.TextOrNull(6), x.GetFieldValue<DateTimeOffset>(7),
        x.GetFieldValue<DateTimeOffset>(8), x.TextOrNull(9));
}

/// <summary>Time that was taken from a community.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="By">Who took it; where nobody was named, what it was taken for.</param>
/// <param name="Time">How long.</param>
public sealed record TakenTime(string PairId, string By, TimeSpan Time);
