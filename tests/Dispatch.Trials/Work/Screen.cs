using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;

namespace Dispatch.Trials.Work;

/// <summary>
/// One screen: feeds over a line of its own, subscribed to again by cursor after every break, and mishaps as they are drawn. It knows the public contract alone, and
/// everything that it is sent is watched over.
/// </summary>
public sealed class Screen(ScreenPlan plan, ScreenAccount account, int seed) : IHubListener
{
    private const int MostIncidents = 2;
    private const string IncidentFeed = "incident/";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(150);

    /// <summary>Mean time between two mishaps of one screen.</summary>
    private static readonly TimeSpan BetweenMishaps = TimeSpan.FromSeconds(12);

    private readonly Random random = new(seed);
    private readonly ConcurrentDictionary<string, ScreenFeed> feeds = new(
        plan.Feeds.ToDictionary(x => x, x => new ScreenFeed(plan.Name, x), StringComparer.Ordinal), StringComparer.Ordinal);

    private readonly List<string> incidents = [];
    private readonly List<FeedFault> endings = [];
    private readonly ConcurrentDictionary<string, int> refusals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<Mishap, int> mishaps = [];
    private volatile HubSocket? line;
    private volatile bool isCalm;
    private long slowUntil;
    private int node = seed & 1;
    private DateTimeOffset pingAt;
    private DateTimeOffset lookAt;
    private DateTimeOffset mishapAt;

    /// <summary>What it shows and as whom.</summary>
    public ScreenPlan Plan => plan;

    /// <summary>Index of the web node it is at.</summary>
    public int Node => node;

    /// <summary>The feeds that it wants to be shown now.</summary>
    public IEnumerable<ScreenFeed> Wanted => feeds.Values.Where(x => x.IsWanted);

    /// <summary>Every feed it was ever shown.</summary>
    public IEnumerable<ScreenFeed> Feeds => feeds.Values;

    /// <summary>How often it was connected.</summary>
    public int Connections { get; private set; }

    /// <summary>What happened to it, and how often.</summary>
    public IReadOnlyDictionary<Mishap, int> Mishaps => mishaps;

    /// <summary>Codes with which a subscription failed, and how often.</summary>
    public IReadOnlyDictionary<string, int> Refusals => refusals;

    /// <summary>What the server told of the state of feeds, and how often.</summary>
    public IReadOnlyDictionary<string, int> Statuses => statuses;

    /// <summary>What it saw and may never be.</summary>
    public IEnumerable<FeedFault> Faults => feeds.Values.SelectMany(x => x.Faults).Concat(endings);

    /// <inheritdoc/>
    public TimeSpan ReadPause => !isCalm && DateTimeOffset.UtcNow.Ticks < Interlocked.Read(ref slowUntil) ? SlowPause : TimeSpan.Zero;

    /// <summary>Nothing more happens to it; it stays, or comes back.</summary>
    public void Calm() => isCalm = true;

    /// <summary>Shows its feeds until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        mishapAt = DateTimeOffset.UtcNow + Draw(BetweenMishaps);
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            var away = TimeSpan.FromMilliseconds(random.Next(20, 100 << Math.Min(failures, 5)));
            try
            {
                using var opened = await HubSocket.OpenAsync(account.Webs[node], await account.TokenAsync(stop), stop);
                failures = 0;
                away += await ShowAsync(opened, stop);
            }
            catch (Exception exception) when (IsBroken(exception) && !stop.IsCancellationRequested)
            {
                failures++;
                node = 1 - node;
            }

