using System.Globalization;

namespace Dispatch.Benchmarks.Live.Servers;

/// <summary>What a process of this machine costs, as the kernel counts it.</summary>
public sealed class ProcessCost(int processId)
{
    /// <summary>Ticks of the processor times in <c>/proc</c>; fixed in the kernel's interface.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Processor seconds so far, in user and kernel mode, over all threads.</summary>
    public double CpuSeconds
    {
        get
        {
            // The name may hold anything, so the fields are counted from behind its bracket.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>Bytes of memory that only this process uses.</summary>
    public long PrivateBytes
    {
        get
        {
            var kilobytes = 0L;
            foreach (var line in File.ReadLines($"/proc/{processId}/smaps_rollup"))
            {
                if (line.StartsWith("Private_", StringComparison.Ordinal) && !line.StartsWith("Private_Hugetlb", StringComparison.Ordinal))
                {
                    kilobytes += long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
                }
            }

            return kilobytes * 1024;
        }
    }
}
