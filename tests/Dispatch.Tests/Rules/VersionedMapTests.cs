using CsCheck;
using Dispatch.Live;

namespace Dispatch.Tests.Rules;

/// <summary>The heart of the feeds: a reader that asks "what changed since my cursor?" never skips and never goes backwards.</summary>
public sealed class VersionedMapTests
{
    [Fact]
    public void Read_AnyInterleavingOfChangesReadsAndLostReads_EndsEqualToTheMap() =>
        Gen.Int[0, 1000].Array[1, 60].Sample(
            steps =>
            {
                var map = new VersionedMap("e1", maxTombstones: 3);
                var mirror = new VersionedMap("none", maxTombstones: 3);
                var screen = new FeedReplica();
                foreach (var step in steps)
                {
                    Step(map, mirror, screen, step);
                }

                Pull(map, mirror);
                Push(mirror, screen);
                return Content(map) == Content(mirror) && Content(map) == Content(screen) && screen.Cursor!.Seq == map.Seq;
            },
            iter: 20_000);

    [Fact]
    public void Read_WithACursorOfAnotherEpoch_IsASnapshot()
    {
        var map = new VersionedMap("now");
        map.Set("a", JsonText.Of(1));
        var batch = map.Read(new FeedCursor("before", 1));
        Assert.True(batch.Snapshot);
        Assert.Equal("a", Assert.Single(batch.Changes).Key);
    }

    [Fact]
    public void Read_AfterTheRemovalWasForgotten_IsASnapshot()
    {
        var map = new VersionedMap("e", maxTombstones: 1);
        map.Set("a", JsonText.Of(1));
        map.Set("b", JsonText.Of(1));
        var cursor = new FeedCursor("e", map.Seq);
        map.Remove("a");
        map.Remove("b");
        Assert.True(map.Read(cursor).Snapshot);
    }

    [Fact]
    public void Read_ManyChangesOfOneKey_BringsTheNewestOnly()
    {
        var map = new VersionedMap("e");
        map.Set("a", JsonText.Of(0));
        var cursor = new FeedCursor("e", map.Seq);
        for (var i = 1; i <= 1000; i++)
        {
            map.Set("a", JsonText.Of(i));
        }

        var batch = map.Read(cursor);
        Assert.Equal(1000, Assert.Single(batch.Changes).Value.As<int>());
        Assert.Equal((1, 1001), (batch.From, batch.To));
    }

    [Fact]
    public void Apply_MessagesRepeatedAndReordered_NeverGoesBackwards() =>
        Gen.Int[0, 30].Array[1, 40].Sample(
            order =>
            {
                var map = new VersionedMap("e");
                var messages = new List<FeedMessage>();
                FeedCursor? cursor = null;
                for (var i = 0; i < 30; i++)
                {
                    map.Set($"k{i % 4}", JsonText.Of(i));
                    var batch = map.Read(cursor);
                    messages.Add(Message(batch));
                    cursor = new FeedCursor(batch.Epoch, batch.To);
                }

                var screen = new FeedReplica();
                var seq = 0L;
                foreach (var i in order)
                {
                    screen.Apply(messages[Math.Min(i, 29)]);
                    if ((screen.Cursor?.Seq ?? 0) < seq)
                    {
                        return false;
                    }

                    seq = screen.Cursor?.Seq ?? 0;
                }

                return true;
            },
            iter: 2_000);

    private static void Step(VersionedMap map, VersionedMap mirror, FeedReplica screen, int step)
    {
        var key = $"k{step % 7}";
        switch (step % 10)
        {
            case < 5:
                map.Set(key, JsonText.Of(step));
                break;
            case < 7:
                map.Remove(key);
                break;
            case < 9:
                Pull(map, mirror);
                break;
            default:
                Push(mirror, screen);
                break;
        }
    }

    private static void Pull(VersionedMap map, VersionedMap mirror) =>
        Assert.True(mirror.Apply(map.ReadForCopy(mirror.Epoch == "none" ? null : new FeedCursor(mirror.Epoch, mirror.Seq))));

    private static void Push(VersionedMap mirror, FeedReplica screen)
    {
        if (mirror.Epoch != "none" && (screen.Cursor is null || screen.Cursor.Seq < mirror.Seq))
        {
            Assert.Equal(FeedOutcome.Applied, screen.Apply(Message(mirror.Read(screen.Cursor))));
        }
    }

    private static FeedMessage Message(FeedBatch batch) => new(
        "f", batch.Epoch, batch.From, batch.To, batch.Snapshot, [.. batch.Changes.Select(x => new FeedChange(x.Key, x.Value))]);

    private static string Content(VersionedMap map) => string.Join(';', map.Keys.Order(StringComparer.Ordinal).Select(x => $"{x}={map[x]}"));

    private static string Content(FeedReplica screen) =>
        string.Join(';', screen.Values.OrderBy(x => x.Key, StringComparer.Ordinal).Select(x => $"{x.Key}={x.Value}"));
}
