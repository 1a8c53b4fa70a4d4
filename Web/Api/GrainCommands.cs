using Dispatch.Commands;

namespace Dispatch.Api;

/// <summary>How a web node repeats a command whose outcome is unknown; section <c>Dispatch:Commands</c>.</summary>
public sealed class GrainCommandOptions
{
    /// <summary>For how long it repeats before it says that the outcome is unknown; 0 to 60 s, default 10 s. 0 sends once.</summary>
    public TimeSpan RepeatFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an attempt is waited for before the command is sent again, from the fifth on twice as long each; 0.1 to 10 s, default 1 s. A call that was on
    /// its way to a silo when that died is not answered at all, so this is what its sender loses; an answer in time takes about 10 ms. It is the same
    /// for the first few because a frozen silo is out after about three seconds, and who waits long just then waits for a dead one.
    /// </summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What cannot be; null where all is well.</summary>
    public string? FindFault() =>
        RepeatFor < TimeSpan.Zero || RepeatFor > TimeSpan.FromMinutes(1) ? "RepeatFor is 0 to 60 s."
        : AnswerWithin < TimeSpan.FromSeconds(0.1) || AnswerWithin > TimeSpan.FromSeconds(10) ? "AnswerWithin is 0.1 to 10 s."
        : null;
}

/// <summary>
/// Sends commands to grains until their outcome is known: a silo that dies, a storage that is away for a moment, an answer that does not come, all
/// mean that nobody knows, and the command's id makes it safe to send it again. Only when that goes on too long does the sender hear of it.
/// </summary>
public sealed class GrainCommands(GrainCommandOptions options, TimeProvider time)
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends a command, again and again under the same id, until it was done or refused.</summary>
    /// <param name="send">Sends it once; called again while an earlier call may still be under way.</param>
    /// <returns>The answer; <see cref="RefusalKind.Unknown"/> where the outcome did not become known in time.</returns>
    /// <exception cref="TimeoutException">It did not become known in time.</exception>
    /// <exception cref="OrleansException">It did not become known in time.</exception>
    public async Task<Answer<T>> UntilKnownAsync<T>(Func<Task<Answer<T>>> send)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(send);
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var isLast = time.GetElapsedTime(started) + FirstPause >= options.RepeatFor;
            try
            {
                var answer = await send().WaitAsync(isLast ? LongestAnswer : AnswerWithin(attempt), time);
                if (isLast || answer.Refusal is not { Kind: RefusalKind.Unknown })
                {
                    return answer;
                }
            }
            catch (Exception exception) when (!isLast && exception is TimeoutException or OrleansException)
            {
                // Sent again below.
            }

            await Task.Delay(Pause(attempt), time);
        }
    }

    private TimeSpan AnswerWithin(int attempt) => Shorter(options.AnswerWithin * (1 << Math.Clamp(attempt - 3, 0, 4)), LongestAnswer);

    /// <summary>Jittered, so that a thousand commands do not come back to a recovering silo in one instant.</summary>
    private static TimeSpan Pause(int attempt) =>
        Shorter(FirstPause * (1 << Math.Min(attempt, 4)), LongestPause) * (0.5 + (Random.Shared.NextDouble() / 2));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
