using System.CommandLine;
using Spectre.Console;

namespace Dispatch.Replay;

/// <summary>The command <c>replay</c>: feeds recorded calls through the public API of a running server.</summary>
public static class ReplayCommand
{
    private const int MostConcurrency = 1024;
    private const int MostSeconds = 24 * 3600;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE.csv") { Description = "Files of recorded calls.", Arity = ArgumentArity.OneOrMore };
        var server = CommandLine.ServerOption();
        var user = CommandLine.UserOption();
        var password = CommandLine.PasswordOption();
        var speed = new Option<string>("--speed")
        {
            Description = "Recorded seconds per second; 0 or max: as fast as the machine allows.", DefaultValueFactory = _ => "60",
        };
        var limit = new Option<string?>("--limit") { Description = "Only the first N calls." };
        var map = new Option<string>("--map")
        {
            Description = $"How the columns are read: {ColumnMap.SfFireName}, or a JSON file.", DefaultValueFactory = _ => ColumnMap.SfFireName,
        };
        var concurrency = new Option<string>("--concurrency") { Description = "Most commands at once.", DefaultValueFactory = _ => "32" };
        var giveUpAfter = new Option<string>("--give-up-after")
        {
            Description = "Seconds for which a command is tried while nobody knows whether it was done.", DefaultValueFactory = _ => "60",
        };
        var command = new Command("replay", "Feeds recorded calls through the public API of a running server.")
        {
            files, server, user, password, speed, limit, map, concurrency, giveUpAfter,
        };
        command.SetAction((arguments, cancellationToken) => CommandLine.GuardAsync(arguments, () =>
        {
            var options = new ReplayOptions(
                CommandLine.Access(arguments.GetValue(server)!, arguments.GetValue(user)!, arguments.GetValue(password)) with
                {
                    GiveUpAfter = TimeSpan.FromSeconds(CommandLine.Whole("--give-up-after", arguments.GetValue(giveUpAfter)!, 1, MostSeconds)),
                },
                ColumnMap.Load(arguments.GetValue(map)!),
                Pace.Parse(arguments.GetValue(speed)!),
                CommandLine.Whole("--concurrency", arguments.GetValue(concurrency)!, 1, MostConcurrency));
            int? calls = arguments.GetValue(limit) is { } text ? CommandLine.Whole("--limit", text, 1, int.MaxValue) : null;
            var reader = new RecordedCallsReader(options.Map, calls);
            foreach (var file in arguments.GetValue(files)!)
            {
                reader.ReadFile(file);
            }

            return RunAsync(options, reader.Result, CommandLine.ConsoleOn(arguments.InvocationConfiguration.Output), cancellationToken);
        }));
        return command;
    }

    private static async Task<int> RunAsync(ReplayOptions options, RecordedRows rows, IAnsiConsole console, CancellationToken cancellationToken)
    {
        using var session = await ReplaySession.SignInAsync(options, console, TimeProvider.System, cancellationToken);
        var report = await session.RunAsync(rows, cancellationToken);
        ReportPrinter.Print(console, report);
        return report.IsComplete ? CommandLine.Done : CommandLine.NotAllDone;
    }
}
