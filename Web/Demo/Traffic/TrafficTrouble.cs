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
    /// <summary>Now.</summary>
    public DateTimeOffset Now => Api.Time.GetUtcNow();

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
