using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;
using Dispatch.Trials.Recording;

namespace Dispatch.Trials.Work;

/// <summary>
/// One lane of the race: its dispatchers each open an incident that needs one pair and, at the same moment and from both web nodes, ask for or
/// assign the lane's pairs, fewer than there are incidents; the officers accept everything at once. Then all is called off and judged.
/// </summary>
public sealed class RaceLane : IDisposable
{
    /// <summary>Dispatchers of a lane, each with an incident of its own.</summary>
    public const int Dispatchers = 4;

    /// <summary>Pairs that they all want.</summary>
    public const int PairsWanted = 2;

    private const double AssignShare = 0.3;
    private const double TwiceShare = 0.1;
    private static readonly TimeSpan FreeWithin = TimeSpan.FromSeconds(30);
    private readonly HistoryRecorder history = new();
    private readonly Random random;
    private readonly JournalReader journal;
    private readonly ApiClient[] dispatchers;
    private readonly Dictionary<string, ApiClient> officers;
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);

    /// <summary>A lane with pairs of its own.</summary>
    /// <param name="cluster">Where it runs.</param>
    /// <param name="journal">Reads what came of it.</param>
    /// <param name="lane">Which lane, from 0.</param>
    /// <param name="seed">Of its choices.</param>
    public RaceLane(TrialCluster cluster, JournalReader journal, int lane, int seed)
    {
        this.journal = journal;
        random = new Random(seed);
        dispatchers = [.. Enumerable.Range(0, Dispatchers).Select(_ => cluster.Client("dispatcher", history, random.Next()))];
        officers = Enumerable.Range((lane * PairsWanted) + 1, PairsWanted).ToDictionary(
            TrialOrganisation.PairId,
            number => cluster.Client(TrialOrganisation.OfficerUserName(number), history, random.Next()),
            StringComparer.Ordinal);
    }

    /// <summary>Signs its pairs on.</summary>
    public async Task PrepareAsync(CancellationToken stop)
    {
        foreach (var (pair, officer) in officers)
        {
            versions[$"pair/{pair}"] = (await officer.DoAsync(TrialCommands.SignOn(pair), stop)).Version;
        }

        history.Take();
    }

    /// <summary>Runs one trial.</summary>
    /// <returns>What was recorded of it.</returns>
    public async Task<Trial> RunAsync(CancellationToken stop)
    {
        var incidents = await Task.WhenAll(dispatchers.Select(async x => (await x.DoAsync(TrialCommands.Open(random, pairsNeeded: 1), stop)).Id));
        var plans = incidents.Select(_ => (Assigned: Draw(AssignShare) ? Pick() : null, Twice: Draw(TwiceShare))).ToArray();
        await Task.WhenAll(incidents.Select((incident, i) => ContendAsync(dispatchers[i], incident, plans[i].Assigned, plans[i].Twice, stop)));
        await Task.WhenAll(incidents.Select((incident, i) => dispatchers[i].DoAsync(TrialCommands.Cancel(incident), stop)));
        string[] streams = [.. versions.Keys, .. incidents.Select(x => $"incident/{x}")];
        var final = await ReadWhenFreeAsync(streams, stop);
        var before = streams.ToDictionary(x => x, x => versions.GetValueOrDefault(x), StringComparer.Ordinal);
        var rows = await journal.ReadAsync(before);
        foreach (var row in rows.Where(x => versions.ContainsKey(x.Stream)))
        {
            versions[row.Stream] = row.Version;
        }

        return new Trial(history.Take(), rows, final, [], DateTimeOffset.UtcNow) { Before = before };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in dispatchers.Concat(officers.Values))
        {
            client.Dispose();
        }
    }

    private async Task ContendAsync(ApiClient dispatcher, string incident, string? assigned, bool twice, CancellationToken stop)
    {
        var command = assigned is null ? TrialCommands.Offer(incident, officers.Keys, expiresInSeconds: 60) : TrialCommands.Assign(incident, assigned);
        var answers = await Task.WhenAll(Enumerable.Range(0, twice ? 2 : 1).Select(node => SendAsync(dispatcher, command, twice ? node : null, stop)));
        if (assigned is null && answers.FirstOrDefault(x => x.IsOk) is { } made)
        {
            await Task.WhenAll(made.Offers.Select(x => AcceptAsync(officers[x.PairId], x.Id, twice, stop)));
        }
    }

    private static Task<Answer[]> AcceptAsync(ApiClient officer, string offer, bool twice, CancellationToken stop)
    {
        var command = TrialCommands.Accept(offer);
        return Task.WhenAll(Enumerable.Range(0, twice ? 2 : 1).Select(node => SendAsync(officer, command, twice ? node : null, stop)));
    }

    /// <summary>Sends it first to this node, where one is named, and goes on until its outcome is known.</summary>
    private static async Task<Answer> SendAsync(ApiClient client, TrialCommand command, int? node, CancellationToken stop)
    {
        var first = await client.TryAsync(command, stop, node);
        return first.Outcome == Outcome.Unknown ? await client.DoAsync(command, stop) : first;
    }

    private async Task<IReadOnlyList<FinalView>> ReadWhenFreeAsync(string[] streams, CancellationToken stop)
    {
        var until = DateTimeOffset.UtcNow + FreeWithin;
        while (true)
        {
            var final = await FinalViews.ReadAsync(dispatchers[0], streams, stop);
            if (final.All(x => x.Incident is null) || DateTimeOffset.UtcNow > until)
            {
                return final;
            }

            await Task.Delay(20, stop);
        }
    }

    private bool Draw(double share) => random.NextDouble() < share;

    private string Pick() => officers.Keys.ElementAt(random.Next(officers.Count));
}
