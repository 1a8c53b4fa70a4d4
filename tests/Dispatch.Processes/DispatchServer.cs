using System.Diagnostics;
using System.Globalization;

namespace Dispatch.Processes;

/// <summary>The web tier as its own process, by default with the silo in it; started again, it comes back at the same address.</summary>
public sealed class DispatchServer : ServerProcess
{
    /// <summary>Password of every account.</summary>
    public const string Password = "correct-horse-battery";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly Dictionary<string, string?> environment;

    private DispatchServer(string directory, Dictionary<string, string?> environment)
        : base("WebDirectory", "Dispatch.Web.dll")
    {
        DataDirectory = directory;
        Port = Ports.Free();
        this.environment = environment;
        environment.TryAdd("Urls", Url.ToString().TrimEnd('/'));
    }

    /// <summary>Where its SQLite file lies; deleted with it.</summary>
    public string DataDirectory { get; }

    /// <summary>Its loopback port.</summary>
    public int Port { get; }

    /// <summary>Its base address.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}"));

    /// <inheritdoc/>
    protected override string WorkingDirectory => DataDirectory;

    /// <summary>A server on SQLite, or on PostgreSQL where a connection string is given.</summary>
    public static DispatchServer On(string? postgres, params (string Key, string Value)[] more)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-test-").FullName;
        var environment = new Dictionary<string, string?>
        {
            ["Dispatch__DataDirectory"] = directory,
            ["Dispatch__Demo"] = "true",
            ["Dispatch__DemoTraffic"] = "false",
            ["Dispatch__DemoMonth"] = "false",
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

    /// <inheritdoc/>
    public override async Task StartAsync()
    {
        Launch(environment);
        using var http = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(5) };
        var waited = Stopwatch.StartNew();
        while (!await IsReadyAsync(http))
        {
            if (!IsRunning || waited.Elapsed > Patience)
            {
                throw new InvalidOperationException(
                    $"The server {(IsRunning ? $"was not ready within {Patience}" : $"ended with {ExitCode}")}:\n{Output}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Starts it and waits for its end.</summary>
    public async Task<int> RunToEndAsync()
    {
        Launch(environment);
        return await WaitForExitAsync(TimeSpan.FromSeconds(60));
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(DataDirectory, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/healthz/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
