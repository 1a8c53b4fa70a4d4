using System.Net.WebSockets;
using System.Text.Json;
using Dispatch.Trials.Checking;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Trials.Clients;

/// <summary>A line to the hub with one feed, opened again at another web node whenever it breaks, resumed by its cursor.</summary>
public sealed class HubLine(ApiClient account, string feed) : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);
    private HubConnection? connection;

    /// <summary>What the feed shows.</summary>
    public FeedCopy Copy { get; } = new();

    /// <summary>Keeps it open until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        for (var attempt = 0; !stop.IsCancellationRequested; attempt++)
        {
            try
            {
                var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var line = await OpenAsync(closed, stop);
                attempt = 0;
                await closed.Task.WaitAsync(stop);
            }
            catch (Exception exception) when (IsBroken(exception, stop))
            {
                // Opened again below.
            }
            finally
            {
                connection = null;
            }

            await account.PauseAsync(attempt, stop);
        }
    }

    /// <summary>Sends a command once over the line; null where there is no line now.</summary>
    public async Task<Answer?> TryAsync(TrialCommand command, CancellationToken stop)
    {
        if (connection is not { State: HubConnectionState.Connected } line)
        {
            return null;
        }

        var invoked = DateTimeOffset.UtcNow;
        var answer = await InvokeAsync(line, command, stop);
        account.Record(command, invoked, answer);
        return answer;
    }

    /// <summary>Reports where a pair is, where there is a line now; a report that is lost is not repeated.</summary>
    public async Task ReportPositionAsync(string pair, double lat, double lon, CancellationToken stop)
    {
        if (connection is not { State: HubConnectionState.Connected } line)
        {
            return;
        }

        try
        {
            await line.SendAsync("ReportPosition", pair, lat, lon, DateTimeOffset.UtcNow.ToString("O"), null, stop);
        }
        catch (Exception exception) when (IsBroken(exception, stop))
        {
            // The next report tells more.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (connection is { } line)
        {
            await line.DisposeAsync();
        }
    }

    private static async Task<Answer> InvokeAsync(HubConnection line, TrialCommand command, CancellationToken stop)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(AnswerWithin);
        try
        {
            object?[] arguments = [command.Id, .. command.HubArguments];
            return new Answer(Outcome.Ok, null, await line.InvokeCoreAsync<JsonElement>(command.HubMethod!, arguments, late.Token));
        }
        catch (HubException exception)
        {
            var code = HubError.CodeOf(exception.Message);
            return new Answer(code is "unavailable" or "storageUnavailable" or "error" ? Outcome.Unknown : Outcome.Refused, code);
        }
        catch (Exception exception) when (IsBroken(exception, stop))
        {
            return new Answer(Outcome.Unknown, exception is OperationCanceledException ? "hubNoAnswer" : "hubLineLost");
        }
    }

    private static bool IsBroken(Exception exception, CancellationToken stop) =>
        exception is HttpRequestException or IOException or WebSocketException or HubException or InvalidOperationException or TimeoutException
        || (exception is OperationCanceledException && !stop.IsCancellationRequested);

    private async Task<HubConnection> OpenAsync(TaskCompletionSource closed, CancellationToken stop)
    {
        if (account.Token is null)
        {
            await account.SignInAsync(stop);
        }

        var line = new HubConnectionBuilder()
            .WithUrl(new Uri(account.Webs[account.Node], "/hubs/dispatch"), options =>
            {
                options.SkipNegotiation = true;
                options.Transports = HttpTransportType.WebSockets;
                options.WebSocketConfiguration = socket => socket.Proxy = null;
                options.AccessTokenProvider = () => Task.FromResult(account.Token);
            })
            .Build();
        line.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        line.On<JsonElement>("Feed", message => Take(line, message, stop));
        try
        {
            await line.StartAsync(stop);
            await line.InvokeAsync("Subscribe", feed, Copy.Cursor, stop);
            connection = line;
            return line;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private Task Take(HubConnection line, JsonElement message, CancellationToken stop) =>
        Copy.Apply(FeedPart.Read(message)) ? Task.CompletedTask : line.SendAsync("Subscribe", feed, Copy.Cursor, stop);
}
