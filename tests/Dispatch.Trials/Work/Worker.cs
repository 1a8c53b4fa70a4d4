using Dispatch.Trials.Checking;
using Dispatch.Trials.Clients;

namespace Dispatch.Trials.Work;

/// <summary>
/// Somebody who gives commands: over the hub or over HTTP, again and again until each is known, now and then twice at once, and now and then
/// one again that was acknowledged a while ago.
/// </summary>
public abstract class Worker(ApiClient api, int seed) : IDisposable
{
    private const double OverHubShare = 0.7;
    private const double TwiceShare = 0.03;
    private const double AgainShare = 0.05;

    /// <summary>Few enough that each is still among the last 200 of its aggregate, which are remembered.</summary>
    private const int MostRemembered = 30;

    private readonly Queue<TrialCommand> acknowledged = new();

    /// <summary>Its account.</summary>
    protected ApiClient Api => api;

    /// <summary>Of its choices.</summary>
    protected Random Random { get; } = new(seed);

    /// <summary>Its line to the hub, where it has one.</summary>
    protected virtual HubLine? Line => null;

    /// <summary>Works until it is told to stop; what is under way then is carried through until it is known.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await TurnAsync();
            if (Draw(AgainShare) && acknowledged.Count > 0)
            {
                await SendUntilKnownAsync(acknowledged.ElementAt(Random.Next(acknowledged.Count)));
            }
        }

        await WindUpAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        api.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does a little, or waits a little.</summary>
    protected abstract Task TurnAsync();

    /// <summary>Leaves nothing behind that would go on by itself for ever.</summary>
    protected abstract Task WindUpAsync();

    /// <summary>Gives a command; its outcome, known unless nothing answered for <see cref="ApiClient.GiveUpAfter"/>.</summary>
    protected async Task<Answer> GiveAsync(TrialCommand command)
    {
        Answer answer;
        if (Draw(TwiceShare))
        {
            var both = await Task.WhenAll(SendUntilKnownAsync(command), SendUntilKnownAsync(command));
            answer = both.FirstOrDefault(x => x.IsOk) ?? both[0];
        }
        else
        {
            answer = await SendUntilKnownAsync(command);
        }

        if (answer.IsOk)
        {
            acknowledged.Enqueue(command);
            if (acknowledged.Count > MostRemembered)
            {
                acknowledged.Dequeue();
            }
        }

        return answer;
    }

    /// <summary>True this often.</summary>
    protected bool Draw(double share)
    {
        lock (Random)
        {
            return Random.NextDouble() < share;
        }
    }

    /// <summary>Waits between these.</summary>
    protected Task PauseAsync(int fromMilliseconds, int toMilliseconds) => Task.Delay(Random.Next(fromMilliseconds, toMilliseconds));

    private async Task<Answer> SendUntilKnownAsync(TrialCommand command)
    {
        var until = DateTimeOffset.UtcNow + ApiClient.GiveUpAfter;
        for (var attempt = 0; ; attempt++)
        {
            var overHub = command.HubMethod is not null && Line is not null && Draw(OverHubShare);
            var answer = (overHub ? await Line!.TryAsync(command, CancellationToken.None) : null)
                ?? await api.TryAsync(command, CancellationToken.None);
            if (answer.Outcome != Outcome.Unknown || DateTimeOffset.UtcNow > until)
            {
                return answer;
            }

            await api.PauseAsync(attempt, CancellationToken.None);
        }
    }
}
