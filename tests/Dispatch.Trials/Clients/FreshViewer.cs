using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Dispatch.Trials.Checking;

namespace Dispatch.Trials.Clients;

/// <summary>Somebody who looks for the first time: subscribes with no cursor and takes what is shown then.</summary>
public sealed class FreshViewer : IHubListener
{
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(20);
    private readonly Dictionary<string, FeedCopy> copies;
    private readonly ConcurrentDictionary<string, string> refusals = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FreshViewer(IEnumerable<string> feeds) => copies = feeds.ToDictionary(x => x, _ => new FeedCopy(), StringComparer.Ordinal);

    /// <inheritdoc/>
    public TimeSpan ReadPause => TimeSpan.Zero;

    /// <summary>Looks.</summary>
    /// <returns>What each feed shows, or the code with which it was refused; feeds that showed nothing in time are left out. Null where the node could not be reached.</returns>
    public static async Task<FreshView?> LookAsync(Uri web, string token, IReadOnlyCollection<string> feeds, CancellationToken stop)
    {
        var viewer = new FreshViewer(feeds);
        try
        {
            using var line = await HubSocket.OpenAsync(web, token, stop);
            var reading = line.ReadAsync(viewer, stop);
            foreach (var feed in feeds)
            {
                await line.CallAsync(feed, "Subscribe", [feed, null], stop);
            }

            await Task.WhenAny(viewer.all.Task, reading, Task.Delay(ShownWithin, stop));
            line.Cut();
            await Task.WhenAny(reading);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            return null;
        }

        return new FreshView(
            viewer.copies.Where(x => x.Value.IsWhole).ToDictionary(x => x.Key, x => x.Value.Values, StringComparer.Ordinal), viewer.refusals);
    }

    /// <inheritdoc/>
    public Task CalledAsync(string target, JsonElement argument)
    {
        if (target == "Feed" && FeedPart.Read(argument) is var part && copies.TryGetValue(part.Feed, out var copy))
        {
            copy.Apply(part);
            Look();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Answered(string invocation, string? error)
    {
        if (error is not null)
        {
            refusals[invocation] = HubError.CodeOf(error);
            Look();
        }
    }

    private void Look()
    {
        if (copies.All(x => x.Value.IsWhole || refusals.ContainsKey(x.Key)))
        {
            all.TrySetResult();
        }
    }
}

/// <summary>What somebody was shown who looked for the first time.</summary>
/// <param name="Feeds">Each feed's map.</param>
/// <param name="Refusals">The code of each refused subscription.</param>
public sealed record FreshView(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Feeds, IReadOnlyDictionary<string, string> Refusals);
