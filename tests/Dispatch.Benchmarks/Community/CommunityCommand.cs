using System.CommandLine;

namespace Dispatch.Benchmarks.Community;

/// <summary>The command line of the benchmark of community work.</summary>
public static class CommunityCommand
{
    /// <summary><c>community</c> with its options.</summary>
    public static Command Create()
    {
        var communities = new Option<int>("--communities") { Description = "Communities of the large bureau.", DefaultValueFactory = _ => 1000 };
        var days = new Option<int>("--days") { Description = "Days of history, 100 interactions each in every community.", DefaultValueFactory = _ => 7 };
        var rounds = new Option<int>("--rounds") { Description = "Rounds; figures are of all together.", DefaultValueFactory = _ => 3 };
        var seconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 10 };
        var command = new Command("community", "Feed, pages and figures of one community in a bureau of one and in a large one.") { communities, days, rounds, seconds };
        command.SetAction((arguments, _) => CommunityBenchmark.RunAsync(new CommunitySetting(
            arguments.GetValue(communities), arguments.GetValue(days), arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(seconds)))));
        return command;
    }
}

/// <summary>What is asked of the benchmark.</summary>
/// <param name="Communities">Communities of the large bureau.</param>
/// <param name="Days">Days of history.</param>
/// <param name="Rounds">How often each is measured.</param>
/// <param name="Length">How long each measurement takes.</param>
public sealed record CommunitySetting(int Communities, int Days, int Rounds, TimeSpan Length);
