using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Pairs;

namespace Dispatch.Stations;

/// <summary>A pair that may be recommended, with what can be said of it before anything is asked.</summary>
public sealed class Candidate
{
    private const string GreenLeaf = "greenLeaf";
    private const string RedFlower = "redFlower";
    private readonly string[] skills;

    /// <summary>A pair as its station knows it.</summary>
    /// <param name="pair">Its state.</param>
    /// <param name="at">Where it is taken to be.</param>
    /// <param name="reportedAt">When it said so; null where its home is taken for want of a report.</param>
    /// <param name="area">Kind of its home community.</param>
    /// <param name="options">What counts how much.</param>
    public Candidate(PairView pair, GeoPoint at, DateTimeOffset? reportedAt, AreaClass area, RecommendationOptions options)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(options);
        Pair = pair;
        At = at;
        ReportedAt = reportedAt;
        Area = area;
        Bar = FindBar(pair);
        skills = [.. pair.Officers.Where(x => pair.PresentOfficerIds.Contains(x.Id)).SelectMany(Skills).Distinct(StringComparer.Ordinal)];
        InterruptedSeconds = pair.Commitment is null && pair.Availability == PairAvailability.ConditionallyAvailable ? options.InterruptedSeconds : 0;
        IncidentsSeconds = Math.Min(options.IncidentsOfShiftAtMostSeconds, (pair.Shift?.Incidents ?? 0) * options.IncidentOfShiftSeconds);
        QueuedSeconds = (pair.Queued?.Length ?? 0) * options.QueuedSeconds;
        SingleOfficerSeconds = pair.SingleOfficer ? options.SingleOfficerSeconds : 0;
        PreemptionSeconds = pair.Commitment is null ? 0
            : options.PreemptionSeconds + (pair.Commitment.Status == AssignmentStatus.EnRoute ? options.PreemptionEnRouteSeconds : 0);
        FixedSeconds = InterruptedSeconds + IncidentsSeconds + QueuedSeconds + SingleOfficerSeconds + PreemptionSeconds;
    }

    private Candidate(Candidate other, GeoPoint at, DateTimeOffset? reportedAt)
    {
        (Pair, At, ReportedAt, Area, Bar, skills) = (other.Pair, at, reportedAt, other.Area, other.Bar, other.skills);
        (InterruptedSeconds, IncidentsSeconds, QueuedSeconds) = (other.InterruptedSeconds, other.IncidentsSeconds, other.QueuedSeconds);
        (SingleOfficerSeconds, PreemptionSeconds, FixedSeconds) = (other.SingleOfficerSeconds, other.PreemptionSeconds, other.FixedSeconds);
    }

    /// <summary>The pair's state.</summary>
    public PairView Pair { get; }

    /// <summary>Where it is taken to be.</summary>
    public GeoPoint At { get; }

    /// <summary>When it said so; null where its home is taken.</summary>
    public DateTimeOffset? ReportedAt { get; }

    /// <summary>Kind of its home community.</summary>
    public AreaClass Area { get; }

    /// <summary>Why it cannot be sent, whatever for; null where it may be.</summary>
    public string? Bar { get; }

    /// <summary>Skills and roles of the officers who are there.</summary>
    public IReadOnlyList<string> SkillCodes => skills;

    /// <summary>What counts against it whatever is asked, in seconds: the parts of <see cref="FixedSeconds"/>.</summary>
    public double InterruptedSeconds { get; }

    /// <inheritdoc cref="InterruptedSeconds"/>
    public double IncidentsSeconds { get; }

    /// <inheritdoc cref="InterruptedSeconds"/>
    public double QueuedSeconds { get; }

    /// <inheritdoc cref="InterruptedSeconds"/>
    public double SingleOfficerSeconds { get; }

    /// <inheritdoc cref="InterruptedSeconds"/>
    public double PreemptionSeconds { get; }

    /// <summary>Their sum: no request can score the pair better than this.</summary>
    public double FixedSeconds { get; }

    /// <summary>The same pair somewhere else.</summary>
    public Candidate MovedTo(GeoPoint at, DateTimeOffset? reportedAt) => new(this, at, reportedAt);

    /// <summary>Whether an officer who is there has a skill, or is of a role.</summary>
    public bool Has(string skill) => Array.IndexOf(skills, skill) >= 0;

    /// <summary>The skill code that a role stands for.</summary>
    public static string CodeOf(OfficerRole role) => role == OfficerRole.GreenLeaf ? GreenLeaf : RedFlower;

    private static IEnumerable<string> Skills(OfficerInfo officer) =>
        (officer.Skills.IsDefault ? [] : officer.Skills).Append(CodeOf(officer.Role));

    private static string? FindBar(PairView pair) =>
        pair.Duty == PairDuty.OffDuty ? "offDuty"
        : pair.PanicIncidentId is not null ? "inPanic"
        : pair.Commitment is { Status: not (AssignmentStatus.Committed or AssignmentStatus.EnRoute) } ? "committed"
        : pair.SigningOff ? "signingOff"
        : pair.Commitment is null && pair.Availability == PairAvailability.NotAvailable ? $"activity:{ActivityCode(pair)}"
        : null;

    /// <summary>What the pair is doing, as a code.</summary>
    public static string ActivityCode(PairView pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(pair.Activity.ToString());
    }
}
