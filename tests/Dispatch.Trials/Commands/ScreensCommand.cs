using System.CommandLine;
using Dispatch.Trials.Cluster;
using Dispatch.Trials.Work;

namespace Dispatch.Trials.Commands;

/// <summary><c>screens</c>: what screens see of a cluster that is hurt all the time.</summary>
public static class ScreensCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long the nemesis works; 0 for each of its harms once.", DefaultValueFactory = _ => 10 };
        var screens = new Option<int>("--screens") { Description = "How many screens look.", DefaultValueFactory = _ => 300 };
        var freezes = new Option<bool>("--freezes") { Description = "Silos are frozen, too, and the database is restarted, as in the trial of the cluster." };
        var command = new Command("screens", "Hundreds of screens lose their lines and come back while recorded calls are replayed and silos and web nodes are killed; in the end each shows what the grains hold.")
        {
            minutes, screens, freezes, TrialOptions.Seed, TrialOptions.Folder,
        };
        command.SetAction(async (arguments, stop) =>
        {
            var seed = arguments.GetValue(TrialOptions.Seed) ?? TrialOptions.FreshSeed();
            TimeSpan? length = arguments.GetValue(minutes) is > 0 and var given ? TimeSpan.FromMinutes(given) : null;
            var options = new ScreensOptions(length, Math.Max(1, arguments.GetValue(screens)), seed, TrialOptions.FolderOf(arguments, "screens", seed))
            {
                Harms = arguments.GetValue(freezes) ? Nemesis.EveryHarm : Nemesis.Kills,
            };
            return (await new ScreensTrial(options, Console.Out).RunAsync(stop)).Count == 0 ? 0 : 1;
        });
        return command;
    }
}
