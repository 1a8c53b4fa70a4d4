using CsCheck;
using Dispatch.Partners;
using Dispatch.Protection;
using static Dispatch.Tests.Partners.PartnerBench;

namespace Dispatch.Tests.Partners;

/// <summary>Nobody goes on patrol untrained, no step is left out, and what is counted is the team's.</summary>
public sealed class VolunteerRulesTests
{
    private static readonly VolunteerStatus[] Way = [VolunteerStatus.Applied, VolunteerStatus.Checked, VolunteerStatus.Trained];

    [Fact]
    public void Sequences_OfAnySteps_NeverPutAnybodyOnDutyUntrained() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], Gen.Int[0, 90]).Array[1, 80].Sample(steps =>
        {
            VolunteerTeamState? state = null;
            var now = Noon;
            foreach (var (what, whom, minutes) in steps)
            {
                now += TimeSpan.FromMinutes(minutes);
                var id = $"v{whom}";
                VolunteerCommand command = what switch
                {
                    0 => new ApplyAsVolunteer(id),
                    1 => new CheckVolunteer(id),
                    2 => new TrainVolunteer(id),
                    3 => new RefuseVolunteer(id, "no time"),
                    4 => new VolunteerLeaves(id),
                    5 => new SignInToPatrol([id]),
                    _ => new SignOutOfPatrol([id]),
                };
                if (command is ApplyAsVolunteer && state?.Find(id) is not null)
                {
                    continue;
                }

                var before = state?.Find(id)?.View.Status;
                var decision = VolunteerRules.Decide(state, command, GroundOf("volunteerTeam", now, id));
                state = Fold(state, decision.Events, now, VolunteerTeamState.Apply);
                if (state is null)
                {
                    continue;
                }

                foreach (var volunteer in state.Volunteers)
                {
                    var past = volunteer.View.Steps.Select(x => x.Status).ToHashSet();
                    Assert.True(volunteer.View.Status is not (VolunteerStatus.OnDuty or VolunteerStatus.OffDuty) || Way.All(past.Contains));
                }

                Assert.True(before is not (VolunteerStatus.Left or VolunteerStatus.Refused) || state.Find(id)!.View.Status == before, "Somebody came back.");
                Assert.True(decision.Refusal is null || decision.Events.IsEmpty);
            }
        });

    [Fact]
    public void SignIn_BeforeTraining_IsRefusedWithItsCode_AndTheWholeGroupStays()
    {
        var state = Team("volunteerTeam", ("a", VolunteerStatus.Trained), ("b", VolunteerStatus.Checked));
        Assert.Equal("volunteerNotTrained", VolunteerRules.Decide(state, new SignInToPatrol(["a", "b"]), GroundOf("volunteerTeam")).Refusal!.Code);
        Assert.Equal("volunteerOutOfOrder", VolunteerRules.Decide(state, new TrainVolunteer("a"), GroundOf("volunteerTeam")).Refusal!.Code);
        Assert.Equal("volunteerOutOfOrder", VolunteerRules.Decide(state, new RefuseVolunteer("a", "x"), GroundOf("volunteerTeam")).Refusal!.Code);
        Assert.Equal("volunteerNotFound", VolunteerRules.Decide(state, new CheckVolunteer("c"), GroundOf("volunteerTeam")).Refusal!.Code);
        Assert.Equal("valueOutOfRange", VolunteerRules.Decide(state, new SignInToPatrol([]), GroundOf("volunteerTeam")).Refusal!.Code);
    }

    [Fact]
    public void Patrol_OfTheFengqiaoPack_TakesTwo_AndItsMinutesAreTheTeams()
    {
        var fengqiao = Processes.TestPacks.Shipped.Find("fengqiao")!;
        var ground = GroundOf("patrolTeam") with
        {
            Pack = fengqiao,
            Partner = Partner("patrolTeam") with { Details = new PartnerDetails("队") { Patrol = OnePlusOne with { Auxiliaries = [] } } },
        };
        var state = Team("patrolTeam", ("a", VolunteerStatus.Trained), ("b", VolunteerStatus.Trained));
        Assert.Equal("patrolTeamIncomplete", VolunteerRules.Decide(state, new SignInToPatrol(["a"]), ground).Refusal!.Code);
        state = Fold(state, VolunteerRules.Decide(state, new SignInToPatrol(["a", "b", "a"]), ground).Events, Noon, VolunteerTeamState.Apply);
        Assert.Equal("volunteerOnDuty", VolunteerRules.Decide(state, new VolunteerLeaves("a"), ground).Refusal!.Code);
        Assert.Equal("volunteerOnDuty", VolunteerRules.Decide(state, new SignInToPatrol(["a"]), ground).Refusal!.Code);

        var later = ground with { Now = Noon + TimeSpan.FromMinutes(90.5) };
        state = Fold(state, VolunteerRules.Decide(state, new SignOutOfPatrol(["a", "b"]), later).Events, later.Now, VolunteerTeamState.Apply);
        Assert.Equal(new TeamMonth("2026-07", 1, 180), state.Months.Single());
        Assert.Equal("volunteerNotOnDuty", VolunteerRules.Decide(state, new SignOutOfPatrol(["a"]), later).Refusal!.Code);

        var changed = ground with { Partner = ground.Partner! with { Details = new PartnerDetails("队") { Patrol = OnePlusOne with { Auxiliaries = ["x"] } } } };
        Assert.Equal("patrolTeamIncomplete", VolunteerRules.Decide(state, new SignInToPatrol(["a", "b"]), changed).Refusal!.Code);
    }

    [Fact]
    public void Apply_NeedsACodeNameOrAPerson_AndATeamOfVolunteers()
    {
        Assert.Equal("codeName", VolunteerRules.Decide(null, new ApplyAsVolunteer(), GroundOf("volunteerTeam")).Refusal!.Field);
        Assert.Equal("codeName", VolunteerRules.Decide(null, new ApplyAsVolunteer(" ", new ProtectedPerson()), GroundOf("volunteerTeam")).Refusal!.Field);
        Assert.Equal("person.name", VolunteerRules.Decide(null, new ApplyAsVolunteer(null, new ProtectedPerson(" ")), GroundOf("volunteerTeam")).Refusal!.Field);
        Assert.Equal("partnerWithoutVolunteers", VolunteerRules.Decide(null, new ApplyAsVolunteer("x"), GroundOf("government")).Refusal!.Code);
        Assert.Equal("partnerNotFound", VolunteerRules.Decide(null, new ApplyAsVolunteer("x"), GroundOf("government") with { Partner = null }).Refusal!.Code);
        var full = Team("volunteerTeam", [.. Enumerable.Range(0, VolunteerTeamState.Most).Select(i => ($"v{i}", VolunteerStatus.Applied))]);
        Assert.Equal("volunteerTeamFull", VolunteerRules.Decide(full, new ApplyAsVolunteer("x"), GroundOf("volunteerTeam")).Refusal!.Code);
    }

    private static VolunteerGround GroundOf(string kind, DateTimeOffset? now = null, string newId = "new") =>
        new(now ?? Noon, newId, Partner(kind), Pack, Known, Sealed: null);

    private static VolunteerTeamState Team(string kind, params (string Id, VolunteerStatus Status)[] volunteers)
    {
        VolunteerTeamState? state = null;
        foreach (var (id, status) in volunteers)
        {
            VolunteerCommand[] way = [new ApplyAsVolunteer(id), new CheckVolunteer(id), new TrainVolunteer(id)];
            foreach (var step in way.Take(Array.IndexOf(Way, status) + 1))
            {
                var decision = VolunteerRules.Decide(state, step, GroundOf(kind, newId: id));
                Assert.Null(decision.Refusal);
                state = Fold(state, decision.Events, Noon, VolunteerTeamState.Apply);
            }
        }

        return state!;
    }
}
