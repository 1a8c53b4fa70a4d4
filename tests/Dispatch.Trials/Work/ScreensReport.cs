using System.Globalization;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Work;

/// <summary>Prints what screens went through and how soon they were equal.</summary>
public static class ScreensReport
{
    /// <summary>Prints what happened to them.</summary>
    public static void PrintLives(TextWriter to, IReadOnlyList<Screen> screens)
    {
        var feeds = screens.SelectMany(x => x.Feeds).ToList();
        Say(to, $"screens {screens.Count:N0} with {screens.Sum(x => x.Wanted.Count()):N0} feeds, {feeds.Select(x => x.Name).Distinct(StringComparer.Ordinal).Count():N0} different; {screens.Sum(x => x.Connections):N0} connections");
        Say(to, $"mishaps {string.Join(", ", screens.SelectMany(x => x.Mishaps).GroupBy(x => x.Key).OrderBy(x => x.Key).Select(x => $"{x.Key} {Count(x.Sum(y => y.Value))}"))}");
        Say(to, $"messages {feeds.Sum(x => x.Messages):N0}, of them snapshots {feeds.Sum(x => x.Snapshots):N0}, not following {feeds.Sum(x => x.Gaps):N0}");
        foreach (var (what, counts) in new[] { ("subscription failed", screens.SelectMany(x => x.Refusals)), ("feed told to be", screens.SelectMany(x => x.Statuses)) })
        {
            foreach (var count in counts.GroupBy(x => x.Key, StringComparer.Ordinal).OrderBy(x => x.Key, StringComparer.Ordinal))
            {
                Say(to, $"  {what} {count.Sum(x => x.Value),7:N0}  {count.Key}");
            }
        }
    }

    /// <summary>Prints how soon they were equal.</summary>
    /// <param name="to">Where.</param>
    /// <param name="screens">The screens, all equal.</param>
    /// <param name="acknowledgedAt">When the last command was acknowledged.</param>
    public static void PrintLateness(TextWriter to, IReadOnlyList<Screen> screens, DateTimeOffset acknowledgedAt)
    {
        var first = screens.SelectMany(x => x.Wanted).Where(x => x.ChangedAt is not null).GroupBy(x => x.Name, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => x.Min(y => y.ChangedAt!.Value), StringComparer.Ordinal);
        var after = screens.Select(x => x.Wanted.Max(y => y.ChangedAt) - acknowledgedAt).OfType<TimeSpan>().Select(x => x < TimeSpan.Zero ? TimeSpan.Zero : x);

        // A change of before the end was missed by nobody who was there.
        var behind = screens.Select(x => x.Wanted.Max(y => y.ChangedAt - Later(first.GetValueOrDefault(y.Name), acknowledgedAt))).OfType<TimeSpan>();
        Print(to, "equal after the last acknowledgement, with what ends by itself later, by", after);
        Print(to, "behind the first screen of the same feed by", behind.Select(x => x < TimeSpan.Zero ? TimeSpan.Zero : x));
    }

    /// <summary>Prints how many faults of each kind there are.</summary>
    public static void PrintCounts(TextWriter to, IReadOnlyList<FeedFault> faults)
    {
        foreach (var kind in faults.GroupBy(x => $"{x.Rule} {x.Feed.Split('/')[0]}{(x.Feed.EndsWith("/positions", StringComparison.Ordinal) ? " positions" : string.Empty)}", StringComparer.Ordinal).OrderBy(x => x.Key, StringComparer.Ordinal))
        {
            Say(to, $"  fault {kind.Count(),7:N0}  {kind.Key}, seen by {kind.Select(x => x.Screen).Distinct(StringComparer.Ordinal).Count():N0}");
        }
    }

    /// <summary>The faults as violations: what several screens saw of the same is one, with the evidence of the first.</summary>
    public static IEnumerable<Violation> Violations(IReadOnlyList<FeedFault> faults) =>
        from fault in faults
        group fault by (fault.Rule, fault.Feed, fault.Key) into same
        let screens = same.Select(x => x.Screen).Distinct(StringComparer.Ordinal).Count()
        let first = same.First().ToViolation()
        select screens == 1 ? first : first with { What = string.Create(CultureInfo.InvariantCulture, $"{first.What} (and {screens - 1:N0} other screens)") };

    private static void Print(TextWriter to, string what, IEnumerable<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        if (sorted.Count > 0)
        {
            Say(to, $"screens {what}: p50 {At(sorted, 0.5):0} ms, p99 {At(sorted, 0.99):0} ms, max {sorted[^1].TotalMilliseconds:0} ms");
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static double At(List<TimeSpan> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)].TotalMilliseconds;

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static void Say(TextWriter to, FormattableString line) => to.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
