using System.Globalization;
using System.Threading.Channels;
using Dispatch.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Dispatch.Tests.Live;

/// <summary>
/// A web node's copy of a feed and the screens that watch it: one question to the grain however many screens there are, nobody waits for anybody, and
/// a grain that is silent is noticed.
/// </summary>
public sealed class FeedMirrorTests : IDisposable
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly LiveOptions options = new() { MaxBatchBytes = 1024, StalledAfter = TimeSpan.FromSeconds(20) };
    private readonly Source source = new();
    private readonly List<PipedScreen> screens = [];
    private readonly VersionedMap grain = new("e1");
    private readonly FeedMirror mirror;

    public FeedMirrorTests()
    {
        mirror = new FeedMirror(
            "station/north", FeedKind.Station, FeedSight.Full, source, Options.Create(options), time, NullLogger<FeedMirror>.Instance);
    }

    [Fact]
    public async Task Change_WithAHundredScreens_IsAskedForOnce()
    {
        grain.Set("a", JsonText.Of(1));
        await source.AnswerAsync(grain);
        var all = Enumerable.Range(0, 100).Select(_ => Screen()).ToList();
        await Task.WhenAll(all.Select(x => x.ReadUntilAsync(y => Has(y, "a", "1"))));

        grain.Set("a", JsonText.Of(2));
        await FlushAsync();
        await source.AnswerAsync(grain);
        await Task.WhenAll(all.Select(x => x.ReadUntilAsync(y => Has(y, "a", "2"))));
        Assert.Equal(2, source.Asked);
    }

    [Fact]
    public async Task Screens_AtTheSamePlace_AreSentTheVerySameMessage()
    {
        grain.Set("a", JsonText.Of(1));
        await source.AnswerAsync(grain);
        await mirror.Loaded;
        var screen = Screen();
        var (one, other) = (At(null), At(null));
        Assert.Same(mirror.Read(one)!.Message, mirror.Read(other)!.Message);
        await screen.ReadUntilAsync(x => Has(x, "a", "1"));
        grain.Set("a", JsonText.Of(2));
        await FlushAsync();
        await source.AnswerAsync(grain);
        await screen.ReadUntilAsync(x => Has(x, "a", "2"));
        Assert.Same(mirror.Read(At(new FeedCursor("e1", 1)))!.Message, mirror.Read(At(new FeedCursor("e1", 1)))!.Message);
        Assert.Null(mirror.Read(At(new FeedCursor("e1", 2))));

        FeedSubscription At(FeedCursor? cursor) => new(screen.Connection, mirror, new FeedName(FeedKind.Station, "north"), cursor, time.GetUtcNow());
    }

    [Fact]
    public async Task Screen_ThatDoesNotRead_CostsTheOthersNothingAndGetsMergedChangesWhenItDoes()
    {
        // The clock of the test runs as far as it must; how long a screen may stand still is another test's matter.
        options.StalledAfter = TimeSpan.FromDays(1);
        grain.Set("k", JsonText.Of(0));
        await source.AnswerAsync(grain);
        var (good, bad) = (Screen(), Screen());
        for (var i = 1; i <= 200; i++)
        {
            grain.Set("k", JsonText.Of(i));
            grain.Set($"other{i % 3}", JsonText.Of(new string('x', 300)));
            await FlushAsync();
            await source.AnswerAsync(grain);
            await good.ReadUntilAsync(x => Has(x, "k", i.ToString(CultureInfo.InvariantCulture)));
        }

        await bad.ReadUntilAsync(x => Has(x, "k", "200"));
        Assert.True(bad.Received.Count < 60, $"It was sent {bad.Received.Count} messages for 200 changes that it did not read.");
        var seq = 0L;
        foreach (var message in bad.Received)
        {
            Assert.Equal(seq, message.GetProperty("from").GetInt64());
            seq = message.GetProperty("to").GetInt64();
        }
    }

    [Fact]
    public async Task Screen_ThatDoesNotReadForTooLong_IsClosed()
    {
        for (var i = 0; i < 100; i++)
        {
            grain.Set($"k{i}", JsonText.Of(new string('x', 300)));
        }

        await source.AnswerAsync(grain);
        await mirror.Loaded;
        var bad = Screen();
        Assert.False(bad.Aborted.IsCancellationRequested);
        time.Advance(options.StalledAfter + TimeSpan.FromSeconds(1));
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(20), bad.Aborted));
        Assert.True(bad.Aborted.IsCancellationRequested, "A screen that has read nothing for 21 s is still open.");
    }

    [Fact]
    public async Task Snapshot_OfALargeFeed_ComesInPartsThatFitTheLimit()
    {
        for (var i = 0; i < 100; i++)
        {
            grain.Set($"k{i}", JsonText.Of(new string('x', 300)));
        }

        await source.AnswerAsync(grain);
        await mirror.Loaded;
        var screen = Screen();
        var last = await screen.ReadUntilAsync(x => !x.TryGetProperty("more", out _));
        Assert.Equal(100, last.GetProperty("to").GetInt64());
        Assert.Equal(100, screen.Received.Sum(x => x.GetProperty("changes").GetArrayLength()));
        Assert.All(screen.Received, x => Assert.InRange(x.GetRawText().Length, 1, 1500));
        Assert.Equal([true], screen.Received.Select(x => x.GetProperty("snapshot").GetBoolean()).Where(x => x));
    }

    [Fact]
    public async Task Grain_ThatNeverAnswers_IsAskedAgainAndTheScreensAreToldSo()
    {
        grain.Set("a", JsonText.Of(1));
        await source.AnswerAsync(grain);
        var screen = Screen();
        await screen.ReadUntilAsync(x => Has(x, "a", "1"));
        await FlushAsync();
        var asked = source.Asked;
        for (var i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            mirror.LookAfter(time.GetUtcNow());
            await source.MaybeAskedAsync(asked + 1);
        }

        Assert.True(source.Asked > asked, "The question to a grain that died is never asked again.");
        await screen.ReadUntilAsync(x => Status(x) == "stale");
        grain.Set("a", JsonText.Of(2));
        source.AnswerLast(grain);
        await screen.ReadUntilAsync(x => Status(x) == "current");
        await screen.ReadUntilAsync(x => Has(x, "a", "2"));
    }

    [Fact]
    public async Task Screen_ThatKnowsALaterEpoch_WaitsForThisCopyToGetThere()
    {
        grain.Set("a", JsonText.Of("old"));
        await source.AnswerAsync(grain);
        await mirror.Loaded;
        var screen = Screen(new FeedCursor("e2", 5));
        screen.ReadNow();
        Assert.Empty(screen.Received);

        // It makes the copy ask again at once, instead of waiting for the old question's answer.
        var later = new VersionedMap("e2");
        for (var i = 0; i < 6; i++)
        {
            later.Set("a", JsonText.Of(i));
        }

        await FlushAsync();
        await source.AnswerAsync(later);
        Assert.Equal("e2", (await screen.ReadUntilAsync(_ => true)).GetProperty("epoch").GetString());
        Assert.Single(screen.Received);
    }

    [Fact]
    public async Task Screen_WhoseLaterEpochNeverComes_IsServedOnceTheGrainHasSaidSo()
    {
        grain.Set("a", JsonText.Of(1));
        await source.AnswerAsync(grain);
        await mirror.Loaded;
        time.Advance(TimeSpan.FromMilliseconds(1));
        var screen = Screen(new FeedCursor("zzz", 5));
        screen.ReadNow();
        Assert.Empty(screen.Received);
        await FlushAsync();
        await source.AnswerAsync(grain);
        Assert.True((await screen.ReadUntilAsync(x => x.TryGetProperty("snapshot", out _))).GetProperty("snapshot").GetBoolean());
    }

    [Fact]
    public async Task Copy_ThatNobodyWatches_IsKeptAWhileAndThenLetGo()
    {
        grain.Set("a", JsonText.Of(1));
        await source.AnswerAsync(grain);
        var screen = Screen();
        await screen.ReadUntilAsync(x => Has(x, "a", "1"));
        Assert.False(mirror.TryStop(time.GetUtcNow() + TimeSpan.FromHours(1)));
        mirror.Unwatch(screen.Subscription);
        Assert.False(mirror.TryStop(time.GetUtcNow() + (options.LingerAfterLast / 2)));
        Assert.True(mirror.TryStop(time.GetUtcNow() + options.LingerAfterLast));
        Assert.False(mirror.TryWatch(screen.Subscription));
    }

    public void Dispose()
    {
        mirror.Stop();
        screens.ForEach(x => x.Dispose());
    }

    private static string? Status(System.Text.Json.JsonElement message) =>
        message.TryGetProperty("status", out var status) ? status.GetString() : null;

    private static bool Has(System.Text.Json.JsonElement message, string key, string value) =>
        message.TryGetProperty("changes", out var changes)
        && changes.EnumerateArray().Any(x => x.GetProperty("key").GetString() == key && x.GetProperty("value").ToString() == value);

    private PipedScreen Screen(FeedCursor? cursor = null)
    {
        var screen = new PipedScreen(mirror, cursor, options, time);
        screens.Add(screen);
        return screen;
    }

    /// <summary>Time passes until the copy asks again.</summary>
    private async Task FlushAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!source.IsAsked)
        {
            Assert.False(late.IsCancellationRequested, "The copy does not ask any more.");
            time.Advance(options.FlushInterval);
            await Task.Yield();
        }
    }

    /// <summary>Stands for a grain that answers when the test says so, or never.</summary>
    private sealed class Source : IFeedGrain
    {
        private readonly Channel<(FeedCursor? Cursor, TaskCompletionSource<FeedBatch?> Answer)> asked =
            Channel.CreateUnbounded<(FeedCursor?, TaskCompletionSource<FeedBatch?>)>();
        private (FeedCursor? Cursor, TaskCompletionSource<FeedBatch?> Answer) last;
        private int count;

        public int Asked => Volatile.Read(ref count);

        public bool IsAsked => asked.Reader.TryPeek(out _);

        public Task<FeedBatch?> ReadFeedAsync(string feed, FeedSight sight, FeedCursor? cursor, TimeSpan wait)
        {
            var answer = new TaskCompletionSource<FeedBatch?>(TaskCreationOptions.RunContinuationsAsynchronously);
            last = (cursor, answer);
            asked.Writer.TryWrite((cursor, answer));
            Interlocked.Increment(ref count);
            return answer.Task;
        }

        /// <summary>Answers the oldest question that was not answered.</summary>
        public async Task AnswerAsync(VersionedMap grain)
        {
            var (cursor, answer) = await asked.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
            answer.SetResult(grain.ReadForCopy(cursor));
        }

        public void AnswerLast(VersionedMap grain) => last.Answer.TrySetResult(grain.ReadForCopy(last.Cursor));

        public async Task MaybeAskedAsync(int times)
        {
            for (var i = 0; i < 100 && Asked < times; i++)
            {
                await Task.Yield();
            }
        }
    }
}
