using System.Text.Json;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Live;

/// <summary>Feeds whose grains freeze, die and come to life elsewhere, under web nodes that do not: two silos and two web nodes as processes of their own.</summary>
public sealed class FeedSourceTests(PostgresServer postgres) : IAsyncLifetime
{
    private const string Feed = "station/north";
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
    private SiloProcess[] silos = [];
    private DispatchServer[] webs = [];
    private ApiClient dispatcher = null!;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        var organisation = await TestOrganisation.WriteAsync(directory);
        silos = [new SiloProcess(database), new SiloProcess(database)];
        await Task.WhenAll(silos.Select(x => x.StartAsync()));
        webs = [.. Enumerable.Range(0, 2).Select(_ => DispatchServer.On(database, ("Dispatch__Mode", "Cluster"), ("Dispatch__Organisation", organisation)))];
        foreach (var web in webs)
        {
            await web.StartAsync();
        }

        dispatcher = await ApiClient.SignInAsync(webs[0].Url, "dispatcher");
    }

    [Fact]
    public async Task Silos_KilledOneAfterTheOther_NoScreenIsShownHalfOfTheFeed()
    {
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await OpenAsync($"before {i}"));
        }

        await using var screen = await Onlooker.ConnectAsync(webs[0].Url, dispatcher, Feed, "bureau");
        foreach (var id in ids)
        {
            await screen.UntilAsync(Feed, $"incident/{id}", _ => true);
        }

        await screen.UntilAsync("bureau", "station/south", _ => true);
        foreach (var silo in silos)
        {
            await silo.KillAsync();
            await silo.StartAsync();
            var after = await OpenAsync("after");
            await screen.UntilAsync(Feed, $"incident/{after}", _ => true);
            await screen.UntilAsync("bureau", "station/north", x => x.GetProperty("openIncidents").GetInt32() > ids.Count);
            ids.Add(after);
        }

        // Whoever looked at a wall then saw every open incident at every moment, though the station was activated anew with nothing in memory.
        Assert.True(screen.SnapshotsOf(Feed) > 1, "The station never moved; nothing was tested.");
        foreach (var snapshot in screen.TextOf(Feed).Split('\n').Select(x => JsonDocument.Parse(x).RootElement).Where(x => x.GetProperty("snapshot").GetBoolean()))
        {
            var keys = snapshot.GetProperty("changes").EnumerateArray().Select(x => x.GetProperty("key").GetString()!).ToHashSet();
            Assert.True(snapshot.TryGetProperty("more", out _) || ids.Take(20).All(x => keys.Contains($"incident/{x}")), $"Incidents are missing in {snapshot}");
        }
    }

    [Fact]
    public async Task Silos_Frozen_ScreensAreToldThatTheyMayBeOldAndThenThatTheyAreNot()
    {
        await using var screen = await Onlooker.ConnectAsync(webs[0].Url, dispatcher, Feed);
        await screen.UntilAsync(Feed, "summary", _ => true);
        Array.ForEach(silos, x => x.Freeze());
        Assert.NotNull((await screen.UntilStatusAsync(Feed, FeedCondition.Stale)).Since);
        await Task.WhenAll(silos.Select(x => x.KillAsync()));
        await Task.WhenAll(silos.Select(x => x.StartAsync()));
        await screen.UntilStatusAsync(Feed, FeedCondition.Current);
        var id = await OpenAsync("after");
        await screen.UntilAsync(Feed, $"incident/{id}", _ => true);
    }

    [Fact]
    public async Task Screen_ThatMovesToTheOtherWebNode_IsSentWhatItMissedAndNotEverything()
    {
        var ended = await OpenAsync("ends meanwhile");
        await using var before = await Onlooker.ConnectAsync(webs[0].Url, dispatcher, Feed);
        await before.UntilAsync(Feed, $"incident/{ended}", _ => true);
        var last = JsonDocument.Parse(before.TextOf(Feed).Split('\n')[^1]).RootElement;
        var cursor = new FeedCursor(last.GetProperty("epoch").GetString()!, last.GetProperty("to").GetInt64());
        await before.DisposeAsync();

        await dispatcher.DoAsync($"incidents/{ended}/cancel", new { reason = "test" });
        var id = await OpenAsync("meanwhile");
        await using var after = await Onlooker.ConnectAsync(webs[1].Url, dispatcher);
        await after.SubscribeAsync(Feed, cursor);
        await after.UntilAsync(Feed, $"incident/{id}", _ => true);
        await after.UntilAsync(Feed, $"incident/{ended}", x => x.GetProperty("status").GetString() == "cancelled");
        Assert.Equal(0, after.SnapshotsOf(Feed));
    }

    public async ValueTask DisposeAsync()
    {
        dispatcher?.Dispose();
        foreach (var process in webs.Concat<ServerProcess>(silos))
        {
            await process.DisposeAsync();
        }

        Directory.Delete(directory, recursive: true);
    }

    private async Task<string> OpenAsync(string summary)
    {
        var key = Guid.NewGuid().ToString();
        var body = new { category = "dispute", priority = 3, location = new { lat = 35.15, lon = 115.05 }, summary };
        using var late = new CancellationTokenSource(ServerFixture.Patience * 3);
        while (true)
        {
            var (status, answer) = await dispatcher.PostAsync("incidents", body, key);
            if ((int)status is >= 200 and < 300)
            {
                return (string)answer!["id"]!;
            }

            Assert.True((int)status == 503 && !late.IsCancellationRequested, $"{status} {answer}");
        }
    }
}
