using CsCheck;
using Dispatch.Live;
using Dispatch.Partners;
using static Dispatch.Tests.Partners.PartnerBench;

namespace Dispatch.Tests.Partners;

/// <summary>Work given to a partner: nothing is returned before it was accepted, an end is an end, and the clock that runs is the right one.</summary>
public sealed class ReferralRulesTests
{
    private const string SomeId = "0f1e2d3c-0000-8000-8000-000000000000";
    private static readonly GiveReferral Give = new("north-west", "p", "concernWork", "请清理楼道堆物");

    [Fact]
    public void Sequences_OfAnySteps_KeepOneLiveStateAndReturnNothingUnaccepted() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 100]).Array[1, 60].Sample(steps =>
        {
            ReferralView? state = null;
            var now = Noon;
            foreach (var (what, hours) in steps)
            {
                now += TimeSpan.FromHours(hours);
                ReferralCommand command = what switch
                {
                    0 => Give,
                    1 => new AcceptReferral(),
                    2 => new RefuseReferral("not ours"),
                    3 => new TellReferralProgress("under way"),
                    4 => new ReturnReferral(ReferralResult.Done, "done"),
                    5 => new SendReferralBack("half of it"),
                    6 => new CloseReferral(),
                    _ => new RecallReferral("settled"),
                };
                var before = state;
                var decision = ReferralRules.Decide(state, Someone, command, GroundOf("government") with { Now = now });
                state = Fold(state, decision.Events, now, ReferralState.Apply);
                Assert.True(decision.Refusal is null || (decision.Events.IsEmpty && ReferenceEquals(state, before)));
                if (state is null)
                {
                    continue;
                }

                Assert.True(before is not { IsOpen: false } || ReferenceEquals(state, before), "Something went on after the end.");
                Assert.True(state.Status is not (ReferralStatus.Returned or ReferralStatus.Closed) || (state.AnsweredAt is not null && state.Result is not null));
                Assert.Equal(state.IsOpen, state.ClosedAt is null);
                Assert.Equal(
                    state.Status switch { ReferralStatus.Given => state.AnswerDueAt, ReferralStatus.Accepted => state.ReturnDueAt, _ => null }, state.DueAt);
                Assert.True(state.Status != ReferralStatus.Accepted || state.DueAt is not null, "Accepted work has no clock.");
                Assert.True(state.Progress.Length <= 20);
            }
        });

    [Fact]
    public void Clock_RunsForTheAnswerFirst_ThenForTheReturn()
    {
        var ground = GroundOf("government");
        var given = Start(Give, ground);
        Assert.Equal(Pack.Due(Pack.Clocks.PartnerAnswer, Noon), given.DueAt);
        var at = Noon.AddHours(5);
        var accepted = Go(given, new AcceptReferral { OnBehalf = true }, ground with { Now = at });
        Assert.Equal(Pack.Due(Pack.Clocks.PartnerReturn, at), accepted.DueAt);
        Assert.True(accepted.OnBehalf);
        var returned = Go(accepted, new ReturnReferral(ReferralResult.NotDone, "nobody there"), ground with { Now = at });
        Assert.Null(returned.DueAt);
        var back = Go(returned, new SendReferralBack("try again") { ReturnBy = at.AddDays(2) }, ground with { Now = at });
        Assert.Equal((at.AddDays(2), 1), (back.DueAt!.Value, back.TimesSentBack));

        var soon = Start(Give with { ReturnBy = Noon.AddHours(3) }, ground);
        Assert.Equal(Noon.AddHours(3), soon.DueAt);
        Assert.Equal(Noon.AddHours(3), Go(soon, new AcceptReferral(), ground).DueAt);
    }

    [Theory]
    [InlineData("government", "concernWork", null, null)]
    [InlineData("government", "concernWork", "dispute/" + SomeId, null)]
    [InlineData("volunteerTeam", "patrol", "concern/" + SomeId, null)]
    [InlineData("volunteerTeam", "patrol", "dispute/" + SomeId, "volunteersSeeNoCase")]
    [InlineData("patrolTeam", "patrol", "incident/" + SomeId, "volunteersSeeNoCase")]
    [InlineData("mediator", "patrol", null, "taskNotForPartner")]
    [InlineData("government", "conjuring", null, "taskKindNotFound")]
    [InlineData("policeRoom", "other", null, "partnerTakesNoWork")]
    public void Give_FitsThePartnersKind_AndGivesVolunteersNoCase(string kind, string task, string? reference, string? code) => Assert.Equal(
        code, ReferralRules.Decide(null, Someone, Give with { TaskKind = task, Ref = reference }, GroundOf(kind) with { RefFound = true }).Refusal?.Code);

    [Fact]
    public void Give_ToWhomItCannotBe_OrBadly_IsRefused()
    {
        var ground = GroundOf("government");
        Assert.Equal("partnerNotFound", Code(Give, ground with { Partner = null }));
        Assert.Equal("partnerNotActive", Code(Give, ground with { Partner = ground.Partner! with { Active = false } }));
        Assert.Equal("partnerNotOfCommunity", Code(Give, ground with { Partner = Partner("government", "south") }));
        Assert.Equal("communityNotFound", Code(Give, ground with { Community = null }));
        Assert.Equal("valueMissing", Code(Give with { Ask = " " }, ground));
        Assert.Equal("valueTooLong", Code(Give with { Ask = new string('x', 2001) }, ground));
        Assert.Equal("valueOutOfRange", Code(Give with { ReturnBy = Noon }, ground));
        Assert.Equal("valueOutOfRange", Code(Give with { ReturnBy = Noon.AddDays(400) }, ground));
        Assert.Equal("referenceNotFound", Code(Give with { Ref = $"concern/{SomeId}" }, ground));
        Assert.Equal("referenceNotFound", Code(Give with { Ref = "nonsense" }, ground));
    }

    [Fact]
    public void Masked_HasNoFreeText()
    {
        var ground = GroundOf("government");
        var view = Go(Go(Start(Give, ground), new AcceptReferral(), ground), new TellReferralProgress("在办"), ground);
        var masked = Go(view, new ReturnReferral(ReferralResult.Done, "办好"), ground).ForMasked();
        Assert.DoesNotContain("办", JsonText.Of(masked with { PartnerName = "" }).ToString());
        Assert.DoesNotContain("楼道", JsonText.Of(masked).ToString());
    }

    private static string? Code(GiveReferral give, ReferralGround ground) => ReferralRules.Decide(null, Someone, give, ground).Refusal?.Code;

    private static ReferralGround GroundOf(string kind) => new(SomeId, Noon, Pack)
    {
        Community = NorthWest,
        Partner = kind == "policeRoom" ? Partner(kind) with { Details = new PartnerDetails("室") { Place = new ServicePlace("x") } } : Partner(kind),
    };

    private static ReferralView Start(GiveReferral give, ReferralGround ground) => Go(null, give, ground);

    private static ReferralView Go(ReferralView? state, ReferralCommand command, ReferralGround ground)
    {
        var decision = ReferralRules.Decide(state, Someone, command, ground);
        Assert.Null(decision.Refusal);
        return Fold(state, decision.Events, ground.Now, ReferralState.Apply);
    }
}