            await StayAwayAsync(away, stop);
        }
    }

    /// <inheritdoc/>
    public async Task CalledAsync(string target, JsonElement argument)
    {
        if (target == "Feed")
        {
            var part = FeedPart.Read(argument);
            if (feeds.TryGetValue(part.Feed, out var feed) && feed.IsWanted && !feed.Take(part, Here()) && line is { } open)
            {
                await SubscribeAsync(open, feed, onSameLine: true, CancellationToken.None);
            }
        }
        else if (target == "FeedStatus")
        {
            Told(argument.GetProperty("feed").GetString()!, argument);
        }
    }

    /// <inheritdoc/>
    public void Answered(string invocation, string? error)
    {
        if (error is null || !feeds.TryGetValue(invocation, out var feed))
        {
            return;
        }

        var code = HubError.CodeOf(error);
        refusals.AddOrUpdate(code, 1, (_, n) => n + 1);
        if (IsGone(feed, code))
        {
            feed.LetGo();
        }
        else
        {
            feed.RetryAt = DateTimeOffset.UtcNow + RetryAfter;
        }
    }

    private static bool IsBroken(Exception exception) =>
        exception is WebSocketException or IOException or HttpRequestException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    /// <summary>An incident may go out of scope: it is passed to another station.</summary>
    private static bool IsGone(ScreenFeed feed, string code) =>
        feed.Name.StartsWith(IncidentFeed, StringComparison.Ordinal) && (code is "forbidden" or "incidentNotFound");

    private Sighting Here() => new(DateTimeOffset.UtcNow, node);

    /// <summary>Exponentially distributed around a mean.</summary>
    private TimeSpan Draw(TimeSpan mean) => mean * -Math.Log(1 - random.NextDouble());

    private async Task StayAwayAsync(TimeSpan away, CancellationToken stop)
    {
        for (var until = DateTimeOffset.UtcNow + away; DateTimeOffset.UtcNow < until && !(isCalm && away > Tick + Tick);)
        {
            var left = until - DateTimeOffset.UtcNow;
            await Task.Delay(left < Tick ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : Tick, stop);
        }
    }

    /// <summary>Shows its feeds over one line.</summary>
    /// <returns>How long it stays away then.</returns>
    private async Task<TimeSpan> ShowAsync(HubSocket opened, CancellationToken stop)
    {
        Connections++;
        line = opened;
        var reading = Task.Run(() => opened.ReadAsync(this, stop), stop);
        try
        {
            foreach (var feed in Wanted)
            {
                await SubscribeAsync(opened, feed, onSameLine: false, stop);
            }

            while (await Task.WhenAny(reading, Task.Delay(Tick, stop)) != reading)
            {
                await LookAfterAsync(opened, stop);
                if (!isCalm && DateTimeOffset.UtcNow >= mishapAt && Suffer() is { } away)
                {
                    return away;
                }
            }

            return TimeSpan.Zero;
        }
        finally
        {
            line = null;
            opened.Cut();
            await Task.WhenAny(reading);
            _ = reading.Exception;
        }
    }

    private async Task SubscribeAsync(HubSocket open, ScreenFeed feed, bool onSameLine, CancellationToken stop) =>
        await open.CallAsync(feed.Name, "Subscribe", [feed.Name, feed.Subscribe(onSameLine)], stop);

    private async Task LookAfterAsync(HubSocket open, CancellationToken stop)
    {
        var now = DateTimeOffset.UtcNow;
        if (now >= pingAt)
        {
            pingAt = now + PingEvery;
            await open.PingAsync(stop);
        }

        foreach (var feed in Wanted.Where(x => x.RetryAt <= now))
        {
            await SubscribeAsync(open, feed, onSameLine: true, stop);
        }

        if (plan.LooksAtIncidents && !isCalm && now >= lookAt)
        {
            lookAt = now + TimeSpan.FromSeconds(random.Next(3, 12));
            await LookAtAnotherAsync(open, stop);
        }
    }

    /// <summary>Opens an incident that it sees, and leaves the one it opened first.</summary>
    private async Task LookAtAnotherAsync(HubSocket open, CancellationToken stop)
    {
        var seen = plan.Feeds.Where(x => x.StartsWith("station/", StringComparison.Ordinal)).SelectMany(x => feeds[x].Copy.Keys(IncidentFeed)).ToArray();
        if (seen.Length == 0 || seen[random.Next(seen.Length)] is not { } chosen || incidents.Contains(chosen))
        {
            return;
        }

        if (incidents.Count == MostIncidents)
        {
            var first = feeds[incidents[0]];
            incidents.RemoveAt(0);
            first.LetGo();
            await open.CallAsync("left", "Unsubscribe", [first.Name], stop);
        }

        incidents.Add(chosen);
        var feed = feeds.GetOrAdd(chosen, x => new ScreenFeed(plan.Name, x));
        feed.Want();
        await SubscribeAsync(open, feed, onSameLine: true, stop);
    }

    /// <summary>A mishap.</summary>
    /// <returns>How long it stays away; null where it stays.</returns>
    private TimeSpan? Suffer()
    {
        var now = DateTimeOffset.UtcNow;
        mishapAt = now + Draw(BetweenMishaps);
        var mishap = random.Next(100) switch { < 30 => Mishap.Cut, < 65 => Mishap.Moved, < 80 => Mishap.Away, _ => Mishap.Slow };
        mishaps[mishap] = mishaps.GetValueOrDefault(mishap) + 1;
        switch (mishap)
        {
            case Mishap.Slow:
                var until = now.AddSeconds(random.Next(2, 10));
                Interlocked.Exchange(ref slowUntil, until.Ticks);
                mishapAt += until - now;
                return null;
            case Mishap.Moved:
                node = 1 - node;
                return TimeSpan.Zero;
            case Mishap.Away:
                node = random.Next(2);
                return TimeSpan.FromSeconds(random.Next(2, 15));
            default:
                return TimeSpan.Zero;
        }
    }

    private void Told(string name, JsonElement status)
    {
        var how = status.GetProperty("status").GetString()!;
        statuses.AddOrUpdate(how, 1, (_, n) => n + 1);
        if (how != "ended" || !feeds.TryGetValue(name, out var feed) || !feed.IsWanted)
        {
            return;
        }

        var code = status.TryGetProperty("code", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString()! : "no code";
        if (IsGone(feed, code))
        {
            feed.LetGo();
        }
        else
        {
            endings.Add(new FeedFault(FeedRule.Ended, plan.Name, Here(), name, null, "nobody took the right away", $"ended: {code}"));
            feed.Drop();
            feed.RetryAt = DateTimeOffset.UtcNow + RetryAfter;
        }
    }
}
