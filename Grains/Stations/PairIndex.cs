using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Pairs;

namespace Dispatch.Stations;

/// <summary>
/// The pairs of a station, so arranged that the best are found without looking at the others; the answer is the one of
/// <see cref="RecommendationRules.Recommend"/>. Pairs that can be sent lie on shelves: by what would have to be taken from them, by the speed
/// of their area, and by what counts against them whatever is asked, in steps; once for all and once more for each skill. So every shelf has
/// a least score, which grows with distance, and shelves and places that cannot beat what was found are never looked at. Not thread-safe.
/// </summary>
public sealed class PairIndex
{
    /// <summary>Width of a shelf: so far apart may be what counts against its pairs.</summary>
    private const double ShelfSeconds = 30;

    /// <summary>A score is rounded to tenths and may so be this much less than the sum it came from; with room for the sum's own rounding.</summary>
    private const double RoundingSeconds = 0.051;

    private readonly RecommendationOptions options;
    private readonly double fastest;
    private readonly Dictionary<string, IndexedPair> pairs = new(StringComparer.Ordinal);
    private readonly SpotTree everybody = new();
    private readonly SortedDictionary<Standing, Shelving> standings = new();
    private readonly Dictionary<string, int> barred = new(StringComparer.Ordinal);
    private readonly Stack<SpotBranch> branches = new();
    private readonly List<Shelf> shelves = [];
    private long searches;

    /// <summary>An empty index.</summary>
    public PairIndex(RecommendationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        fastest = Enum.GetValues<AreaClass>().SelectMany(_ => Enum.GetValues<AreaClass>(), options.SecondsPerMetre).Min();
    }

    /// <summary>How many pairs it has.</summary>
    public int Count => pairs.Count;

    /// <summary>Every pair.</summary>
    public IEnumerable<Candidate> Candidates => pairs.Values.Select(x => x.Candidate);

    /// <summary>A pair by id.</summary>
    public Candidate? Find(string pairId) => pairs.GetValueOrDefault(pairId)?.Candidate;

    /// <summary>Adds a pair, or replaces what was known of it.</summary>
    public void Place(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        if (pairs.TryGetValue(candidate.Pair.Id, out var known))
        {
            if (LiesRight(known, candidate))
            {
                known.Candidate = candidate;
                return;
            }

            TakeOut(known);
            (known.Candidate, known.Spot) = (candidate, SpotTree.SpotOf(candidate.At));
        }
        else
        {
            known = pairs[candidate.Pair.Id] = new IndexedPair(candidate, SpotTree.SpotOf(candidate.At));
        }

        PutIn(known);
    }

    /// <summary>A pair is somewhere else; unknown pairs are ignored.</summary>
    public void Move(string pairId, GeoPoint at, DateTimeOffset? reportedAt)
    {
        if (pairs.TryGetValue(pairId, out var known))
        {
            Place(known.Candidate.MovedTo(at, reportedAt));
        }
    }

    /// <summary>Forgets a pair.</summary>
    public void Remove(string pairId)
    {
        if (pairs.Remove(pairId, out var known))
        {
            TakeOut(known);
        }
    }

    /// <summary>Best pairs first, the nearest of the others, and how many are left out for what.</summary>
    public Recommendation Recommend(RecommendationQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var best = FindBest(query);
        searches++;
        foreach (var (_, pair) in best)
        {
            pair.RecommendedBy = searches;
        }

        var nearest = new NearestLeftOut(query, Math.Min(query.Request.ShortfallLimit, pairs.Count), searches);
        everybody.Search(query.Request.Location, branches, ref nearest);
        return new Recommendation(
            [.. best.Select(x => RecommendationRules.Describe(query, x.Pair.Candidate))],
            [.. nearest.Nearest.Few.Select(x => new Shortfall(
                x.Pair.Candidate.Pair.Id,
                RecommendationRules.WhyNot(query, x.Pair.Candidate) ?? RecommendationRules.FartherThanOthers,
                x.Number))],
            CountLeftOut(query, best.Count));
    }

    private IReadOnlyList<(double Number, IndexedPair Pair)> FindBest(RecommendationQuery query)
    {
        GatherShelves(query);
        var best = new BestPairs(query, new BestFew(query.Request.Limit), ++searches);
        foreach (var shelf in shelves)
        {
            best.Take(shelf);
            if (best.ReachMetres < 0)
            {
                break;
            }

            shelf.Tree.Search(query.Request.Location, branches, ref best);
        }

        return best.Best.Few;
    }

    /// <summary>
    /// The shelves that have somebody who can go, by least score. The skills asked for are put in order, rare ones first: a pair whose first
    /// skill of them is the i-th lacks i − 1 at least and lies on that skill's shelf, and a pair that has none lacks all; so everybody is met
    /// on a shelf whose least score is fair to him, and a skill that nobody near has does not make us look at everybody near.
    /// </summary>
    private void GatherShelves(RecommendationQuery query)
    {
        shelves.Clear();
        foreach (var (standing, shelving) in standings)
        {
            if (!query.MayTake(standing.CommittedPriority) || (standing.SingleOfficer && !query.Request.IncludeSingleOfficer))
            {
                continue;
            }

            var secondsPerMetre = query.SecondsPerMetre(standing.Area);
            var lacking = 0;
            foreach (var layer in query.Skills.Length < 2
                ? query.Skills.Select(shelving.Find)
                : query.Skills.Select(shelving.Find).OrderBy(x => x?.Count ?? 0))
            {
                Gather(layer, lacking++ * options.MissingSkillSeconds);
            }

            Gather(shelving.All, lacking * options.MissingSkillSeconds);

            void Gather(ShelfLayer? layer, double seconds)
            {
                for (var i = 0; i < (layer?.Steps.Count ?? 0); i++)
                {
                    var (step, tree) = (layer!.Steps.GetKeyAtIndex(i), layer.Steps.GetValueAtIndex(i));
                    if (tree.Count > 0)
                    {
                        shelves.Add(new Shelf(seconds + query.OtherStationSeconds + (step * ShelfSeconds), secondsPerMetre, tree));
                    }
                }
            }
        }

        shelves.Sort((a, b) => a.LeastSeconds.CompareTo(b.LeastSeconds));
    }

