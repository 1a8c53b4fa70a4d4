using System.Net;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Live;

/// <summary>I5, I8: screens that are thrown out or drop come back where they were, as many as there are; who was shut out does not.</summary>
[Collection(nameof(HostileClients))]
public sealed class ReturnTests(HostileServer server)
{
    /// <summary>Accounts whose screens drop, and screens of each: more than an account may open at once when they come back.</summary>
    private const int Accounts = 5, ScreensOfEach = 80;

    [Fact]
    public async Task FourHundredScreens_ThatDropAndComeBackAtOnce_AreAllAlikeInTheEnd()
    {
        await using var good = await server.WatchAsync();
        var accounts = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(_ => server.NewAccountAsync()));
        var screens = await Task.WhenAll(Enumerable.Range(0, Accounts * ScreensOfEach).Select(i => ConnectAsync(accounts[i % Accounts], good)));
        await good.SeesAChangeAsync();
        Array.ForEach(screens, x => x.Drop());
        await good.SeesAChangeAsync();
        var back = Task.WhenAll(screens.Select(async (screen, i) =>
        {
            var again = await screen.ComeBackAsync(server.Url, accounts[i % Accounts].AccessToken!);
            await again.SubscribeAsync(good.Feed);
            return again;
        }));
        do
        {
            await good.SeesAChangeAsync();
        }
        while (!back.IsCompleted);
        await Task.WhenAll((await back).Select(async screen =>
        {
            await screen.ReadUntilAlikeAsync(good);
            Assert.True(screen.Snapshots == 0, "It was sent all again.");
            await screen.DisposeAsync();
        }));
        Array.ForEach(accounts, x => x.Dispose());
    }

    [Fact]
    public async Task Screens_ThatDropWhileTheySubscribe_AreNotTakenForLookingAtTheIncident()
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync();
        using var other = await server.NewAccountAsync();
        var feed = $"incident/{await server.OpenAsync("south")}";
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await using var screen = await server.ConnectAsync(account);
            await screen.CallAsync("Subscribe", feed, null);
            screen.Drop();
        }));
        await good.SeesAChangeAsync();
        await using var looking = await server.ConnectAsync(other);
        await looking.SubscribeAsync(feed);
        string[] expected = [$"looking/{other.User!["id"]}"];
        await looking.ReadUntilShownAsync(
            () => looking.Copy(feed).Values.Keys.Where(x => x.StartsWith("looking/", StringComparison.Ordinal)).SequenceEqual(expected),
            "an incident that nobody but this screen looks at");
    }

    [Fact]
    public async Task Account_ThatIsShutOutWhileConnected_IsClosed_AndItsTokenIsNone()
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync();
        await using var screen = await ConnectAsync(account, good);
        await server.ChangeAccountAsync(account, "{\"disabled\":true}");
        await screen.ReadUntilClosedAsync("is of an account that was shut out");
        Assert.Equal(HttpStatusCode.Unauthorized, (await RawScreen.TryConnectAsync(server.Url, account.AccessToken!)).Status);
        await server.ChangeAccountAsync(account, "{\"disabled\":false}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await RawScreen.TryConnectAsync(server.Url, account.AccessToken!)).Status);
        await good.SeesAChangeAsync();
    }

    [Fact]
    public async Task Account_WhoseScopeShrinksWhileConnected_LosesThatFeedAlone()
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync(stationIds: ["north", "south"]);
        await using var screen = await ConnectAsync(account, good);
        await screen.SubscribeAsync("station/north");
        await server.ChangeAccountAsync(account, "{\"stationIds\":[\"south\"]}");
        var ended = await screen.ReadUntilAsync(x => (string?)x["target"] == "FeedStatus", "word that the feed of the other station ended");
        var word = ended!["arguments"]![0]!;
        Assert.Equal(("station/north", "ended", "forbidden"), ((string?)word["feed"], (string?)word["status"], (string?)word["code"]));
        await good.SeesAChangeAsync();
        await screen.ReadUntilAlikeAsync(good);
        Assert.Contains("forbidden:", await screen.AskAsync("Subscribe", "station/north", null), StringComparison.Ordinal);
    }

    private async Task<RawScreen> ConnectAsync(ApiClient account, GoodScreen good)
    {
        var screen = await server.ConnectAsync(account);
        await screen.SubscribeAsync(good.Feed);
        await screen.ReadUntilAlikeAsync(good);
        return screen;
    }
}
