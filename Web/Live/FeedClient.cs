using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Live;

/// <summary>
/// A .NET client of the hub: one connection that comes back by itself for ever, a copy of each watched feed, resumed by its cursor, and commands
/// sent again until they are known to be done. Used by the demonstration, the replay and the tests; it knows the public contract and nothing
/// else. Safe to use from every thread.
/// </summary>
public sealed partial class FeedClient : IAsyncDisposable
{
    private readonly FeedClientOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Watching> feeds = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource disposing = new();
    private CancellationTokenSource? closing;
    private CancellationTokenSource? line;
    private Task keeping = Task.CompletedTask;
    private long heardAt;

    /// <summary>A client of the server at this address.</summary>
    /// <param name="server">Base address.</param>
    /// <param name="accessToken">Gives a token that is good now.</param>
    /// <param name="configure">Anything else, such as another protocol.</param>
    public FeedClient(Uri server, Func<Task<string?>> accessToken, Action<IHubConnectionBuilder>? configure = null)
        : this(new FeedClientOptions(server, accessToken) { Configure = configure })
    {
    }

    /// <summary>A client that is as patient as told; <see cref="StartAsync"/> or <see cref="RunAsync"/> connects it.</summary>
    public FeedClient(FeedClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        time = options.Time;
        var builder = new HubConnectionBuilder()
            .WithUrl(new Uri(options.Server, "/hubs/dispatch"), connecting =>
            {
                connecting.SkipNegotiation = true;
                connecting.Transports = HttpTransportType.WebSockets;
                connecting.WebSocketFactory = HubSocket.OpenAsync;
                connecting.AccessTokenProvider = options.AccessToken;
            })
            .AddJsonProtocol(json => DispatchJson.Configure(json.PayloadSerializerOptions));
        options.Configure?.Invoke(builder);
        HeardProtocol.Wrap(builder.Services, () => Volatile.Write(ref heardAt, time.GetUtcNow().UtcTicks));
        Connection = builder.Build();
        Connection.On<FeedMessage>(FeedMessage.Method, Take);
        Connection.On<FeedStatus>(FeedStatus.Method, Take);
        Connection.Closed += _ => CloseLineAsync();
    }

    /// <summary>The connection, for calls that are sent once and as they are.</summary>
    public HubConnection Connection { get; }

    /// <summary>When anything last came from the server, its pings too (at least every 15 s); null before the first.</summary>
    public DateTimeOffset? LastHeardAt => Volatile.Read(ref heardAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Called after what is shown of a feed was renewed, with its name; in order, and the next message waits for it.</summary>
    public event Action<string>? Applied;

    /// <summary>Called after a feed's <see cref="WatchedFeed.State"/> changed.</summary>
    public event Action<WatchedFeed>? ConditionChanged;

    /// <summary>Called when a connection could not be made, or was lost, with how often that has been so in a row.</summary>
    public event Action<Exception?, int>? LineFailed;

    /// <summary>Connects, and keeps connected until it is disposed.</summary>
    /// <exception cref="HubUnreachableException">There is no connection to be had now.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(cancellationToken);
        keeping = KeepOpenAsync(opened, disposing.Token);
    }

