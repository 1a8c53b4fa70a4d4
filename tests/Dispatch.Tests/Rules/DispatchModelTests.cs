using System.Collections.Concurrent;
using CsCheck;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Pairs;

namespace Dispatch.Tests.Rules;

/// <summary>
/// A million random steps of the whole protocol against the pure rules of several incidents and pairs: every command, commands that come twice
/// or late, word that is not passed on, and deaths between a pair's write and its incident's. After every step I1, I2 and I6 hold; once
/// everyone was asked again, all sides say the same and nobody is stuck.
/// </summary>
public sealed class DispatchModelTests
{
    private const int LeastSteps = 1_000_000;

    [Fact]
    public void Rules_AMillionCommandsInAnyOrder_KeepOnePairAtOneIncidentAndNoIncidentOverfull()
    {
        long taken = 0;
        var happened = new ConcurrentDictionary<string, int>();
        Gen.Select(Gen.Int[0, World.Steps - 1], Gen.Int[0, World.Incidents - 1], Gen.Int[0, World.Pairs - 1], Gen.Int[0, 7]).Array[1, 120].Sample(
            steps =>
            {
                var world = new World(happened);
                foreach (var (what, incident, pair, how) in steps)
                {
                    world.Step(what, incident, pair, how);
                    world.CheckInvariants();
                }

                world.Recover();
                world.CheckAgreement();
                Interlocked.Add(ref taken, steps.Length);
            },
            iter: LeastSteps / 55,
            print: steps => string.Join(' ', steps));
        Assert.True(taken >= LeastSteps, $"Only {taken} steps were taken.");

        // A model that never gets somewhere proves nothing about it.
        var never = typeof(IncidentEvent).Assembly.GetTypes()
            .Where(x => !x.IsAbstract && (x.IsSubclassOf(typeof(IncidentEvent)) || x.IsSubclassOf(typeof(PairEvent))))
            .Select(x => x.Name)
            .Except(happened.Keys);
        Assert.Empty(never);
    }
}
