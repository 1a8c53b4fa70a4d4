using System.Globalization;
using Spectre.Console;

namespace Dispatch.Replay;

/// <summary>Prints the closing report.</summary>
public static class ReportPrinter
{
    private const int RowsNamed = 5;
    private const int MaxDetail = 30;

    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, ReplayReport report)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(report);
        console.WriteLine();
        console.Write(Figures(report));
        Write(console, Refusals(report));
        Write(console, Rejections(report));
        Write(console, Intervals(report));
        Write(console, Latencies(report));
        foreach (var line in Findings(report))
        {
            console.WriteLine(line);
        }
    }

    private static void Write(IAnsiConsole console, Table? table)
    {
        if (table is not null)
        {
            console.Write(table);
        }
    }

    private static Table Figures(ReplayReport report)
    {
        var tally = report.Tally;
        var table = Columns(new Table().Title("Replay"), "figure", "value");
        Row(table, "calls", $"{report.Calls} ({report.Opened} opened, {report.Closed} closed, {Text(report.StillOpen)} left open)");
        Row(table, "units sent", $"{report.Units} by {report.Pairs} pairs");
        Row(table, "offers", Text(tally.Done.GetValueOrDefault("offer")));
        Row(table, "accepts", Text(tally.Done.GetValueOrDefault("accept")));
        Row(table, "refusals", Text(report.Refusals));
        Row(table, "rejected rows", Text(report.Rejected.Length));
        foreach (var (change, count) in report.Adjusted)
        {
            Row(table, $"rows with {change}", Text(count));
        }

        Row(table, "commands", $"{tally.Commands} ({report.CommandsPerSecond.ToString("0", CultureInfo.InvariantCulture)} a second)");
        Row(table, "retries", $"{tally.Retries} ({tally.NoAnswers} without an answer, {tally.FaultCount} answered 5xx)");
        Row(table, "given up", Text(tally.GivenUp.Values.Sum()));
        Row(table, "elapsed", $"{Clock(report.Elapsed)} at speed {report.Pace}");
        if (!report.Pace.IsUnpaced)
        {
            Row(table, "latest step", $"{report.WorstLag.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s behind its time");
        }

        return table;
    }

    private static Table? Refusals(ReplayReport report)
    {
        if (report.Tally.Refusals.IsEmpty)
        {
            return null;
        }

        var table = Columns(new Table().Title("Refusals"), "command", "code", "count");
        foreach (var refusal in report.Tally.Refusals)
        {
            Row(table, refusal.Kind, refusal.Code, Text(refusal.Count));
        }

        return table;
    }

    private static string Name(RowRejection row) =>
        row.Detail.Length == 0 || row.Detail == row.RowId ? row.RowId
        : row.Detail.Length <= MaxDetail ? $"{row.RowId} ({row.Detail})"
        : $"{row.RowId} ({row.Detail[..MaxDetail]}…)";

    private static Table? Rejections(ReplayReport report)
    {
        if (report.Rejected.IsEmpty)
        {
            return null;
        }

        var table = Columns(new Table().Title("Rejected rows"), "reason", "count", "rows");
        table.Columns[^1].LeftAligned();
        foreach (var group in report.Rejected.GroupBy(x => x.Reason).OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            var more = group.Count() > RowsNamed ? ", …" : string.Empty;
            Row(table, group.Key, Text(group.Count()), string.Join(", ", group.Take(RowsNamed).Select(Name)) + more);
        }

        return table;
    }

    private static Table Intervals(ReplayReport report)
    {
        var table = Columns(new Table().Title("Intervals, in seconds"), "interval", "whose", "n", "p50", "p90", "p99");
        foreach (var kind in Enum.GetValues<IntervalKind>())
        {
            Row(table, [Name(kind), "recorded", .. Cells(report.Recorded.GetValueOrDefault(kind))]);
            Row(table, [string.Empty, "ours", .. Cells(report.Ours.GetValueOrDefault(kind))]);
        }

        return table;
    }

    private static Table Latencies(ReplayReport report)
    {
        var table = Columns(new Table().Title("Commands, in milliseconds"), "command", "count", "p50", "p90", "p99", "max");
        foreach (var x in report.Tally.Latencies)
        {
            var count = x.Count.ToString(CultureInfo.InvariantCulture);
            Row(table, x.Kind, count, Milliseconds(x.P50), Milliseconds(x.P90), Milliseconds(x.P99), Milliseconds(x.Max));
        }

        return table;
    }

    private static IEnumerable<string> Findings(ReplayReport report)
    {
        if (report.Pace.IsUnpaced)
        {
            yield return "Our intervals are what the server took, as they are: not comparable with the record at this speed.";
        }

        if (report.HeldByOurs > 0)
        {
            yield return $"{report.HeldByOurs} x pairNotFree as recorded: the unit was sent before it was free.";
        }

        if (report.HeldByOthers > 0)
        {
            yield return $"WARNING: {report.HeldByOthers} x pairNotFree although nothing of this replay had the pair.";
        }

        foreach (var fault in report.Tally.Faults)
        {
            yield return $"server fault: {fault}";
        }

        foreach (var (kind, count) in report.Tally.GivenUp)
        {
            yield return $"given up: {count} x {kind}; nobody knows whether they were done.";
        }

        foreach (var violation in report.DoubleCommitments)
        {
            yield return $"VIOLATION: {violation}";
        }

        if (report.ScreenDifference is { } difference)
        {
            yield return $"VIOLATION: a screen does not show what the API says: {difference}";
        }
        else if (report.StoppedBecause is null && report.Screens > 0)
        {
            yield return $"The screens of {report.Screens} stations showed in the end exactly what the API says.";
        }

        if (report.StoppedBecause is { } reason)
        {
            yield return $"stopped: {reason}";
        }

        if (report.WoundDown > 0)
        {
            yield return $"{report.WoundDown} calls that were under way were closed, and their pairs are free.";
        }

        yield return report.IsComplete
            ? "All calls are closed; no pair was committed twice at once."
            : $"NOT COMPLETE: {report.Closed} of {report.Calls} calls are closed.";
    }

    private static string[] Cells(Spread? spread) => spread is null
        ? ["0", "-", "-", "-"]
        : [Text(spread.Count), Seconds(spread.P50), Seconds(spread.P90), Seconds(spread.P99)];

    private static Table Columns(Table table, params string[] names)
    {
        table.Border(TableBorder.Ascii2);
        for (var i = 0; i < names.Length; i++)
        {
            var column = new TableColumn(new Text(names[i])).NoWrap();
            table.AddColumn(i == 0 ? column : column.RightAligned());
        }

        table.Columns[^1].NoWrap = false;
        return table;
    }

    private static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(x => new Text(x)));

    private static string Name(IntervalKind kind) => kind switch
    {
        IntervalKind.OpenToDispatched => "open to first dispatched",
        IntervalKind.DispatchedToAccepted => "dispatched to accepted",
        IntervalKind.DispatchedToOnScene => "dispatched to on scene",
        _ => "on scene to cleared",
    };

    private static string Text(int? count) => count?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static string Seconds(TimeSpan length) => length.TotalSeconds.ToString(length.TotalSeconds < 10 ? "0.###" : "0", CultureInfo.InvariantCulture);

    private static string Milliseconds(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Clock(TimeSpan length) => length.TotalMinutes < 2
        ? $"{length.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"
        : length.ToString(length.TotalDays < 1 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
