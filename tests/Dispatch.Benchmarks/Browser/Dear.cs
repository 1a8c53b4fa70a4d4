using System.Globalization;

namespace Dispatch.Benchmarks.Browser;

/// <summary>A part of a page's work.</summary>
/// <param name="Name">Its name and where it is.</param>
/// <param name="At">When, in microseconds of any one clock.</param>
/// <param name="Microseconds">What it took of itself.</param>
public readonly record struct Spent(string Name, long At, long Microseconds);

/// <summary>A part of a page's work that is dear of itself, in all or in one of the dearest flushes.</summary>
/// <param name="Where">Its name, and the flush.</param>
/// <param name="Cost">What it costs, with its unit.</param>
public sealed record Dear(string Where, string Cost)
{
    private const int Flushes = 16;
    private const int NamedOfEach = 6;

    /// <summary>The dearest parts, and those of the dearest flushes: what comes seldom and then costs much is not seen in the whole.</summary>
    /// <param name="parts">All of them.</param>
    /// <param name="length">For how long it was looked at.</param>
    /// <param name="most">How many are named of the whole.</param>
    public static IReadOnlyList<Dear> Of(IReadOnlyList<Spent> parts, TimeSpan length, int most)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var began = parts.Min(x => x.At);
        return
        [
            .. Dearest(parts, most).Select(x => new Dear(x.Name, Milliseconds(x.Cost / length.TotalSeconds, "ms/s"))),
            .. from flush in parts.GroupBy(x => (x.At - began) / 1000 / ScreensBenchmark.FlushMilliseconds).OrderByDescending(x => x.Sum(y => y.Microseconds)).Take(Flushes)
               from part in Dearest(flush, NamedOfEach).Prepend(("all of it", flush.Sum(x => x.Microseconds)))
               select new Dear($"in flush {flush.Key}: {part.Item1}", Milliseconds(part.Item2, "ms")),
        ];
    }

    private static IEnumerable<(string Name, long Cost)> Dearest(IEnumerable<Spent> parts, int most) =>
        parts.GroupBy(x => x.Name, StringComparer.Ordinal).Select(x => (x.Key, x.Sum(y => y.Microseconds))).OrderByDescending(x => x.Item2).Take(most);

    private static string Milliseconds(double microseconds, string unit) => string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1e3,8:0.0} {unit,-4}");
}
