using System.Collections.Concurrent;
using Dispatch.Live;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Demo;

/// <summary>A connection to the hub that comes back by itself, with its feeds and their cursors.</summary>
public sealed class HubLine : IAsyncDisposable
{
    private const string HubErrorMark = "HubException: ";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(45);

    /// <summary>So many vain attempts in a row are worth a line in the log.</summary>
    private const int WorthTelling = 4;

    private readonly HubConnection connection;
    private readonly TrafficWorld world;
    private readonly string who;
    private readonly TrafficDice dice;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, FeedCopy> feeds = new(StringComparer.Ordinal);
    private TaskCompletionSource closed = new();

    /// <summary>A line of this account; <see cref="RunAsync"/> opens it.</summary>
    public HubLine(TrafficWorld world, TrafficSession session, string who, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(world);
        this.world = world;
        this.who = who;
        dice = world.Dice;
        time = world.Api.Time;
        connection = new HubConnectionBuilder()
            .WithUrl(new Uri(world.Api.Server, "hubs/dispatch"), options =>
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
                options.WebSocketConfiguration = socket => socket.Proxy = null;
                options.AccessTokenProvider = async () => await session.TokenAsync(stopping);
            })
            .AddJsonProtocol(x => DispatchJson.Configure(x.PayloadSerializerOptions))
            .Build();
        connection.On<FeedMessage>(FeedMessage.Method, message => Take(message, stopping));
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>A copy of a feed, kept from now on; to be asked for before the line runs.</summary>
    public FeedCopy Watch(string feed) => feeds.GetOrAdd(feed, _ => new FeedCopy());

    /// <summary>Keeps the line open until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await connection.StartAsync(stopping);
                await Task.WhenAll(feeds.Keys.Select(x => SubscribeAsync(x, stopping)));
                failures = 0;
                await closed.Task.WaitAsync(stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // Whatever it was, the line is opened again: what it missed comes with the next snapshot.
                if (failures >= WorthTelling)
                {
                    world.Trouble.Report($"{who} cannot keep its line to the hub", exception.Message, exception);
                }

                await CloseAsync(stopping);
            }

            await Task.Delay(TrafficBackOff.Next(failures, dice), time, stopping);
        }
    }

    /// <summary>Gives a command under an id of its own, sent again while nobody knows whether it was done.</summary>
    /// <param name="method">The hub's method, whose first argument is the command's id.</param>
    /// <param name="arguments">The other arguments.</param>
    /// <param name="stopping">Stops it.</param>
    /// <returns>Null where it was done; the code of the refusal, or <c>noAnswer</c>.</returns>
    public async Task<string?> CommandAsync(string method, object?[] arguments, CancellationToken stopping)
    {
        object?[] all = [Guid.CreateVersion7().ToString("D"), .. arguments];
        var started = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var code = await TryAsync(method, all, stopping);
            if (code is not (Unavailable or NoAnswer) || time.GetElapsedTime(started) > GiveUpAfter)
            {
                return code;
            }

            await Task.Delay(TrafficBackOff.Next(attempt, dice), time, stopping);
        }
    }

    /// <summary>Says something that the next report makes up for if it is lost.</summary>
    public async Task TellAsync(string method, object?[] arguments, CancellationToken stopping)
    {
        try
        {
            if (connection.State == HubConnectionState.Connected)
            {
                await connection.SendCoreAsync(method, arguments, stopping);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or System.Net.WebSockets.WebSocketException)
        {
            // The line broke meanwhile; it is opened again.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private const string Unavailable = "unavailable";

    private const string NoAnswer = "noAnswer";

    private async Task<string?> TryAsync(string method, object?[] arguments, CancellationToken stopping)
    {
        using var giveUp = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, giveUp.Token);
        try
        {
            await connection.InvokeCoreAsync(method, arguments, either.Token);
            return null;
        }
        catch (HubException exception)
        {
            return CodeOf(exception);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            return NoAnswer;
        }
    }

    private static string CodeOf(HubException exception)
    {
        var mark = exception.Message.IndexOf(HubErrorMark, StringComparison.Ordinal);
        var said = mark < 0 ? exception.Message : exception.Message[(mark + HubErrorMark.Length)..];
        return said.Split(':', 2)[0];
    }

    private void Take(FeedMessage message, CancellationToken stopping)
    {
        if (feeds.TryGetValue(message.Feed, out var copy) && !copy.Apply(message))
        {
            _ = ResubscribeAsync(message.Feed, stopping);
        }
    }

    private Task SubscribeAsync(string feed, CancellationToken stopping) =>
        connection.InvokeAsync("Subscribe", feed, feeds[feed].Cursor, stopping);

    private async Task ResubscribeAsync(string feed, CancellationToken stopping)
    {
        try
        {
            await SubscribeAsync(feed, stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // Opening the line again subscribes to everything again.
            await CloseAsync(stopping);
        }
    }

    private async Task CloseAsync(CancellationToken stopping)
    {
        try
        {
            await connection.StopAsync(stopping);
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            // It is closed all the same.
        }
    }
}
