using System.Net;
using Dispatch.Live;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Tests.Live;

/// <summary>The client over SignalR's real stack and a hub that the test plays: what it asks for, when, and what it shows meanwhile.</summary>
public sealed class FeedClientTests : IAsyncLifetime
{
    private const string Feed = "station/1";
    private static readonly FeedClientOptions Quick = new(new Uri("http://localhost"), () => Task.FromResult<string?>(null))
    {
        FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5), PauseAfterRefusal = TimeSpan.FromMilliseconds(5),
    };

    private readonly FakeHub hub = new();
    private FeedClient client = null!;

    public ValueTask InitializeAsync()
    {
        client = new FeedClient(Quick with { Configure = hub.Use });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    [Fact]
    public async Task Line_Cut_IsOpenedAgainAndEveryFeedGoesOnFromItsCursor()
    {
        await client.StartAsync();
        var one = await client.SubscribeAsync("station/1");
        var two = await client.SubscribeAsync("station/2");
        hub.Send(Whole("station/1", "e", 7, "a"));
        hub.Send(Whole("station/2", "f", 4, "b"));
        await PhaseAsync(two, FeedPhase.Current);
        hub.Cut();
        await Until.HoldsAsync(() => hub.Asked.Count() == 4);
        Assert.Equal([("station/1", new FeedCursor("e", 7)), ("station/2", new FeedCursor("f", 4))], hub.Asked.Skip(2).OrderBy(x => x.Feed));
        await PhaseAsync(one, FeedPhase.Current);
        Assert.Equal(["a"], one.Values().Keys);
    }

    [Fact]
    public async Task FirstConnection_ThatFailsManyTimes_IsTriedUntilItStands()
    {
        hub.Connecting = attempt => _ = attempt < 12 ? throw new IOException("unreachable") : true;
        using var stopping = new CancellationTokenSource();
        var feed = client.Watch(Feed);
        var running = client.RunAsync(stopping.Token);
        await Until.HoldsAsync(() => hub.Asked.Any());
        Assert.Equal(12, hub.Attempts);
        hub.Send(Whole(Feed, "e", 1, "a"));
        await PhaseAsync(feed, FeedPhase.Current);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Server_ThatWantsToBeLeftAlone_IsLeftAloneThatLong()
    {
        var time = new ManualTime();
        await using var patient = new FeedClient(Quick with { Configure = hub.Use, Time = time });
        var wait = TimeSpan.FromMinutes(7);
        hub.Connecting = attempt => _ = attempt == 1 ? throw new HubUnreachableException(HttpStatusCode.TooManyRequests, wait, new IOException()) : true;
        using var stopping = new CancellationTokenSource();
        var running = patient.RunAsync(stopping.Token);
        await Until.HoldsAsync(() => time.Pending.Any(x => x >= wait), () => string.Join(' ', time.Pending));

        // It waits for some part of its own pause more, which may be none.
        time.Advance(wait - Quick.FirstPause);
        Assert.Equal(1, hub.Attempts);
        time.Advance(2 * Quick.FirstPause);
        await Until.HoldsAsync(() => hub.Attempts == 2);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Gap_OfManyMessages_LeadsToOneQuestionAtATime()
    {
        var feed = await CurrentAsync();
        var held = new TaskCompletionSource();
        hub.Answer = async (_, _) =>
        {
            await held.Task;
            return null;
        };
        for (var seq = 20; seq < 40; seq++)
        {
            hub.Send(Change("e", seq, seq + 1, "lost one before"));
        }

        await PhaseAsync(feed, FeedPhase.CatchingUp);
        await Until.HoldsAsync(() => hub.Asked.Count() == 2);
        Assert.Equal((Feed, new FeedCursor("e", 7)), hub.Asked.Last());
        hub.Send(Change("e", 7, 40, "b"));
        await PhaseAsync(feed, FeedPhase.Current);
        held.SetResult();

        // An answered call of ours tells that nothing else was asked before it.
        await client.CommandAsync("AddNote", ["text"], CancellationToken.None);
        Assert.Equal(["Subscribe", "Subscribe", "AddNote"], hub.Calls.Select(x => x.Method));
        Assert.Equal(["a", "b"], feed.Values().Keys.Order());
    }

    [Fact]
    public async Task Gap_WhileTheQuestionIsUnderWay_IsAskedForAfterTheAnswer()
    {
        await CurrentAsync();
        await TakenAsync();
        var held = new TaskCompletionSource();
        hub.Answer = async (_, _) =>
        {
            await held.Task;
            return null;
        };
        hub.Send(Change("e", 20, 21, "lost one before"));
        await Until.HoldsAsync(() => Asked.Count() == 2);
        hub.Send(Change("e", 22, 23, "lost one before"));
        await TakenAsync();
        Assert.Equal(2, Asked.Count());
        held.SetResult();
        await Until.HoldsAsync(() => Asked.Count() == 3);
    }

    [Fact]
    public async Task Gap_ThatAnswersDoNotMend_IsAskedForEverMoreSlowly()
    {
        var time = new ManualTime();
        await using var patient = new FeedClient(Quick with { Configure = hub.Use, Time = time, FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(16) });
        await patient.StartAsync();
        await patient.SubscribeAsync(Feed);
        for (var vain = 0; vain < 7; vain++)
        {
            hub.Send(Change("e", 3, 4, "does not fit"));
            var bound = TimeSpan.FromSeconds(Math.Min(16, Math.Pow(2, vain)));
            await Until.HoldsAsync(() => time.Pending.Any(x => x >= bound / 2 && x <= bound), () => $"{vain}: {string.Join(' ', time.Pending)}");
            Assert.Equal(1 + vain, hub.Asked.Count());
            time.Advance(bound);
            await Until.HoldsAsync(() => hub.Asked.Count() == 2 + vain);
        }
    }

    [Fact]
    public async Task Parts_WithTheLineCutInBetween_AreKeptAndShownWithTheLast()
    {
        var feed = await CurrentAsync();
        hub.Send(new FeedMessage(Feed, "e2", 0, 3, true, [Entry("b")], More: true));
        hub.Send(new FeedMessage(Feed, "e2", 3, 5, false, [Entry("c")], More: true));
        await TakenAsync();
        hub.Cut();
        await Until.HoldsAsync(() => Asked.Count() == 2);
        Assert.Equal(new FeedCursor("e2", 5), Asked.Last());
        Assert.Equal(["a"], feed.Values().Keys);
        await PhaseAsync(feed, FeedPhase.CatchingUp);
        hub.Send(new FeedMessage(Feed, "e2", 5, 6, false, [Entry("d")]));
        await PhaseAsync(feed, FeedPhase.Current);
        Assert.Equal(["b", "c", "d"], feed.Values().Keys.Order());
    }

    [Fact]
    public async Task StaleFeed_IsToldUntilItIsCurrentOrAskedForAgain()
    {
        var feed = await CurrentAsync();
        var told = new List<FeedPhase>();
        client.ConditionChanged += x => told.Add(x.State.Phase);
        var since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        hub.Send(new FeedStatus(Feed, FeedCondition.Stale, since));
        await PhaseAsync(feed, FeedPhase.Stale);
        Assert.Equal(since, feed.State.Since);
        hub.Send(new FeedStatus(Feed, FeedCondition.Current));
        await PhaseAsync(feed, FeedPhase.Current);
        Assert.Equal([FeedPhase.Stale, FeedPhase.Current], told);
        hub.Send(new FeedStatus(Feed, FeedCondition.Stale, since));
        await PhaseAsync(feed, FeedPhase.Stale);
        hub.Cut();
        await PhaseAsync(feed, FeedPhase.Current);
        Assert.NotNull(client.LastHeardAt);
    }

    [Fact]
    public async Task EndedFeed_IsDroppedAndAskedForOnTheNextConnectionOnly()
    {
        var feed = await CurrentAsync();
        hub.Send(new FeedStatus(Feed, FeedCondition.Ended, Code: "forbidden", Message: "Not yours any more."));
        await PhaseAsync(feed, FeedPhase.Ended);
        Assert.Equal(new HubRefusal("forbidden", "Not yours any more."), feed.State.Refusal);
        Assert.Empty(feed.Values());
        hub.Send(Change("e", 70, 71, "b"));
        hub.Send(Whole(Feed, "e", 72, "b"));
        await TakenAsync();
        Assert.Single(Asked);
        Assert.Empty(feed.Values());
        hub.Cut();
        await Until.HoldsAsync(() => Asked.Count() == 2);
        Assert.Null(Asked.Last());
    }

    [Fact]
    public async Task RefusedFeed_IsReportedAndTriedAgainWhileOthersGoOn()
    {
        var mine = await CurrentAsync();
        hub.Answer = (_, arguments) => Task.FromResult<string?>(Equals(arguments[0], "station/2") ? "forbidden: Not yours." : null);
        var refused = client.Watch("station/2");
        await PhaseAsync(refused, FeedPhase.Refused);
        Assert.Equal(new HubRefusal("forbidden", "Not yours."), refused.State.Refusal);
        Assert.Equal(FeedPhase.Current, mine.State.Phase);
        hub.Answer = (_, _) => Task.FromResult<string?>(null);
        await PhaseAsync(refused, FeedPhase.CatchingUp);
        hub.Send(Whole("station/2", "f", 1, "b"));
        await PhaseAsync(refused, FeedPhase.Current);
    }

    [Fact]
    public async Task Subscribe_Refused_ThrowsTheCodeAndWatchesNothing()
    {
        await client.StartAsync();
        hub.Answer = (_, _) => Task.FromResult<string?>("tooManySubscriptions: As many as it may.");
        var error = await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync(Feed));
        Assert.Equal("tooManySubscriptions: As many as it may.", error.Message);
        await Until.HoldsAsync(() => hub.Calls.Last().Method == "Unsubscribe");
    }

    [Fact]
    public async Task Unwatch_TellsTheServerAndForgets()
    {
        await CurrentAsync();
        await client.UnwatchAsync(Feed);
        hub.Send(Change("e", 7, 8, "b"));
        await TakenAsync();
        Assert.Equal(["Subscribe", "Unsubscribe", "Subscribe"], hub.Calls.Select(x => x.Method));
        Assert.Empty(client.Values(Feed));
        hub.Cut();
        await Until.HoldsAsync(() => hub.Attempts == 2);
        await TakenAsync();
        Assert.Single(Asked);
    }

    [Fact]
    public async Task Command_OfUnknownOutcome_IsSentAgainUnderItsId()
    {
        await client.StartAsync();
        var answers = new Queue<string?>(["unavailable: Not known.", "tooManyCalls: Slowly.", null]);
        hub.Answer = (_, _) =>
        {
            // The second answer never comes: the line breaks first.
            if (answers.Count == 2)
            {
                hub.Cut();
            }

            return Task.FromResult(answers.Dequeue());
        };
        Assert.Null(await client.CommandAsync("AddNote", ["text"], CancellationToken.None));
        Assert.Equal(3, hub.Calls.Count);
        Assert.Single(hub.Calls.Select(x => x.Arguments[0]).Distinct());
        hub.Answer = (_, _) => Task.FromResult<string?>("incidentNotOpen: It has ended.");
        Assert.Equal("incidentNotOpen", (await client.CommandAsync("AddNote", ["text"], CancellationToken.None))?.Code);
        Assert.Equal(4, hub.Calls.Count);
    }

    [Fact]
    public async Task Values_AreParsedOnceForEachChange()
    {
        var feed = await CurrentAsync();
        hub.Send(Change("e", 7, 8, "b"));
        await client.WaitForAsync<Entity>(Feed, "b", x => x is not null, TimeSpan.FromSeconds(20));
        var (a, b) = (feed.Find<Entity>("a"), feed.Find<Entity>("b"));
        Assert.Same(a, feed.Find<Entity>("a"));
        hub.Send(Change("e", 8, 9, "b"));
        await client.WaitForAsync<Entity>(Feed, "b", x => !ReferenceEquals(x, b), TimeSpan.FromSeconds(20));
        Assert.Same(a, feed.All<Entity>("a").Single());
    }

    private async Task<WatchedFeed> CurrentAsync()
    {
        await client.StartAsync();
        var feed = await client.SubscribeAsync(Feed);
        hub.Send(Whole(Feed, "e", 7, "a"));
        await PhaseAsync(feed, FeedPhase.Current);
        return feed;
    }

    private IEnumerable<FeedCursor?> Asked => hub.Asked.Where(x => x.Feed == Feed).Select(x => x.Cursor);

    /// <summary>Waits until the client has taken all that was sent: messages are taken in order, so one of another feed tells.</summary>
    private async Task TakenAsync()
    {
        var last = await client.SubscribeAsync("station/last");
        hub.Send(Whole("station/last", Guid.NewGuid().ToString(), 1, "last"));
        await PhaseAsync(last, FeedPhase.Current);
    }

    private static Task PhaseAsync(WatchedFeed feed, FeedPhase phase) =>
        Until.HoldsAsync(() => feed.State.Phase == phase, () => $"{feed.Name} should be {phase} and is {feed.State}.");

    private static FeedMessage Whole(string feed, string epoch, long to, string key) => new(feed, epoch, 0, to, true, [Entry(key)]);

    private static FeedMessage Change(string epoch, long from, long to, string key) => new(Feed, epoch, from, to, false, [Entry(key)]);

    private static FeedChange Entry(string key) => new(key, JsonText.Of(new Entity(key)));

    private sealed record Entity(string Name);
}
