using System.CommandLine;
using Dispatch.Trials.Work;

namespace Dispatch.Trials.Commands;

/// <summary><c>failover</c>: how long commands do not work.</summary>
public static class FailoverCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often a silo is killed and frozen.", DefaultValueFactory = _ => 3 };
        var command = new Command("failover", "Measures how long commands do not work after a silo was killed or froze, and restarts everything in turn.")
        {
            rounds, TrialOptions.Seed,
        };
        command.SetAction(async (arguments, stop) =>
        {
            var seed = arguments.GetValue(TrialOptions.Seed) ?? TrialOptions.FreshSeed();
            return await new FailoverTrial(Math.Max(1, arguments.GetValue(rounds)), seed, Console.Out).RunAsync(stop) ? 0 : 1;
        });
        return command;
    }
}
