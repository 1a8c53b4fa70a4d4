using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Processes;

namespace Dispatch.Benchmarks.Live.Servers;

/// <summary>What ours is compared with: the stock SignalR server of <see cref="Raw.RawServer"/>, as a process of its own.</summary>
public sealed class RawLiveServer : LiveServer
{
    private readonly Process process;
    private readonly string directory;
    private readonly IReadOnlyList<PairView> pairs;

    private RawLiveServer(Process process, int port, string directory, IReadOnlyList<PairView> pairs)
    {
        this.process = process;
        Port = port;
        this.directory = directory;
        this.pairs = pairs;
    }

    /// <inheritdoc/>
    public override string Name => "raw";

    /// <inheritdoc/>
    public override int ProcessId => process.Id;

    /// <inheritdoc/>
    public override int Port { get; }

    /// <inheritdoc/>
    public override string HubPath => "/hub";

    /// <inheritdoc/>
    public override bool FeedsFollowOn => false;

    /// <summary>Starts it with these pairs, whose bytes it commits and sends.</summary>
    /// <param name="pairs">Pairs as ours shows them.</param>
    /// <param name="postgres">Connection string; null for a SQLite file of its own.</param>
    public static async Task<RawLiveServer> StartAsync(IReadOnlyList<PairView> pairs, string? postgres)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-raw-").FullName;
        var port = Ports.Free();
        var file = Path.Combine(directory, "pairs.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(pairs, DispatchJson.Options));
        string[] database = postgres is null ? ["--sqlite", Path.Combine(directory, "raw.db")] : ["--postgres", postgres];
        var start = new ProcessStartInfo(
            "dotnet", [typeof(RawLiveServer).Assembly.Location, Raw.RawCommand.Name, "--port", port.ToString(CultureInfo.InvariantCulture), "--pairs", file, .. database])
        {
            RedirectStandardOutput = true,
        };

        // As in the project of the web server; the rest of its settings are this program's too.
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var process = Process.Start(start)!;
        var server = new RawLiveServer(process, port, directory, pairs);
        if (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) != Raw.RawCommand.Ready)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException("The raw server did not start.");
        }

        return server;
    }

    /// <inheritdoc/>
    public override Task<IReadOnlyDictionary<int, long>> PairsAsync() => Task.FromResult<IReadOnlyDictionary<int, long>>(
        pairs.ToDictionary(x => int.Parse(x.Id.AsSpan(1), CultureInfo.InvariantCulture), x => x.Version));

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(directory, recursive: true);
    }
}
