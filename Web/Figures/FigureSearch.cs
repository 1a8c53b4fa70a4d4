using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Dispatch.Api;
using Dispatch.Communities;
using Dispatch.Disputes;
using Dispatch.Packs;
using Dispatch.Storage;

namespace Dispatch.Figures;

/// <summary>Counts community work in the tables; never asks a grain.</summary>
public sealed class FigureSearch(DispatchDatabase database, ClosedLocallySearch closedLocally, PairTimeSearch pairTime, TimeProvider time)
{
    /// <summary>Ages of open matters: name and least age in days, oldest first.</summary>
    private static readonly (string Name, int Days)[] Ages = [("30d+", 30), ("7-30d", 7), ("3-7d", 3), ("1-3d", 1), ("0-1d", 0)];

    /// <summary>Counts a period.</summary>
    /// <param name="communityIds">Communities in question; null for all.</param>
    /// <param name="communities">How many those are.</param>
    /// <param name="days">The period.</param>
    /// <param name="pack">The model pack by which a dispute is closed locally.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<CommunityFigures> CountAsync(
        IReadOnlyCollection<string>? communityIds, int communities, FigurePeriod days, ModelPack pack, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // Beside each other, on threads of their own: SQLite answers on the thread that asks.
        var local = Task.Run(() => closedLocally.CountAsync(communityIds, days, pack, now, cancellationToken), cancellationToken);
        var spent = Task.Run(() => pairTime.CountAsync(communityIds, days, cancellationToken), cancellationToken);
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var period = new Period(connection, communityIds, days, cancellationToken);
        var interactions = await CountInteractionsAsync(period);
        var opened = await period.CountAsync("matter", "opened_at", "kind, category", NotRestricted);
        var closed = await period.CountAsync("matter", "closed_at", "kind, status, facets", NotRestricted);
        var open = await CountOpenAsync(period, now);
        var clocks = await ReadClocksAsync(period);
        var matters = Enum.GetValues<MatterKind>().ToImmutableSortedDictionary(
            MatterIds.NameOf, kind => FiguresOf(MatterIds.NameOf(kind), opened, closed, open, [.. clocks.Where(x => x.Kind == kind)], now), StringComparer.Ordinal);
        return new CommunityFigures(
            days.From, days.To, now, communities, interactions, matters.RemoveRange(matters.Where(x => IsNothing(x.Value)).Select(x => x.Key)),
            await local, await spent);
    }

    private static void NotRestricted(Conditions conditions) => conditions.Add("restricted = {0}", false);

    private static bool IsNothing(MatterFigures figures) => figures is { Opened: 0, Closed: 0, OpenNow: 0 };

    private async Task<InteractionFigures> CountInteractionsAsync(Period period)
    {
        var counts = await period.CountDaysAsync(database.Kind);
        return new InteractionFigures(
            counts.Sum(x => x.Count), counts.Sum(x => x.Sums[0]), counts.Sum(x => x.Sums[1]), By(counts, x => x.Keys[0]),
            [.. counts.GroupBy(x => x.Keys[1]!).Select(x => new DayCount(DateOnly.Parse(x.Key, CultureInfo.InvariantCulture), x.Sum(y => y.Count))).OrderBy(x => x.Day)]);
    }

    private static Task<List<Counted>> CountOpenAsync(Period period, DateTimeOffset now) => period.CountAllAsync("matter", conditions =>
    {
        NotRestricted(conditions);
        conditions.Add("is_open = {0}", true);
        var cases = Ages.Select(age => $"WHEN opened_at <= {conditions.Value(now.AddDays(-age.Days))} THEN '{age.Name}'");
        return $"kind, status, CASE {string.Join(' ', cases)} ELSE '0-1d' END, CASE WHEN due_at < {conditions.Value(now)} THEN 'overdue' END";
    });

    private static Task<List<FirstClock>> ReadClocksAsync(Period period) => period.ReadAsync(
        "matter", "opened_at", "kind, opened_at, first_due_at, first_met_at",
        conditions =>
        {
            NotRestricted(conditions);
            conditions.Add("first_due_at IS NOT NULL");
        },
        reader => new FirstClock(
            Enum.Parse<MatterKind>(reader.GetString(0), ignoreCase: true), reader.GetFieldValue<DateTimeOffset>(1), reader.GetFieldValue<DateTimeOffset>(2),
            reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3)));

    private static MatterFigures FiguresOf(
        string kind, List<Counted> allOpened, List<Counted> allClosed, List<Counted> allOpen, List<FirstClock> clocks, DateTimeOffset now)
    {
        var opened = allOpened.FindAll(x => x.Keys[0] == kind);
        var closed = allClosed.FindAll(x => x.Keys[0] == kind);
        var open = allOpen.FindAll(x => x.Keys[0] == kind);
        var facets = closed.SelectMany(x => (x.Keys[2] ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries), (x, facet) => x with { Keys = [facet] });
        return new MatterFigures(
            opened.Sum(x => x.Count), closed.Sum(x => x.Count), open.Sum(x => x.Count), open.Where(x => x.Keys[3] is not null).Sum(x => x.Count),
            By(open, x => x.Keys[1]), By(open, x => x.Keys[2]), By(opened, x => x.Keys[1]), By(closed, x => x.Keys[1]), By(facets, x => x.Keys[0]),
            FirstClock.Count(clocks, now));
    }

    private static ImmutableSortedDictionary<string, int?> By(IEnumerable<Counted> counts, Func<Counted, string?> name) => SmallCounts.Suppress(
        counts.Where(x => name(x) is not null).GroupBy(x => name(x)!).ToDictionary(x => x.Key, x => x.Sum(y => y.Count), StringComparer.Ordinal));

    /// <summary>A group with how many there are of it.</summary>
    private sealed record Counted(string?[] Keys, int Count, long[] Sums);

    private sealed class Period(
        DbConnection connection, IReadOnlyCollection<string>? communityIds, FigurePeriod days, CancellationToken cancellationToken)
    {
        /// <summary>Counts interactions by kind and day.</summary>
        public Task<List<Counted>> CountDaysAsync(DatabaseKind kind)
        {
            var day = kind == DatabaseKind.PostgreSql ? "CAST(day AS text)" : "day";
            object Day(DateOnly x) => kind == DatabaseKind.PostgreSql ? x : x.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return QueryAsync(conditions =>
            {
                conditions.Add("day >= {0}", Day(days.From));
                conditions.Add("day <= {0}", Day(days.To));
                return $"SELECT kind, {day}, sum(count), CAST(sum(participants) AS bigint), CAST(sum(minutes) AS bigint) FROM interaction_day WHERE {conditions} GROUP BY kind, day";
            }, reader => new Counted([reader.GetString(0), reader.GetString(1)], (int)reader.GetInt64(2), [reader.GetInt64(3), reader.GetInt64(4)]));
        }

        /// <summary>Counts the rows of the period by some columns.</summary>
        public Task<List<Counted>> CountAsync(string table, string timeColumn, string by, Action<Conditions> more) =>
            CountAllAsync(table, conditions =>
            {
                conditions.Add($"{timeColumn} >= {{0}}", days.Begin);
                conditions.Add($"{timeColumn} < {{0}}", days.End);
                more(conditions);
                return by;
            });

        /// <summary>Counts rows whenever they were.</summary>
        public Task<List<Counted>> CountAllAsync(string table, Func<Conditions, string> by)
        {
            var columns = 0;
            return QueryAsync(conditions =>
            {
                var groups = by(conditions);
                columns = Split(groups);
                return $"SELECT {groups}, count(*) FROM {table} WHERE {conditions} GROUP BY {string.Join(", ", Enumerable.Range(1, columns))}";
            }, reader => new Counted(
                [.. Enumerable.Range(0, columns).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))],
                (int)reader.GetInt64(columns),
                []));
        }

        /// <summary>Reads rows of the period.</summary>
        public Task<List<T>> ReadAsync<T>(string table, string timeColumn, string columns, Action<Conditions> more, Func<DbDataReader, T> read) => QueryAsync(
            conditions =>
            {
                conditions.Add($"{timeColumn} >= {{0}}", days.Begin);
                conditions.Add($"{timeColumn} < {{0}}", days.End);
                more(conditions);
                return $"SELECT {columns} FROM {table} WHERE {conditions}";
            }, read);

        private async Task<List<T>> QueryAsync<T>(Func<Conditions, string> sql, Func<DbDataReader, T> read)
        {
            await using var command = connection.CreateCommand();
            var conditions = new Conditions(command);
            conditions.AddIn("community_id", communityIds);
            command.CommandText = sql(conditions);
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            return rows;
        }

        /// <summary>How many columns a list has: commas outside of brackets, and one.</summary>
        private static int Split(string columns)
        {
            var (depth, count) = (0, 1);
            foreach (var letter in columns)
            {
                depth += letter switch { '(' => 1, ')' => -1, _ => 0 };
                count += letter == ',' && depth == 0 ? 1 : 0;
            }

            return count;
        }
    }
}
