using System.CommandLine;
using Dispatch.Trials.Work;

namespace Dispatch.Trials.Commands;

/// <summary><c>race</c>: contended trials on a whole cluster.</summary>
public static class RaceCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var trials = new Option<int>("--trials") { Description = "How many trials.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("race", "Dispatchers over three silos want the same pairs at the same moment.") { trials, TrialOptions.Seed, TrialOptions.Folder };
        command.SetAction(async (arguments, stop) =>
        {
            var seed = arguments.GetValue(TrialOptions.Seed) ?? TrialOptions.FreshSeed();
            var folder = TrialOptions.FolderOf(arguments, "race", seed);
            var violations = await new RaceTrial(new RaceOptions(arguments.GetValue(trials), seed, folder), Console.Out).RunAsync(stop);
            return violations.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
