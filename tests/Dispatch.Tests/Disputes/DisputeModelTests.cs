using System.Collections.Concurrent;
using CsCheck;
using Dispatch.Disputes;
using Dispatch.Packs;
using Dispatch.Protection;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Disputes;

/// <summary>
/// Random commands in any order, of which most are refused: whatever is asked, nothing is settled without consent and agreement, violence is never closed by
/// mediation, every change of tier is logged, one referral is open at most, and "closed locally" is said only of what is.
/// </summary>
public sealed class DisputeModelTests
{
    private const int Steps = 34;
    private static readonly string[] Packs = ["red-flower-green-leaf", "fengqiao", "named-officer-community", "four-micro-five-small"];
    private static readonly string[] Kinds = ["neighbour", "debt", "domesticViolence", "neighbour"];

    [Fact]
    public void Rules_CommandsInAnyOrder_KeepWhatTheLawAsks()
    {
        var happened = new ConcurrentDictionary<string, int>();
        var answers = new ConcurrentDictionary<ClosedLocallyAnswer, int>();
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool, Gen.Select(Gen.Int[0, Steps - 1], Gen.Int[0, 7]).Array[1, 150]).Sample(
            (pack, kind, child, steps) => Run(Packs[pack], Kinds[kind], child, steps, happened, answers), iter: 20_000);

