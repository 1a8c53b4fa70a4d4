namespace Dispatch.Demo;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every machine and every version of the runtime, which Random does not promise.</summary>
/// <param name="seed">Start of the sequence.</param>
public sealed class RepeatableRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong state = seed;

    /// <summary>The next number, 0 to below 1.</summary>
    public double Next() => Fraction(Mix(state += Step));

    /// <summary>The next number, from -1 to below 1.</summary>
    public double NextSigned() => (Next() * 2) - 1;

    /// <summary>The next whole number, 0 to below <paramref name="count"/>.</summary>
    public int Below(int count) => (int)(Next() * count);

    /// <summary>A number from -1 to below 1 that belongs to a point of a grid.</summary>
    public static double At(ulong seed, int x, int y) =>
        (Fraction(Mix(seed + (Step * ((ulong)(uint)x + ((ulong)(uint)y << 32))))) * 2) - 1;

    private static double Fraction(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
