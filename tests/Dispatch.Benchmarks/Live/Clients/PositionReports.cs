using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>
/// Every pair reports where it is so many times a second, evenly spread over it, over the lines of dispatchers, who may speak for pairs. Each
/// report is a message of its own that nobody answers; those of one line that are due together leave in one write.
/// </summary>
/// <param name="lines">The lines.</param>
/// <param name="town">The town.</param>
/// <param name="perSecond">How often each pair reports a second; a divisor of 48.</param>
public sealed class PositionReports(CommandLines lines, LiveTown town, int perSecond = 1)
{
    private const int TicksPerSecond = 48;
    private readonly int period = TicksPerSecond / perSecond;
    private readonly List<ReadOnlyMemory<byte>>[] due = [.. Enumerable.Range(0, lines.Count).Select(_ => new List<ReadOnlyMemory<byte>>())];
    private long sent;

    /// <summary>How many were sent.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>Reports until it is told to stop. Falls behind where the server does not read as fast.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        for (var tick = 0L; !stop.IsCancellationRequested; tick++)
        {
            var ahead = TimeSpan.FromSeconds((double)tick / TicksPerSecond) - Stopwatch.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero)
            {
                await Task.Delay(ahead, CancellationToken.None);
            }

            await SendAsync(tick);
        }
    }

    private async Task SendAsync(long tick)
    {
        var now = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        for (var pair = 0; pair < town.Pairs; pair++)
        {
            // Neighbours in number are of different stations; each station's reports are spread over the time.
            if (pair / town.Stations % period == tick % period)
            {
                due[pair % lines.Count].Add(Report(pair, tick, now));
            }
        }

        var writes = new List<Task>();
        for (var line = 0; line < due.Length; line++)
        {
            if (due[line].Count > 0)
            {
                writes.Add(lines.SendAsync(line, [.. due[line]]).AsTask());
                sent += due[line].Count;
                due[line].Clear();
            }
        }

        await Task.WhenAll(writes);
    }

    private byte[] Report(int pair, long tick, string now)
    {
        var place = town.Place(pair);
        var step = tick / period % (100 * perSecond) * (0.00005 / perSecond);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"type\":1,\"target\":\"ReportPosition\",\"arguments\":[\"{LiveTown.PairId(pair)}\",{place.Lat + step:0.00000},{place.Lon:0.00000},\"{now}\",5]}}\u001e"));
    }
}
