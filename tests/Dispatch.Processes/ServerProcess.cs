using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Dispatch.Processes;

/// <summary>A program of the product as its own process: started, killed, stopped, frozen and started again from outside.</summary>
public abstract class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    /// <summary>Lines of output that are kept.</summary>
    private const int MostLines = 2_000;

    private readonly string program;
    private readonly ConcurrentQueue<string> output = new();
    private Process? process;

    /// <summary>A program that is not started yet.</summary>
    /// <param name="directory">Name under which the build left the program's directory.</param>
    /// <param name="file">File in it.</param>
    protected ServerProcess(string directory, string file)
    {
        program = Path.Combine(BuildFacts.Of(directory), file);
    }

    /// <summary>What it printed last, over all its starts.</summary>
    public string Output => string.Join('\n', output);

    /// <summary>Id of the process that was started last.</summary>
    public int ProcessId => process!.Id;

    /// <summary>Whether it was started and has not ended; a frozen one is running.</summary>
    public bool IsRunning => process is { HasExited: false };

    /// <summary>How the last process ended.</summary>
    public int ExitCode => process!.ExitCode;

    /// <summary>Its arguments.</summary>
    protected virtual IEnumerable<string> Arguments => [];

    /// <summary>Where it runs; null for the caller's directory.</summary>
    protected virtual string? WorkingDirectory => null;

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within 90 s.</exception>
    public abstract Task StartAsync();

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: drains; the exit code.</summary>
    /// <exception cref="TimeoutException">It was still there after 60 s.</exception>
    public async Task<int> StopAsync()
    {
        Signal(SigTerm);
        await process!.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still with all its connections open.</summary>
    public void Freeze() => Signal(SigStop);

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Signal(SigCont);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (IsRunning)
        {
            await KillAsync();
        }

        process?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called for each line that it prints.</summary>
    protected virtual void Hear(string line)
    {
    }

    /// <summary>Starts the process.</summary>
    protected void Launch(IEnumerable<KeyValuePair<string, string?>> environment)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. Arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (WorkingDirectory is not null)
        {
            start.WorkingDirectory = WorkingDirectory;
        }

        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        process?.Dispose();
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits for its end.</summary>
    protected async Task<int> WaitForExitAsync(TimeSpan within)
    {
        await process!.WaitForExitAsync().WaitAsync(within);
        return process.ExitCode;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int processId, int signal);

    private void Signal(int signal)
    {
        if (SendSignal(process!.Id, signal) != 0 && !process.HasExited)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"Signal {signal} could not be sent: {Marshal.GetLastPInvokeErrorMessage()}"));
        }
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        if (output.Count > MostLines)
        {
            output.TryDequeue(out _);
        }

        Hear(line);
    }
}
