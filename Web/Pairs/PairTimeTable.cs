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
    /// <param name="cancellationToken">Ends it.</param>
    public Task<List<PairTime>> OfPairAsync(string pairId, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(
            $"SELECT {Columns} FROM pair_time WHERE pair_id = @pair AND to_at > @since ORDER BY to_at DESC, version DESC LIMIT {MaxTimes}",
            [("pair", pairId), ("since", since.ToUniversalTime())]),
        Read,
        cancellationToken);

    /// <summary>Times of all pairs that were taken from their communities.</summary>
    /// <param name="since">Times that ended before are left out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<List<TakenTime>> TakenAsync(DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(
            "SELECT pair_id, by_whom, reason, from_at, to_at FROM pair_time WHERE kind IN ('activity', 'borrowed') AND to_at > @since",
            [("since", since.ToUniversalTime())]),
        x => new TakenTime(
            x.GetString(0), x.TextOrNull(1), x.TextOrNull(2), x.GetFieldValue<DateTimeOffset>(3), x.GetFieldValue<DateTimeOffset>(4)),
        cancellationToken);

    private static PairTime Read(DbDataReader x) => new(
        x.GetString(0), x.GetInt64(1), x.GetString(2), [.. x.GetString(3).Split(',', StringSplitOptions.RemoveEmptyEntries)],
        Enum.Parse<PairTimeKind>(x.GetString(4), ignoreCase: true), x.TextOrNull(5), x.TextOrNull(6), x.GetFieldValue<DateTimeOffset>(7),
        x.GetFieldValue<DateTimeOffset>(8), x.TextOrNull(9));
}

/// <summary>A time that was taken from a community.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="ByWhom">Who took it, where somebody is named.</param>
/// <param name="Reason">Why.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end.</param>
public sealed record TakenTime(string PairId, string? ByWhom, string? Reason, DateTimeOffset From, DateTimeOffset To);
