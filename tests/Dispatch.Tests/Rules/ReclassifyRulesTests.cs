using CsCheck;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Tests.Processes;
using Xunit;

namespace Dispatch.Tests.Rules;

/// <summary>How urgent an incident is can be said anew. Fails where somebody could gain time by that, or lose the time that is theirs.</summary>
public sealed class ReclassifyRulesTests
{
    private static readonly DateTimeOffset Opened = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly ResponseTimers Timers = ResponseTimers.Default;

    [Theory]
    [InlineData(3, 1, 120, 180)] // 15 minutes: one of them is left to a priority 1.
    [InlineData(2, 1, 290, 300)] // Ten seconds were left, and stay all there is.
    [InlineData(2, 1, 400, 300)] // It is over and stays over.
    [InlineData(1, 3, 120, 900)] // It was over; it has its own time, from when it was opened.
    [InlineData(4, 4, 120, 1800)]
    public void Reclassify_AfterSeconds_IsDueSecondsAfterItsOpening(int from, int to, int after, int dueAfter)
    {
        var state = Open(from);
        var next = To(state, to, after);
        Assert.Equal(Opened.AddSeconds(dueAfter), DueAt(next ?? state));
    }

    [Fact]
    public void Reclassify_AgainAndAgain_NeverGivesMoreTimeThanThePriorityItEndsWith() =>
        Gen.Select(Gen.Int[1, 4], Gen.Select(Gen.Int[1, 4], Gen.Int[0, 900]).Array[1, 6]).Sample((first, steps) =>
        {
            var (state, at) = (Open(first), 0);
            foreach (var (priority, later) in steps)
            {
                at += later;
                var before = DueAt(state);
                var raised = priority < state.Priority;
                state = To(state, priority, at) ?? state;
                Assert.True(!raised || DueAt(state) <= before, "A higher priority gave time.");
                Assert.True(DueAt(state) <= Opened.AddSeconds(at) + Timers.Dispatch(state.Priority) || DueAt(state) == before);
            }
        });

    private static IncidentState Open(int priority) => Applied(null, IncidentRules.Open(
        null, new OpenIncident("dispute", priority, TestOrganisation.InNorthWest, "test"), TestOrganisation.Create().Communities[0], new("n1", []), Timers, Opened), 0)!;

    private static IncidentState? To(IncidentState state, int priority, int after) =>
        Applied(state, IncidentRules.Decide(state, new ReclassifyIncident(Priority: priority, Reason: "test"), Opened.AddSeconds(after), Timers), after);

    private static IncidentState? Applied(IncidentState? state, Decision<IncidentEvent> decision, int after) => decision.Events.Aggregate(
        state, (x, e) => IncidentState.Apply("incident-1", x, new Recorded<IncidentEvent>(1, Opened.AddSeconds(after), Actor.System, null, e)));

    private static DateTimeOffset DueAt(IncidentState state) => state.DispatchFrom.AddSeconds(state.DispatchWithinSeconds);
}
