using System.Text.Json;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Tests.Live;

/// <summary>A screen that keeps every message as it came, to look at what really left the server.</summary>
public sealed class Onlooker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private readonly List<JsonElement> feeds = [];
    private readonly List<FeedStatus> statuses = [];
    private TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Onlooker(Uri server, ApiClient user)
    {
        Connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, "/hubs/dispatch"), options => options.AccessTokenProvider = () => Task.FromResult(user.AccessToken))
            .AddJsonProtocol(x => DispatchJson.Configure(x.PayloadSerializerOptions))
            .Build();
        Connection.On<JsonElement>(FeedMessage.Method, message => Keep(() => feeds.Add(message)));
        Connection.On<FeedStatus>(FeedStatus.Method, status => Keep(() => statuses.Add(status)));
        Connection.Closed += _ =>
        {
            Keep(() => IsClosed = true);
            return Task.CompletedTask;
        };
    }

    public HubConnection Connection { get; }

    public bool IsClosed { get; private set; }

    public static async Task<Onlooker> ConnectAsync(Uri server, ApiClient user, params string[] feeds)
    {
        var onlooker = new Onlooker(server, user);
        await onlooker.Connection.StartAsync();
        foreach (var feed in feeds)
        {
            await onlooker.SubscribeAsync(feed);
        }

        return onlooker;
    }

    public Task SubscribeAsync(string feed, FeedCursor? cursor = null) => Connection.InvokeAsync("Subscribe", feed, cursor);

    /// <summary>Everything that came of a feed, as text.</summary>
    public string TextOf(string feed)
    {
        lock (gate)
        {
            return string.Join('\n', feeds.Where(x => x.GetProperty("feed").GetString() == feed).Select(x => x.GetRawText()));
        }
    }

    /// <summary>The newest value of a key by all that came, null where it has none.</summary>
    public JsonElement? Value(string feed, string key)
    {
        lock (gate)
        {
            JsonElement? value = null;
            foreach (var message in feeds.Where(x => x.GetProperty("feed").GetString() == feed))
            {
                value = message.GetProperty("snapshot").GetBoolean() ? null : value;
                foreach (var change in message.GetProperty("changes").EnumerateArray().Where(x => x.GetProperty("key").GetString() == key))
                {
                    value = change.GetProperty("value").ValueKind == JsonValueKind.Null ? null : change.GetProperty("value");
                }
            }

            return value;
        }
    }

    /// <summary>How often everything was sent anew.</summary>
    public int SnapshotsOf(string feed)
    {
        lock (gate)
        {
            return feeds.Count(x => x.GetProperty("feed").GetString() == feed && x.GetProperty("snapshot").GetBoolean());
        }
    }

    public Task<JsonElement> UntilAsync(string feed, string key, Func<JsonElement, bool> wanted) => SeeAsync(
        () => Value(feed, key) is { } value && wanted(value) ? value : (JsonElement?)null, $"{key} of {feed} as wanted", feed);

    public Task UntilGoneAsync(string feed, string key) => SeeAsync(() => Value(feed, key) is null ? true : (bool?)null, $"{key} of {feed} gone", feed);

    public async Task<FeedStatus> UntilStatusAsync(string feed, FeedCondition condition)
    {
        FeedStatus? found = null;
        await SeeAsync(
            bool? () =>
            {
                found = statuses.LastOrDefault(x => x.Feed == feed && x.Status == condition);
                return found is null ? null : true;
            },
            $"{feed} {condition}",
            feed);
        return found!;
    }

    public Task UntilClosedAsync() => SeeAsync(() => IsClosed ? true : (bool?)null, "closed by the server", string.Empty);

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    private async Task<T> SeeAsync<T>(Func<T?> look, string what, string feed)
        where T : struct
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (look() is { } found)
                {
                    return found;
                }

                next = came.Task;
            }

            try
            {
                await next.WaitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not seen within {Patience}: {what}. Statuses: {string.Join(", ", statuses)}. What came:\n{TextOf(feed)}");
            }
        }
    }

    private void Keep(Action keep)
    {
        lock (gate)
        {
            keep();
            came.TrySetResult();
            came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
