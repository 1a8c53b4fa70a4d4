using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Dispatch.Live;
using Dispatch.Replay;
using Spectre.Console;

namespace Dispatch.Month;

/// <summary>The command <c>month</c>: plays a community's month through the public API of a running server, or writes it down.</summary>
public static class MonthCommand
{
    /// <summary>Seed where none is given.</summary>
    public const int DefaultSeed = 7;

    /// <summary>Contacts with residents on a usual day where it is not said.</summary>
    public const int DefaultPerDay = 12;

    private const int MostPerDay = 200;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var server = CommandLine.ServerOption();
        var user = CommandLine.UserOption();
        var password = CommandLine.PasswordOption();
        var community = new Option<string>("--community") { Description = "Id of a community with a full pair.", Required = true };
        var seed = new Option<string>("--seed") { Description = "The same seed makes the same month.", DefaultValueFactory = _ => $"{DefaultSeed}" };
        var perDay = new Option<string>("--per-day") { Description = "Contacts with residents on a usual day.", DefaultValueFactory = _ => $"{DefaultPerDay}" };
        var until = new Option<string>("--until") { Description = "The month ends before the day of this moment: now, or ISO 8601.", DefaultValueFactory = _ => "now" };
        var output = new Option<string?>("--out") { Description = "Writes the month to this file, a step a line, instead of playing it." };
        var command = new Command("month", "Plays a community's month of work through the public API of a running server that takes commands that tell of the past.")
        {
            server, user, password, community, seed, perDay, until, output,
        };
        command.SetAction((arguments, cancellationToken) => CommandLine.GuardAsync(arguments, () => RunAsync(
            new MonthOptions(
                CommandLine.Access(arguments.GetValue(server)!, arguments.GetValue(user)!, arguments.GetValue(password)),
                arguments.GetRequiredValue(community),
                CommandLine.Whole("--seed", arguments.GetValue(seed)!, 0, int.MaxValue),
                CommandLine.Whole("--per-day", arguments.GetValue(perDay)!, 1, MostPerDay),
                Moment(arguments.GetValue(until)!),
                arguments.GetValue(output)),
            CommandLine.ConsoleOn(arguments.InvocationConfiguration.Output),
            cancellationToken)));
        return command;
    }

    private static DateTimeOffset Moment(string text) =>
        text == "now" ? TimeProvider.System.GetUtcNow()
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw new CommandFaultException($"--until '{text}' is neither now nor a moment in ISO 8601.");

    private static async Task<int> RunAsync(MonthOptions options, IAnsiConsole console, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var tally = new ReplayTally();
        using var starter = await DispatchApi.SignInAsync(options.Access, connections: 1, tally, time, cancellationToken);
        try
        {
            var server = await MonthServer.AskAsync(starter, cancellationToken);
            var cast = MonthCast.Of(server.Organisation, options.CommunityId)
                ?? throw new CommandFaultException($"There is no community '{options.CommunityId}' with a pair of two officers.");
            using var crew = new MonthAccounts(options.Access, starter, cast, tally, time);
            var leaf = await crew.OfAsync(new MonthActor(MonthRole.Officer, cast.GreenLeaf), null, cancellationToken);
            var from = await MonthServer.BeginningAsync(
                leaf!, CommunityMonth.FirstKeyOf(options.Seed, cast, options.PerDay), options.Until, cancellationToken);
            var plan = CommunityMonth.Of(options.Seed, cast, server.Pack, from, options.PerDay);
            if (options.Output is { } path)
            {
                await WriteAsync(path, plan, cancellationToken);
                console.WriteLine($"{path}: {plan.Steps.Length} steps");
                return CommandLine.Done;
            }

            var player = new MonthPlayer(crew, TimeSpan.Zero, time);
            var playing = player.PlayAsync(plan, cancellationToken);
            await MonthScreen.ShowAsync(console, () => player.Played, plan.Steps.Length, playing, time);
            var report = await playing;
            MonthScreen.Print(console, plan, report);
            return report.Unexpected.IsEmpty ? CommandLine.Done : CommandLine.NotAllDone;
        }
        catch (ServerLostException exception)
        {
            throw new CommandFaultException($"{exception.Message}; start it again, and it goes on where it ended.", exception);
        }
    }

    private static async Task WriteAsync(string path, MonthPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllLinesAsync(path, plan.Steps.Select(x => JsonSerializer.Serialize(x, DispatchJson.Options)), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFaultException($"'{path}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>What the command is asked for.</summary>
    private sealed record MonthOptions(ServerAccess Access, string CommunityId, int Seed, int PerDay, DateTimeOffset Until, string? Output);
}
