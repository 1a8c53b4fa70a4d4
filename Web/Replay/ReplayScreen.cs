using System.Collections.Immutable;
using Dispatch.Live;

namespace Dispatch.Replay;

/// <summary>
/// A screen that watches every station while a replay runs: tells how soon it showed what the server had acknowledged, and whether in the end it
/// shows what the API says. Safe to use from every thread.
/// </summary>
public sealed class ReplayScreen : IAsyncDisposable
{
    private const string Shown = "accept shown";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private readonly Lock gate = new();
    private readonly List<Awaited> awaited = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly DispatchApi api;
    private readonly ReplayTally tally;
    private readonly TimeProvider time;
    private readonly FeedClient client;
    private readonly ImmutableArray<WatchedFeed> stations;
    private Task running = Task.CompletedTask;

    /// <summary>A screen with a feed for each station, not connected yet.</summary>
    public ReplayScreen(Uri server, DispatchApi api, IEnumerable<string> stationIds, ReplayTally tally, TimeProvider time)
    {
        this.api = api;
        this.tally = tally;
        this.time = time;
        client = new FeedClient(new FeedClientOptions(server, async () => await api.TokenAsync(stopping.Token)) { Time = time });
        stations = [.. stationIds.Select(x => client.Watch(FeedName.Station(x)))];
        client.Applied += _ => Look();
    }

    /// <summary>How many stations it shows: those that the account may see.</summary>
    public int Stations => Watched.Count();

    private IEnumerable<WatchedFeed> Watched => stations.Where(x => x.State.Phase is not (FeedPhase.Refused or FeedPhase.Ended));

    /// <summary>Connects, as often as it takes.</summary>
    public void Start() => running = client.RunAsync(stopping.Token);

    /// <summary>The server acknowledged a change of an incident.</summary>
    public void Acknowledged(IncidentAnswer incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        lock (gate)
        {
            awaited.Add(new Awaited(incident.Id, incident.Version, time.GetTimestamp()));
        }

        Look();
    }

    /// <summary>What the screen in the end shows otherwise than the API, or does not show at all; the feeds follow the answers by a moment.</summary>
    /// <returns>Null where it shows the same.</returns>
    public async Task<string?> DifferenceAsync(IReadOnlyCollection<string> incidentIds, IReadOnlySet<string> pairIds, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        while (true)
        {
            var difference = await DifferenceOnceAsync(incidentIds, pairIds, cancellationToken);
            if (difference is null || time.GetElapsedTime(startedAt) > Patience)
            {
                return difference;
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await client.DisposeAsync();
        stopping.Dispose();
    }

    private void Look()
    {
        lock (gate)
        {
            awaited.RemoveAll(IsOver);
        }
    }

    private bool IsOver(Awaited change)
    {
        var took = time.GetElapsedTime(change.Since);
        var shown = Watched.Select(x => x.Find<ShownAnswer>($"incident/{change.IncidentId}")).FirstOrDefault(x => x is not null);

        // What was shown and is not any more has ended, which is later still. What never was came and went between two flushes.
        if (shown is null ? change.WasShown : shown.Version >= change.Version)
        {
            tally.Shown(Shown, took);
            return true;
        }

        change.WasShown |= shown is not null;
        return shown is null && took > Patience;
    }

    private async Task<string?> DifferenceOnceAsync(IReadOnlyCollection<string> incidentIds, IReadOnlySet<string> pairIds, CancellationToken cancellationToken)
    {
        if (Watched.FirstOrDefault(x => x.State.Phase != FeedPhase.Current) is { } behind)
        {
            return $"{behind.Name} is {behind.State.Phase}";
        }

        var answer = await api.GetAsync("pairs", cancellationToken);
        if (answer.Read<ShownAnswer[]>() is not { } pairs)
        {
            return $"the pairs were answered with {answer.Status} {answer.Code}";
        }

        var open = Watched.SelectMany(x => x.All<ListedIncidentAnswer>("incident/")).Where(x => x.IsOpen).Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        var shown = Watched.SelectMany(x => x.All<ShownAnswer>("pair/")).ToLookup(x => x.Id, x => x.Version, StringComparer.Ordinal);
        return incidentIds.FirstOrDefault(open.Contains) is { } incident ? $"incident {incident} is shown as open"
            : pairs.FirstOrDefault(x => pairIds.Contains(x.Id) && !shown[x.Id].Contains(x.Version)) is { } pair
                ? $"pair {pair.Id} is shown in version {string.Join(", ", shown[pair.Id])} and is in {pair.Version}"
            : null;
    }

    private sealed class Awaited(string incidentId, long version, long since)
    {
        public string IncidentId { get; } = incidentId;

        public long Version { get; } = version;

        public long Since { get; } = since;

        public bool WasShown { get; set; }
    }
}
