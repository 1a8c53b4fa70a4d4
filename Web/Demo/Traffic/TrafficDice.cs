namespace Dispatch.Demo;

/// <summary>The one source of chance of the demonstration. Safe to use from every thread; command ids are not drawn from it, they must never repeat.</summary>
/// <param name="seed">Seed of the sequence.</param>
public sealed class TrafficDice(int seed)
{
    private readonly Lock gate = new();
#pragma warning disable CA5394 // nothing secret is drawn
    private readonly Random random = new(seed);
#pragma warning restore CA5394

    /// <summary>From 0 to below 1.</summary>
    public double Next()
    {
        lock (gate)
        {
#pragma warning disable CA5394
            return random.NextDouble();
#pragma warning restore CA5394
        }
    }

    /// <summary>A number of a range.</summary>
    public double Between((double From, double To) range) => double.Lerp(range.From, range.To, Next());

    /// <summary>A time of a range of seconds.</summary>
    public TimeSpan Seconds((double From, double To) range) => TimeSpan.FromSeconds(Between(range));

    /// <summary>True with this probability.</summary>
    public bool Chance(double probability) => Next() < probability;

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return from[(int)(Next() * from.Count)];
    }

    /// <summary>One of several, each as often as its weight says.</summary>
    public T Pick<T>(IReadOnlyList<(T Value, double Weight)> from)
    {
        ArgumentNullException.ThrowIfNull(from);
        var left = Next() * from.Sum(x => x.Weight);
        foreach (var (value, weight) in from)
        {
            if ((left -= weight) < 0)
            {
                return value;
            }
        }

        return from[^1].Value;
    }
}
