using System.Buffers.Text;
using System.Text;
using Dispatch.Benchmarks.Live.Servers;
using HdrHistogram;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>A screen with the positions of every station. Counts what comes; a sampled one also reads how old each position is.</summary>
public sealed class PositionScreen : IHubListener, IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly HubSocket socket;
    private readonly LongConcurrentHistogram? ages;
    private Task listening = Task.CompletedTask;

    private PositionScreen(HubSocket socket, LongConcurrentHistogram? ages)
    {
        this.socket = socket;
        this.ages = ages;
    }

    /// <summary>Messages of the feeds that came.</summary>
    public long Messages { get; private set; }

    /// <summary>Positions that came, without snapshots; counted by a sampled screen only.</summary>
    public long Positions { get; private set; }

    /// <summary>Bytes read from the socket.</summary>
    public long Bytes => socket.BytesRead;

    /// <summary>Whether this one reads what it gets.</summary>
    public bool IsSampled => ages is not null;

    /// <summary>Whether the server closed it.</summary>
    public bool IsClosed => listening.IsCompleted;

    /// <summary>Connects and subscribes to the positions of each station.</summary>
    /// <param name="server">Where.</param>
    /// <param name="stations">How many stations.</param>
    /// <param name="ages">Where the ages of the positions go, microseconds; null for a screen that only counts.</param>
    public static async Task<PositionScreen> OpenAsync(LiveServer server, int stations, LongConcurrentHistogram? ages)
    {
        ArgumentNullException.ThrowIfNull(server);
        var screen = new PositionScreen(await HubSocket.OpenAsync(server.Port, server.HubPath), ages);
        screen.listening = screen.socket.ListenAsync(screen);
        for (var i = 0; i < stations; i++)
        {
            await screen.socket.SendAsync(Encoding.UTF8.GetBytes(
                $"{{\"type\":1,\"invocationId\":\"{i + 1}\",\"target\":\"Subscribe\",\"arguments\":[\"station/{LiveTown.StationId(i)}/positions\",null]}}\u001e"));
        }

        return screen;
    }

    /// <summary>Tells the server that it is alive.</summary>
    public ValueTask PingAsync() => socket.PingAsync();

    /// <inheritdoc/>
    public void Take(ReadOnlySpan<byte> message, long arrived)
    {
        if (!FeedScan.TryRead(message, out var head))
        {
            return;
        }

        Messages++;
        if (ages is null || head.Snapshot)
        {
            return;
        }

        var now = DateTime.UtcNow.TimeOfDay;
        var at = head.Length;
        while (FeedScan.TryNextKey(message, ref at, out _))
        {
            Positions++;
            if (TryReadTime(message[at..], out var reported))
            {
                var age = now >= reported ? now - reported : now - reported + Day;
                ages.RecordValue(Math.Clamp((long)age.TotalMicroseconds, 1, 60_000_000));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <summary>The time of day of the next <c>at</c>, which has as many decimals as it needs.</summary>
    private static bool TryReadTime(ReadOnlySpan<byte> rest, out TimeSpan time)
    {
        time = default;
        var name = "\"at\":\""u8;
        var found = rest.IndexOf(name);
        if (found < 0)
        {
            return false;
        }

        // yyyy-MM-ddTHH:mm:ss.fffZ
        var text = rest[(found + name.Length + 11)..];
        if (!Utf8Parser.TryParse(text, out int hours, out _) || !Utf8Parser.TryParse(text[3..], out int minutes, out _)
            || !Utf8Parser.TryParse(text[6..], out double seconds, out _))
        {
            return false;
        }

        time = TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(seconds);
        return true;
    }
}
