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
    private readonly (double Share, Func<string, Task> Do)[] actions;

    /// <summary>A dispatcher over so many pairs.</summary>
    public Dispatcher(ApiClient api, int pairs, int seed)
        : base(api, seed)
    {
        this.pairs = pairs;
        actions =
        [
            (0.34, incident => GiveAsync(TrialCommands.Offer(incident, SomePairs(), Random.Next(2, 8)))),
            (0.16, incident => GiveAsync(TrialCommands.Assign(incident, SomePairs()[0]))),
            (0.10, incident => GiveAsync(TrialCommands.OfferAuto(incident, Random.Next(2, 5)))),
            (0.12, incident => GiveAsync(TrialCommands.Note(incident, "a word"))),
            (0.06, incident => GiveAsync(TrialCommands.Backup(incident, 1))),
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
            var opened = await GiveAsync(TrialCommands.Open(Random, Random.Next(1, 3)));
            if (opened.IsOk)
            {
                open.Add(opened.Id);
            }
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
        foreach (var incident in open.ToArray())
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

    private Func<string, Task> Choose()
    {
        var drawn = Random.NextDouble() * actions.Sum(x => x.Share);
        return actions.First(x => (drawn -= x.Share) <= 0).Do;
    }

    private string[] SomePairs() =>
        [.. Enumerable.Range(0, Random.Next(1, 4)).Select(_ => TrialOrganisation.PairId(Random.Next(1, pairs + 1))).Distinct(StringComparer.Ordinal)];
}