    /// <summary>Connects, however long that takes, and keeps connected until it is told to stop.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, disposing.Token);
        await KeepOpenAsync(null, either.Token);
    }

    /// <summary>The client's copy of a feed, kept from now on, whether there is a connection or not; the same one for the same name.</summary>
    public WatchedFeed Watch(string feed)
    {
        lock (gate)
        {
            if (!feeds.TryGetValue(feed, out var watching))
            {
                feeds[feed] = watching = new Watching(new WatchedFeed(feed));
                if (line is { } open)
                {
                    watching.Keeping = KeepSubscribedAsync(watching, open.Token);
                }
            }

            return watching.Feed;
        }
    }

    /// <summary>Gives a feed up: what there is of it is forgotten, and the server is told.</summary>
    public async Task UnwatchAsync(string feed, CancellationToken cancellationToken = default)
    {
        if (feeds.TryRemove(feed, out var watching))
        {
            await watching.Leaving.CancelAsync();
            await TellAsync("Unsubscribe", [feed], cancellationToken);
        }
    }

    /// <summary>Watches a feed and waits until the server has said whether it may be watched.</summary>
    /// <exception cref="HubException">It may not, or there is none; it is not watched. Begins with the code and a colon.</exception>
    public async Task<WatchedFeed> SubscribeAsync(string feed, CancellationToken cancellationToken = default)
    {
        var watched = Watch(feed);
        await watched.Answered.WaitAsync(cancellationToken);
        if (watched.State.Refusal is not { } refusal)
        {
            return watched;
        }

        await UnwatchAsync(feed, cancellationToken);
        throw new HubException($"{refusal.Code}: {refusal.Message}");
    }

    /// <summary>Every key of a feed with its newest value, as it is now; empty where it is not watched.</summary>
    public Dictionary<string, JsonText> Values(string feed) => feeds.TryGetValue(feed, out var watching) ? watching.Feed.Values() : [];

    /// <summary>Waits until a value of a feed is as wanted, watching it from then on.</summary>
    /// <exception cref="TimeoutException">It was not in time.</exception>
    public async Task<T> WaitForAsync<T>(string feed, string key, Func<T?, bool> wanted, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var watched = Watch(feed);
        using var late = new CancellationTokenSource(timeout, time);
        while (true)
        {
            var next = watched.NextChange;
            var value = watched.Find<T>(key);
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
                throw new TimeoutException(
                    $"{key} of {feed} was not as wanted within {timeout}; it is {value}, of {watched.Shown}, {watched.State}; last heard at {LastHeardAt:O}.");
            }
        }
    }

    /// <summary>Gives a command under an id of its own, sent again while nobody knows whether it was done.</summary>
    /// <param name="method">The hub's method, whose first argument is the command's id.</param>
    /// <param name="arguments">The other arguments.</param>
    /// <param name="stopping">Stops it.</param>
    /// <returns>Null where it was done; else why not, where nobody knows <see cref="HubRefusal.IsPassing"/>.</returns>
    public async Task<HubRefusal?> CommandAsync(string method, object?[] arguments, CancellationToken stopping)
    {
        object?[] all = [Guid.CreateVersion7().ToString("D"), .. arguments];
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var refusal = await CallAsync(method, all, stopping);
            if (refusal is not { IsPassing: true } || time.GetElapsedTime(started) > options.GiveUpAfter)
            {
                return refusal;
            }

            await Task.Delay(options.Pause(attempt), time, stopping);
        }
    }

    /// <summary>Says something once that the next report makes up for if it is lost.</summary>
    public async Task TellAsync(string method, object?[] arguments, CancellationToken stopping)
    {
        try
        {
            if (Connection.State == HubConnectionState.Connected)
            {
                await Connection.SendCoreAsync(method, arguments, stopping);
            }
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // The connection broke meanwhile; it is made again.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await disposing.CancelAsync();
        await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Connection.DisposeAsync();
        await CloseLineAsync();
    }

    private async Task<HubRefusal?> CallAsync(string method, object?[] arguments, CancellationToken stopping)
    {
        using var giveUp = new CancellationTokenSource(options.AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, giveUp.Token);
        try
        {
            await Connection.InvokeCoreAsync(method, arguments, either.Token);
            return null;
        }
        catch (HubException exception)
        {
            return HubRefusal.Of(exception);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return new HubRefusal(HubRefusal.NoAnswer, exception.Message);
        }
    }

    private void Take(FeedMessage message)
    {
        if (!feeds.TryGetValue(message.Feed, out var watching))
        {
            return;
        }

        var (outcome, moved) = watching.Feed.Take(message);
        Tell(watching.Feed, moved);
        if (outcome == FeedOutcome.Applied)
        {
            Applied?.Invoke(message.Feed);
        }
    }

    private void Take(FeedStatus status)
    {
        if (feeds.TryGetValue(status.Feed, out var watching))
        {
            Tell(watching.Feed, watching.Feed.Take(status));
        }
    }

    private void Tell(WatchedFeed feed, bool moved)
    {
        if (moved)
        {
            ConditionChanged?.Invoke(feed);
        }
    }

    /// <summary>A feed, and what keeps it subscribed.</summary>
    private sealed class Watching(WatchedFeed feed)
    {
        public WatchedFeed Feed { get; } = feed;

        /// <summary>Ends its being watched.</summary>
        public CancellationTokenSource Leaving { get; } = new();

        /// <summary>Ends with the connection.</summary>
        public Task Keeping { get; set; } = Task.CompletedTask;
    }
}
