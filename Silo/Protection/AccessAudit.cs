using System.Collections.Immutable;
using Dispatch.Storage;

namespace Dispatch.Protection;

/// <summary>Where a chain of the access journal does not hold.</summary>
/// <param name="Writer">The chain; null for rows of none.</param>
/// <param name="Seq">The place in it.</param>
/// <param name="Fault"><c>altered</c>: the row is not as it was written. <c>missing</c>: rows are gone before this place. <c>cutOff</c>: the rows from this
/// place on are gone. <c>unchained</c>: rows that no process of ours wrote, as many as <paramref name="Seq"/> says.</param>
public sealed record ChainFault(string? Writer, long Seq, string Fault);

/// <summary>What a check of the access journal found.</summary>
/// <param name="Holds">Whether every row is as it was written and none is missing.</param>
/// <param name="Rows">How many rows were checked.</param>
/// <param name="Chains">How many chains there are: one for each life of a process that wrote reads.</param>
/// <param name="EarlierRows">Rows from before there were chains, which nothing vouches for.</param>
/// <param name="Faults">Where it does not hold, at most 100.</param>
public sealed record AccessVerification(bool Holds, long Rows, int Chains, long EarlierRows, ImmutableArray<ChainFault> Faults);

/// <summary>Checks that nobody changed the access journal behind our back.</summary>
public sealed class AccessAudit(DispatchDatabase database, AccessChain chain)
{
    private const int MostFaults = 100;

    private const string Rows = """
        SELECT id, at, subject, actor_id, actor_name, fields, reason, writer, seq, mac FROM access_journal WHERE writer IS NOT NULL ORDER BY writer, seq
        """;

    private const string Unchained = """
        SELECT COUNT(*) FROM access_journal WHERE writer IS NULL
        """;

    private const string SinceChains = " AND at > (SELECT MIN(at) FROM access_journal WHERE writer IS NOT NULL)";

    /// <summary>Reads all of it, once.</summary>
    public async Task<AccessVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        // The ends first: what is written meanwhile lies behind them.
        var ends = await ReadEndsAsync(cancellationToken);
        var faults = ImmutableArray.CreateBuilder<ChainFault>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ChainedAccess? before = null;
        var rows = 0L;
        await using var command = database.Source.CreateCommand(Rows);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new ChainedAccess(
                reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2), reader.GetString(3), reader.GetString(4),
                reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetInt64(8), reader.GetString(9));
            if (row.Writer != before?.Writer)
            {
                CheckEnd(before, ends, faults);
                before = null;
            }

            Check(row, before, faults);
            seen.Add(row.Writer);
            before = row;
            rows++;
        }

        CheckEnd(before, ends, faults);
        faults.AddRange(ends.Where(x => !seen.Contains(x.Key)).Select(x => new ChainFault(x.Key, 1, "cutOff")));
        var foreign = await CountAsync(Unchained + SinceChains, cancellationToken);
        if (foreign > 0)
        {
            faults.Add(new ChainFault(null, foreign, "unchained"));
        }

        var unchained = await CountAsync(Unchained, cancellationToken);
        return new AccessVerification(faults.Count == 0, rows, seen.Count, unchained - foreign, [.. faults.Take(MostFaults)]);
    }

    private void Check(ChainedAccess row, ChainedAccess? before, ImmutableArray<ChainFault>.Builder faults)
    {
        if (row.Seq != (before?.Seq ?? 0) + 1)
        {
            // What it rests on is gone, so nothing can be said of the row itself.
            faults.Add(new ChainFault(row.Writer, row.Seq, "missing"));
        }
        else if (chain.MacOf(row with { Mac = string.Empty }, before?.Mac ?? AccessChain.Start) != row.Mac)
        {
            faults.Add(new ChainFault(row.Writer, row.Seq, "altered"));
        }
    }

    private static void CheckEnd(ChainedAccess? last, Dictionary<string, (long Seq, string Mac)> ends, ImmutableArray<ChainFault>.Builder faults)
    {
        if (last is not null && ends.TryGetValue(last.Writer, out var end) && last.Seq < end.Seq)
        {
            faults.Add(new ChainFault(last.Writer, last.Seq + 1, "cutOff"));
        }
    }

    private async Task<Dictionary<string, (long Seq, string Mac)>> ReadEndsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand("SELECT writer, seq, mac FROM access_chain");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ends = new Dictionary<string, (long, string)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            ends[reader.GetString(0)] = (reader.GetInt64(1), reader.GetString(2));
        }

        return ends;
    }

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.Source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }
}
