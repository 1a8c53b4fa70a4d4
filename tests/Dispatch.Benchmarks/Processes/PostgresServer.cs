using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Dispatch.Benchmarks.Processes;

/// <summary>
/// A private PostgreSQL on a free loopback port with the defaults of its version: fsync and synchronous_commit are on, so a commit is on disk.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string directory = Path.Combine(Path.GetTempPath(), $"dispatch-bench-{Guid.NewGuid():N}");
    private readonly int port = FreePort();

    private PostgresServer()
    {
    }

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Makes a data directory and starts a server on it.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        Directory.CreateDirectory(server.directory);
        if (IsRoot)
        {
            await RunAsync("chown", ["postgres", server.directory]);
        }

        await RunAsync(Program("initdb"), ["-D", $"{server.directory}/data", "-U", "dispatch", "-A", "trust", "-E", "UTF8"], asUser: true);
        var settings = string.Create(
            CultureInfo.InvariantCulture, $"-p {server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={server.directory} -c max_connections=200");
        await RunAsync(
            Program("pg_ctl"), ["-s", "-D", $"{server.directory}/data", "-l", $"{server.directory}/log", "-w", "-t", "60", "-o", settings, "start"], asUser: true);
        return server;
    }

    /// <summary>How a database of this server is reached.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=dispatch;Database={database}");

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

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await RunAsync(Program("pg_ctl"), ["-s", "-D", $"{directory}/data", "-m", "immediate", "stop"], asUser: true);
        Directory.Delete(directory, recursive: true);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
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
