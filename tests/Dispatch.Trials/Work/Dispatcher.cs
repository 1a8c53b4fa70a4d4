using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;

namespace Dispatch.Trials.Work;

/// <summary>A dispatcher: opens incidents and does with them whatever can be done, without looking first, so that much is refused.</summary>
public sealed class Dispatcher : Worker
{
    private const int MostOpen = 4;
    private readonly int pairs;
    private readonly List<string> open = [];
    private readonly List<string> ended = [];
    private readonly List<string> merged = [];
    private readonly (double Share, Func<string, Task> Do)[] actions;

    /// <summary>A dispatcher over so many pairs.</summary>
    public Dispatcher(ApiClient api, int pairs, int seed)
        : base(api, seed)
    {
        this.pairs = pairs;
        actions =
        [
            (0.24, incident => GiveAsync(TrialCommands.Offer(incident, SomePairs(), Random.Next(2, 8)))),
            (0.14, incident => GiveAsync(TrialCommands.Assign(incident, SomePairs()[0]))),
            (0.08, incident => GiveAsync(TrialCommands.OfferAuto(incident, Random.Next(2, 5)))),
            (0.10, incident => GiveAsync(TrialCommands.Note(incident, "a word"))),
            (0.08, incident => GiveAsync(TrialCommands.Preempt(incident, SomePairs()[0]))),
            (0.05, incident => GiveAsync(TrialCommands.OfferPreempt(incident, SomePairs(), Random.Next(2, 8)))),
            (0.10, incident => GiveAsync(TrialCommands.Stack(incident, SomePairs()[0]))),
            (0.05, incident => GiveAsync(TrialCommands.Reserve(incident, SomePairs()[0]))),
            (0.06, incident => GiveAsync(TrialCommands.CancelPart(incident, SomePairs()[0]))),
            (0.08, incident => GiveAsync(TrialCommands.HandOver(incident, SomePairs()[0], SomePairs()[0]))),
            (0.05, incident => GiveAsync(TrialCommands.Transfer(incident, Random))),
            (0.02, incident => EndAsync(incident, TrialCommands.Divert(incident))),
            (0.05, MergeAsync),
            (0.03, incident => GiveAsync(TrialCommands.Link(incident, open[Random.Next(open.Count)]))),
            (0.02, _ => PanicAsync()),
            (0.02, _ => GiveAsync(TrialCommands.Free(SomePairs()[0]))),
            (0.06, incident => GiveAsync(TrialCommands.Backup(incident, 1))),
            (0.06, incident => GiveAsync(TrialCommands.Reclassify(incident, Random))),
            (0.04, incident => GiveAsync(TrialCommands.Hold(incident))),
            (0.08, incident => EndAsync(incident, TrialCommands.Cancel(incident))),
            (0.10, incident => EndAsync(incident, TrialCommands.Close(incident))),
        ];
    }

    /// <inheritdoc/>
    protected override async Task TurnAsync()
    {
        await PauseAsync(20, 200);
        if (open.Count == 0 || (open.Count < MostOpen && Draw(0.4)))
        {
            var opened = await GiveAsync(Draw(0.1) ? TrialCommands.OpenScheduled(Random) : TrialCommands.Open(Random, Random.Next(1, 3)));
            if (opened.IsOk)
            {
                open.Add(opened.Id);
            }
        }
        else if (merged.Count > 0 && Draw(0.1))
        {
            var incident = merged[Random.Next(merged.Count)];
            await GiveAsync(TrialCommands.UndoMerge(incident));
            merged.Remove(incident);
            open.Add(incident);
        }
        else if (ended.Count > 0 && Draw(0.03))
        {
            var incident = ended[Random.Next(ended.Count)];
            if ((await GiveAsync(TrialCommands.Reopen(incident))).IsOk)
            {
                ended.Remove(incident);
                open.Add(incident);
            }
        }
        else
        {
            await Choose()(open[Random.Next(open.Count)]);
        }
    }

    /// <inheritdoc/>
    protected override async Task WindUpAsync()
    {
        // A merge may have been undone by the system, because the other had ended.
        foreach (var incident in open.Concat(merged).ToArray())
        {
            await GiveAsync(TrialCommands.Cancel(incident));
        }
    }

    private async Task EndAsync(string incident, TrialCommand command)
    {
        if ((await GiveAsync(command)).IsOk)
        {
            open.Remove(incident);
            ended.Add(incident);
        }
    }

    private async Task MergeAsync(string incident)
    {
        if ((await GiveAsync(TrialCommands.Merge(incident, open[Random.Next(open.Count)]))).IsOk)
        {
            open.Remove(incident);
            merged.Add(incident);
        }
    }

    private async Task PanicAsync()
    {
        var answer = await GiveAsync(TrialCommands.Panic(SomePairs()[0]));
        if (answer.IsOk && answer.Body.TryGetProperty("panicIncidentId", out var id) && id.GetString() is { } incident && !open.Contains(incident))
        {
            open.Add(incident);
        }
    }

    private Func<string, Task> Choose()
    {
        var drawn = Random.NextDouble() * actions.Sum(x => x.Share);
        return actions.First(x => (drawn -= x.Share) <= 0).Do;
    }

    private string[] SomePairs() =>
        [.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => TrialOrganisation.PairId(Random.Next(1, pairs + 1))).Distinct(StringComparer.Ordinal)];
}
