using System.Collections.Concurrent;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Work;

/// <summary>
/// Once nothing changes any more: every screen must become equal, byte for byte, to what its account is shown by both web nodes when it looks for the first time,
/// and that to what the grains hold. All is read again and again until it is so or the time is over; what then is not so is a violation.
/// </summary>
public sealed class Convergence(IReadOnlyList<Screen> screens, IReadOnlyDictionary<string, ScreenAccount> accounts, GrainReader grains)
{
    private const int AtOnce = 4;
    private const int MostKeys = 3;
    private const string Incident = "incident/";
    private const string Community = "community/";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits until all is equal.</summary>
    /// <param name="within">For how long; ended incidents stay for 10 s, and what was lost on the way in a crash is noticed within 20 s.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>What is not equal in the end.</returns>
    public async Task<IReadOnlyList<FeedFault>> WaitAsync(TimeSpan within, CancellationToken stop)
    {
        var until = DateTimeOffset.UtcNow + within;
        await grains.SearchAsync(stop);
        while (true)
        {
            var faults = await CompareAsync(stop);
            if (faults.Count == 0 || DateTimeOffset.UtcNow > until)
            {
                return faults;
            }

            await Task.Delay(Pause, stop);
        }
    }

    private async Task<IReadOnlyList<FeedFault>> CompareAsync(CancellationToken stop)
    {
        var wanted = screens.GroupBy(x => x.Plan.UserName, StringComparer.Ordinal)
            .ToDictionary(x => x.Key, x => x.SelectMany(y => y.Wanted).Select(y => y.Name).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        var all = wanted.Values.SelectMany(x => x).Distinct(StringComparer.Ordinal).ToList();
        var held = await grains.ReadAsync(IdsOf(all, Incident), IdsOf(all, Community), stop);
        var views = new ConcurrentDictionary<(string Account, int Node), FreshView?>();
        await Parallel.ForEachAsync(
            wanted.SelectMany(x => Enumerable.Range(0, accounts[x.Key].Webs.Count).Select(node => (x.Key, node))),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (who, _) =>
            {
                var account = accounts[who.Key];
                views[who] = await FreshViewer.LookAsync(account.Webs[who.node], await account.TokenAsync(stop), wanted[who.Key], stop);
            });
        return
        [
            .. views.SelectMany(x => CompareWithGrains(x.Key.Account, x.Key.Node, wanted[x.Key.Account], x.Value, held)),
            .. screens.SelectMany(x => Enumerable.Range(0, accounts[x.Plan.UserName].Webs.Count)
                .SelectMany(node => views[(x.Plan.UserName, node)] is { } view ? CompareWithView(x, node, view) : [])),
        ];
    }

    private static IEnumerable<string> IdsOf(IEnumerable<string> feeds, string prefix) =>
        feeds.Where(x => x.StartsWith(prefix, StringComparison.Ordinal)).Select(x => x[prefix.Length..]);

    private static IEnumerable<FeedFault> CompareWithGrains(string account, int node, IEnumerable<string> feeds, FreshView? view, GrainState held)
    {
        var who = $"fresh {account}";
        var seen = new Sighting(DateTimeOffset.UtcNow, node);
        if (view is null)
        {
            return [new FeedFault(FeedRule.NotAsGrains, who, seen, "every feed", null, "a line", "no line")];
        }

        return feeds.Where(x => !view.Refusals.ContainsKey(x)).SelectMany(feed => view.Feeds.TryGetValue(feed, out var map)
            ? GrainCheck.Check(feed, map, held).Take(MostKeys)
                .Select(x => new FeedFault(FeedRule.NotAsGrains, who, seen, feed, x.Key, x.Wanted ?? "nothing", x.Found ?? "nothing"))
            : [new FeedFault(FeedRule.NotAsGrains, who, seen, feed, null, "content", "nothing came")]);
    }

    private static IEnumerable<FeedFault> CompareWithView(Screen screen, int node, FreshView view)
    {
        var seen = new Sighting(DateTimeOffset.UtcNow, screen.Node);
        foreach (var feed in screen.Wanted)
        {
            if (view.Refusals.TryGetValue(feed.Name, out var code))
            {
                yield return new FeedFault(FeedRule.NoRight, screen.Plan.Name, seen, feed.Name, null, $"web node {node} refuses it: {code}", $"shown at {feed.Copy.Cursor}");
            }
            else if (view.Feeds.TryGetValue(feed.Name, out var map))
            {
                foreach (var difference in MapDifference.Between(map, feed.Copy.Values).Take(MostKeys))
                {
                    var (wanted, found) = difference.Excerpts();
                    yield return new FeedFault(
                        FeedRule.NotAsFresh, screen.Plan.Name, seen, feed.Name, difference.Key, $"web node {node} shows {wanted}", $"{found} at {feed.Copy.Cursor}");
                }
            }
        }
    }
}
