using CsCheck;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Tests.Processes;
using Xunit;

namespace Dispatch.Tests.Rules;

/// <summary>A phone without a line tells steps later. Fails where their times would be those at which the server heard of them, or could be made up.</summary>
public sealed class LateStepRulesTests
{
    private static readonly DateTimeOffset Opened = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly AssignmentStatus[] Steps = [AssignmentStatus.EnRoute, AssignmentStatus.OnScene, AssignmentStatus.Reported, AssignmentStatus.Cleared];

    [Theory]
    [InlineData(600, 60, 60)]
    [InlineData(600, 598, 600)] // On its way for two seconds: now.
    [InlineData(600, 900, 600)] // A clock that is fast: now.
    [InlineData(600, -3600, 10)] // Before it was accepted: then.
    public void EnRoute_HeardAtSeconds_DoneAtSeconds_IsDated(int heard, int done, int dated) =>
        Assert.Equal(Opened.AddSeconds(dated), Tell(Accepted(), AssignmentStatus.EnRoute, heard, done).Assignments[0].EnRouteAt);

    [Fact]
    public void Steps_ToldWithAnyTimes_NeverGoBackAndAreNeverAhead() =>
        Gen.Select(Gen.Int[10, 9000], Gen.Int[-9000, 18_000]).Array[4].Sample(told =>
        {
            var state = Accepted();
            var heard = 10;
            for (var i = 0; i < Steps.Length; i++)
            {
                heard += told[i].Item1;
                state = Tell(state, Steps[i], heard, told[i].Item2);
                var part = state.Assignments[0];
                DateTimeOffset?[] times = [part.AcceptedAt, part.EnRouteAt, part.OnSceneAt, part.ReportedAt, part.ClearedAt];
                Assert.Equal(times.Order(), times.Where(x => x is null).Concat(times.Where(x => x is not null)));
                Assert.True(times.Max() <= Opened.AddSeconds(heard));
            }
        });

    private static IncidentState Accepted()
    {
        var opened = IncidentRules.Open(
            null, new OpenIncident("dispute", 2, TestOrganisation.InNorthWest, "test"), TestOrganisation.Create().Communities[0], new("n1", []), ResponseTimers.Default, Opened);
        return After(After(null, 0, [.. opened.Events]), 10, [new PairAssigned("offer-1", "north-1", "nearest", null)]);
    }

    private static IncidentState Tell(IncidentState state, AssignmentStatus status, int heard, int done)
    {
        var command = new SetAssignmentStatus("north-1", status, At: Opened.AddSeconds(done));
        return After(state, heard, [.. IncidentRules.Decide(state, command, Opened.AddSeconds(heard), ResponseTimers.Default).Events]);
    }

    private static IncidentState After(IncidentState? state, int seconds, IncidentEvent[] events) => events.Aggregate(
        state, (x, e) => IncidentState.Apply("incident-1", x, new Recorded<IncidentEvent>(1, Opened.AddSeconds(seconds), Actor.System, null, e)))!;
}
