using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;

namespace Dispatch.Tests.Processes;

/// <summary>A silo of a cluster as its own process.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private static readonly string SiloDirectory =
        typeof(SiloProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(x => x.Key == "SiloDirectory").Value!;

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(string postgres)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(SiloDirectory, "Dispatch.Silo.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Dispatch"] = postgres;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException($"The silo ended:\n{string.Join('\n', output)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts one and waits until it says that it is ready.</summary>
    public static async Task<SiloProcess> StartAsync(string postgres)
    {
        var silo = new SiloProcess(postgres);
        await silo.ready.Task.WaitAsync(TimeSpan.FromSeconds(90));
        return silo;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private void Take(string? line)
    {
        output.Enqueue(line ?? string.Empty);
        if (line?.Contains("silo is ready", StringComparison.Ordinal) == true)
        {
            ready.TrySetResult();
        }
    }
}
