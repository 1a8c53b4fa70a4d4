using CsCheck;
using Dispatch.Live;

namespace Dispatch.Tests.Live;

/// <summary>A client's copy never skips, never goes backwards and never shows half of a snapshot, whatever the line does to its messages.</summary>
public sealed class FeedReplicaTests
{
    private const string Feed = "station/1";

    [Fact]
    public void Apply_MessagesDroppedRepeatedAndReordered_EndsEqualToTheFeed() =>
        Gen.Int[0, 9999].Array[1, 120].Sample(
            steps =>
            {
                var line = new BadLine();
                foreach (var step in steps)
                {
                    line.Step(step);
                    line.Spoil(step);
                }

                return line.EndsEqual();
            },
            iter: 20_000);

    [Fact]
    public void Apply_LineCutAnywhere_ShowsAtEachMomentWhatTheFeedOnceWas() =>
        Gen.Int[0, 9999].Array[1, 120].Sample(
            steps =>
            {
                var line = new BadLine();
                foreach (var step in steps)
                {
                    line.Step(step);
                    line.AssertWhole();
                }

                return line.EndsEqual();
            },
            iter: 20_000);

    [Fact]
    public void Apply_SnapshotInParts_IsShownWithItsLastPart()
    {
        var replica = At(9, "a", "b");
        Assert.Equal(FeedOutcome.Gathered, replica.Apply(Part("e", 0, 3, snapshot: true, more: true, "c")));
        Assert.Equal(["a", "b"], replica.Values.Keys.Order());
        Assert.Equal((9, 3), (replica.Shown!.Seq, replica.Cursor!.Seq));
        Assert.Equal(FeedOutcome.Gathered, replica.Apply(Part("e", 3, 5, snapshot: false, more: true, "d")));
        Assert.Equal(FeedOutcome.Applied, replica.Apply(Part("e", 5, 12, snapshot: false, more: false, "b")));
        Assert.Equal(["b", "c", "d"], replica.Values.Keys.Order());
        Assert.Equal(["a", "b", "c", "d"], replica.Changed.Order());
        Assert.Equal(12, replica.Shown!.Seq);
    }

    [Fact]
    public void Apply_ChangesInParts_AreShownWithTheLastPart()
    {
        var replica = At(9, "a");
        replica.Apply(Part("e", 9, 10, snapshot: false, more: true, "b"));
        Assert.Equal(["a"], replica.Values.Keys);
        Assert.Equal(FeedOutcome.Applied, replica.Apply(Part("e", 10, 11, snapshot: false, more: false, "c")));
        Assert.Equal(["a", "b", "c"], replica.Values.Keys.Order());
        Assert.Equal(["b", "c"], replica.Changed.Order());
    }

    [Fact]
    public void Apply_PartMissing_KeepsWhatIsShownAndWhatWasGathered()
    {
        var replica = At(9, "a");
        replica.Apply(Part("e2", 0, 3, snapshot: true, more: true, "b"));
        Assert.Equal(FeedOutcome.Gap, replica.Apply(Part("e2", 4, 5, snapshot: false, more: false, "d")));
        Assert.Equal((new FeedCursor("e", 9), new FeedCursor("e2", 3)), (replica.Shown, replica.Cursor));
        Assert.Equal(FeedOutcome.Applied, replica.Apply(Part("e2", 3, 5, snapshot: false, more: false, "c", "d")));
        Assert.Equal(["b", "c", "d"], replica.Values.Keys.Order());
    }

    [Fact]
    public void Apply_WholeSnapshotThatIsLate_ChangesNothing()
    {
        var replica = At(9, "a");
        Assert.Equal(FeedOutcome.Known, replica.Apply(Part("e", 0, 8, snapshot: true, more: false, "b")));
        Assert.Equal(["a"], replica.Values.Keys);
    }

