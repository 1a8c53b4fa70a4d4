using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Live;

/// <summary>I8: a screen that does not read, or hardly, costs a bounded memory, is closed, and finds its place again; nobody else notices.</summary>
[Collection(nameof(HostileClients))]
public sealed class StalledScreenTests(HostileServer server)
{
    /// <summary>Most that one screen that does not read may add to the process: a part, the transport's buffer, and what waits for collection.</summary>
    private const long KilobytesOfAScreen = 1024;

    /// <summary>What the process may grow by in any case, for all the changes and snapshots that it makes meanwhile.</summary>
    private const long KilobytesOfWork = 64 * 1024;

    private const int RoundsBefore = 3;

    /// <summary>So little that nearly nothing is on the way to a screen that does not read.</summary>
    private const int TinyBuffer = 4096;

    [Fact]
    public Task HundredScreens_ThatNeverRead_AreClosed_InBoundedMemory_AndComeBackWhereTheyWere() => OutlastAsync(screens: 100, bytesASecond: 0);

    [Fact]
    public Task Screens_ThatReadOneByteASecond_AreClosed_InBoundedMemory_AndComeBackWhereTheyWere() => OutlastAsync(screens: 20, bytesASecond: 1);

    [Fact]
    public async Task Screen_ThatReadsNoAnswerToWhatItAsks_IsClosed()
    {
        await using var good = await server.WatchAsync();
        using var account = await server.NewAccountAsync();
        await using var screen = await server.ConnectAsync(account, TinyBuffer);
        await screen.OutlastAsync(bytesASecond: 0, "{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[\"station/north\",null]}");
        await good.SeesAChangeAsync();
    }

    private async Task OutlastAsync(int screens, int bytesASecond)
    {
        await using var good = await server.WatchAsync("north");
        ApiClient[] accounts = [await server.NewAccountAsync(), await server.NewAccountAsync()];
        for (var i = 0; i < RoundsBefore; i++)
        {
            await server.ChangeCrowdAsync();
            await good.SeesAChangeAsync();
        }

        var before = server.PeakKilobytes;
        var stalled = await Task.WhenAll(Enumerable.Range(0, screens).Select(async i =>
        {
            var screen = await server.ConnectAsync(accounts[i % 2], TinyBuffer);
            await screen.SubscribeAsync(good.Feed);
            await screen.ReadUntilAlikeAsync(good);
            return screen;
        }));
        var closed = Task.WhenAll(stalled.Select(x => x.OutlastAsync(bytesASecond)));
        do
        {
            await server.ChangeCrowdAsync();
            await good.SeesAChangeAsync();
        }
        while (!closed.IsCompleted);
        await closed;
        var grown = server.PeakKilobytes - before;
        Assert.True(grown < KilobytesOfWork + (screens * KilobytesOfAScreen), $"{screens} screens that do not read cost {grown} kB.");

        await good.SeesAChangeAsync();
        await Task.WhenAll(stalled.Select(async (screen, i) =>
        {
            await using var back = await screen.ComeBackAsync(server.Url, accounts[i % 2].AccessToken!);
            await back.SubscribeAsync(good.Feed);
            await back.ReadUntilAlikeAsync(good);
            Assert.True(back.Snapshots == 0, "It was sent all again.");
            await screen.DisposeAsync();
        }));
        Array.ForEach(accounts, x => x.Dispose());
    }
}
