using System.Diagnostics;
using System.Globalization;

namespace Dispatch.Benchmarks.Live.Clients;

/// <summary>
/// The durable changes that drive a run: pairs say in turn that they patrol or visit, over the hub. When each was sent is kept by pair and
/// version, so that whoever sees that version knows how long it took. Nobody else changes these pairs, so their versions count what was sent.
/// </summary>
public sealed class Changes
{
    /// <summary>So many changes of a pair are remembered.</summary>
    private const int Remembered = 256;

    private readonly CommandLines lines;
    private readonly int[] pairs;
    private readonly long[] versions;
    private readonly long[] sent;
    private readonly string run = Guid.NewGuid().ToString("N");

    /// <summary>Changes of these pairs.</summary>
    /// <param name="lines">Where the commands go.</param>
    /// <param name="pairs">Numbers of the pairs, and the version each has now.</param>
    public Changes(CommandLines lines, IReadOnlyDictionary<int, long> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        this.lines = lines;
        this.pairs = [.. pairs.Keys];
        versions = new long[this.pairs.Max() + 1];
        foreach (var (pair, version) in pairs)
        {
            versions[pair] = version;
        }

        sent = new long[versions.Length * Remembered];
    }

    /// <summary>Sends the i-th change; it is durable when this returns.</summary>
    public Task SendAsync(int i)
    {
        var pair = pairs[i % pairs.Length];
        var version = Interlocked.Increment(ref versions[pair]);
        var activity = version % 2 == 0 ? "patrol" : "visit";
        Volatile.Write(ref sent[Slot(pair, version)], Stopwatch.GetTimestamp());
        return lines.InvokeAsync("SetActivity", string.Create(
            CultureInfo.InvariantCulture, $"\"{run}-{pair}-{version}\",\"{LiveTown.PairId(pair)}\",\"{activity}\""));
    }

    /// <summary>When a version of a pair was sent, in ticks of <see cref="Stopwatch"/>; 0 where it was not sent from here.</summary>
    public long SentAt(int pair, long version) => pair < versions.Length ? Volatile.Read(ref sent[Slot(pair, version)]) : 0;

    private static int Slot(int pair, long version) => (pair * Remembered) + (int)(version % Remembered);
}
