using System.Text.Json.Nodes;
using Dispatch.Live;

namespace Dispatch.Tests.Live;

/// <summary>A wallboard as the product has it, beside those that misbehave: it goes on seeing changes and is never cut off.</summary>
public sealed class GoodScreen : IAsyncDisposable
{
    private readonly HostileServer server;
    private readonly FeedClient client;
    private readonly string stationId;
    private string? brokenBy;

    public GoodScreen(HostileServer server, FeedClient client, string stationId)
    {
        this.server = server;
        this.client = client;
        this.stationId = stationId;
        client.Connection.Reconnecting += cause =>
        {
            brokenBy = cause?.Message ?? "the server closed it";
            return Task.CompletedTask;
        };
    }

    public string Feed => $"station/{stationId}";

    /// <summary>What it shows.</summary>
    public Dictionary<string, JsonText> Shown => client.Values(Feed);

    /// <summary>Something happens, and it is on the screen.</summary>
    public async Task SeesAChangeAsync()
    {
        var id = await server.OpenAsync(stationId);
        await client.WaitForAsync<JsonNode>(Feed, $"incident/{id}", x => x is not null, RawScreen.Patience);
        Assert.True(brokenBy is null, $"The good screen was cut off: {brokenBy}");
    }

    /// <summary>Whether another copy of the feed is the same.</summary>
    public bool IsShownBy(RawScreen other)
    {
        var mine = Shown;
        var theirs = other.Copy(Feed).Values;
        return theirs.Count == mine.Count && mine.All(x => theirs.TryGetValue(x.Key, out var value) && value == x.Value);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();
}
