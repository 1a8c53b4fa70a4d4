using Dispatch.Disputes;
using Dispatch.Packs;
using Dispatch.Protection;
using static Dispatch.Tests.Disputes.DisputeLab;

namespace Dispatch.Tests.Disputes;

/// <summary>What a dispute may do, and what is refused with which code: mediation without consent, of children without a guardian, of violence at all.</summary>
public sealed class DisputeRulesTests
{
    [Theory, InlineData("hiredAssault"), InlineData("gangFight"), InlineData("repeatOffending")]
    public void ExcludedKind_IsRefusedWithThePacksCodeAndReason(string kind)
    {
        var refusal = new DisputeLab().Try(Opening(kind))!;
        Assert.Equal(("disputeKindExcluded", "kind"), (refusal.Code, refusal.Field));
        Assert.StartsWith($"{kind}: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("不适用调解", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Opening_WithWhatCannotBe_IsRefused()
    {
        new DisputeLab()
            .Refused("disputeKindNotFound", Opening("quarrel"))
            .Refused("disputeGradeNotFound", Opening() with { Grade = "purple" })
            .Refused("disputeTierNotFound", Opening(tier: "moon"))
            .Refused("valueOutOfRange", Opening(parties: Somebody()))
            .Refused("valueOutOfRange", Opening(parties: [Somebody(), Somebody(PartyRole.Witness)]))
            .Refused("valueOutOfRange", Opening(parties: [.. Enumerable.Repeat(Somebody(), 21)]))
            .Refused("valueMissing", Opening(parties: [Somebody(), new NewParty(PartyRole.Party, PartyNature.Group)]))
            .Refused("valueOutOfRange", Opening(parties: [Somebody(), new NewParty(PartyRole.Party, Label: "王某")]))
            .Refused("partyNotFound", Opening(parties: [Somebody(), Somebody(), Somebody(PartyRole.Guardian, guardianOf: 4)]))
            .Refused("valueTooLong", Opening(parties: [Somebody(), new NewParty(PartyRole.Party, Person: new ProtectedPerson(new string('x', 101)))]))
            .Refused("valueMissing", Opening() with { Title = " " })
            .Refused("valueTooLong", Opening() with { Summary = new string('x', 2001) })
            .Refused("valueOutOfRange", Opening() with { Refs = ["police/1"] })
            .Refused("locationInvalid", Opening() with { Location = new Dispatch.Bureau.GeoPoint(91, 0) })
            .Refused("matterNotFound", Opening() with { RepeatOf = OtherId })
            .Refused("matterNotFound", new ReopenDispute("x"))
            .Open()
            .Refused("disputeAlreadyOpen", Opening());
    }

    [Fact]
    public void Opening_TakesTheLowestTierAndGrade_RoundsThePlace_AndRefersToWhatComesBack()
    {
        var lab = new DisputeLab { Other = new DisputeLab().Open().View };
        lab.Do(Opening() with { Location = new Dispatch.Bureau.GeoPoint(35.123456, 115.123456), RepeatOf = OtherId });
        Assert.Equal(("pair", "pair", "green", "north-1"), (lab.View.Tier, lab.View.StartTier, lab.View.Grade, lab.View.PairId));
        Assert.Equal(new Dispatch.Bureau.GeoPoint(35.123, 115.123), lab.View.Location);
        Assert.Equal([$"dispute/{OtherId}"], lab.View.Refs);
        Assert.Contains("repeat=yes", DisputeFacets.Of(lab.View));
    }

    [Fact]
    public void Session_WithoutBothConsentsBeforeIt_IsNotHeld()
    {
        var lab = new DisputeLab().Open().Do(new ScheduleSession(Wednesday, "调解室", "人民调解员"), new GiveConsent("party-1", ConsentForm.Written));
        var hold = new HoldSession("session-1", SessionOutcome.Agreement, ["party-1", "party-2"]);
        lab.Refused("consentMissing", hold);
        lab.Now += TimeSpan.FromHours(1);
        lab.Do(new GiveConsent("party-2", ConsentForm.Phone))
            .Refused("consentMissing", hold with { At = Wednesday })
            .Do(new WithdrawConsent("party-2", "再想想"))
            .Refused("consentMissing", hold)
            .Refused("consentMissing", new RecordAgreement(AgreementForm.Oral, "口头", ["party-1", "party-2"]));
        Assert.Contains(DisputeFacets.WaitsForConsent, DisputeFacets.Of(lab.View));
        lab.Do(new GiveConsent("party-2", ConsentForm.Oral)).Do(hold);
        Assert.DoesNotContain(DisputeFacets.WaitsForConsent, DisputeFacets.Of(lab.View));
        lab.Refused("sessionNotScheduled", hold).Refused("sessionNotFound", hold with { SessionId = "session-9" });
    }

    [Theory, InlineData(MinorAge.Under14), InlineData(MinorAge.Under16)]
    public void PartyUnder16_NeedsItsGuardian_ForConsentSessionAndAgreement(MinorAge minor)
    {
        var lab = new DisputeLab().Open(parties: [Somebody(minor: minor), Somebody(), Somebody(PartyRole.Guardian, guardianOf: 2)]);
        lab.Refused("guardianMissing", new GiveConsent("party-1", ConsentForm.Oral))
            .Refused("guardianMissing", new GiveConsent("party-2", ConsentForm.ByGuardian))
            .Refused("partyNotFound", new GiveConsent("party-3", ConsentForm.Oral))
            .Do(new GiveConsent("party-1", ConsentForm.ByGuardian), new GiveConsent("party-2", ConsentForm.Oral), new ScheduleSession(lab.Now, "调解室", "民警"));

        // The guardian of another one does not count.
        var hold = new HoldSession("session-1", SessionOutcome.Agreement, ["party-1", "party-2", "party-3"]);
        lab.Refused("guardianMissing", hold)
            .Do(new AddParty(Somebody(PartyRole.Guardian, guardianOf: 1)))
            .Refused("guardianMissing", hold)
            .Do(hold with { Present = ["party-1", "party-2", "party-4"] })
            .Refused("guardianMissing", new RecordAgreement(AgreementForm.Written, "约定", ["party-1", "party-2"]))
            .Do(new RecordAgreement(AgreementForm.Written, "约定", ["party-1", "party-2", "party-4"]));
    }

    [Fact]
    public void DomesticViolence_IsTaken_ButNeverMediated_AndGoesOnWithAWarningLetter()
    {
        var lab = new DisputeLab().Open("domesticViolence", parties: [Somebody(), Somebody(), Somebody(PartyRole.Reporter)]);
        DisputeCommand[] mediation =
        [
            new GiveConsent("party-1", ConsentForm.Written), new ScheduleSession(lab.Now, "室", "民警"), new HoldSession("session-1", SessionOutcome.Agreement, []),
            new RecordAgreement(AgreementForm.Oral, "和好", ["party-1", "party-2"]),
        ];
        Assert.All(mediation, x => lab.Refused("mediationNotAllowed", x));
        foreach (var outcome in new[] { DisputeOutcome.Settled, DisputeOutcome.Withdrawn, DisputeOutcome.Failed })
        {
            lab.Refused("mediationNotAllowed", new CloseDispute(outcome, "和好了", NextAdvice.Court, ["party-1"]));
        }

        Assert.Empty(lab.View.Clocks);
        Assert.Equal(["party-1", "party-2"], lab.View.Parties.Select(x => x.Id));
        Assert.DoesNotContain(DisputeFacets.WaitsForConsent, DisputeFacets.Of(lab.View));

        lab.Do(new ReferDispute("women", "妇联", "庇护", "socialForce"), new AcceptReferral("referral-1"))
            .Refused("mediationNotAllowed", new ReturnReferral("referral-1", ReferralResult.Agreement, "和好"))
            .Refused("referralOpen", new CloseDispute(DisputeOutcome.EscalatedOut, "上报"))
            .Do(new ReturnReferral("referral-1", ReferralResult.Helped, "已安置"))
            .Refused("warningLetterMissing", new CloseDispute(DisputeOutcome.EscalatedOut, "上报"))
            .Do(new RecordWarningLetter("party-2", "告诫〔2026〕7 号"))
            .Refused("caseMissing", new CloseDispute(DisputeOutcome.TransferredToCase, "立案"))
            .Do(new HandToCase(OtherId), new CloseDispute(DisputeOutcome.TransferredToCase, "立案"));
        Assert.Equal((DisputeStatus.TransferredToCase, false), (lab.View.Status, lab.View.IsOpen));
        Assert.Contains($"incident/{OtherId}", lab.View.Refs);
        Assert.Equal(ClosedLocallyAnswer.No, lab.ClosedLocally().Answer);
    }

    [Fact]
    public void Tiers_EveryMoveIsLogged_UpBackAndOverSome()
    {
        var lab = new DisputeLab("fengqiao").Open();
        lab.Do(new EscalateDispute("网格调不了"), new MoveTier("court", "双方要求"), new MoveTier("village", "法院建议先调"))
            .Refused("tierUnchanged", new MoveTier("village", "again"))
            .Refused("disputeTierNotFound", new MoveTier("moon", "x"))
            .Refused("valueMissing", new EscalateDispute(" "));
        Assert.Equal(
            [(HopKind.Escalated, "grid", "village"), (HopKind.Skipped, "village", "court"), (HopKind.Back, "court", "village")],
            lab.View.Hops.Select(x => (x.Kind, x.From, x.To)));
        Assert.All(lab.View.Hops, x => Assert.Equal(("Officer", lab.Now), (x.By, x.At)));
        lab.Do(new MoveTier("court", "x")).Refused("tierHighest", new EscalateDispute("beyond")).Do(new CloseDispute(DisputeOutcome.EscalatedOut, "省里"));
        Assert.Equal((DisputeStatus.EscalatedOut, "grid"), (lab.View.Status, lab.View.StartTier));
        Assert.Contains("escalated=yes", DisputeFacets.Of(lab.View));
    }

    [Fact]
    public void Referral_IsOneAtATime_AnsweredOnce_AndReturned()
    {
        var lab = new DisputeLab("fengqiao").Open()
            .Refused("partnerNotOfTier", new ReferDispute("m", "调委会", "请调解", "mediationCommittee"))
            .Refused("partnerKindNotFound", new ReferDispute("m", "队", "请调解", "nobody"))
            .Refused("partnerKindNotFound", new ReferDispute("m", "志愿者", "请调解", "volunteerTeam"))
            .Do(new ReferDispute("g1", "三网格", "请先调", "gridWorker"))
            .Refused("referralOpen", new ReferDispute("g2", "四网格", "也请", "gridWorker"))
            .Refused("referralOpen", new EscalateDispute("x"))
            .Refused("referralNotPending", new ReturnReferral("referral-1", ReferralResult.Failed, "x"))
            .Refused("valueMissing", new RefuseReferral("referral-1", ""))
            .Do(new RefuseReferral("referral-1", "与当事人是亲戚"))
            .Refused("referralNotPending", new AcceptReferral("referral-1"))
            .Refused("referralNotFound", new AcceptReferral("referral-2"))
            .Do(new ReferDispute("g2", "四网格", "请先调", "gridWorker"));
        Assert.Equal((DisputeStatus.Referred, DisputeClock.PartnerAnswer, "g2"), (lab.View.Status, lab.View.Clock, lab.View.PartnerId));
        Assert.Contains(DisputeFacets.WaitsForPartner, DisputeFacets.Of(lab.View));
        lab.Do(new AcceptReferral("referral-2"));
        Assert.Equal(DisputeClock.PartnerReturn, lab.View.Clock);
        lab.Do(new ReturnReferral("referral-2", ReferralResult.Agreement, "双方同意"), new GiveConsent("party-1", ConsentForm.Oral), new GiveConsent("party-2", ConsentForm.Oral))
            .Refused("agreementIncomplete", new RecordAgreement(AgreementForm.Oral, "清走杂物", ["party-1"]))
            .Refused("valueMissing", new RecordAgreement(AgreementForm.Oral, "", ["party-1", "party-2"]))
            .Do(new RecordAgreement(AgreementForm.Oral, "清走杂物", ["party-1", "party-2"]));
        Assert.Equal(DisputeStatus.Agreed, lab.View.Status);
    }

    [Fact]
    public void Closing_ByMediation_IsRefusedWhereAPartIsMissing()
    {
        var close = new CloseDispute(DisputeOutcome.Settled, "已化解");
        var lab = new DisputeLab().Open().Refused("agreementMissing", close)
            .Refused("valueMissing", new CloseDispute(DisputeOutcome.Failed, "不成"))
            .Refused("valueMissing", new CloseDispute(DisputeOutcome.Withdrawn, "撤回"))
            .Refused("partyNotFound", new CloseDispute(DisputeOutcome.Withdrawn, "撤回", WithdrawnBy: ["party-7"]))
            .Refused("matterNotFound", new CloseDispute(DisputeOutcome.Duplicate, "重复", DuplicateOf: OtherId))
            .Refused("nothingSettled", new RecordFollowUp(FollowUpResult.Stands, "好"))
            .Do(new GiveConsent("party-1", ConsentForm.Oral), new GiveConsent("party-2", ConsentForm.Oral))
            .Refused("mediationMissing", new RecordAgreement(AgreementForm.Oral, "x", ["party-1", "party-2"]));
        lab.Agree(new NewObligation("party-1", "修好水管", lab.Now + TimeSpan.FromDays(3)), new NewObligation("party-2", "道歉"))
            .Refused("agreementExists", new WithdrawConsent("party-1", "x"))
            .Refused("agreementExists", new CloseDispute(DisputeOutcome.Withdrawn, "撤回", WithdrawnBy: ["party-1"]))
            .Refused("performanceUnchecked", close)
            .Do(new RecordPerformance("obligation-1", PerformanceResult.NotPerformed))
            .Do(new RecordPerformance("obligation-2", PerformanceResult.Waived))
            .Refused("agreementNotPerformed", close)
            .Refused("obligationNotFound", new RecordPerformance("obligation-3", PerformanceResult.Performed))
            .Do(new RecordPerformance("obligation-1", PerformanceResult.Performed), close)
            .Refused("disputeNotOpen", close)
            .Refused("disputeNotOpen", new GiveConsent("party-1", ConsentForm.Oral));
        Assert.Equal((DisputeStatus.Settled, true, DisputeClock.FollowUpVisit), (lab.View.Status, lab.View.IsOpen, lab.View.Clock));
        lab.Do(new RecordFollowUp(FollowUpResult.Stands, "都好"));
        Assert.False(lab.View.IsOpen);
        Assert.Equal(lab.Now, lab.View.EndedAt);
    }

    [Fact]
    public void Reopening_NeedsConsentAndAgreementAnew()
    {
        var lab = new DisputeLab().Open().Agree();
        lab.Now += TimeSpan.FromDays(1);
        lab.Do(new ReopenDispute("对方反悔"));
        Assert.Equal((DisputeStatus.Open, 1, false), (lab.View.Status, lab.View.Reopened, lab.View.HasConsent));
        Assert.Null(lab.View.Agreement);
        lab.Do(new GiveConsent("party-1", ConsentForm.Oral), new GiveConsent("party-2", ConsentForm.Oral))
            .Refused("mediationMissing", new RecordAgreement(AgreementForm.Oral, "x", ["party-1", "party-2"]))
            .Refused("disputeNotClosed", new ReopenDispute("x"));
        lab.Do(new CloseDispute(DisputeOutcome.Failed, "不成", NextAdvice.Court));
        Assert.Equal((false, lab.Now), (lab.View.IsOpen, lab.View.EndedAt));
        lab.Do(new ReopenDispute("愿意再谈"));
        Assert.Null(lab.View.EndedAt);
    }

    [Fact]
    public void FirstAttempt_WhereThePackAsksForIt_GoesBeforeTheSession_AndMaySettleIt()
    {
        var lab = new DisputeLab("named-officer-community").Open();
        var plan = new ScheduleSession(lab.Now, "调解室", "民警");
        Assert.Equal((DisputeClock.FirstAttempt, lab.Now + TimeSpan.FromDays(3)), (lab.View.Clock, lab.View.DueAt));
        lab.Refused("firstAttemptMissing", plan);
        lab.Now += TimeSpan.FromDays(3.1);
        lab.Do(plan);
        Assert.Null(new DisputeLab("named-officer-community").Open("debt").View.Clocks.FirstOrDefault(x => x.Clock == DisputeClock.FirstAttempt));
        new DisputeLab().Open().Refused("firstAttemptNotAsked", new RecordFirstAttempt("邻长", AttemptResult.Settled));
        new DisputeLab("named-officer-community").Open().Do(
            new RecordFirstAttempt("邻长", AttemptResult.Settled, Note: "当面说开了"), new GiveConsent("party-1", ConsentForm.Oral),
            new GiveConsent("party-2", ConsentForm.Oral), new RecordAgreement(AgreementForm.Oral, "互相体谅", ["party-1", "party-2"]));
    }

    [Fact]
    public void Masked_CarriesNoFreeText()
    {
        var lab = new DisputeLab().Do(Opening(parties: [Somebody(), new NewParty(PartyRole.Party, PartyNature.Group, "秘密")]) with
        {
            Title = "秘密", Summary = "秘密", Place = "秘密",
        });
        lab.Do(
            new EscalateDispute("秘密"), new ReferDispute("m", "调解员", "秘密", "mediator"), new RefuseReferral("referral-1", "秘密"), new ScheduleSession(lab.Now, "秘密", "秘密"),
            new GiveConsent("party-1", ConsentForm.Oral), new GiveConsent("party-2", ConsentForm.Oral),
            new HoldSession("session-1", SessionOutcome.Agreement, ["party-1", "party-2"], Note: "秘密"),
            new RecordAgreement(AgreementForm.Oral, "秘密", ["party-1", "party-2"], [new NewObligation("party-1", "秘密")]),
            new RecordPerformance("obligation-1", PerformanceResult.Performed, Note: "秘密"), new ApplyForConfirmation("法院"), new DecideConfirmation(true, Note: "秘密"),
            new RecordWarningLetter("party-1", "秘密"), new RecordFollowUp(FollowUpResult.Stands, "秘密"), new CloseDispute(DisputeOutcome.Settled, "秘密"));
        Assert.Contains("秘密", Dispatch.Live.JsonText.Of(lab.View).ToString(), StringComparison.Ordinal);
        var masked = Dispatch.Live.JsonText.Of(lab.View.ForMasked()).ToString();
        Assert.DoesNotContain("秘密", masked, StringComparison.Ordinal);
        Assert.DoesNotContain("某人", Dispatch.Live.JsonText.Of(lab.View).ToString(), StringComparison.Ordinal);
    }
}
