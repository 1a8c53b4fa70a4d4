using System.Collections.Immutable;
using Dispatch.Api;
using Dispatch.Pairs;
using Dispatch.Storage;

namespace Dispatch.Figures;

/// <summary>What the time on duty of the pairs of some communities was spent on in a period; whole minutes, of time that has ended.</summary>
/// <param name="Community">In their own communities.</param>
/// <param name="Elsewhere">On incidents elsewhere.</param>
/// <param name="Station">At their stations.</param>
/// <param name="Taken">Taken away.</param>
/// <param name="TakenBy">Of that, by whom; where nobody was named, for what.</param>
public sealed record PairTimeFigures(int Community, int Elsewhere, int Station, int Taken, ImmutableSortedDictionary<string, int> TakenBy);

/// <summary>Adds up the table of pairs' time.</summary>
public sealed class PairTimeSearch(DispatchDatabase database)
{
    /// <summary>Adds up a period. The database does; only times that reach over its ends come one by one and are cut here.</summary>
    /// <param name="communityIds">Communities in question; null for all.</param>
    /// <param name="days">The period.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PairTimeFigures> CountAsync(IReadOnlyCollection<string>? communityIds, FigurePeriod days, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand();
        var conditions = new Conditions(command);
        conditions.AddIn("community_id", communityIds);
        var (begin, end) = (conditions.Value(days.Begin), conditions.Value(days.End));
        const string By = "CASE WHEN kind IN ('activity', 'borrowed') THEN COALESCE(by_whom, reason) END";
        command.CommandText =
            $"""
            SELECT kind, {By}, NULL, NULL, SUM(seconds) FROM pair_time WHERE {conditions} AND to_at > {begin} AND from_at >= {begin} AND to_at <= {end} GROUP BY 1, 2
            UNION ALL
            SELECT kind, {By}, from_at, to_at, seconds FROM pair_time WHERE {conditions} AND to_at > {begin} AND from_at < {begin}
            UNION ALL
            SELECT kind, {By}, from_at, to_at, seconds FROM pair_time WHERE {conditions} AND to_at > {end} AND from_at < {end} AND from_at >= {begin}
            """;
        var spent = new List<(PairTimeKind Kind, string? By, double Seconds)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            spent.Add((
                Enum.Parse<PairTimeKind>(reader.GetString(0), ignoreCase: true), reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.IsDBNull(2) ? reader.GetDouble(4) : Within(days, reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3))));
        }

        return Figures(spent);
    }

    private static double Within(FigurePeriod days, DateTimeOffset from, DateTimeOffset to) =>
        ((to < days.End ? to : days.End) - (from > days.Begin ? from : days.Begin)).TotalSeconds;

    private static PairTimeFigures Figures(List<(PairTimeKind Kind, string? By, double Seconds)> spent)
    {
        var taken = spent.FindAll(x => x.Kind is PairTimeKind.Activity or PairTimeKind.Borrowed);
        return new PairTimeFigures(
            Of(PairTimeKind.Community), Of(PairTimeKind.Incident), Of(PairTimeKind.Station), Minutes(taken.Sum(x => x.Seconds)),
            taken.GroupBy(x => x.By ?? string.Empty).ToImmutableSortedDictionary(x => x.Key, x => Minutes(x.Sum(y => y.Seconds)), StringComparer.Ordinal));

        int Of(PairTimeKind kind) => Minutes(spent.Where(x => x.Kind == kind).Sum(x => x.Seconds));
    }

    private static int Minutes(double seconds) => (int)(seconds / 60);
}
