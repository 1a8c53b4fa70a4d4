using System.Globalization;

namespace Dispatch.Benchmarks.Live;

/// <summary>How figures are put together and printed.</summary>
public static class Figures
{
    /// <summary>The middle of the values.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The middle of what is measured of each round.</summary>
    public static double Median<T>(IReadOnlyCollection<T> rounds, Func<T, double> of) => Median(rounds.Select(of));

    /// <summary>Every round's value, so that their spread is seen.</summary>
    public static string Each<T>(IEnumerable<T> rounds, Func<T, double> of, string format = "0.0") =>
        $"({string.Join(", ", rounds.Select(x => of(x).ToString(format, CultureInfo.InvariantCulture)))})";

    /// <summary>Prints a line.</summary>
    public static void Say(FormattableString? line = null) =>
        Console.Out.WriteLine(line is null ? string.Empty : line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Prints what is compared with its target.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="ratio">Ours over raw.</param>
    /// <param name="target">The largest ratio that is good; the smallest where <paramref name="atLeast"/>.</param>
    /// <param name="atLeast">Whether more is better.</param>
    public static void SayRatio(string what, double ratio, double target, bool atLeast = false)
    {
        var good = atLeast ? ratio >= target : ratio <= target;
        Say($"  {what,-62} {ratio,6:0.00}  target {(atLeast ? "≥" : "≤")} {target:0.##}{(good ? string.Empty : "  MISSED")}");
    }
}
