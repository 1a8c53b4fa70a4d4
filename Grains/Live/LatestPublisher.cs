namespace Dispatch.Live;

/// <summary>
/// Tells another grain the newest value, one call at a time: what is overtaken before it is sent is left out, and a call that fails is
/// repeated with the then newest value. The sender never waits for it. Used from one grain's turns only.
/// </summary>
/// <param name="send">Sends a value; its failure is retried.</param>
/// <param name="time">The clock of the pauses between tries.</param>
public sealed class LatestPublisher<T>(Func<T, Task> send, TimeProvider time)
    where T : class
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private T? waiting;
    private bool sending;
    private bool stopped;

    /// <summary>Sends this value as soon as the call under way is over.</summary>
    public void Publish(T value)
    {
        waiting = value;
        if (!sending && !stopped)
        {
            sending = true;
            _ = SendAsync();
        }
    }

    /// <summary>Ends sending, when the grain deactivates.</summary>
    public void Stop() => stopped = true;

    private async Task SendAsync()
    {
        var pause = FirstPause;
        while (waiting is { } value && !stopped)
        {
            waiting = null;
            try
            {
                await send(value);
                pause = FirstPause;
            }
            catch (Exception) when (!stopped)
            {
                waiting ??= value;
                await Task.Delay(pause, time);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
        }

        sending = false;
    }
}
