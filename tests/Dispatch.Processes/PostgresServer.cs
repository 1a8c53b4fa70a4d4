using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Dispatch.Processes;

/// <summary>
/// A private PostgreSQL on a free loopback port with the defaults of its version: fsync and synchronous_commit are on, so a commit is on disk.
/// It has its own data directory, and its own unprivileged user where the caller is root. Started by the first who needs it.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"dispatch-pg-{Guid.NewGuid():N}");
    private readonly int port = Ports.Free();
    private readonly SemaphoreSlim starting = new(1, 1);
    private bool started;
    private int databases;

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Makes a data directory and starts a server on it.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        await server.EnsureStartedAsync();
        return server;
    }

    /// <summary>How a database of this server is reached.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=dispatch;Database={database}");

    /// <summary>A fresh database; its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await EnsureStartedAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"dispatch_{Interlocked.Increment(ref databases)}");
        await ExecuteAsync($"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    /// <summary>Makes a database, empty or a copy of another, and writes everything out, so that no checkpoint of old pages falls into a measurement.</summary>
    public async Task CreateAsync(string name, string template = "template1")
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        await ExecuteAsync("CHECKPOINT");
    }

    /// <summary>Removes a database and whoever is still connected to it.</summary>
    public async Task DropAsync(string name)
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)");
    }

    /// <summary>What the server says of itself: version and what durability rests on.</summary>
    public async Task<string> DescribeAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand(
            "SELECT format('PostgreSQL %s, fsync %s, synchronous_commit %s', current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'))");
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Stops it as a crash would (no checkpoint, connections cut) and starts it again, which recovers from the write-ahead log.</summary>
    public async Task RestartImmediatelyAsync()
    {
        await RunAsync(Program("pg_ctl"), ["-s", "-D", $"{directory}/data", "-m", "immediate", "-w", "stop"], asUser: true);
        await LaunchAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (started)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(Program("pg_ctl"), ["-s", "-D", $"{directory}/data", "-m", "immediate", "stop"], asUser: true);
            Directory.Delete(directory, recursive: true);
        }

        starting.Dispose();
    }

    private async Task EnsureStartedAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (started)
            {
                return;
            }

            Directory.CreateDirectory(directory);
            if (IsRoot)
            {
                await RunAsync("chown", ["postgres", directory]);
            }

            await RunAsync(Program("initdb"), ["-D", $"{directory}/data", "-U", "dispatch", "-A", "trust", "-E", "UTF8"], asUser: true);
            await LaunchAsync();
            started = true;
        }
        finally
        {
            starting.Release();
        }
    }

    private Task LaunchAsync()
    {
        var settings = string.Create(
            CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={directory} -c max_connections=300");
        return RunAsync(
            Program("pg_ctl"), ["-s", "-D", $"{directory}/data", "-l", $"{directory}/log", "-w", "-t", "60", "-o", settings, "start"], asUser: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(x => $"{x}/bin/{name}").Last(File.Exists)
            : name;

    private static async Task RunAsync(string program, string[] arguments, bool asUser = false)
    {
        string[] prefix = asUser && IsRoot ? ["runuser", "-u", "postgres", "--", program] : [program];
        var start = new ProcessStartInfo(prefix[0], [.. prefix.Skip(1), .. arguments])
        {
            WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = program.EndsWith("initdb", StringComparison.Ordinal),
        };
        using var process = Process.Start(start)!;
        var output = start.RedirectStandardOutput ? await process.StandardOutput.ReadToEndAsync() : string.Empty;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}. {output}");
        }
    }
}
