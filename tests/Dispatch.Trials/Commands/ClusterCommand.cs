using System.CommandLine;
using Dispatch.Trials.Work;

namespace Dispatch.Trials.Commands;

/// <summary><c>cluster</c>: work on a cluster that is hurt all the time.</summary>
public static class ClusterCommand
{
    /// <summary>Makes it.</summary>
    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long the nemesis works; 0 for each of its harms once.", DefaultValueFactory = _ => 10 };
        var tolerance = new Option<double>("--deadline-tolerance")
        {
            Description = "Seconds after its time, or after the cluster was whole again, within which a deadline must fire.", DefaultValueFactory = _ => 5,
        };
        var command = new Command("cluster", "Silos and web nodes are killed, frozen and restarted, and so is the database, while dispatchers and officers work.")
        {
            minutes, tolerance, TrialOptions.Seed, TrialOptions.Folder,
        };
        command.SetAction(async (arguments, stop) =>
        {
            var seed = arguments.GetValue(TrialOptions.Seed) ?? TrialOptions.FreshSeed();
            TimeSpan? length = arguments.GetValue(minutes) is > 0 and var given ? TimeSpan.FromMinutes(given) : null;
            var options = new ClusterOptions(
                length, seed, TrialOptions.FolderOf(arguments, "cluster", seed), TimeSpan.FromSeconds(arguments.GetValue(tolerance)));
            return (await new ClusterTrial(options, Console.Out).RunAsync(stop)).Count == 0 ? 0 : 1;
        });
        return command;
    }
}
