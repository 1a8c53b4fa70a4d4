using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Dispatch.Benchmarks.Live.Servers;

/// <summary>Makes another .NET process collect its garbage, through the runtime's diagnostics port.</summary>
public static class ForcedCollection
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";

    /// <summary>The runtime collects fully when a session with this keyword begins.</summary>
    private const long HeapCollect = 0x800000;

    private static readonly TimeSpan UntilCollected = TimeSpan.FromSeconds(1);

    /// <summary>Collects fully, and again what the finalizers let go of.</summary>
    public static async Task RunAsync(int processId)
    {
        for (var i = 0; i < 2; i++)
        {
            using var session = new DiagnosticsClient(processId).StartEventPipeSession(
                new EventPipeProvider(Runtime, EventLevel.Informational, HeapCollect), requestRundown: false);
            var reading = session.EventStream.CopyToAsync(Stream.Null);
            await Task.Delay(UntilCollected);
            await session.StopAsync(CancellationToken.None);
            await reading;
        }
    }
}