    [Fact]
    public void Apply_SnapshotInPartsThatIsLate_IsForgottenAtItsEnd()
    {
        var replica = At(9, "a");
        replica.Apply(Part("e", 0, 3, snapshot: true, more: true, "b"));
        Assert.Equal(FeedOutcome.Known, replica.Apply(Part("e", 3, 8, snapshot: false, more: false, "c")));
        Assert.Equal(["a"], replica.Values.Keys);
        Assert.Equal(FeedOutcome.Applied, replica.Apply(Part("e", 9, 10, snapshot: false, more: false, "d")));
    }

    [Fact]
    public void Apply_EmptyLastPart_EndsTheGathering()
    {
        var replica = At(9, "a");
        replica.Apply(Part("e", 0, 12, snapshot: true, more: true, "b"));
        Assert.Equal(FeedOutcome.Applied, replica.Apply(Part("e", 12, 12, snapshot: false, more: false)));
        Assert.Equal(["b"], replica.Values.Keys);
    }

    private static FeedReplica At(long seq, params string[] keys)
    {
        var replica = new FeedReplica();
        Assert.Equal(FeedOutcome.Applied, replica.Apply(Part("e", 0, seq, snapshot: true, more: false, keys)));
        return replica;
    }

    private static FeedMessage Part(string epoch, long from, long to, bool snapshot, bool more, params string[] keys) =>
        new(Feed, epoch, from, to, snapshot, [.. keys.Select(x => new FeedChange(x, JsonText.Of(to)))], more);

    /// <summary>A line between a feed and a client, which may do to messages what a line never should.</summary>
    private sealed class BadLine
    {
        private readonly ModelFeed feed = new(Feed);
        private readonly LinkedList<FeedMessage> under = new();
        private readonly FeedReplica replica = new();
        private FeedCursor? sentTo;

        public void Step(int step)
        {
            var detail = step / 20;
            switch (step % 20)
            {
                case < 6:
                    feed.Set($"k{detail % 6}", detail % 5 == 0 ? null : step);
                    break;
                case 6 when detail % 8 == 0:
                    feed.Restart();
                    break;
                case < 13:
                    Send(1 + (detail % 3));
                    break;
                case 13:
                    Cut();
                    break;
                default:
                    Deliver();
                    break;
            }
        }

        /// <summary>Drops, repeats or reorders.</summary>
        public void Spoil(int step)
        {
            switch (step / 7 % 12)
            {
                case 0 when under.Count > 0:
                    under.RemoveFirst();
                    break;
                case 1 when under.First is { } first:
                    under.AddLast(first.Value);
                    break;
                case 2 when under.Last is { } last:
                    under.RemoveLast();
                    under.AddFirst(last);
                    break;
                default:
                    break;
            }
        }

        public void AssertWhole() => Assert.Equal(
            replica.Shown is { } shown ? feed.At(shown) : string.Empty, ModelFeed.Text(replica.Values));

        public bool EndsEqual()
        {
            Cut();
            while (Send(2))
            {
                Deliver();
            }

            return ModelFeed.Text(replica.Values) == feed.Content && replica.Shown == feed.Cursor && !replica.IsGathering;
        }

        /// <summary>What is under way is lost, and the client goes on from what it has.</summary>
        private void Cut()
        {
            under.Clear();
            sentTo = replica.Cursor;
        }

        private bool Send(int most)
        {
            if (feed.Next(sentTo, most) is not { } message)
            {
                return false;
            }

            under.AddLast(message);
            sentTo = new FeedCursor(message.Epoch, message.To);
            return true;
        }

        private void Deliver()
        {
            if (under.First is not { } next)
            {
                return;
            }

            under.RemoveFirst();
            var (before, values) = (replica.Shown, ModelFeed.Text(replica.Values));
            if (replica.Apply(next.Value) == FeedOutcome.Gap)
            {
                sentTo = replica.Cursor;
            }

            var now = replica.Shown;
            Assert.True(before is null || before.Epoch != now!.Epoch || before.Seq <= now.Seq, $"It went back from {before} to {now}.");
            Assert.True(!next.Value.More || values == ModelFeed.Text(replica.Values), "It showed a part.");
        }
    }
}
