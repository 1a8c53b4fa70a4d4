namespace Dispatch.Trials.Checking;

/// <summary>
/// I1 from both sides. A pair's own stream says what it was committed to, one after the other. What the incidents say must fit into that:
/// whatever an incident counts as committed, the pair itself held, from before to after; and by the incidents' own times no two overlap.
/// </summary>
public static class CommitmentCheck
{
    /// <summary>Checks it.</summary>
    public static IEnumerable<Violation> Check(
        IReadOnlyDictionary<string, IncidentLife> incidents, IReadOnlyDictionary<string, PairLife> pairs)
    {
        var freed = pairs.Values.SelectMany(x => x.Stints).Where(x => x.EndedByForce).Select(x => x.OfferId).ToHashSet(StringComparer.Ordinal);
        foreach (var ofPair in incidents.Values.SelectMany(x => x.Stints).Where(x => !freed.Contains(x.OfferId)).GroupBy(x => x.PairId))
        {
            var held = pairs.GetValueOrDefault($"pair/{ofPair.Key}")?.Stints ?? [];
            Stint? last = null;
            foreach (var stint in ofPair.OrderBy(x => x.From).ThenBy(x => x.To ?? DateTimeOffset.MaxValue))
            {
                if (last is not null && last.IncidentId != stint.IncidentId && stint.From < (last.To ?? DateTimeOffset.MaxValue))
                {
                    yield return new Violation("I1", $"{stint} overlaps with {last}");
                }

                if (!held.Any(x => Covers(x, stint)))
                {
                    var own = string.Join(", ", held.Where(x => x.OfferId == stint.OfferId));
                    yield return new Violation("I1", $"{stint} by {stint.OfferId}, but the pair itself held it {(own.Length == 0 ? "never" : own)}");
                }

                last = last is null || last.To is { } to && (stint.To ?? DateTimeOffset.MaxValue) >= to ? stint : last;
            }
        }
    }

    private static bool Covers(Stint pair, Stint incident) =>
        pair.OfferId == incident.OfferId && pair.From <= incident.From && (pair.To is not { } end || (incident.To is { } to && end >= to));
}
