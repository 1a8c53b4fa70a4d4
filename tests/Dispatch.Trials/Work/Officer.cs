using System.Text.Json;
using Dispatch.Trials.Clients;
using Dispatch.Trials.Cluster;

namespace Dispatch.Trials.Work;

/// <summary>An officer of a pair: acts on what the pair's feed shows, accepts most offers, takes its work through its steps.</summary>
public sealed class Officer : Worker, IAsyncDisposable
{
    private static readonly string[] Steps = ["committed", "enRoute", "onScene", "reported", "cleared"];
    private static readonly string[] Activities = ["available", "patrol", "visit", "meeting"];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource hangUp = new();
    private readonly HubLine line;
    private readonly string pair;
    private Task running = Task.CompletedTask;
    private bool onDuty;

    /// <summary>An officer of this pair.</summary>
    public Officer(ApiClient api, string pair, int seed)
        : base(api, seed)
    {
        this.pair = pair;
        line = new HubLine(api, $"pair/{pair}");
    }

    /// <inheritdoc/>
    protected override HubLine Line => line;

    /// <summary>Signs in and opens the line.</summary>
    public async Task StartAsync()
    {
        await Api.SignInAsync(CancellationToken.None);
        running = line.RunAsync(hangUp.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await hangUp.CancelAsync();
        try
        {
            await running;
        }
        catch (OperationCanceledException)
        {
            // It was told to.
        }

        hangUp.Dispose();
        Dispose();
    }

    /// <inheritdoc/>
    protected override async Task TurnAsync()
    {
        await PauseAsync(30, 150);
        if (!onDuty)
        {
            onDuty = await GiveAsync(TrialCommands.SignOn(pair)) is { IsOk: true } or { Code: "pairAlreadyOnDuty" };
        }

        foreach (var offer in line.Copy.All("offer/").Select(x => x.GetProperty("id").GetString()!).Where(seen.Add))
        {
            await AnswerAsync(offer);
        }

        foreach (var assignment in line.Copy.All("assignment/"))
        {
            await GoOnAsync(assignment);
        }

        if (Draw(0.1))
        {
            var (lat, lon) = TrialOrganisation.Spot(Random);
            await line.ReportPositionAsync(pair, lat, lon, CancellationToken.None);
        }

        if (Draw(0.02))
        {
            await GiveAsync(TrialCommands.Activity(pair, Activities[Random.Next(Activities.Length)]));
        }

        if (Draw(0.01))
        {
            await GiveAsync(Draw(0.3) ? TrialCommands.MemberLeaves(pair) : TrialCommands.MemberReturns(pair));
        }

        if (Draw(0.004))
        {
            onDuty = !(await GiveAsync(TrialCommands.SignOff(pair))).IsOk;
        }
    }

    /// <inheritdoc/>
    protected override Task WindUpAsync() => Task.CompletedTask;

    private Task AnswerAsync(string offer) => Random.NextDouble() switch
    {
        < 0.65 => GiveAsync(TrialCommands.Accept(offer)),
        < 0.80 => GiveAsync(TrialCommands.Decline(offer, Random)),
        _ => Task.CompletedTask,
    };

    private async Task GoOnAsync(JsonElement assignment)
    {
        if (!Draw(0.4))
        {
            return;
        }

        var at = Array.IndexOf(Steps, assignment.GetProperty("status").GetString());
        var next = Steps[Math.Min(Steps.Length - 1, Math.Max(0, at) + Random.Next(1, 3))];
        await GiveAsync(TrialCommands.Status(assignment.GetProperty("offer").GetProperty("incidentId").GetString()!, pair, next));
    }
}
