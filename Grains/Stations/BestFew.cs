namespace Dispatch.Stations;

/// <summary>The few pairs with the smallest numbers, in order; equal numbers by id.</summary>
internal sealed class BestFew(int limit)
{
    private readonly List<(double Number, IndexedPair Pair)> few = new(Math.Min(limit, 256));

    /// <summary>They.</summary>
    public IReadOnlyList<(double Number, IndexedPair Pair)> Few => few;

    /// <summary>What another must not exceed to belong to them.</summary>
    public double Worst { get; private set; } = limit == 0 ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Offers one.</summary>
    public void Add(double number, IndexedPair pair)
    {
        if (number > Worst)
        {
            return;
        }

        var (from, to) = (0, few.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (RecommendationRules.Compare(few[middle].Number, few[middle].Pair.Candidate.Pair.Id, number, pair.Candidate.Pair.Id) < 0)
            {
                from = middle + 1;
            }
            else
            {
                to = middle;
            }
        }

        if (from == limit)
        {
            return;
        }

        if (few.Count == limit)
        {
            few.RemoveAt(limit - 1);
        }

        few.Insert(from, (number, pair));
        if (few.Count == limit)
        {
            Worst = few[^1].Number;
        }
    }
}
