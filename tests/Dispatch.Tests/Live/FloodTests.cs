using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Dispatch.Live;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Live;

/// <summary>I8: who asks for too much is told so with a code, and closed where he does not stop; others have their share meanwhile.</summary>
[Collection(nameof(HostileClients))]
public sealed class FloodTests(HostileServer server)
{
    [Theory]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Unsubscribe\",\"arguments\":[\"station/south\"]}")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Nonsense\",\"arguments\":[]}")]
    [InlineData("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[1,2,3,4]}")]
    public async Task Calls_InAFlood_AreRefusedWithACode_AndThenTheConnectionIsClosed(string call)
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync();
        await using var screen = await server.ConnectAsync(account);
        var said = screen.ReadUntilClosedAsync("does not stop to call");
        var flood = FloodAsync(screen, call);
        await good.SeesAChangeAsync();
        Assert.True(await flood, "A connection that does not stop to call was never closed.");
        Assert.Contains(await said, x => ((string?)x["error"])?.Contains("tooManyCalls:", StringComparison.Ordinal) == true);
        await good.SeesAChangeAsync();
    }

    [Theory]
    [InlineData("{\"type\":6}")]
    [InlineData("{\"type\":1,\"target\":\"Nonsense\",\"arguments\":[]}")]
    [InlineData("{\"type\":5,\"invocationId\":\"1\"}")]
    public async Task Messages_WithoutAnswer_InAFlood_EndTheConnection(string message)
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync();
        await using var screen = await server.ConnectAsync(account);
        var closed = screen.ReadUntilClosedAsync("does not stop to send");
        var flood = FloodAsync(screen, message);
        await good.SeesAChangeAsync();
        Assert.True(await flood, "A connection that does not stop to send was never closed.");
        await closed;
    }

    [Fact]
    public async Task TenThousandSubscriptions_AreRefusedWithTheirCodes_AndTheConnectionGoesOn()
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async seed =>
        {
            await using var screen = await server.ConnectAsync(account);
            await SubscribeOftenAsync(screen, new Random(seed), times: 2000);
            Assert.Contains("tooManySubscriptions:", await screen.AskAsync("Subscribe", good.Feed, null), StringComparison.Ordinal);
            Assert.Equal(string.Empty, await screen.AskAsync("Unsubscribe", $"incident/{server.Crowded[0]}"));
            Assert.Equal(string.Empty, await screen.AskAsync("Subscribe", good.Feed, null));
            Assert.Contains("tooManySubscriptions:", await screen.AskAsync("Subscribe", "bureau", null), StringComparison.Ordinal);
            await screen.ReadUntilAlikeAsync(good);
        }));
        await good.SeesAChangeAsync();
    }

    [Fact]
    public async Task TwoHundredFortySessionsAtOnce_HaveTheirLimits_AndOthersConnectMeanwhile()
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync();
        using var other = await server.NewAccountAsync();
        var attempts = Task.WhenAll(Enumerable.Range(0, 240).Select(_ => RawScreen.TryConnectAsync(server.Url, account.AccessToken!)));
        await using var fromOther = await server.ConnectAsync(other);
        await fromOther.SubscribeAsync(good.Feed);
        await good.SeesAChangeAsync();
        var refused = (await attempts).Where(x => x.Screen is null).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, x => Assert.True(x.Status == HttpStatusCode.TooManyRequests && x.RetryAfter > TimeSpan.Zero, $"{x}"));

        var screens = (await attempts).Select(x => x.Screen).OfType<RawScreen>().ToList();
        var answers = await Task.WhenAll(screens.Select(async x =>
        {
            await x.GreetAsync();
            return await x.AskAsync("Unsubscribe", good.Feed);
        }));
        Assert.Equal(HostileServer.MaxConnectionsPerAccount, answers.Count(x => x.Length == 0));
        Assert.All(answers.Where(x => x.Length > 0), x => Assert.Contains("tooManyConnections:", x, StringComparison.Ordinal));
        await Task.WhenAll(screens.Select(x => x.DisposeAsync().AsTask()));
        await good.SeesAChangeAsync();
    }

    [Fact]
    public async Task Session_BeyondTheLimit_IsRefusedWithProblemDetails()
    {
        using var account = await server.NewAccountAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 240).Select(_ => account.SendRawAsync(HttpMethod.Post, "/hubs/dispatch/negotiate?negotiateVersion=1", string.Empty)));
        var refused = answers.Where(x => x.Status != HttpStatusCode.OK).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, x => Assert.Equal((HttpStatusCode.TooManyRequests, "tooManySessions"), (x.Status, (string?)x.Body!["code"])));
        Assert.InRange(answers.Length - refused.Count, HostileServer.SessionBurst, 239);
    }

    /// <summary>Sends the same without an end; whether the server closed it.</summary>
    private static async Task<bool> FloodAsync(RawScreen screen, string call)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            while (Stopwatch.GetElapsedTime(began) < ServerFixture.Patience)
            {
                await screen.SendAsync(call);
            }

            return false;
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Subscribes to everything there is and is not, from every place there is and is not.</summary>
    private async Task SubscribeOftenAsync(RawScreen screen, Random random, int times)
    {
        string[] feeds = [.. Enumerable.Range(0, times).Select(i => i < 2 * HostileServer.MaxSubscriptions ? $"incident/{server.Crowded[i]}" : AnyFeed(random))];
        var answers = new List<(string Feed, string? Error)>();
        var answered = screen.ReadUntilAsync(
            x =>
            {
                if ((int?)x["type"] == 3)
                {
                    answers.Add((feeds[int.Parse((string)x["invocationId"]!, CultureInfo.InvariantCulture) - 1], (string?)x["error"]));
                }

                return answers.Count == times;
            },
            "an answer to each subscription");
        foreach (var feed in feeds)
        {
            await screen.CallAsync("Subscribe", feed, AnyCursor(random));
        }

        Assert.True(await answered is not null, $"The connection was closed after {answers.Count} answers: {screen.Farewell}");
        Assert.All(answers, x => Assert.Matches("^$|HubException: (tooManySubscriptions|feedNotFound): ", x.Error ?? string.Empty));
        Assert.Equal(HostileServer.MaxSubscriptions, answers.Where(x => x.Error is null).Select(x => x.Feed).Distinct().Count());
    }

    private string AnyFeed(Random random) => random.Next(6) switch
    {
        0 => $"incident/{Guid.NewGuid()}",
        1 => $"station/{random.Next()}",
        2 => new string((char)random.Next('a', 'z'), random.Next(1, 300)),
        3 => $"community/{random.Next()}",
        4 => $"pair/{random.Next()}",
        _ => $"incident/{server.Crowded[random.Next(server.Crowded.Count)]}",
    };

    private static FeedCursor? AnyCursor(Random random) => random.Next(5) switch
    {
        0 => null,
        1 => new FeedCursor(string.Empty, 0),
        2 => new FeedCursor(new string('z', random.Next(1, 2000)), random.NextInt64()),
        3 => new FeedCursor($"{Guid.NewGuid():N}", -random.NextInt64()),
        _ => new FeedCursor("0", long.MaxValue),
    };
}
