using System.Globalization;

namespace Dispatch.Processes;

/// <summary>A silo of a cluster as its own process; started again, it comes back at the same address.</summary>
public sealed class SiloProcess(string postgres, params (string Key, string Value)[] more) : ServerProcess("SiloDirectory", "Dispatch.Silo.dll")
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly string siloPort = Ports.Free().ToString(CultureInfo.InvariantCulture);
    private readonly string gatewayPort = Ports.Free().ToString(CultureInfo.InvariantCulture);
    private TaskCompletionSource ready = new();

    /// <inheritdoc/>
    public override async Task StartAsync()
    {
        ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Launch(
        [
            new("ConnectionStrings__Dispatch", postgres),
            new("Dispatch__SiloPort", siloPort),
            new("Dispatch__GatewayPort", gatewayPort),
            .. more.Select(x => new KeyValuePair<string, string?>(x.Key, x.Value)),
        ]);
        var ended = WaitForExitAsync(Patience);
        if (await Task.WhenAny(ready.Task, ended) != ready.Task)
        {
            throw new InvalidOperationException($"The silo ended or was not ready within {Patience}:\n{Output}");
        }
    }

    /// <inheritdoc/>
    protected override void Hear(string line)
    {
        if (line.Contains("silo is ready", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
