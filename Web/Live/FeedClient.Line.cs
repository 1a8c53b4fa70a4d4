using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Live;

/// <summary>How the connection is kept, and on each connection every feed.</summary>
public sealed partial class FeedClient
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;

    /// <summary>A connection after the other, until it is told to stop.</summary>
    private async Task KeepOpenAsync(CancellationTokenSource? opened, CancellationToken stopping)
    {
        for (var failures = 0; ;)
        {
            Exception? fault = null;
            var settled = false;
            try
            {
                opened ??= await OpenAsync(stopping);
                var since = time.GetTimestamp();
                await UntilClosedAsync(opened.Token, stopping);
                settled = time.GetElapsedTime(since) >= options.SettledAfter;
            }
            catch (Exception exception)
            {
                stopping.ThrowIfCancellationRequested();
                fault = exception;
            }

            opened = null;
            failures = settled ? 1 : failures + 1;
            LineFailed?.Invoke(fault, failures);
            await Task.Delay(AskedFor(fault) + options.Pause(failures - 1), time, stopping);
        }
    }

    private async Task<CancellationTokenSource> OpenAsync(CancellationToken stopping)
    {
        var opening = new CancellationTokenSource();
        using var giveUp = new CancellationTokenSource(options.AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, giveUp.Token);
        lock (gate)
        {
            closing = opening;
        }

        await Connection.StartAsync(either.Token);
        lock (gate)
        {
            line = opening;
            foreach (var watching in feeds.Values)
            {
                watching.Keeping = KeepSubscribedAsync(watching, opening.Token);
            }
        }

        return opening;
    }

    private async Task CloseLineAsync()
    {
        CancellationTokenSource? closed;
        lock (gate)
        {
            (closed, closing, line) = (closing, null, null);
        }

        if (closed is not null)
        {
            await closed.CancelAsync();
        }
    }

    /// <summary>Keeps a feed subscribed while this connection stands. Nobody else asks for it, so there is never more than one question under way.</summary>
    private async Task KeepSubscribedAsync(Watching watching, CancellationToken lineClosed)
    {
        var feed = watching.Feed;
        var before = watching.Keeping;
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lineClosed, watching.Leaving.Token);
        var ended = either.Token;
        try
        {
            Tell(feed, feed.BeginLine());
            while (feed.State.Phase != FeedPhase.Ended)
            {
                await PauseAfterAsync(await AskAsync(feed, ended), feed, ended);
            }
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            // However the break showed itself.
            Tell(feed, feed.EndLine());
        }
    }

    private async Task<HubRefusal?> AskAsync(WatchedFeed feed, CancellationToken ended)
    {
        var refusal = await CallAsync("Subscribe", [feed.Name, feed.BeginAsking()], ended);
        if (refusal?.Code != HubRefusal.NoAnswer)
        {
            Tell(feed, feed.Answer(refusal));
        }

        return refusal;
    }

    /// <summary>Waits until the feed has to be asked for again.</summary>
    private async Task PauseAfterAsync(HubRefusal? refusal, WatchedFeed feed, CancellationToken ended)
    {
        if (refusal is not null)
        {
            var pause = refusal.IsPassing ? options.Pause(feed.CountAsked()) : options.Jittered(options.PauseAfterRefusal);
            await Task.Delay(pause, time, ended);
            return;
        }

        var askedAt = time.GetTimestamp();
        while (true)
        {
            var misfit = feed.Misfit;
            await misfit.WaitAsync(ended);
            var vain = feed.CountAsked();
            // The first question after a gap goes out at once, unless one did just now.
            await Task.Delay(vain == 0 && time.GetElapsedTime(askedAt) > options.FirstPause ? AtOnce : options.Pause(vain), time, ended);
            if (feed.Misfit == misfit)
            {
                return;
            }

            // What was missing came meanwhile.
        }
    }

    private static async Task UntilClosedAsync(CancellationToken closed, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(closed, stopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.ThrowIfCancellationRequested();
    }

    /// <summary>How long a server that has too much to do wants to be left alone.</summary>
    private static TimeSpan AskedFor(Exception? fault) => (fault as HubUnreachableException)?.RetryAfter ?? TimeSpan.Zero;
}
