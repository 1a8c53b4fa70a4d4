using System.Collections.Immutable;
using System.Globalization;
using Dispatch.Bureau;
using Dispatch.Incidents;

namespace Dispatch.Stations;

/// <summary>Which incidents may be the same as a new one. Pure. The numbers are judgements: a street block, the hour in which several people report one thing.</summary>
public static class DuplicateRules
{
    /// <summary>Farthest, in metres of great circle.</summary>
    public const double ReachMetres = 300;

    /// <summary>Most that are named.</summary>
    public const int Most = 10;

    private const double PlaceWeight = 0.4;
    private const double TimeWeight = 0.3;
    private const double CategoryWeight = 0.3;
    private const double RelatedShare = 0.5;

    /// <summary>How far apart at most the two were opened.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromMinutes(60);

    /// <summary>How long ago at most the other one ended.</summary>
    public static readonly TimeSpan EndedWithin = TimeSpan.FromMinutes(30);

    /// <summary>Categories by which different callers name one thing.</summary>
    private static readonly string[][] Related =
    [
        ["criminal", "publicOrder", "tip"],
        ["dispute", "domesticViolence", "complaint", "publicOrder"],
        ["traffic", "hazard"],
        ["helpRequest", "nonPolice"],
    ];

    /// <summary>Those that may be the same, likeliest first.</summary>
    public static ImmutableArray<DuplicateCandidate> Find(NewIncident incident, IEnumerable<KnownIncident> known, string stationId)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(known);
        return Best(known.Select(x => Compare(incident, x, stationId)).OfType<DuplicateCandidate>());
    }

    /// <summary>The likeliest of several stations' candidates.</summary>
    public static ImmutableArray<DuplicateCandidate> Best(IEnumerable<DuplicateCandidate> candidates) =>
        [.. candidates.OrderByDescending(x => x.Score).ThenBy(x => x.DistanceMetres).ThenBy(x => x.IncidentId, StringComparer.Ordinal).Take(Most)];

    private static DuplicateCandidate? Compare(NewIncident incident, KnownIncident other, string stationId)
    {
        var apart = (incident.At - other.OpenedAt).Duration();
        if (other.Id == incident.IncidentId || other.Status == IncidentStatus.Merged || apart > Apart || incident.At - other.EndedAt > EndedWithin)
        {
            return null;
        }

        var metres = incident.Location.DistanceMetresTo(other.Location);
        if (!(metres <= ReachMetres))
        {
            return null;
        }

        var (likeness, category) = Likeness(incident.Category, other.Category);
        var score = (PlaceWeight * (1 - (metres / ReachMetres))) + (TimeWeight * (1 - (apart / Apart))) + (CategoryWeight * likeness);
        var reasons = ImmutableArray.CreateBuilder<string>();
        reasons.Add(string.Create(CultureInfo.InvariantCulture, $"distance:{metres:0}"));
        reasons.Add(string.Create(CultureInfo.InvariantCulture, $"minutes:{apart.TotalMinutes:0}"));
        if (category is not null)
        {
            reasons.Add(category);
        }

        if (other.EndedAt is not null)
        {
            reasons.Add("ended");
        }

        return new DuplicateCandidate(
            other.Id, other.Number, stationId, other.Status, other.Category, other.OpenedAt, Math.Round(score, 2), Math.Round(metres),
            Math.Round(apart.TotalMinutes, 1), reasons.ToImmutable());
    }

    private static (double Share, string? Reason) Likeness(string one, string other) =>
        one == other ? (1, "sameCategory")
        : Related.Any(x => x.Contains(one) && x.Contains(other)) ? (RelatedShare, "relatedCategory")
        : (0, null);
}

/// <summary>What a station keeps of an incident to compare others with: nothing protected.</summary>
/// <param name="Id">The incident.</param>
/// <param name="Number">Its number.</param>
/// <param name="Category">Its category.</param>
/// <param name="Location">Where.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="EndedAt">When it ended; null while open.</param>
/// <param name="Status">Where it stands.</param>
public sealed record KnownIncident(
    string Id, string Number, string Category, GeoPoint Location, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, IncidentStatus Status)
{
    /// <summary>What is kept of an incident.</summary>
    public static KnownIncident Of(IncidentView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return new KnownIncident(view.Id, view.Number, view.Category, view.Location, view.OpenedAt, view.IsOpen ? null : view.ClosedAt ?? view.OpenedAt, view.Status);
    }
}
