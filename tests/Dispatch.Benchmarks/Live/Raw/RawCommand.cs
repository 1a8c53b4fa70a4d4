using System.CommandLine;

namespace Dispatch.Benchmarks.Live.Raw;

/// <summary>The hidden command under which this program is the raw server.</summary>
public static class RawCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "live-raw";

    /// <summary>The line that it prints when it listens.</summary>
    public const string Ready = "ready";

    /// <summary><c>live-raw</c> with its options.</summary>
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Loopback port.", Required = true };
        var pairs = new Option<string>("--pairs") { Description = "File with the pairs as they are shown.", Required = true };
        var postgres = new Option<string?>("--postgres") { Description = "Connection string." };
        var sqlite = new Option<string?>("--sqlite") { Description = "File of SQLite, where there is no PostgreSQL." };
        var command = new Command(Name, "A stock SignalR server to compare with.") { port, pairs, postgres, sqlite };
        command.Hidden = true;
        command.SetAction((arguments, stop) => RawServer.RunAsync(
            arguments.GetValue(port), arguments.GetValue(pairs)!, arguments.GetValue(postgres), arguments.GetValue(sqlite), stop));
        return command;
    }
}
