using System.Security.Claims;
using System.Threading.RateLimiting;
using Dispatch.Accounts;
using Dispatch.Bureau;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Dispatch.Live;

/// <summary>
/// One screen: its subscriptions, and the pump that feeds it at its own pace. Only the pump writes feeds, one part of one feed at a time in turn, and
/// it waits for this connection alone, so a screen that does not read costs the others nothing and itself only merged changes, until it is closed.
/// </summary>
/// <remarks>
/// The pump runs on the thread of whoever signals, as long as its writes complete at once, as they do to every screen that reads: feeding a thousand
/// screens then costs no more than writing to them. Where a write has to wait, the pump goes on by itself and the signaller with the next screen.
/// </remarks>
public sealed partial class FeedConnection(HubConnectionContext connection, FeedMirrors mirrors, LiveOptions options, TimeProvider time, ILogger logger)
    : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, FeedSubscription> subscriptions = new(StringComparer.Ordinal);
    private readonly Queue<FeedSubscription> ready = new();
    private readonly TokenBucketRateLimiter calls = CreateLimiter(options);
    private readonly TokenBucketRateLimiter refusals = CreateLimiter(options);
    private (ClaimsPrincipal Principal, OrganisationSnapshot Organisation, SignedIn User)? lastUser;
    private int isCallingTooOften;
    private bool pumping;
    private bool closed;

    /// <summary>Id of the connection.</summary>
    public string Id => connection.ConnectionId;

    /// <summary>Id of the account; empty where it has none.</summary>
    public string AccountId { get; } = connection.UserIdentifier ?? string.Empty;

    /// <summary>Who it is and what is theirs, as of the last look at it.</summary>
    public ClaimsPrincipal Principal { get; set; } = connection.User;

    /// <summary>How many connections its account had when it came, itself among them, and how many there were in all.</summary>
    public (int OfAccount, int OfAll) Place { get; init; }

    /// <summary>Version of the organisation by which its subscriptions were judged last; -1 before the first time.</summary>
    public long JudgedOrganisation { get; set; } = -1;

    /// <summary>What it is subscribed to, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, FeedSubscription>> Subscriptions
    {
        get
        {
            lock (gate)
            {
                return [.. subscriptions];
            }
        }
    }

    /// <summary>Who it is by the present rights and the present organisation; worked out where one of them changed.</summary>
    public SignedIn UserBy(OrganisationCache organisation)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        lock (gate)
        {
            var current = organisation.Current;
            if (lastUser is not { } last || !ReferenceEquals(last.Principal, Principal) || !ReferenceEquals(last.Organisation, current))
            {
                lastUser = last = (Principal, current, SignedIn.Of(Principal, organisation));
            }

            return last.User;
        }
    }

    /// <summary>Whether it may make one more call now; the connection is closed where it does not stop asking.</summary>
    public bool MayCall()
    {
        if (TryTake(calls))
        {
            return true;
        }

        if (!TryTake(refusals) && Interlocked.Exchange(ref isCallingTooOften, 1) == 0)
        {
            LogCallsTooOften(AccountId);
            connection.Abort();
        }

        return false;
    }

    /// <summary>Whether one more feed may be subscribed to.</summary>
    public bool HasRoomFor(string name)
    {
        lock (gate)
        {
            return subscriptions.Count < options.MaxSubscriptions || subscriptions.ContainsKey(name);
        }
    }

    /// <summary>Feeds this screen from its cursor on; subscribing again replaces the cursor.</summary>
    /// <exception cref="TimeoutException">The feed could not be read in time.</exception>
    public async Task<SubscribeOutcome> SubscribeAsync(string name, FeedName feed, FeedSight sight, FeedCursor? cursor)
    {
        var subscription = mirrors.Watch(name, feed, sight, mirror => new FeedSubscription(this, mirror, feed, cursor, time.GetUtcNow()));
        try
        {
            if (!await subscription.Mirror.Loaded.WaitAsync(options.StaleAfter, time))
            {
                subscription.Mirror.Unwatch(subscription);
                return SubscribeOutcome.NoSuchFeed;
            }
        }
        catch
        {
            subscription.Mirror.Unwatch(subscription);
            throw;
        }

        return Replace(name, subscription);
    }

    /// <summary>Ends a subscription.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Unsubscribe(string name)
    {
        FeedSubscription? old;
        lock (gate)
        {
            subscriptions.Remove(name, out old);
        }

        return Drop(old);
    }

    /// <summary>Ends a subscription and tells the screen why.</summary>
    public void End(string name, FeedSubscription subscription, string code, string message)
    {
        lock (gate)
        {
            if (!subscriptions.TryGetValue(name, out var present) || present != subscription)
            {
                return;
            }

            subscriptions.Remove(name);
        }

        Drop(subscription);
        subscription.Tell(new FeedStatus(name, FeedCondition.Ended, Code: code, Message: message));
    }

    /// <summary>Something may be there to send of this feed.</summary>
    public void Signal(FeedSubscription subscription)
    {
        lock (gate)
        {
            if (closed || subscription.IsQueued)
            {
                return;
            }

            subscription.IsQueued = true;
            ready.Enqueue(subscription);
            if (pumping)
            {
                return;
            }

            pumping = true;
        }

        _ = PumpAsync();
    }

    /// <summary>Closes the connection.</summary>
    public void Abort() => connection.Abort();

    /// <summary>Ends everything, when the connection is gone; what it was subscribed to.</summary>
    public IReadOnlyList<FeedName> Close()
    {
        FeedSubscription[] all;
        lock (gate)
        {
            closed = true;
            all = [.. subscriptions.Values];
            subscriptions.Clear();
            ready.Clear();
        }

        foreach (var subscription in all)
        {
            Drop(subscription);
        }

        return [.. all.Select(x => x.Feed)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        calls.Dispose();
        refusals.Dispose();
    }

    private static TokenBucketRateLimiter CreateLimiter(LiveOptions options) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.CallBurst,
        TokensPerPeriod = options.CallsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = false,
    });

    private static bool TryTake(TokenBucketRateLimiter limiter)
    {
        limiter.TryReplenish();
        using var lease = limiter.AttemptAcquire();
        return lease.IsAcquired;
    }

    private static bool Drop(FeedSubscription? subscription)
    {
        subscription?.End();
        subscription?.Mirror.Unwatch(subscription);
        return subscription is not null;
    }

    private SubscribeOutcome Replace(string name, FeedSubscription subscription)
    {
        FeedSubscription? old;
        var outcome = SubscribeOutcome.Subscribed;
        lock (gate)
        {
            subscriptions.TryGetValue(name, out old);
            if (closed)
            {
                (old, outcome) = (subscription, SubscribeOutcome.Closed);
            }
            else if (old is null && subscriptions.Count >= options.MaxSubscriptions)
            {
                // There was room when it was asked for; calls that came together took it.
                (old, outcome) = (subscription, SubscribeOutcome.NoRoom);
            }
            else
            {
                subscriptions[name] = subscription;
            }
        }

        Drop(old);
        subscription.Signal();
        return outcome;
    }

    private async Task PumpAsync()
    {
        try
        {
            while (TakeReady() is { } subscription)
            {
                if (await SendAsync(subscription))
                {
                    // There is more of it; the other feeds have their turn first.
                    Signal(subscription);
                }
            }
        }
        catch (TimeoutException)
        {
            LogStalled(AccountId, options.StalledAfter);
            connection.Abort();
        }
        catch (OperationCanceledException)
        {
            // The connection is gone.
        }
        catch (Exception exception)
        {
            LogPumpFailed(exception, AccountId);
            connection.Abort();
        }
    }

    private FeedSubscription? TakeReady()
    {
        lock (gate)
        {
            if (!ready.TryDequeue(out var subscription))
            {
                pumping = false;
                return null;
            }

            subscription.IsQueued = false;
            return subscription;
        }
    }

    private async ValueTask<bool> SendAsync(FeedSubscription subscription)
    {
        if (subscription.TakeStatus() is { } status)
        {
            await WriteAsync(new SerializedHubMessage(new InvocationMessage(FeedStatus.Method, [status])));
        }

        if (subscription.TakeNext() is not { } part)
        {
            return false;
        }

        await WriteAsync(part.Message);
        return part.More;
    }

    private ValueTask WriteAsync(SerializedHubMessage message)
    {
        var write = connection.WriteAsync(message, connection.ConnectionAborted);
        return write.IsCompletedSuccessfully ? write : new ValueTask(write.AsTask().WaitAsync(options.StalledAfter, time, connection.ConnectionAborted));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A screen of account {AccountId} has not read for {StalledAfter} and is closed; it may come back.")]
    private partial void LogStalled(string accountId, TimeSpan stalledAfter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A screen of account {AccountId} called too often, did not stop, and is closed.")]
    private partial void LogCallsTooOften(string accountId);

    [LoggerMessage(Level = LogLevel.Error, Message = "A screen of account {AccountId} could not be fed and is closed.")]
    private partial void LogPumpFailed(Exception exception, string accountId);
}

/// <summary>What became of a subscription.</summary>
public enum SubscribeOutcome
{
    /// <summary>The screen is fed.</summary>
    Subscribed,

    /// <summary>There is no such feed.</summary>
    NoSuchFeed,

    /// <summary>The connection has as many feeds as it may have.</summary>
    NoRoom,

    /// <summary>The connection is gone.</summary>
    Closed,
}
