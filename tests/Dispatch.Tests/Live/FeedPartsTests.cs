using System.Globalization;
using CsCheck;
using Dispatch.Live;

namespace Dispatch.Tests.Live;

/// <summary>
/// A feed travels in parts, over several copies, to screens that lose what was sent and come back elsewhere. A screen that knows the public contract
/// alone must still end with exactly what the feed has, and never go back in it.
/// </summary>
public sealed class FeedPartsTests
{
    private const int Removals = 4;

    [Fact]
    public void Read_InPartsOverTwoCopiesWithLossesAndMoves_EndsEqualToTheFeed() =>
        Gen.Int[0, 10_000].Array[1, 120].Sample(
            steps =>
            {
                var world = new World();
                foreach (var step in steps)
                {
                    world.Step(step);
                }

                world.Settle();
                return world.Screen.Content == World.ContentOf(world.Feed) && !world.Screen.WentBack;
            },
            iter: 20_000);

    [Fact]
    public void ReadForCopy_OfAFeedWithRemovals_LetsTheCopyAnswerCursorsFromBeforeIt()
    {
        var feed = new VersionedMap("e", Removals);
        feed.Set("a", JsonText.Of(1));
        feed.Set("b", JsonText.Of(1));
        var screen = new FeedCursor("e", feed.Seq);
        feed.Remove("a");
        var copy = new VersionedMap("none", Removals);
        copy.Apply(feed.ReadForCopy(null));

        // A screen that comes from another web node is told what changed, not sent everything again.
        var batch = copy.Read(screen);
        Assert.False(batch.Snapshot);
        Assert.Equal(("a", true), (Assert.Single(batch.Changes).Key, batch.Changes[0].Value.IsNull));
    }

    [Fact]
    public void Read_AfterARemovalWasForgottenAmidASnapshot_BeginsTheSnapshotAnew()
    {
        var feed = new VersionedMap("e", Removals);
        for (var i = 0; i < 20; i++)
        {
            feed.Set($"k{i}", JsonText.Of(i));
        }

        var part = feed.Read(null, maxBytes: 1);
        var (cursor, held) = (new FeedCursor("e", part.To), feed.Seq);
        Assert.True(part is { Snapshot: true, More: true });
        Assert.False(feed.Read(cursor, held).Snapshot);

        for (var i = 0; i < Removals; i++)
        {
            feed.Remove($"k{i}");
        }

        Assert.False(feed.Read(cursor, held).Snapshot);
        feed.Remove("k10");
        feed.Remove("k11");
        Assert.True(feed.Read(cursor, held).Snapshot, "The removal of k0, which the screen has, is forgotten; going on would leave it there for ever.");
    }

    [Fact]
    public void Apply_OfANewLifeThatKnowsLess_TakesNoVersionBack()
    {
        var old = new VersionedMap("e1");
        old.Set("pair/1", JsonText.Of("v10"), 10);
        old.Set("pair/2", JsonText.Of("v3"), 3);
        var copy = new VersionedMap("none");
        copy.Apply(old.ReadForCopy(null));

        var next = new VersionedMap("e2");
        next.Set("pair/1", JsonText.Of("v9"), 9);
        next.Set("pair/2", JsonText.Of("v4"), 4);
        Assert.True(copy.Apply(next.ReadForCopy(new FeedCursor("e1", 2))));
        Assert.Equal(("\"v10\"", "\"v4\""), (copy["pair/1"].ToString(), copy["pair/2"].ToString()));

        // Once the new life has heard of it, both are the same.
        next.Set("pair/1", JsonText.Of("v10"), 10);
        Assert.True(copy.Apply(next.ReadForCopy(new FeedCursor(copy.Epoch, copy.Seq))));
        Assert.Equal(next["pair/1"], copy["pair/1"]);
    }

