using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Pairs;

namespace Dispatch.Stations;

/// <summary>Who should go: the pair that is there soonest, with what counts for and against it. Pure.</summary>
public static class RecommendationRules
{
    /// <summary>A pair that could go, and is not among the best.</summary>
    public const string FartherThanOthers = "fartherThanOthers";

    /// <summary>
    /// The definition of the answer: holds every pair against the query. <see cref="PairIndex"/> gives the same without looking at all of them.
    /// </summary>
    public static Recommendation Recommend(RecommendationQuery query, IEnumerable<Candidate> candidates)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidates);
        var free = new List<(double Score, Candidate Candidate)>();
        var left = new List<(Candidate Candidate, string Reason)>();
        foreach (var candidate in candidates)
        {
            if (WhyNot(query, candidate) is { } reason)
            {
                left.Add((candidate, reason));
            }
            else
            {
                free.Add((Score(query, candidate), candidate));
            }
        }

        free.Sort((a, b) => Compare(a.Score, a.Candidate.Pair.Id, b.Score, b.Candidate.Pair.Id));
        left.AddRange(free.Skip(query.Request.Limit).Select(x => (x.Candidate, FartherThanOthers)));
        return new Recommendation(
            [.. free.Take(query.Request.Limit).Select(x => Describe(query, x.Candidate))],
            Nearest(left.Select(x => new Shortfall(x.Candidate.Pair.Id, x.Reason, RoadMetres(query, x.Candidate))), query.Request.ShortfallLimit),
            left.CountBy(x => x.Reason).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>Better first: the smaller number, or the smaller id.</summary>
    public static int Compare(double a, string aId, double b, string bId) => a != b ? a.CompareTo(b) : string.CompareOrdinal(aId, bId);

    /// <summary>The nearest of those left out, nearest first.</summary>
    public static ImmutableArray<Shortfall> Nearest(IEnumerable<Shortfall> shortfalls, int limit) =>
        [.. shortfalls.OrderBy(x => x.DistanceMetres ?? double.MaxValue).ThenBy(x => x.PairId, StringComparer.Ordinal).Take(limit)];

    /// <summary>Why a pair cannot go; null where it can.</summary>
    public static string? WhyNot(RecommendationQuery query, Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.Bar
            ?? (!query.MayTake(candidate.Pair.Commitment?.Priority ?? 0) ? "committed"
            : query.Excluded.Contains(candidate.Pair.Id) ? "askedAlready"
            : candidate.Pair.SingleOfficer && !query.Request.IncludeSingleOfficer ? "singleOfficer"
            : null);
    }

    /// <summary>Seconds, in tenths, lower is better.</summary>
    public static double Score(RecommendationQuery query, Candidate candidate) => Weigh(query, candidate).Score;

    /// <summary>Road to the incident, in whole metres, estimated.</summary>
    public static double RoadMetres(RecommendationQuery query, Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidate);
        return Math.Round(candidate.At.DistanceMetresTo(query.Request.Location) * query.Options.RoadFactor);
    }

    /// <summary>A pair that can go, with its reasons.</summary>
    public static RecommendedPair Describe(RecommendationQuery query, Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(candidate);
        var weights = Weigh(query, candidate);
        var pair = candidate.Pair;
        return new RecommendedPair(
            pair.Id, weights.Score, RoadMetres(query, candidate), Math.Round(weights.Eta), Reasons(query, candidate, weights),
            pair.StationId, pair.Commitment?.IncidentId)
        {
            From = candidate.At,
            PenaltySeconds = weights.Penalties,
        };
    }

    /// <summary>A pair looked at alone: its score in parts, and why it cannot go where it cannot.</summary>
    public static PairExplanation Explain(RecommendationQuery query, Candidate candidate)
    {
        var described = Describe(query, candidate);
        var weights = Weigh(query, candidate);
        return new PairExplanation(
            described.PairId, false, null, described.Score, described.DistanceMetres, described.EtaSeconds, described.Reasons,
            WhyNot(query, candidate), Penalties(query, candidate, weights), described.StationId, described.Preempts);
    }

    private static Weights Weigh(RecommendationQuery query, Candidate candidate)
    {
        var options = query.Options;
        var pair = candidate.Pair;
        var secondsPerMetre = query.SecondsPerMetre(candidate.Area);
        var missing = 0;
        foreach (var skill in query.Skills)
        {
            missing += candidate.Has(skill) ? 0 : 1;
        }

        return new Weights(
            candidate.At.DistanceMetresTo(query.Request.Location) * secondsPerMetre,
            pair.CommunityId == query.Request.CommunityId ? 0 : options.AwayFromHomeSeconds,
            DriftMetres(options, candidate, query.Now) * secondsPerMetre,
            BusyShare(pair.Shift, query.Now) * options.BusyShiftSeconds,
            StartsSoon(query, pair) ? options.PlannedSeconds : 0,
            missing * options.MissingSkillSeconds,
            query.PreferredRole is null || candidate.Has(query.PreferredRole) ? 0 : options.MissingRoleSeconds,
            query.OtherStationSeconds,
            candidate.FixedSeconds);
    }

    /// <summary>How far it may have moved since it said where it was.</summary>
    private static double DriftMetres(RecommendationOptions options, Candidate candidate, DateTimeOffset now) => candidate.ReportedAt is { } reportedAt
        ? Math.Clamp(((now - reportedAt).TotalSeconds - options.FreshSeconds) * options.DriftMetresPerSecond, 0, options.DriftAtMostMetres)
        : options.DriftAtMostMetres;

    private static double BusyShare(ShiftView? shift, DateTimeOffset now) =>
        shift is null ? 0 : Math.Clamp(shift.BusySeconds / Math.Max(3600, (now - shift.Since).TotalSeconds), 0, 1);

    private static bool StartsSoon(RecommendationQuery query, PairView pair)
    {
        foreach (var planned in pair.Planned ?? [])
        {
            if (planned.StartsAt is { } at && (at - query.Now).TotalSeconds <= query.Options.PlannedWithinSeconds)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<string> Reasons(RecommendationQuery query, Candidate candidate, Weights weights)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        var pair = candidate.Pair;
        if (pair.CommunityId == query.Request.CommunityId)
        {
            reasons.Add("homeCommunity");
        }

        if (pair.Commitment is null && pair.Availability == PairAvailability.Available)
        {
            reasons.Add("free");
        }

        if (query.Skills.Length > 0 && query.Skills.All(candidate.Has))
        {
            reasons.Add("skillsMatch");
        }

        if (query.PreferredRole is { } role && candidate.Has(role))
        {
            reasons.Add(role);
        }

        reasons.AddRange(Penalties(query, candidate, weights).Select(x => x.Reason).Where(x => x != "awayFromHome"));
        return reasons.ToImmutable();
    }

    private static ImmutableArray<Penalty> Penalties(RecommendationQuery query, Candidate candidate, Weights weights)
    {
        var penalties = ImmutableArray.CreateBuilder<Penalty>();
        var pair = candidate.Pair;
        Add(pair.CommunityId != query.Request.CommunityId, "awayFromHome", weights.Away);
        Add(pair.Commitment is null && pair.Availability == PairAvailability.ConditionallyAvailable,
            $"interrupts:{Candidate.ActivityCode(pair)}", candidate.InterruptedSeconds);
        Add(candidate.ReportedAt is null, "positionUnknown", weights.Stale);
        Add(candidate.ReportedAt is not null && weights.Stale > 0, "positionStale", weights.Stale);
        foreach (var skill in query.Skills.Where(x => !candidate.Has(x)))
        {
            Add(true, $"skillMissing:{skill}", query.Options.MissingSkillSeconds);
        }

        Add(query.PreferredRole is { } role && !candidate.Has(role), $"roleMissing:{query.PreferredRole}", weights.Role);
        Add(candidate.IncidentsSeconds > 0, "incidentsOfShift", candidate.IncidentsSeconds);
        Add(weights.Busy > 0, "busyShift", weights.Busy);
        Add(pair.Queued is { Length: > 0 }, "workQueued", candidate.QueuedSeconds);
        Add(weights.Planned > 0, "workPlanned", weights.Planned);
        Add(pair.SingleOfficer, "singleOfficer", candidate.SingleOfficerSeconds);
        Add(pair.Commitment is not null, $"preempts:{pair.Commitment?.IncidentId}", candidate.PreemptionSeconds);
        Add(query.ForOtherStation, "otherStation", weights.OtherStation);
        return penalties.ToImmutable();

        void Add(bool applies, string reason, double seconds)
        {
            if (applies)
            {
                penalties.Add(new Penalty(reason, Math.Round(seconds, 1)));
            }
        }
    }

    /// <summary>What a score is made of, in seconds.</summary>
    private readonly record struct Weights(
        double Eta, double Away, double Stale, double Busy, double Planned, double Skills, double Role, double OtherStation, double Fixed)
    {
        public double Penalties => Away + Stale + Busy + Planned + Skills + Role + OtherStation + Fixed;

        public double Score => Math.Round(Eta + Penalties, 1);
    }
}
