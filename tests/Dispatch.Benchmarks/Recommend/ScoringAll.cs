using Dispatch.Stations;

namespace Dispatch.Benchmarks.Recommend;

/// <summary>What the index is compared with: every pair is scored and the best few are kept. Counts nobody and gives no reasons, which the index does.</summary>
public static class ScoringAll
{
    /// <summary>The best pairs, best first.</summary>
    public static List<(double Score, Candidate Pair)> Recommend(RecommendationQuery query, IReadOnlyList<Candidate> pairs)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(pairs);
        var best = new List<(double Score, Candidate Pair)>(query.Request.Limit + 1);
        for (var i = 0; i < pairs.Count; i++)
        {
            var pair = pairs[i];
            if (RecommendationRules.WhyNot(query, pair) is not null)
            {
                continue;
            }

            var score = RecommendationRules.Score(query, pair);
            if (best.Count == query.Request.Limit && IsBetter(best[^1], score, pair))
            {
                continue;
            }

            var at = best.FindIndex(x => !IsBetter(x, score, pair));
            best.Insert(at < 0 ? best.Count : at, (score, pair));
            if (best.Count > query.Request.Limit)
            {
                best.RemoveAt(query.Request.Limit);
            }
        }

        return best;
    }

    private static bool IsBetter((double Score, Candidate Pair) known, double score, Candidate pair) =>
        RecommendationRules.Compare(known.Score, known.Pair.Pair.Id, score, pair.Pair.Id) < 0;
}
