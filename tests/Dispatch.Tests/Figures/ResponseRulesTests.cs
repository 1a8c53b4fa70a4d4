using Dispatch.Figures;

namespace Dispatch.Tests.Figures;

/// <summary>Fails where a bucket of a few times is told, or hides with it the one that says how nearly all of them were.</summary>
public sealed class ResponseRulesTests
{
    [Fact]
    public void Buckets_LeaveOutAFewTimes_AndNothingElseWithThem()
    {
        var acknowledge = ResponseRules.Count([.. Enumerable.Repeat(Took(20), 6), Took(90), Took(100)]).Single(x => x.Clock == ResponseClock.Acknowledge);
        Assert.Equal([6, 0, null, 0, 0], acknowledge.Buckets.Select(x => x.Count));
    }

    [Fact]
    public void Communities_OfWhichOneIsSmall_HideAnotherThatWouldTellIt()
    {
        var acknowledge = ResponseRules.Count([.. Enumerable.Repeat(Took(20, "a"), 9), .. Enumerable.Repeat(Took(20, "b"), 6), Took(20, "c")])
            .Single(x => x.Clock == ResponseClock.Acknowledge);
        Assert.Equal(["a"], acknowledge.ByCommunity.Where(x => x.Value.Count is not null).Select(x => x.Key));
    }

    private static ResponseTime Took(int seconds, string community = "a") =>
        new(ResponseClock.Acknowledge, 2, community, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(seconds));
}
