using System.Globalization;
using System.Text;
using Dispatch.Benchmarks.Live.Servers;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>
/// A screen that never reads: it asks for the whole feed again and again until the server has more for it than the buffers on the way hold.
/// </summary>
public sealed class StalledScreen : IDisposable
{
    private const int ReceiveBuffer = 4096;
    private const int Subscriptions = 100;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);
    private readonly HubSocket socket;
    private readonly int serverPort;

    private StalledScreen(HubSocket socket, int serverPort)
    {
        this.socket = socket;
        this.serverPort = serverPort;
    }

    /// <summary>Bytes that lie in the server's socket because nobody reads them, as the kernel counts them.</summary>
    public long BytesStuck
    {
        get
        {
            var ends = string.Create(CultureInfo.InvariantCulture, $"0100007F:{serverPort:X4} 0100007F:{socket.LocalPort:X4}");
            var line = File.ReadLines("/proc/net/tcp").FirstOrDefault(x => x.Contains(ends, StringComparison.Ordinal));
            var queue = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4].Split(':')[0];
            return queue is null ? 0 : long.Parse(queue, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Connects and asks.</summary>
    public static async Task<StalledScreen> OpenAsync(LiveServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        var socket = await HubSocket.OpenAsync(server.Port, server.HubPath, ReceiveBuffer);
        for (var i = 1; i <= Subscriptions; i++)
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(
                $"{{\"type\":1,\"invocationId\":\"{i}\",\"target\":\"Subscribe\",\"arguments\":[\"{server.Feed}\",null]}}\u001e"));
            await Task.Delay(Between);
        }

        return new StalledScreen(socket, server.Port);
    }

    /// <summary>Sees to it that there is always one, until it is told to stop: one that the server closed is followed by the next.</summary>
    /// <returns>The share of the time in which bytes were stuck on the way to one.</returns>
    public static async Task<double> KeepOneAsync(LiveServer server, CancellationToken stop)
    {
        var (looks, stuck) = (0, 0);
        while (!stop.IsCancellationRequested)
        {
            using var one = await OpenAsync(server);
            long bytes;
            do
            {
                await Task.Delay(BetweenLooks, CancellationToken.None);
                bytes = one.BytesStuck;
                looks++;
                stuck += bytes > 0 ? 1 : 0;
            }
            while (bytes > 0 && !stop.IsCancellationRequested);
        }

        return (double)stuck / looks;
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
