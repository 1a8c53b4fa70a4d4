using System.Text;
using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>A screen that subscribes and never reads; its small buffer is soon full.</summary>
public sealed class StalledScreen : IDisposable
{
    private const int ReceiveBuffer = 4096;
    private readonly HubSocket socket;

    private StalledScreen(HubSocket socket) => this.socket = socket;

    /// <summary>Connects and subscribes.</summary>
    public static async Task<StalledScreen> OpenAsync(LiveServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var socket = await HubSocket.OpenAsync(server.Port, server.HubPath, ReceiveBuffer);
        await socket.SendAsync(Encoding.UTF8.GetBytes(
            $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Subscribe\",\"arguments\":[\"{server.Feed}\",null]}}\u001e"));
        return new StalledScreen(socket);
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