        // A model that never gets somewhere proves nothing about it.
        var never = typeof(DisputeEvent).Assembly.GetTypes().Where(x => !x.IsAbstract && x.IsSubclassOf(typeof(DisputeEvent))).Select(x => x.Name).Except(happened.Keys);
        Assert.Empty(never);
        Assert.Equal(3, answers.Count);
    }

    private static void Run(
        string pack, string kind, bool child, (int What, int How)[] steps, ConcurrentDictionary<string, int> happened,
        ConcurrentDictionary<ClosedLocallyAnswer, int> answers)
    {
        var lab = new DisputeLab(pack) { Other = new DisputeLab().Open().View };
        lab.Do(DisputeLab.Opening(
            kind, null, DisputeLab.Somebody(minor: child ? MinorAge.Under14 : null), DisputeLab.Somebody(), DisputeLab.Somebody(PartyRole.Guardian, guardianOf: 1)));
        foreach (var (what, how) in steps)
        {
            var (before, events) = (lab.State!, lab.Events.Count);
            lab.Now += TimeSpan.FromHours(how * how * (what % 7));
            var refusal = lab.Try(Command(lab, what, how, child));
            Assert.True(refusal is null || lab.Events.Count == events, "A refusal changed something.");
            foreach (var more in lab.Events.Skip(events))
            {
                happened.AddOrUpdate(more.GetType().Name, 1, (_, n) => n + 1);
                CheckStep(before, lab.State!, more);
            }

            Check(lab, answers);
        }

        happened.TryAdd(nameof(DisputeOpened), 1);
    }

    private static DisputeCommand Command(DisputeLab lab, int what, int how, bool child)
    {
        var state = lab.State!;
        var tiers = lab.Pack.DisputeTiers;
        string[] all = ["party-1", "party-2", "party-3"];
        var session = $"session-{Math.Max(1, state.Sessions.Length)}";
        var referral = $"referral-{Math.Max(1, state.Referrals.Length)}";
        var obligation = $"obligation-{1 + (how % 2)}";
        return what switch
        {
            0 => new AddParty(DisputeLab.Somebody((PartyRole)(1 + (how % 4)))),
            1 => new SetPerson("party-2", new ProtectedPerson("某")),
            2 => new ChangeGrade(lab.Pack.DisputeGrades[how % lab.Pack.DisputeGrades.Length].Code, "x"),
            3 => new RecordFirstAttempt("邻长", (AttemptResult)(how % 4)),
            4 => new EscalateDispute("x"),
            5 => new MoveTier(tiers[how % tiers.Length].Code, "x"),
            6 => new ReferDispute("m", "调解员", "x"),
            7 => new AcceptReferral(referral),
            8 => new RefuseReferral(referral, "x"),
            9 or 10 => new ReturnReferral(referral, (ReferralResult)(how % 3), "x"),
            11 => new WithdrawReferral(referral, "x"),
            12 or 13 => new GiveConsent("party-1", child ? ConsentForm.ByGuardian : ConsentForm.Oral),
            14 or 15 => new GiveConsent("party-2", ConsentForm.Oral),
            16 => how < 2 ? new WithdrawConsent($"party-{1 + how}", "x") : new GiveConsent("party-2", (ConsentForm)(how % 4)),
            17 or 18 => new ScheduleSession(lab.Now, "室", "民警"),
            19 => how < 2 ? new CancelSession(session, "x") : new HoldSession(session, SessionOutcome.Agreement, ["party-1", "party-2"]),
            20 or 21 => new HoldSession(session, (SessionOutcome)(how % 4), [.. all]),
            22 or 23 or 24 => new RecordAgreement(
                (AgreementForm)(how % 2), "约定", how == 7 ? ["party-2"] : [.. all],
                how % 3 == 0 ? null : [new NewObligation("party-1", "付款"), new NewObligation("party-2", "道歉", lab.Now + TimeSpan.FromDays(9))],
                WantsConfirmation: how > 3),
            25 or 26 => new RecordPerformance(obligation, (PerformanceResult)(how % 3)),
            27 => new ApplyForConfirmation("法院"),
            28 => new DecideConfirmation(how % 2 == 0),
            29 or 30 => new RecordFollowUp((FollowUpResult)(how % 4), "x"),
            31 => how < 4 ? new RecordWarningLetter("party-2", "7") : new HandToCase(DisputeLab.OtherId),
            32 => new CloseDispute(
                (DisputeOutcome)(how % 6), "x", NextAdvice.Court, ["party-1"], DisputeLab.OtherId, how == 7 ? "x" : null),
            _ => how == 0 ? new ReopenDispute("x") : new CloseDispute(DisputeOutcome.Settled, "x"),
        };
    }

    /// <summary>What must be true of one change.</summary>
    private static void CheckStep(DisputeState before, DisputeState after, DisputeEvent happened)
    {
        Assert.Equal(before.Tier != after.Tier ? before.Hops.Length + 1 : before.Hops.Length, after.Hops.Length);
        if (before.Tier != after.Tier)
        {
            Assert.Equal((before.Tier, after.Tier), (after.Hops[^1].From, after.Hops[^1].To));
        }

        if (happened is AgreementRecorded or SessionHeld)
        {
            Assert.All(before.Parties.Where(x => x.IsParty), x => Assert.True(x.Consents));
        }

        if (happened is SessionHeld { Outcome: not SessionOutcome.PartyAbsent } held && before.Parties[0].Minor is not null)
        {
            Assert.Contains("party-3", held.Present);
        }

        if (happened is DisputeClosed { Closing.Outcome: DisputeOutcome.Settled })
        {
            Assert.NotNull(before.Agreement);
            Assert.True(before.HasConsent);
            Assert.DoesNotContain(before.Agreement.Obligations, x => x.Result is null or PerformanceResult.NotPerformed);
        }
    }

    /// <summary>What must be true at any time.</summary>
    private static void Check(DisputeLab lab, ConcurrentDictionary<ClosedLocallyAnswer, int> answers)
    {
        var view = lab.View;
        Assert.True(view.Referrals.Count(x => x.IsOpen) <= 1);
        Assert.True(view.Sessions.Count(x => x.Status == SessionStatus.Scheduled) <= 1);
        Assert.Equal(view.IsOpen, view.EndedAt is null);
        Assert.True(view.IsOpen || view.Clocks.IsEmpty, "A clock runs for what has ended.");
        Assert.True(view.MayBeMediated || (view.Agreement is null && view.Sessions.IsEmpty && view.Closing?.Outcome is null or (>= DisputeOutcome.EscalatedOut)));
        var found = lab.ClosedLocally();
        answers.AddOrUpdate(found.Answer, 1, (_, n) => n + 1);
        if (found.Answer == ClosedLocallyAnswer.Yes)
        {
            Assert.True(view.Closing!.Outcome is DisputeOutcome.Settled or DisputeOutcome.Withdrawn);
            Assert.Equal(view.StartTier, view.Tier);
            Assert.True(view.Agreement is not null || view.Closing.WithdrawnBy.Length > 0);
            Assert.True(view.FollowUps.Count(x => x.Result != FollowUpResult.NotReached) >= lab.Pack.FollowUp.Visits);
            Assert.True(lab.Now > lab.Pack.Due(lab.Pack.Clocks.RepeatWindow, view.SettledAt!.Value));
            Assert.True(view.MayBeMediated);
        }
    }
}
