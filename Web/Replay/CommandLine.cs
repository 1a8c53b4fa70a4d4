using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using Dispatch.Month;
using Spectre.Console;

namespace Dispatch.Replay;

/// <summary>What the commands for operators share: exit codes, the options that name a server, and numbers that are read strictly.</summary>
public static class CommandLine
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>It ran, and not everything was done.</summary>
    public const int NotAllDone = 1;

    /// <summary>Bad arguments, an unreadable file or no way into the server.</summary>
    public const int Fault = 2;

    /// <summary>Where the password may come from, so that it need not stand in a command line.</summary>
    public const string PasswordVariable = "DISPATCH_PASSWORD";

    /// <summary>How long a command may take to end after Ctrl-C or SIGTERM.</summary>
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(5);

    /// <summary>How wide output is that no terminal shows.</summary>
    private const int PlainWidth = 160;

    /// <summary>Runs the commands for operators. Arguments that cannot be read are one line on standard error and <see cref="Fault"/>.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = new RootCommand("Dispatch: without a command it runs the server.") { ReplayCommand.Create(), OrganisationCommand.Create(), MonthCommand.Create() };
        var parsed = root.Parse(arguments);
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = EndWithin };
        if (parsed.Action is ParseErrorAction)
        {
            await configuration.Error.WriteLineAsync($"error: {parsed.Errors[0].Message} See --help.");
            return Fault;
        }

        return await parsed.InvokeAsync(configuration);
    }

    /// <summary>Address of the server.</summary>
    public static Option<string> ServerOption() => new("--server")
    {
        Description = "Address of a running server.", DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    /// <summary>Account to sign in with.</summary>
    public static Option<string> UserOption() => new("--user")
    {
        Description = "Account that may dispatch everywhere and sign pairs on.", DefaultValueFactory = _ => "admin",
    };

    /// <summary>Its password.</summary>
    public static Option<string?> PasswordOption() => new("--password")
    {
        Description = $"Its password; {PasswordVariable} in the environment where it is not given.",
    };

    /// <summary>Runs an action; a fault becomes one line on standard error and exit code 2.</summary>
    public static async Task<int> GuardAsync(ParseResult arguments, Func<Task<int>> action)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            return await action();
        }
        catch (CommandFaultException fault)
        {
            await arguments.InvocationConfiguration.Error.WriteLineAsync($"error: {fault.Message}");
            return Fault;
        }
    }

    /// <summary>The server and account that the options name.</summary>
    /// <exception cref="CommandFaultException">The address is none, or there is no password.</exception>
    public static ServerAccess Access(string server, string user, string? password)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new CommandFaultException($"--server '{server}' is no http or https address.");
        }

        password = string.IsNullOrEmpty(password) ? Environment.GetEnvironmentVariable(PasswordVariable) : password;
        return string.IsNullOrEmpty(password)
            ? throw new CommandFaultException($"A password is needed: --password, or {PasswordVariable} in the environment.")
            : new ServerAccess(new Uri(address.GetLeftPart(UriPartial.Authority)), user, password);
    }

    /// <summary>A whole number within limits.</summary>
    /// <exception cref="CommandFaultException">It is none.</exception>
    public static int Whole(string option, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new CommandFaultException($"{option} '{text}' must be a whole number from {least} to {most}.");

    /// <summary>Where a command shows what it does.</summary>
    public static IAnsiConsole ConsoleOn(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        return console;
    }

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="CommandFaultException">It cannot be read.</exception>
    public static async Task<byte[]> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFaultException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>A server and an account on it.</summary>
/// <param name="Server">Scheme, host and port.</param>
/// <param name="User">Account name.</param>
/// <param name="Password">Its password.</param>
public sealed record ServerAccess(Uri Server, string User, string Password)
{
    /// <summary>How long a command is tried in all, while nobody knows whether it was done; a minute unless it is told otherwise.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(1);
}
