namespace Dispatch.Figures;

/// <summary>Whole days at UTC+8.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
public readonly record struct FigurePeriod(DateOnly From, DateOnly To)
{
    /// <summary>The beginning of the first day.</summary>
    public DateTimeOffset Begin => Midnight(From);

    /// <summary>The end of the last day.</summary>
    public DateTimeOffset End => Midnight(To.AddDays(1));

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.FromHours(8));
}
