using Dispatch.Trials.Checking;

namespace Dispatch.Tests.Cluster;

/// <summary>
/// What watches over the screens of the trials is itself tested: what the contract allows passes, and each kind of violation, planted alone, is caught. Where one of
/// these fails, a trial in which no screen went backwards proves nothing.
/// </summary>
public sealed class FeedWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private readonly FeedWatch watch = new("screen-1", "station/north");
    private int seconds;

    [Fact]
    public void Received_SnapshotThenChangesInOrder_FindsNothing()
    {
        Snapshot("a", 3, ("incident/x", 1), ("pair/p", 4));
        Delta("a", 3, 4, ("incident/x", 2));
        Delta("a", 4, 4);
        Delta("a", 4, 9, ("incident/x", null), ("summary", null));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_NewEpochWithTheSameVersions_FindsNothing()
    {
        Snapshot("a", 3, ("incident/x", 2));
        watch.Subscribed(onSameLine: false);
        Snapshot("b", 1, ("incident/x", 2));
        Delta("b", 1, 2, ("incident/x", 3));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_KeyVanishesAndComesBackHigher_FindsNothing()
    {
        Snapshot("a", 3, ("incident/x", 2));
        Delta("a", 3, 4, ("incident/x", null));
        Delta("a", 4, 5, ("incident/x", 7));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_LessIsShownForAWhileAndThenAllAgain_FindsNothing()
    {
        Snapshot("a", 12, ("incident", 5));
        watch.Subscribed(onSameLine: true);
        Snapshot("am", 14, ("incident", 6));
        Delta("am", 14, 15, ("incident", 7));
        Snapshot("a", 17, ("incident", 7));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_LessIsShownForAWhileAndThenAllOfBefore_IsCursorWentBack() => Catches(FeedRule.CursorWentBack, "a:12 -> a:11", () =>
    {
        Snapshot("a", 12);
        Snapshot("am", 14);
        Snapshot("a", 11);
    });

    [Fact]
    public void Received_SnapshotInParts_IsJudgedWhenItIsWhole()
    {
        Snapshot("a", 90, ("incident/x", 5), ("incident/y", 5));
        Part("a", 0, 40, snapshot: true, more: true, ("incident/x", 5));
        Part("a", 40, 91, snapshot: false, more: false, ("incident/y", 6));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_SnapshotBreaksOffAndChangesFollowOnItsPart_FindsNothing()
    {
        Snapshot("a", 90, ("incident/x", 5));
        Part("b", 0, 4, snapshot: true, more: true, ("incident/x", 5));
        watch.Subscribed(onSameLine: false);
        Delta("b", 4, 8, ("incident/y", 1));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_OldEpochInAPartThatNobodyWasShown_FindsNothing()
    {
        Snapshot("a", 3, ("incident/x", 2));
        Snapshot("b", 3, ("incident/x", 3));
        Part("a", 0, 3, snapshot: true, more: true, ("incident/x", 2));
        watch.Subscribed(onSameLine: false);
        Snapshot("b", 4, ("incident/x", 3));
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_OldMessageAfterSubscribingAgainOnTheSameLine_IsExplained()
    {
        Snapshot("a", 3);
        watch.Subscribed(onSameLine: true);
        Delta("a", 5, 6);
        Delta("a", 3, 6);
        Assert.Empty(watch.Faults);
    }

    [Fact]
    public void Received_GapWithoutReason_IsUnchained() => Catches(FeedRule.Unchained, "a:3 -> a:5 to 6", () =>
    {
        Snapshot("a", 3);
        Delta("a", 5, 6);
    });

    [Fact]
    public void Received_GapAfterOldMessagesAreOver_IsUnchained() => Catches(FeedRule.Unchained, "a:6 -> a:7 to 8", () =>
    {
        Snapshot("a", 3);
        watch.Subscribed(onSameLine: true);
        Delta("a", 3, 6);
        Delta("a", 7, 8);
    });

    [Fact]
    public void Received_GapOnANewLine_IsUnchained() => Catches(FeedRule.Unchained, "a:3 -> a:4 to 5", () =>
    {
        Snapshot("a", 3);
        watch.Subscribed(onSameLine: false);
        Delta("a", 4, 5);
    });

    [Fact]
    public void Received_SameChangeTwice_IsUnchained() => Catches(FeedRule.Unchained, "a:4 -> a:3 to 4", () =>
    {
        Snapshot("a", 3);
        Delta("a", 3, 4);
        Delta("a", 3, 4);
    });

    [Fact]
    public void Received_ChangesOfAnotherEpoch_IsUnchained() => Catches(FeedRule.Unchained, "a:3 -> b:3 to 4", () =>
    {
        Snapshot("a", 3);
        Delta("b", 3, 4);
    });

    [Fact]
    public void Received_ChangesBeforeAnySnapshot_IsUnchained() => Catches(FeedRule.Unchained, "-> a:0 to 4", () => Delta("a", 0, 4));

    [Fact]
    public void Received_ChangesAfterTheCopyWasDropped_IsUnchained() => Catches(FeedRule.Unchained, "-> a:3 to 4", () =>
    {
        Snapshot("a", 3);
        watch.Dropped();
        Delta("a", 3, 4);
    });

    [Fact]
    public void Received_SnapshotOfAnEarlierSeq_IsCursorWentBack() => Catches(FeedRule.CursorWentBack, "a:9 -> a:7", () =>
    {
        Snapshot("a", 9);
        watch.Subscribed(onSameLine: false);
        Snapshot("a", 7);
    });

    [Fact]
    public void Received_MessageRunsBackwards_IsCursorWentBack() => Catches(FeedRule.CursorWentBack, "a:9 -> a:7", () =>
    {
        Snapshot("a", 9);
        Delta("a", 9, 7);
    });

    [Fact]
    public void Received_SnapshotInPartsThatEndsEarlier_IsCursorWentBack() => Catches(FeedRule.CursorWentBack, "a:9 -> a:8", () =>
    {
        Snapshot("a", 9);
        Part("a", 0, 4, snapshot: true, more: true);
        Part("a", 4, 8, snapshot: false, more: false);
    });

    [Fact]
    public void Received_EpochThatWasLeft_IsEpochCameBack() => Catches(FeedRule.EpochCameBack, "a:3, then b:1 -> a:4", () =>
    {
        Snapshot("a", 3);
        Snapshot("b", 1);
        Snapshot("a", 4);
        Snapshot("b", 2);
    });

    [Fact]
    public void Received_EpochThatWasLeftAfterTheCopyWasDropped_IsEpochCameBack() => Catches(FeedRule.EpochCameBack, "a:3, then b:1 -> a:4", () =>
    {
        Snapshot("a", 3);
        Snapshot("b", 1);
        watch.Dropped();
        Snapshot("a", 4);
    });

    [Fact]
    public void Received_LowerVersionInANewEpoch_IsVersionWentDown() => Catches(FeedRule.VersionWentDown, "incident/x: version 5 at 08:00:01.000, web node 1, a:3 -> version 4, b:1", () =>
    {
        Snapshot("a", 3, ("incident/x", 5));
        Snapshot("b", 1, ("incident/x", 4));
    });

    [Fact]
    public void Received_LowerVersionInAChange_IsVersionWentDown() => Catches(FeedRule.VersionWentDown, "pair/p: version 5", () =>
    {
        Snapshot("a", 3, ("pair/p", 5));
        Delta("a", 3, 4, ("pair/p", 4));
    });

    [Fact]
    public void Received_KeyVanishesAndComesBackLower_IsVersionWentDown() => Catches(FeedRule.VersionWentDown, "incident/x: version 5", () =>
    {
        Snapshot("a", 3, ("incident/x", 5));
        Delta("a", 3, 4, ("incident/x", null));
        watch.Dropped();
        Snapshot("b", 4, ("incident/x", 4));
    });

    [Fact]
    public void Received_LowerVersionInThePartOfASnapshot_IsVersionWentDown() => Catches(FeedRule.VersionWentDown, "incident/x: version 5", () =>
    {
        Snapshot("a", 3, ("incident/x", 5));
        Part("b", 0, 1, snapshot: true, more: true, ("incident/x", 4));
        Part("b", 1, 2, snapshot: false, more: false);
    });

    private void Snapshot(string epoch, long to, params (string Key, long? Version)[] values) => Part(epoch, 0, to, snapshot: true, more: false, values);

    private void Delta(string epoch, long from, long to, params (string Key, long? Version)[] values) => Part(epoch, from, to, snapshot: false, more: false, values);

    private void Part(string epoch, long from, long to, bool snapshot, bool more, params (string Key, long? Version)[] values) => watch.Received(
        new FeedPart("station/north", epoch, from, to, snapshot, more, [.. values.Select(x => new FeedValue(x.Key, x.Version is null ? null : "{}", x.Version))]),
        new Sighting(Start.AddSeconds(++seconds), 1));

    private void Catches(FeedRule rule, string what, Action plant)
    {
        plant();
        var fault = Assert.Single(watch.Faults);
        Assert.Equal(rule, fault.Rule);
        Assert.Contains(what, fault.ToViolation().ToString(), StringComparison.Ordinal);
    }
}
