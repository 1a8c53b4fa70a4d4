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
                if (Fault(steps, happened, null) is not null)
                {
                    Assert.Fail(Explain(Shrink(steps)));
                }

                Interlocked.Add(ref taken, steps.Length);
            },
            iter: LeastSteps / 55);
        Assert.True(taken >= LeastSteps, $"Only {taken} steps were taken.");

        // A model that never gets somewhere proves nothing about it.
        var never = typeof(IncidentEvent).Assembly.GetTypes()
            .Where(x => !x.IsAbstract && (x.IsSubclassOf(typeof(IncidentEvent)) || x.IsSubclassOf(typeof(PairEvent))))
            .Select(x => x.Name)
            .Except(happened.Keys);
        Assert.Empty(never);
    }

    /// <summary>What goes wrong; null where nothing does.</summary>
    private static Exception? Fault((int What, int Incident, int Pair, int How)[] steps, ConcurrentDictionary<string, int> happened, List<string>? trace)
    {
        var world = new World(happened, trace);
        try
        {
            foreach (var (what, incident, pair, how) in steps)
            {
                world.Step(what, incident, pair, how);
                world.CheckInvariants();
            }

            trace?.Add("recovery:");
            world.Recover();
            world.CheckAgreement();
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    /// <summary>The fewest of the steps that still go wrong: every step that can be left out is.</summary>
    private static (int What, int Incident, int Pair, int How)[] Shrink((int What, int Incident, int Pair, int How)[] steps)
    {
        for (var length = steps.Length; length > 0; length = Math.Min(length / 2, steps.Length))
        {
            for (var from = 0; from < steps.Length;)
            {
                (int What, int Incident, int Pair, int How)[] fewer = [.. steps.Take(from), .. steps.Skip(from + length)];
                if (fewer.Length < steps.Length && Fault(fewer, [], null) is not null)
                {
                    steps = fewer;
                }
                else
                {
                    from += length;
                }
            }
        }

        return steps;
    }

    private static string Explain((int What, int Incident, int Pair, int How)[] steps)
    {
        var trace = new List<string>();
        var fault = Fault(steps, [], trace);
        return $"{fault?.Message}\nafter {steps.Length} steps:\n{string.Join('\n', trace)}";
    }
}
