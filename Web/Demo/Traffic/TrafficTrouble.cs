using Dispatch.Live;

namespace Dispatch.Demo;

/// <summary>What the demonstration could not do, told at most once a minute. Safe to use from every thread.</summary>
public sealed partial class TrafficTrouble(ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private DateTimeOffset quietUntil;
    private int untold;

    /// <summary>Notes one.</summary>
    /// <param name="what">What was tried.</param>
    /// <param name="why">A code or a message.</param>
    /// <param name="exception">The fault, where there was one.</param>
    public void Report(string what, string? why, Exception? exception = null)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now < quietUntil)
            {
                untold++;
                return;
            }

            LogTrouble(what, why, untold, exception);
            quietUntil = now + Interval;
            untold = 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Demo traffic: {What}: {Why} ({Untold} more before this were not told). It goes on.")]
    private partial void LogTrouble(string what, string? why, int untold, Exception? exception);
}

/// <summary>What everyone in the demonstration's traffic shares.</summary>
/// <param name="Api">The public API.</param>
/// <param name="Land">Where the communities are.</param>
/// <param name="Dice">Chance.</param>
/// <param name="Pace">How fast it runs.</param>
/// <param name="Trouble">Where faults go.</param>
public sealed record TrafficWorld(TrafficApi Api, Land Land, TrafficDice Dice, TrafficPace Pace, TrafficTrouble Trouble)
{
    /// <summary>So many vain attempts in a row to connect are worth a line in the log.</summary>
    private const int WorthTelling = 4;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => Api.Time.GetUtcNow();

    /// <summary>A client of the hub for this account, not connected yet.</summary>
    public FeedClient Line(TrafficSession session, string who, CancellationToken stopping)
    {
        var line = new FeedClient(new FeedClientOptions(Api.Server, async () => await session.TokenAsync(stopping))
        {
            Time = Api.Time, Chance = Dice.Next,
        });
        line.LineFailed += (fault, failures) =>
        {
            if (fault is not null && failures > WorthTelling)
            {
                Trouble.Report($"{who} cannot keep its line to the hub", fault.Message, fault);
            }
        };
        return line;
    }

    /// <summary>Lets somebody act. A fault is told, and the next turn comes all the same.</summary>
    public async Task TakeTurnAsync(string who, Func<CancellationToken, Task> turn, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(turn);
        try
        {
            await turn(stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            Trouble.Report(who, exception.Message, exception);
        }
    }
}
