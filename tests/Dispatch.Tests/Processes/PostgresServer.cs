using System.Diagnostics;
using System.Globalization;
using Npgsql;

[assembly: AssemblyFixture(typeof(Dispatch.Tests.Processes.PostgresServer))]

namespace Dispatch.Tests.Processes;

/// <summary>A private PostgreSQL on a free port for the whole test run: its own data directory, its own unprivileged user where tests run as root.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"dispatch-pg-{Guid.NewGuid():N}");
    private readonly int port = Ports.Free();
    private int databases;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(directory);
        if (IsRoot)
        {
            await RunAsync("chown", ["postgres", directory]);
        }

        await RunAsync(Program("initdb"), ["-D", $"{directory}/data", "-U", "dispatch", "-A", "trust", "-E", "UTF8", "--no-sync"], asUser: true);
        var settings = string.Create(
            CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} -c max_connections=200");
        await RunAsync(Program("pg_ctl"), ["-D", $"{directory}/data", "-l", $"{directory}/log", "-w", "-t", "60", "-o", settings, "start"], asUser: true);
    }

    /// <summary>A fresh database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"dispatch_{Interlocked.Increment(ref databases)}");
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(Program("pg_ctl"), ["-D", $"{directory}/data", "-m", "immediate", "stop"], asUser: true);
        Directory.Delete(directory, recursive: true);
    }

    private static bool IsRoot => Environment.UserName == "root";

    private string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=dispatch;Database={database}");

    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(x => $"{x}/bin/{name}").Last(File.Exists)
            : name;

    private static async Task RunAsync(string program, string[] arguments, bool asUser = false)
    {
        string[] prefix = asUser && IsRoot ? ["runuser", "-u", "postgres", "--", program] : [program];
        var start = new ProcessStartInfo(prefix[0], [.. prefix.Skip(1), .. arguments]) { WorkingDirectory = "/tmp" };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}.");
    }
}
