using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Dispatch.Tests.Processes;

/// <summary>The real program as its own process, driven from outside.</summary>
public sealed class DispatchServer : IAsyncDisposable
{
    public const string Password = "correct-horse-battery";
    private static readonly string WebDirectory =
        typeof(DispatchServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == "WebDirectory").Value!;

    private readonly Dictionary<string, string?> environment;
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    private DispatchServer(string directory, Dictionary<string, string?> environment)
    {
        DataDirectory = directory;
        Port = Ports.Free();
        this.environment = environment;
    }

    public string DataDirectory { get; }

    public int Port { get; }

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    public string Output => string.Join('\n', output);

    public int ProcessId => process!.Id;

    /// <summary>A server on SQLite, or on PostgreSQL where a connection string is given.</summary>
    public static DispatchServer On(string? postgres, params (string Key, string Value)[] more)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-test-").FullName;
        var environment = new Dictionary<string, string?>
        {
            ["Dispatch__DataDirectory"] = directory,
            ["Dispatch__Demo"] = "true",
            ["Dispatch__DemoTraffic"] = "false",
            ["DISPATCH_ADMIN_PASSWORD"] = Password,
            ["DISPATCH_DEMO_PASSWORD"] = Password,
            ["ConnectionStrings__Dispatch"] = postgres,
        };
        foreach (var (key, value) in more)
        {
            environment[key] = value;
        }

        return new DispatchServer(directory, environment);
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync("/healthz/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                Assert.False(process!.HasExited, $"The server ended with {(process.HasExited ? process.ExitCode : 0)}:\n{Output}");
            }

            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(90), $"The server was not ready within 90 s:\n{Output}");
            await Task.Delay(100);
        }
    }

    /// <summary>Starts it and waits for its end.</summary>
    public async Task<int> RunToEndAsync()
    {
        Launch();
        await process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: drains; the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        process?.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private void Launch()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(WebDirectory, "Dispatch.Web.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = DataDirectory,
        };
        start.Environment["Urls"] = Url.ToString().TrimEnd('/');
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => output.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => output.Enqueue(line.Data ?? string.Empty);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }
}
