using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Live;

/// <summary>
/// A .NET client of the feeds: one connection, a copy of each feed, resumed by cursor after every break. Used by the demonstration, the
/// replay and the tests; it knows the public contract and nothing else.
/// </summary>
public sealed class FeedClient : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, FeedReplica> replicas = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A client of the server at this address.</summary>
    /// <param name="server">Base address.</param>
    /// <param name="accessToken">Gives a token that is good now.</param>
    /// <param name="configure">Anything else, such as another protocol.</param>
    public FeedClient(Uri server, Func<Task<string?>> accessToken, Action<IHubConnectionBuilder>? configure = null)
    {
        var builder = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/dispatch"), options => options.AccessTokenProvider = accessToken)
            .WithAutomaticReconnect(new JitteredRetries())
            .AddJsonProtocol(options => DispatchJson.Configure(options.PayloadSerializerOptions));
        configure?.Invoke(builder);
        Connection = builder.Build();
        Connection.On<FeedMessage>(FeedMessage.Method, TakeAsync);
        Connection.Reconnected += _ => ResubscribeAllAsync();
    }

    /// <summary>The connection, for the hub's other calls.</summary>
    public HubConnection Connection { get; }

    /// <summary>Called after a message was applied, with the feed's name.</summary>
    public event Action<string>? Applied;

    /// <summary>Connects.</summary>
    public Task StartAsync(CancellationToken cancellationToken = default) => Connection.StartAsync(cancellationToken);

    /// <summary>Subscribes to a feed, from its cursor where there is a copy already.</summary>
    /// <exception cref="Microsoft.AspNetCore.SignalR.HubException">The caller has no right to it, or there is none.</exception>
    public Task SubscribeAsync(string feed, CancellationToken cancellationToken = default)
    {
        FeedCursor? cursor;
        lock (gate)
        {
            if (!replicas.TryGetValue(feed, out var replica))
            {
                replicas[feed] = replica = new FeedReplica();
            }

            cursor = replica.Cursor;
        }

        return Connection.InvokeAsync("Subscribe", feed, cursor, cancellationToken);
    }

    /// <summary>Every key of a feed with its newest value, as it is now.</summary>
    public Dictionary<string, JsonText> Values(string feed)
    {
        lock (gate)
        {
            return replicas.TryGetValue(feed, out var replica) ? new Dictionary<string, JsonText>(replica.Values) : [];
        }
    }

    /// <summary>Waits until a value is as wanted.</summary>
    /// <exception cref="TimeoutException">It was not in time.</exception>
    public async Task<T> WaitForAsync<T>(string feed, string key, Func<T?, bool> wanted, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        using var late = new CancellationTokenSource(timeout);
        while (true)
        {
            Task next;
            T? value;
            lock (gate)
            {
                next = changed.Task;
                value = replicas.TryGetValue(feed, out var replica) && replica.Values.TryGetValue(key, out var json) ? json.As<T>() : default;
            }

            if (wanted(value))
            {
                return value!;
            }

            try
            {
                await next.WaitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{key} of {feed} was not as wanted within {timeout}; it is {value}.");
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task TakeAsync(FeedMessage message)
    {
        FeedOutcome outcome;
        lock (gate)
        {
            if (!replicas.TryGetValue(message.Feed, out var replica))
            {
                return;
            }

            outcome = replica.Apply(message);
            if (outcome == FeedOutcome.Applied)
            {
                changed.TrySetResult();
                changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (outcome == FeedOutcome.Applied)
        {
            Applied?.Invoke(message.Feed);
        }
        else if (outcome == FeedOutcome.Gap)
        {
            // Sent without waiting for the answer: this runs inside the connection's own receive loop.
            FeedCursor? cursor;
            lock (gate)
            {
                cursor = replicas[message.Feed].Cursor;
            }

            await Connection.SendAsync("Subscribe", message.Feed, cursor);
        }
    }

    private async Task ResubscribeAllAsync()
    {
        string[] feeds;
        lock (gate)
        {
            feeds = [.. replicas.Keys];
        }

        foreach (var feed in feeds)
        {
            await SubscribeAsync(feed);
        }
    }

    /// <summary>For ever, each pause twice the last and jittered, at most about 10 s: a thousand clients do not come back in one instant.</summary>
    private sealed class JitteredRetries : IRetryPolicy
    {
        public TimeSpan? NextRetryDelay(RetryContext retryContext)
        {
            var ceiling = Math.Min(10_000, 250 * Math.Pow(2, Math.Min(retryContext.PreviousRetryCount, 10)));
            return TimeSpan.FromMilliseconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
        }
    }
}
