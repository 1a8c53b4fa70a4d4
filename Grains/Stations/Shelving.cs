using Dispatch.Bureau;

namespace Dispatch.Stations;

/// <summary>What sets pairs that can be sent apart beside their place.</summary>
/// <param name="CommittedPriority">Priority of the incident they would be taken from; 0 for free ones.</param>
/// <param name="SingleOfficer">Whether only one officer is there.</param>
/// <param name="Area">Kind of their home community.</param>
internal readonly record struct Standing(int CommittedPriority, bool SingleOfficer, AreaClass Area) : IComparable<Standing>
{
    public static Standing Of(Candidate candidate) => new(candidate.Pair.Commitment?.Priority ?? 0, candidate.Pair.SingleOfficer, candidate.Area);

    public int CompareTo(Standing other) =>
        (CommittedPriority, SingleOfficer, Area).CompareTo((other.CommittedPriority, other.SingleOfficer, other.Area));
}

/// <summary>The shelves of one standing: all its pairs, and once more those that have a skill.</summary>
internal sealed class Shelving
{
    private readonly Dictionary<string, ShelfLayer> bySkill = new(StringComparer.Ordinal);

    /// <summary>Every pair of the standing.</summary>
    public ShelfLayer All { get; } = new();

    /// <summary>Those with a skill.</summary>
    public ShelfLayer? Find(string skill) => bySkill.GetValueOrDefault(skill);

    /// <summary>Puts a pair on its shelves.</summary>
    /// <returns>The trees it is in now.</returns>
    public IReadOnlyList<SpotTree> Put(IndexedPair pair, int step)
    {
        var trees = new List<SpotTree> { All.Put(pair, step) };
        foreach (var skill in pair.Candidate.SkillCodes)
        {
            if (!bySkill.TryGetValue(skill, out var layer))
            {
                layer = bySkill[skill] = new ShelfLayer();
            }

            trees.Add(layer.Put(pair, step));
        }

        return trees;
    }
}

/// <summary>Shelves one above the other, by what counts against their pairs in steps.</summary>
internal sealed class ShelfLayer
{
    /// <summary>The shelves; some may be empty.</summary>
    public SortedList<int, SpotTree> Steps { get; } = [];

    /// <summary>How many pairs lie here.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            for (var i = 0; i < Steps.Count; i++)
            {
                count += Steps.GetValueAtIndex(i).Count;
            }

            return count;
        }
    }

    /// <summary>Puts a pair on a shelf.</summary>
    public SpotTree Put(IndexedPair pair, int step)
    {
        if (!Steps.TryGetValue(step, out var tree))
        {
            tree = Steps[step] = new SpotTree();
        }

        tree.Add(pair);
        return tree;
    }
}
