using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;

namespace Dispatch.Benchmarks.Durable;

/// <summary>
/// The commands that are measured, and the history that is there before: incidents with some three dozen events and commands behind them, and
/// pairs with a shift behind them.
/// </summary>
public sealed class Workload(IGrainFactory grains)
{
    /// <summary>Coprime to the number of grains: the commands visit all before one comes again.</summary>
    private const int Stride = 379;

    private const string Note = "Caller says the neighbours still argue; the younger one wants to leave, 双方情绪稳定。";

    private static readonly Actor Dispatcher = new("0198c0de-0000-7000-8000-000000000001", "Dispatcher Zhang");

    private readonly string[] offers = new string[DurableOptions.Grains];
    private readonly IIncidentGrain?[] incidents = new IIncidentGrain?[DurableOptions.Grains];
    private readonly IPairGrain?[] pairs = new IPairGrain?[DurableOptions.Grains];
    private readonly int[] changes = new int[DurableOptions.Grains];

    /// <summary>Where the i-th command goes.</summary>
    public static int GrainOf(int i) => (int)((long)i * Stride % DurableOptions.Grains);

    /// <summary>A note on an incident: one grain, one record.</summary>
    public async Task AddNoteAsync(int i) =>
        Check(await Incident(GrainOf(i)).ExecuteAsync(Command(), new AddNote($"{i}: {Note}")));

    /// <summary>A change of what a pair does: one grain, one record.</summary>
    public async Task SetActivityAsync(int i)
    {
        var pair = GrainOf(i);
        var activity = Interlocked.Increment(ref changes[pair]) % 2 == 1 ? PairActivity.Patrol : PairActivity.Available;
        Check(await Pair(pair).ExecuteAsync(Command(), new SetActivity(activity)));
    }

    /// <summary>A pair accepts the offer it has: two grains, two records, one after the other.</summary>
    public async Task AcceptAsync(int i) => Check(await Incident(i).ExecuteAsync(Command(), new AcceptOffer(offers[i])));

    /// <summary>Makes the history.</summary>
    public async Task PrepareAsync()
    {
        Check(await grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(Command(), Town.Create()));
        await ClosedLoop.EachAsync(DurableOptions.Grains, PrepareAsync);
    }

    /// <summary>Activates every grain, and learns what offers there are.</summary>
    public Task WakeAsync() => ClosedLoop.EachAsync(DurableOptions.Grains, async i =>
    {
        await Pair(i).GetAsync();
        offers[i] = (await Incident(i).GetAsync())!.Offers.Single(x => x.Status == OfferStatus.Pending).Id;
    });

    private async Task PrepareAsync(int i)
    {
        var pair = Pair(i);
        Check(await pair.ExecuteAsync(Command(), new SignOn([$"p{i}-a", $"p{i}-b"])));
        var incident = Incident(i);
        Check(await incident.ExecuteAsync(Command(), new OpenIncident(
            "dispute", 1 + (i % 4), Town.Place(i), "Two families quarrel over the parking space in front of the shop; one has a stick.",
            "人民路 128 号 3 单元 502", Skills: ["mediation"], Caller: new Caller("Wang Xiulan", "13812345678", "speaks fast, is afraid"))));
        for (var tour = 0; tour < 2; tour++)
        {
            await OfferAsync(incident, i);
            var offer = (await incident.GetAsync())!.Offers[^1].Id;
            Check(await incident.ExecuteAsync(Command(), new AcceptOffer(offer)));
            foreach (var status in new[] { AssignmentStatus.EnRoute, AssignmentStatus.OnScene, AssignmentStatus.Reported, AssignmentStatus.Cleared })
            {
                Check(await incident.ExecuteAsync(Command(), new AddNote($"{status}: {Note}")));
                Check(await incident.ExecuteAsync(Command(), new SetAssignmentStatus(Town.PairId(i), status, $"{status}, all well")));
                Check(await incident.ExecuteAsync(Command(), new AddNote(Note)));
            }
        }

        await OfferAsync(incident, i);

        for (var change = 0; change < 10; change++)
        {
            Check(await pair.ExecuteAsync(Command(), new SetActivity(change % 2 == 0 ? PairActivity.Visit : PairActivity.Available)));
        }
    }

    private async Task OfferAsync(IIncidentGrain incident, int i) =>
        Check(await incident.ExecuteAsync(Command(), new OfferPairs([Town.PairId(i)], ExpiresInSeconds: 86_400)));

    private IIncidentGrain Incident(int i) => incidents[i] ??= grains.GetGrain<IIncidentGrain>(IncidentIds.ForOpening("bench", $"{i}"));

    private IPairGrain Pair(int i) => pairs[i] ??= grains.GetGrain<IPairGrain>(Town.PairId(i));

    private static CommandContext Command() => new(Guid.CreateVersion7().ToString(), Dispatcher);

    private static void Check<T>(Answer<T> answer)
        where T : class
    {
        if (answer.IsRefused)
        {
            throw new InvalidOperationException($"Refused: {answer.Refusal.Code}: {answer.Refusal.Message}");
        }
    }
}
