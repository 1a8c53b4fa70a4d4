using System.Collections.Concurrent;
using CsCheck;
using Dispatch.Concerns;

namespace Dispatch.Tests.Concerns;

/// <summary>Any commands in any order against a small model of a concern: what may be done when, and what is then true.</summary>
public sealed class ConcernModelTests
{
    private static readonly ConcernCommand[] Commands =
    [
        ConcernSteps.Raising, new TakeConcern("north-1"), new TakeConcern("north-2"), new AnswerConcern("答复"), new NoteConcernProgress("进展"),
        new GroupConcern(ConcernSteps.Problem().Id), new UngroupConcern("不同"), new EscalateConcern("超时"), new CloseConcern(ConcernOutcome.Solved),
        new CloseConcern(ConcernOutcome.NoEffect) { Answer = "没有效果" }, new CloseConcern(ConcernOutcome.Duplicate) { Answer = "重复", DuplicateOfId = "other" },
        new ConfirmConcern(ResidentVerdict.Confirmed), new ConfirmConcern(ResidentVerdict.NotConfirmed, "没好"), new ReopenConcern("再来"),
        new WithdrawConcern("撤回"), new AssignConcernOwner(new WorkOwner(OwnerKind.Pair, "north-1")), new TraceConcern([ConcernSteps.Interaction]),
    ];

    [Fact]
    public void AnyCommandsInAnyOrder_KeepTheAnswerBeforeTheClosingAndTheTwoFactsApart()
    {
        var seen = new ConcurrentDictionary<ConcernStatus, bool>();
        Gen.Select(Gen.Int[0, Commands.Length - 1], Gen.Int[0, 40]).Array[1, 40].Sample(
            steps =>
            {
                var concern = new ConcernSteps();
                var model = new Model();
                foreach (var (what, hours) in steps)
                {
                    concern.Now += TimeSpan.FromHours(hours);
                    var before = concern.State?.Concern;
                    var code = concern.Do(Commands[what], Look);
                    Assert.True(model.Step(Commands[what], concern.Now) == (code is null), $"{Commands[what]} was answered {code ?? "done"}.");
                    if (concern.State is not null)
                    {
                        seen[concern.Concern.Status] = true;
                        model.Compare(concern.Concern);
                        KeepApart(before, concern.Concern, Commands[what]);
                    }
                }
            },
            iter: 20_000);
        Assert.Empty(Enum.GetValues<ConcernStatus>().Except(seen.Keys));
    }

    private static ConcernSurroundings Look(ConcernSurroundings around) => around with
    {
        Problem = ConcernSteps.Problem(),
        Other = new ConcernView("other", "C", "north-west", "north", ConcernSource.Resident, "parking", "同", DateTimeOffset.UnixEpoch, "x"),
    };

    /// <summary>Only the police change the one fact, only the resident's word the other; opening again takes both back.</summary>
    private static void KeepApart(ConcernView? before, ConcernView after, ConcernCommand command)
    {
        if (command is not (CloseConcern or ReopenConcern))
        {
            Assert.Equal(before?.ClosedByPoliceAt, after.ClosedByPoliceAt);
        }

        if (command is not (ConfirmConcern or ReopenConcern))
        {
            Assert.Equal(before?.Resident, after.Resident);
        }
    }

    /// <summary>What a concern is in the fewest words.</summary>
    private sealed class Model
    {
        private bool raised;
        private bool closed;
        private bool merged;
        private bool withdrawn;
        private bool answered;
        private bool grouped;
        private bool escalated;
        private ResidentVerdict? verdict;
        private DateTimeOffset due;

        private bool Open => raised && !closed && !withdrawn;

        /// <summary>Whether it may be done; and does it.</summary>
        public bool Step(ConcernCommand command, DateTimeOffset now)
        {
            switch (command)
            {
                case RaiseConcern when !raised:
                    (raised, due) = (true, now.AddHours(72));
                    return true;
                case RaiseConcern:
                    return false;
                case ConfirmConcern c when closed && !merged:
                    verdict = c.Verdict;
                    return true;
                case ReopenConcern when closed:
                    (closed, merged, answered, escalated, verdict, due) = (false, false, false, false, null, now.AddHours(72));
                    return true;
                case CloseConcern c when Open && (answered || c.Answer is not null):
                    (closed, answered, merged) = (true, true, c.Outcome == ConcernOutcome.Duplicate);
                    return true;
                case AnswerConcern when Open:
                    return answered = true;
                case GroupConcern when Open:
                    return grouped = true;
                case UngroupConcern when Open && grouped:
                    grouped = false;
                    return true;
                case EscalateConcern when Open && (escalated || (!answered && due < now)):
                    return escalated = true;
                case WithdrawConcern when Open:
                    return withdrawn = true;
                case TakeConcern or NoteConcernProgress or AssignConcernOwner or TraceConcern when Open:
                    return true;
                default:
                    return false;
            }
        }

        public void Compare(ConcernView concern)
        {
            Assert.Equal((closed, withdrawn, verdict), (concern.ClosedByPoliceAt is not null, concern.WithdrawnAt is not null, concern.ResidentVerdict));
            Assert.Equal(verdict == ResidentVerdict.Confirmed, concern.ResidentConfirmedAt is not null);
            Assert.Equal((Open, answered, grouped), (concern.IsOpen, concern.IsAnswered, concern.ProblemId is not null));
            Assert.False(concern.ClosedByPoliceAt is not null && (concern.Answers.IsEmpty || !concern.IsAnswered), "Closed without an answer.");
            Assert.Equal(merged, concern.Status == ConcernStatus.Merged);
            Assert.Equal(closed && !merged && verdict == ResidentVerdict.Confirmed, concern.Status == ConcernStatus.Confirmed);
        }
    }
}