    private ImmutableSortedDictionary<string, int> CountLeftOut(RecommendationQuery query, int recommended)
    {
        var counts = new Dictionary<string, int>(barred, StringComparer.Ordinal);
        var free = 0;
        foreach (var (standing, shelving) in standings)
        {
            if (!query.MayTake(standing.CommittedPriority))
            {
                Count("committed", shelving.All.Count);
            }
            else if (standing.SingleOfficer && !query.Request.IncludeSingleOfficer)
            {
                Count("singleOfficer", shelving.All.Count);
            }
            else
            {
                free += shelving.All.Count;
            }
        }

        foreach (var pair in query.Excluded.Select(Find))
        {
            if (pair is not null && RecommendationRules.WhyNot(query, pair) == "askedAlready")
            {
                Count("askedAlready", 1);
                if (pair.Pair.SingleOfficer && !query.Request.IncludeSingleOfficer)
                {
                    Count("singleOfficer", -1);
                }
                else
                {
                    free--;
                }
            }
        }

        Count(RecommendationRules.FartherThanOthers, free - recommended);
        return counts.Where(x => x.Value > 0).ToImmutableSortedDictionary(StringComparer.Ordinal);

        void Count(string reason, int more) => counts[reason] = counts.GetValueOrDefault(reason) + more;
    }

    private void PutIn(IndexedPair pair)
    {
        everybody.Add(pair);
        var candidate = pair.Candidate;
        if (candidate.Bar is { } bar)
        {
            barred[bar] = barred.GetValueOrDefault(bar) + 1;
            return;
        }

        var standing = Standing.Of(candidate);
        if (!standings.TryGetValue(standing, out var shelving))
        {
            shelving = standings[standing] = new Shelving();
        }

        pair.Shelves = shelving.Put(pair, StepOf(candidate));
    }

    /// <summary>What counts against a pair whatever is asked, in steps: of one whose place is a guess, also the shortest way it may have gone.</summary>
    private int StepOf(Candidate candidate) =>
        (int)Math.Floor((candidate.FixedSeconds + (candidate.ReportedAt is null ? options.DriftAtMostMetres * fastest : 0)) / ShelfSeconds);

    /// <summary>Whether a pair's new state belongs where the old one lies.</summary>
    private bool LiesRight(IndexedPair known, Candidate candidate) =>
        known.Spot == SpotTree.SpotOf(candidate.At)
        && known.Candidate.Bar == candidate.Bar
        && (candidate.Bar is not null
            || (Standing.Of(known.Candidate) == Standing.Of(candidate)
                && StepOf(known.Candidate) == StepOf(candidate)
                && known.Candidate.SkillCodes.SequenceEqual(candidate.SkillCodes)));

    private void TakeOut(IndexedPair pair)
    {
        everybody.Remove(pair);
        if (pair.Candidate.Bar is { } bar)
        {
            barred[bar]--;
            return;
        }

        foreach (var tree in pair.Shelves)
        {
            tree.Remove(pair);
        }

        pair.Shelves = [];
    }

    /// <summary>A tree and the least that its pairs can score at the incident's door.</summary>
    private readonly record struct Shelf(double LeastSeconds, double SecondsPerMetre, SpotTree Tree);

    /// <summary>Finds the pairs with the best scores, shelf by shelf.</summary>
    private struct BestPairs(RecommendationQuery query, BestFew best, long search) : ISpotVisitor
    {
        private Shelf shelf;

        public readonly BestFew Best => best;

        public readonly double ReachMetres => (best.Worst + RoundingSeconds - shelf.LeastSeconds) / shelf.SecondsPerMetre;

        public void Take(in Shelf next) => shelf = next;

        public readonly void Visit(IndexedPair pair)
        {
            if (pair.MetBy != search)
            {
                pair.MetBy = search;
                if (!query.Excluded.Contains(pair.Candidate.Pair.Id))
                {
                    best.Add(RecommendationRules.Score(query, pair.Candidate), pair);
                }
            }
        }
    }

    /// <summary>Finds the nearest that were not recommended.</summary>
    private readonly struct NearestLeftOut(RecommendationQuery query, int limit, long search) : ISpotVisitor
    {
        private const double RoundingMetres = 0.501;

        public BestFew Nearest { get; } = new(limit);

        public double ReachMetres => (Nearest.Worst + RoundingMetres) / query.Options.RoadFactor;

        public void Visit(IndexedPair pair)
        {
            if (pair.RecommendedBy != search)
            {
                Nearest.Add(RecommendationRules.RoadMetres(query, pair.Candidate), pair);
            }
        }
    }
}
