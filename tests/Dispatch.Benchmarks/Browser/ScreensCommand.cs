using System.CommandLine;

namespace Dispatch.Benchmarks.Browser;

/// <summary>The command line of the benchmark of the screens in a browser.</summary>
public static class ScreensCommand
{
    /// <summary><c>screens</c> with its options.</summary>
    public static Command Create()
    {
        var pairs = new Option<int>("--pairs") { Description = "Pairs on duty, all of which move.", DefaultValueFactory = _ => 5000 };
        var incidents = new Option<int>("--incidents") { Description = "Open incidents.", DefaultValueFactory = _ => 500 };
        var real = new Option<bool>("--real") { Description = "The hub of the server itself, to which every pair reports; needs more than two processors." };
        var seconds = new Option<int>("--seconds") { Description = "Length of each measurement of the main thread.", DefaultValueFactory = _ => 30 };
        var minutes = new Option<double>("--minutes") { Description = "For how long memory is watched.", DefaultValueFactory = _ => 10 };
        var profile = new Option<bool>("--profile") { Description = "Names the functions on which the board's main thread spends its time, and ends." };
        var command = new Command("screens", "The wallboard and the phone's page in Chromium: work of the main thread, memory, time to live data, size of the scripts.")
        {
            pairs, incidents, real, seconds, minutes, profile,
        };
        command.SetAction((arguments, _) => new ScreensBenchmark(new ScreensSetting(
            arguments.GetValue(pairs), arguments.GetValue(incidents), arguments.GetValue(real), TimeSpan.FromSeconds(arguments.GetValue(seconds)),
            TimeSpan.FromMinutes(arguments.GetValue(minutes)), arguments.GetValue(profile))).RunAsync());
        return command;
    }
}

/// <summary>What is asked of the benchmark.</summary>
/// <param name="Pairs">Pairs on duty.</param>
/// <param name="Incidents">Open incidents.</param>
/// <param name="Real">Whether the messages come from the server itself and not from a stand-in for its hub.</param>
/// <param name="Length">Length of each measurement of the main thread.</param>
/// <param name="Watch">For how long memory is watched.</param>
/// <param name="Profile">Whether it only tells where the time of the main thread goes.</param>
public sealed record ScreensSetting(int Pairs, int Incidents, bool Real, TimeSpan Length, TimeSpan Watch, bool Profile);
