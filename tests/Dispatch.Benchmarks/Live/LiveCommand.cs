using System.CommandLine;
using Dispatch.Benchmarks.Live.Rows;

namespace Dispatch.Benchmarks.Live;

/// <summary>The command line of the benchmark of live screens.</summary>
public static class LiveCommand
{
    /// <summary><c>live</c> with its options.</summary>
    public static Command Create()
    {
        var only = new Option<string[]>("--only")
        {
            Description = $"Rows to measure, all where left out: {string.Join(", ", LiveBenchmark.Rows.Select(x => x.Name))}.", AllowMultipleArgumentsPerToken = true,
        };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each; figures are their medians.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 8 };
        var screens = new Option<int>("--screens") { Description = "Screens where the row asks for a thousand.", DefaultValueFactory = _ => 1000 };
        var rate = new Option<int>("--rate") { Description = "Durable changes a second.", DefaultValueFactory = _ => 100 };
        var sqlite = new Option<bool>("--sqlite") { Description = "On SQLite instead of a private PostgreSQL." };
        var command = new Command("live", "Screens and positions against a stock SignalR server.") { only, rounds, seconds, screens, rate, sqlite };
        command.SetAction((arguments, _) => new LiveBenchmark(new LiveSetting(
            arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(seconds)), arguments.GetValue(screens), arguments.GetValue(rate),
            arguments.GetValue(sqlite))).RunAsync(arguments.GetValue(only) ?? []));
        return command;
    }
}

/// <summary>What is asked of the benchmark.</summary>
/// <param name="Rounds">How often each is measured.</param>
/// <param name="Length">How long each measurement takes.</param>
/// <param name="Screens">Screens where the row asks for a thousand.</param>
/// <param name="Rate">Durable changes a second.</param>
/// <param name="Sqlite">On SQLite; else on a private PostgreSQL.</param>
public sealed record LiveSetting(int Rounds, TimeSpan Length, int Screens, int Rate, bool Sqlite);
