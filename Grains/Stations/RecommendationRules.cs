using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Pairs;

namespace Dispatch.Stations;

/// <summary>A pair that may be recommended.</summary>
/// <param name="Pair">Its state.</param>
/// <param name="At">Where it is taken to be.</param>
/// <param name="ReportedAt">When it said so; null where its home is taken for want of a report.</param>
public sealed record Candidate(PairView Pair, GeoPoint At, DateTimeOffset? ReportedAt);

/// <summary>Who should go: the nearest free pair, with what counts for and against it. Pure.</summary>
public static class RecommendationRules
{
    /// <summary>How much longer the road is than the great circle: about 1.3 in towns (Boscoe et al. 2012 measured 1.4 over all).</summary>
    public const double RoadFactor = 1.3;

    /// <summary>Speed on the way to a call in a town, metres a second (40 km/h).</summary>
    public const double SpeedMetresPerSecond = 40 / 3.6;

    /// <summary>A position older than this says little.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromMinutes(5);

    private const double AwayFromHomePenaltySeconds = 30;
    private const double BusyPenaltySeconds = 60;
    private const double StalePenaltySeconds = 60;
    private const double MissingSkillPenaltySeconds = 300;

    /// <summary>Best pairs first, and why not the others.</summary>
    public static Recommendation Recommend(RecommendationRequest request, IEnumerable<Candidate> candidates, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(candidates);
        var free = new List<RecommendedPair>();
        var shortfalls = ImmutableArray.CreateBuilder<Shortfall>();
        foreach (var candidate in candidates)
        {
            if (WhyNot(request, candidate.Pair) is { } reason)
            {
                shortfalls.Add(new Shortfall(candidate.Pair.Id, reason));
            }
            else
            {
                free.Add(Score(request, candidate, now));
            }
        }

        free.Sort((a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : string.CompareOrdinal(a.PairId, b.PairId));
        shortfalls.AddRange(free.Skip(request.Limit).Select(x => new Shortfall(x.PairId, "fartherThanOthers")));
        return new Recommendation([.. free.Take(request.Limit)], shortfalls.ToImmutable());
    }

    private static string? WhyNot(RecommendationRequest request, PairView pair) =>
        pair.Duty == PairDuty.OffDuty ? "offDuty"
        : pair.Commitment is not null ? "committed"
        : request.ExcludedPairIds.Contains(pair.Id) ? "askedAlready"
        : pair.Availability == PairAvailability.NotAvailable ? $"activity:{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(pair.Activity.ToString())}"
        : null;

    private static RecommendedPair Score(RecommendationRequest request, Candidate candidate, DateTimeOffset now)
    {
        var pair = candidate.Pair;
        var distance = candidate.At.DistanceMetresTo(request.Location) * RoadFactor;
        var eta = distance / SpeedMetresPerSecond;
        var score = eta;
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (pair.CommunityId == request.CommunityId)
        {
            reasons.Add("homeCommunity");
        }
        else
        {
            score += AwayFromHomePenaltySeconds;
        }

        if (pair.Availability == PairAvailability.Available)
        {
            reasons.Add("free");
        }
        else
        {
            reasons.Add($"interrupts:{System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(pair.Activity.ToString())}");
            score += BusyPenaltySeconds;
        }

        if (candidate.ReportedAt is null || now - candidate.ReportedAt > StaleAfter)
        {
            reasons.Add(candidate.ReportedAt is null ? "positionUnknown" : "positionStale");
            score += StalePenaltySeconds;
        }

        var skills = pair.Officers.Where(x => pair.PresentOfficerIds.Contains(x.Id)).SelectMany(x => x.Skills.IsDefault ? [] : x.Skills).ToHashSet();
        var missing = request.Skills.Count(x => !skills.Contains(x));
        if (missing > 0)
        {
            reasons.Add("skillMissing");
            score += missing * MissingSkillPenaltySeconds;
        }
        else if (request.Skills.Length > 0)
        {
            reasons.Add("skillsMatch");
        }

        if (pair.PresentOfficerIds.Length < 2)
        {
            reasons.Add("singleOfficer");
        }

        return new RecommendedPair(pair.Id, Math.Round(score, 1), Math.Round(distance), Math.Round(eta), reasons.ToImmutable());
    }
}
