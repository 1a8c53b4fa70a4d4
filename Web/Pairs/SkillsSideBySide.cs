using Dispatch.Bureau;

namespace Dispatch.Pairs;

/// <summary>The skills of two officers in two columns. There is no score: who forms a pair reads and decides.</summary>
/// <param name="GreenLeaf">The one column; null where that half is vacant.</param>
/// <param name="RedFlower">The other.</param>
/// <param name="Both">What both can do.</param>
/// <param name="Missing">What the bureau has elsewhere, and neither can do.</param>
public sealed record SkillsSideBySide(SkillColumn? GreenLeaf, SkillColumn? RedFlower, IReadOnlyList<string> Both, IReadOnlyList<string> Missing)
{
    /// <summary>Puts two officers side by side.</summary>
    public static SkillsSideBySide Of(Organisation organisation, OfficerInfo? greenLeaf, OfficerInfo? redFlower)
    {
        ArgumentNullException.ThrowIfNull(organisation);
        var (left, right) = (Skills(greenLeaf), Skills(redFlower));
        var wanted = organisation.Pairs.SelectMany(x => x.Officers).Concat(organisation.UnpairedOfficers ?? []).SelectMany(Skills);
        return new SkillsSideBySide(
            SkillColumn.Of(greenLeaf), SkillColumn.Of(redFlower), Sorted(left.Intersect(right)), Sorted(wanted.Except(left).Except(right)));
    }

    /// <summary>Each skill once, in alphabetical order.</summary>
    internal static IReadOnlyList<string> Sorted(IEnumerable<string> skills) => [.. skills.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Skills(OfficerInfo? officer) => officer is null || officer.Skills.IsDefault ? [] : officer.Skills;
}

/// <summary>An officer's skills.</summary>
/// <param name="OfficerId">The officer.</param>
/// <param name="Name">The officer's name.</param>
/// <param name="Skills">In alphabetical order.</param>
public sealed record SkillColumn(string OfficerId, string Name, IReadOnlyList<string> Skills)
{
    /// <summary>The column of an officer.</summary>
    public static SkillColumn? Of(OfficerInfo? officer) => officer is null
        ? null
        : new SkillColumn(officer.Id, officer.Name, SkillsSideBySide.Sorted(officer.Skills.IsDefault ? [] : officer.Skills));
}
