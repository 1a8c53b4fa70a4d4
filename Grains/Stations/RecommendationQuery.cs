using System.Collections.Frozen;
using Dispatch.Bureau;

namespace Dispatch.Stations;

/// <summary>A request made ready: what every pair is held against.</summary>
public sealed class RecommendationQuery
{
    private readonly double[] secondsPerMetre;

    /// <summary>Makes it ready.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="options">What counts how much.</param>
    /// <param name="area">Kind of the incident's community.</param>
    /// <param name="now">The time, for the age of positions and shifts.</param>
    /// <param name="forOtherStation">Whether another station asks.</param>
    public RecommendationQuery(
        RecommendationRequest request, RecommendationOptions options, AreaClass area, DateTimeOffset now, bool forOtherStation = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(options);
        Request = request;
        Options = options;
        Area = area;
        Now = now;
        Skills = request.Skills.IsDefaultOrEmpty ? [] : [.. request.Skills.Distinct(StringComparer.Ordinal)];
        Excluded = request.ExcludedPairIds.IsDefaultOrEmpty ? FrozenSet<string>.Empty : request.ExcludedPairIds.ToFrozenSet(StringComparer.Ordinal);
        PreferredRole = request.Category is { } category && options.PreferredRoles.TryGetValue(category, out var role)
            ? Candidate.CodeOf(role)
            : null;
        OtherStationSeconds = forOtherStation ? options.OtherStationSeconds : 0;
        ForOtherStation = forOtherStation;
        secondsPerMetre = [.. Enum.GetValues<AreaClass>().Select(from => options.SecondsPerMetre(from, area))];
    }

    /// <summary>What is asked.</summary>
    public RecommendationRequest Request { get; }

    /// <summary>What counts how much.</summary>
    public RecommendationOptions Options { get; }

    /// <summary>Kind of the incident's community.</summary>
    public AreaClass Area { get; }

    /// <summary>The time.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Whether another station asks.</summary>
    public bool ForOtherStation { get; }

    /// <summary>Skills asked for, each once.</summary>
    internal string[] Skills { get; }

    /// <summary>Pairs that are not to be asked again.</summary>
    public IReadOnlySet<string> Excluded { get; }

    /// <summary>The half of a pair that the category prefers, as a skill code.</summary>
    public string? PreferredRole { get; }

    /// <summary>What every pair of this station is charged for the border.</summary>
    public double OtherStationSeconds { get; }

    /// <summary>Seconds for a metre of great circle from an area.</summary>
    public double SecondsPerMetre(AreaClass from) => secondsPerMetre[(int)from];

    /// <summary>Whether a pair that is committed with a priority may be taken away; true for a free pair, whose priority is 0.</summary>
    public bool MayTake(int committedPriority) =>
        committedPriority == 0 || (Request.AllowPreemption && committedPriority > Request.Priority);
}