    [Fact]
    public void Set_OfOneKeyAMillionTimes_KeepsTheFeedSmall()
    {
        var feed = new VersionedMap("e");
        feed.Set("other", JsonText.Of(0));
        for (var i = 0; i < 1_000_000; i++)
        {
            feed.Set("k", new JsonText([(byte)('0' + (i % 10))]));
            if (i % 10 == 9)
            {
                feed.Remove("k");
            }
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.Equal(2, feed.ReadForCopy(null).Changes.Length);
        Assert.True(before < 100_000_000, string.Create(CultureInfo.InvariantCulture, $"{before:N0} bytes are held for two keys."));
    }

    [Theory, InlineData(-1), InlineData(long.MaxValue)]
    public void Read_WithASeqThatNeverWas_IsASnapshot(long seq)
    {
        var feed = new VersionedMap("e");
        feed.Set("a", JsonText.Of(1));
        Assert.True(feed.Read(new FeedCursor("e", seq)).Snapshot);
    }

    /// <summary>A feed, two copies of it as two web nodes have them, and a screen that moves between the two.</summary>
    private sealed class World
    {
        private readonly VersionedMap[] copies = [new("none", Removals), new("none", Removals)];
        private int at;
        private long heldFrom;
        private bool connected;
        private int epochs;

        public World() => Array.ForEach(copies, x => x.Apply(Feed.ReadForCopy(null)));

        public VersionedMap Feed { get; private set; } = new("e000", Removals);

        public ContractScreen Screen { get; } = new();

        public void Step(int step)
        {
            var key = $"k{step / 100 % 12}";
            switch (step % 100)
            {
                case < 40:
                    Feed.Set(key, JsonText.Of(step));
                    break;
                case < 55:
                    Feed.Remove(key);
                    break;
                case < 70:
                    Pull(step % 2);
                    break;
                case < 72:
                    Restart();
                    break;
                case < 75:
                    (connected, heldFrom, at) = (false, 0, step % 2);
                    break;
                case < 80:
                    Send(lost: true);
                    break;
                default:
                    Send(lost: false);
                    break;
            }
        }

        public void Settle()
        {
            Pull(0);
            Pull(1);
            connected = false;
            for (var i = 0; i < 100 && (i == 0 || Screen.Cursor?.Seq != Feed.Seq || Screen.Cursor.Epoch != Feed.Epoch); i++)
            {
                Send(lost: false);
            }
        }

        public static string ContentOf(VersionedMap map) =>
            string.Join(';', map.Keys.Order(StringComparer.Ordinal).Select(x => $"{x}={map[x]}"));

        /// <summary>The grain is activated anew with what it had, under a later name.</summary>
        private void Restart()
        {
            var next = new VersionedMap(string.Create(CultureInfo.InvariantCulture, $"e{++epochs:000}"), Removals);
            foreach (var key in Feed.Keys)
            {
                next.Set(key, Feed[key]);
            }

            Feed = next;
        }

        private void Pull(int copy)
        {
            var cursor = copies[copy].Epoch == "none" ? null : new FeedCursor(copies[copy].Epoch, copies[copy].Seq);
            Assert.True(copies[copy].Apply(Feed.ReadForCopy(cursor)));
        }

        /// <summary>The next part, as a web node sends it: from where it believes the screen to be. A lost one cuts the line.</summary>
        private void Send(bool lost)
        {
            var copy = copies[at];
            if (!connected)
            {
                (connected, heldFrom) = (true, 0);
            }

            // A web node lets a screen wait that is ahead of it.
            var cursor = Screen.Cursor;
            if (cursor is not null && (string.CompareOrdinal(cursor.Epoch, copy.Epoch) > 0 || (cursor.Epoch == copy.Epoch && cursor.Seq >= copy.Seq)))
            {
                return;
            }

            var part = copy.Read(cursor, heldFrom, maxBytes: 60);
            if (lost)
            {
                connected = false;
                return;
            }

            heldFrom = part.Snapshot ? copy.Seq : heldFrom;
            Screen.Take(part);
        }
    }

    /// <summary>A screen written against the public contract and nothing else; it does not even know of parts.</summary>
    private sealed class ContractScreen
    {
        private readonly SortedDictionary<string, JsonText> values = new(StringComparer.Ordinal);

        public FeedCursor? Cursor { get; private set; }

        public bool WentBack { get; private set; }

        public string Content => string.Join(';', values.Select(x => $"{x.Key}={x.Value}"));

        public void Take(FeedBatch batch)
        {
            if (batch.Snapshot)
            {
                values.Clear();
            }
            else
            {
                Assert.Equal(Cursor, new FeedCursor(batch.Epoch, batch.From));
            }

            WentBack |= string.CompareOrdinal(batch.Epoch, Cursor?.Epoch) < 0;
            foreach (var change in batch.Changes)
            {
                if (change.Value.IsNull)
                {
                    values.Remove(change.Key);
                }
                else
                {
                    values[change.Key] = change.Value;
                }
            }

            Cursor = new FeedCursor(batch.Epoch, batch.To);
        }
    }
}
