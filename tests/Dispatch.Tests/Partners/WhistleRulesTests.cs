using CsCheck;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Partners;
using static Dispatch.Tests.Partners.PartnerBench;

namespace Dispatch.Tests.Partners;

/// <summary>吹哨报到: who came when is written once, nobody leaves who did not come, and the clock runs as long as somebody is waited for.</summary>
public sealed class WhistleRulesTests
{
    private static readonly PartnerView One = Partner("government");
    private static readonly PartnerView Two = Partner("townOffice");
    private static readonly BlowWhistle Blow = new("north-west", "文化广场", "占道经营", [One.Id, Two.Id]) { Location = new GeoPoint(35.123456, 115.0567891) };
    private static readonly WhistleGround Ground = new("0f1e2d3c-0000-8000-8000-000000000000", Noon, Pack) { Community = NorthWest, Partners = [One, Two] };

    [Fact]
    public void Sequences_OfAnyWords_WriteEachTimeOnceAndInOrder() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 1], Gen.Int[0, 50]).Array[1, 50].Sample(steps =>
        {
            var state = Go(null, Blow, Noon);
            var now = Noon;
            foreach (var (what, whom, minutes) in steps)
            {
                now += TimeSpan.FromMinutes(minutes);
                var id = whom == 0 ? One.Id : Two.Id;
                WhistleCommand command = what switch
                {
                    0 => new AcknowledgeWhistle { PartnerId = id },
                    1 => new ArriveAtWhistle("队长") { PartnerId = id },
                    2 => new LeaveWhistle { PartnerId = id },
                    3 => new ExcuseFromWhistle("人手不足") { PartnerId = id },
                    _ => minutes == 0 ? new CloseWhistle("已清理") : new AcknowledgeWhistle { PartnerId = id },
                };
                var before = state;
                var decision = WhistleRules.Decide(state, Someone, command, Ground with { Now = now });
                state = Fold(state, decision.Events, now, WhistleState.Apply);
                foreach (var (was, isNow) in before.Departments.Zip(state.Departments))
                {
                    Assert.True(was.ArrivedAt is null || was.ArrivedAt == isNow.ArrivedAt);
                    Assert.True(was.LeftAt is null || was.LeftAt == isNow.LeftAt);
                    Assert.True(isNow.LeftAt is null || isNow.ArrivedAt <= isNow.LeftAt);
                    Assert.Equal(isNow.Status is CallStatus.Arrived or CallStatus.Left, isNow.ArrivedAt is not null);
                }

                Assert.True(before.IsOpen || ReferenceEquals(before, state), "Something went on after the end.");
                Assert.Equal(state.IsOpen && state.Departments.Any(x => x.IsAwaited), state.DueAt is not null);
            }
        });

    [Fact]
    public void Blow_RoundsThePlace_AndRunsThePacksClock()
    {
        var whistle = Go(null, Blow, Noon);
        Assert.Equal(new GeoPoint(35.123, 115.057), whistle.Location);
        Assert.Equal(Pack.Due(Pack.Clocks.WhistleArrival, Noon), whistle.DueAt);
        Assert.Equal("north-2", whistle.PairId);
        Assert.All(whistle.Departments, x => Assert.Equal(CallStatus.Called, x.Status));
    }

    [Fact]
    public void Blow_ForWhomItIsNotOrBadly_IsRefused()
    {
        Assert.Equal("partnerAnswersNoWhistle", Code(Blow, Ground with { Partners = [One, Partner("gridWorker")] }));
        Assert.Equal("partnerNotFound", Code(Blow, Ground with { Partners = [One, null] }));
        Assert.Equal("partnerNotOfCommunity", Code(Blow, Ground with { Partners = [One, Partner("government", "south")] }));
        Assert.Equal("valueOutOfRange", Code(Blow with { PartnerIds = [] }, Ground));
        Assert.Equal("valueOutOfRange", Code(Blow with { PartnerIds = [One.Id, One.Id] }, Ground));
        Assert.Equal("valueOutOfRange", Code(Blow with { PartnerIds = [.. Enumerable.Range(0, 11).Select(x => $"{x}")] }, Ground));
        Assert.Equal("valueOutOfRange", Code(Blow with { ArriveBy = Noon }, Ground));
        Assert.Equal("locationInvalid", Code(Blow with { Location = new GeoPoint(91, 0) }, Ground));
        Assert.Equal("valueMissing", Code(Blow with { Place = "" }, Ground));
        Assert.Equal("valueTooLong", Code(Blow with { Purpose = new string('x', 1001) }, Ground));
        Assert.Equal("communityNotFound", Code(Blow, Ground with { Community = null }));
    }

    [Fact]
    public void Word_OfWhomItIsNot_OrOutOfTime_IsRefused_AndWhoWasExcusedMayCome()
    {
        var whistle = Go(null, Blow, Noon);
        Assert.Equal("departmentNotCalled", Code(new AcknowledgeWhistle { PartnerId = "x" }, whistle));
        Assert.Equal("valueMissing", Code(new AcknowledgeWhistle(), whistle));
        Assert.Equal("departmentNotThere", Code(new LeaveWhistle { PartnerId = One.Id }, whistle));
        Assert.Equal("at", Refusal(new ArriveAtWhistle("x") { PartnerId = One.Id, At = Noon.AddMinutes(-1) }, whistle)!.Field);
        Assert.Equal("at", Refusal(new ArriveAtWhistle("x") { PartnerId = One.Id, At = Noon.AddDays(1) }, whistle)!.Field);
        whistle = Go(whistle, new ExcuseFromWhistle("无人") { PartnerId = One.Id }, Noon);
        Assert.Equal("departmentExcused", Code(new AcknowledgeWhistle { PartnerId = One.Id }, whistle));
        whistle = Go(whistle, new ArriveAtWhistle("科长") { PartnerId = One.Id, At = Noon.AddMinutes(10) }, Noon.AddHours(1));
        Assert.Equal(Noon.AddMinutes(10), whistle.Find(One.Id)!.ArrivedAt);
        Assert.Equal("departmentAlreadyThere", Code(new ExcuseFromWhistle("x") { PartnerId = One.Id }, whistle));
        Assert.NotNull(whistle.DueAt);
        Assert.DoesNotContain("科长", JsonText.Of(whistle.ForMasked()).ToString());
    }

    private static string? Code(BlowWhistle blow, WhistleGround ground) => WhistleRules.Decide(null, Someone, blow, ground).Refusal?.Code;

    private static string? Code(WhistleCommand command, WhistleView state) => Refusal(command, state)?.Code;

    private static Refusal? Refusal(WhistleCommand command, WhistleView state) => WhistleRules.Decide(state, Someone, command, Ground).Refusal;

    private static WhistleView Go(WhistleView? state, WhistleCommand command, DateTimeOffset now)
    {
        var decision = WhistleRules.Decide(state, Someone, command, Ground with { Now = now });
        Assert.Null(decision.Refusal);
        return Fold(state, decision.Events, now, WhistleState.Apply);
    }
}
