using System.Globalization;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Recording;

/// <summary>Prints what a check found.</summary>
public static class ReportPrinter
{
    private const int MostPrinted = 40;

    /// <summary>Prints it.</summary>
    public static void Print(TextWriter to, Trial trial, CheckReport report)
    {
        var commands = trial.Attempts.GroupBy(x => x.CommandId, StringComparer.Ordinal).Select(Outcomes).ToList();
        Say(to, $"commands {commands.Count:N0} in {trial.Attempts.Count:N0} attempts: acknowledged {commands.Count(x => x.Ok):N0}, refused {commands.Count(x => x is { Ok: false, Refused: true }):N0}, unknown then known {commands.Count(x => x.Unknown && (x.Ok || x.Refused)):N0}, still unknown {commands.Count(x => x is { Ok: false, Refused: false }):N0}");
        foreach (var refusals in trial.Attempts.Where(x => x.Outcome == Outcome.Refused).GroupBy(x => $"{x.Action} {x.Code}").OrderByDescending(x => x.Count()))
        {
            Say(to, $"  refused {refusals.Count(),7:N0}  {refusals.Key}");
        }

        foreach (var unknowns in trial.Attempts.Where(x => x.Outcome == Outcome.Unknown).GroupBy(x => x.Code).OrderByDescending(x => x.Count()))
        {
            Say(to, $"  unknown {unknowns.Count(),7:N0}  {unknowns.Key}");
        }

        Say(to, $"journal {report.Rows:N0} rows of {trial.Journal.Select(x => x.Stream).Distinct().Count():N0} streams; pairs were committed {trial.Journal.Count(x => x.Kind == "committed"):N0} times");
        foreach (var (kind, count) in report.UnknownKinds)
        {
            Say(to, $"  kind not known to the checker: {kind}, {count:N0} rows");
        }

        PrintLateness(to, "expired while whole, late by", report.Lateness);
        PrintLateness(to, "expired after a recovery, late by", report.LatenessAfterRecovery);
        PrintViolations(to, report.Violations);
    }

    /// <summary>Prints violations, the first of many.</summary>
    public static void PrintViolations(TextWriter to, IReadOnlyList<Violation> violations)
    {
        foreach (var violation in violations.Take(MostPrinted))
        {
            Say(to, $"VIOLATION {violation}");
        }

        Say(to, $"violations {violations.Count:N0}");
    }

    private static void PrintLateness(TextWriter to, string what, IReadOnlyList<TimeSpan> lateness)
    {
        if (lateness.Count > 0)
        {
            var sorted = lateness.Order().ToList();
            Say(to, $"offers {what}: p50 {At(sorted, 0.5):0} ms, p99 {At(sorted, 0.99):0} ms, max {sorted[^1].TotalMilliseconds:0} ms ({sorted.Count:N0})");
        }
    }

    private static double At(List<TimeSpan> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)].TotalMilliseconds;

    private static (bool Ok, bool Refused, bool Unknown) Outcomes(IEnumerable<Attempt> attempts)
    {
        var outcomes = attempts.Select(x => x.Outcome).ToHashSet();
        return (outcomes.Contains(Outcome.Ok), outcomes.Contains(Outcome.Refused), outcomes.Contains(Outcome.Unknown));
    }

    private static void Say(TextWriter to, FormattableString line) => to.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
