using System.CommandLine;

namespace Dispatch.Benchmarks.Durable;

/// <summary>The command line of the benchmark of durable commands.</summary>
public static class DurableCommand
{
    /// <summary><c>durable</c> with its options.</summary>
    public static Command Create()
    {
        var sqlite = new Option<bool>("--sqlite") { Description = "On SQLite instead of a private PostgreSQL." };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each; figures are their medians.", DefaultValueFactory = _ => 3 };
        var seconds = new Option<int>("--seconds") { Description = "Length of each measurement.", DefaultValueFactory = _ => 3 };
        var command = new Command("durable", "Durable commands against raw one-row commits of the same bytes.") { sqlite, rounds, seconds };
        command.SetAction((arguments, _) => new DurableBenchmark(new DurableOptions(
            arguments.GetValue(sqlite), arguments.GetValue(rounds), TimeSpan.FromSeconds(arguments.GetValue(seconds)))).RunAsync());
        return command;
    }
}

/// <summary>What is asked of the benchmark.</summary>
/// <param name="Sqlite">On SQLite; else on a private PostgreSQL.</param>
/// <param name="Rounds">How often each is measured.</param>
/// <param name="Length">How long each measurement takes.</param>
public sealed record DurableOptions(bool Sqlite, int Rounds, TimeSpan Length)
{
    /// <summary>Senders at once, and connections of the raw commits.</summary>
    public const int AtOnce = 64;

    /// <summary>How many incidents and how many pairs there are; the commands go to them in turn.</summary>
    public const int Grains = 1000;
}
