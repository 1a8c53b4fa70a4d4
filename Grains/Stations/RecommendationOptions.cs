using Dispatch.Bureau;

namespace Dispatch.Stations;

/// <summary>
/// What counts how much in a recommendation: everything is told in seconds of delay, added to the estimated time of arrival. Configuration
/// section <c>Dispatch:Recommendation</c>. Where no source is named the number is a judgement, to be set by the bureau.
/// </summary>
public sealed record RecommendationOptions
{
    /// <summary>The defaults.</summary>
    public static readonly RecommendationOptions Default = new();

    /// <summary>How much longer the road is than the great circle. 1.3: Wang, Bette, Schreckenberg and Guhr 2024 (arXiv 2406.06490).</summary>
    public double RoadFactor { get; init; } = 1.3;

    /// <summary>Speed on the way in a town, km/h. 32: mean of ambulances, 20.1 mph, Branas and others, JAMA 2005;293:2626.</summary>
    public double UrbanKilometresPerHour { get; init; } = 32;

    /// <summary>Speed on the way at the edge of a town, km/h. 76: 47.5 mph, same source.</summary>
    public double SuburbanKilometresPerHour { get; init; } = 76;

    /// <summary>Speed on the way in the country, km/h. 91: 56.4 mph, same source.</summary>
    public double RuralKilometresPerHour { get; init; } = 91;

    /// <summary>For a pair that works elsewhere: who knows the streets and the people is worth half a minute.</summary>
    public double AwayFromHomeSeconds { get; init; } = 30;

    /// <summary>For work that a call interrupts, such as a patrol or a visit.</summary>
    public double InterruptedSeconds { get; init; } = 60;

    /// <summary>How old a position may be before it counts as stale, seconds. Phones report every 10 s; three times that is a pause, not a fault.</summary>
    public double FreshSeconds { get; init; } = 30;

    /// <summary>How far a pair may have moved since, metres a second of age beyond fresh. 1.4: comfortable walking speed (Bohannon 1997).</summary>
    public double DriftMetresPerSecond { get; init; } = 1.4;

    /// <summary>How far at most, metres; also for a pair that never said where it is and is taken to be at home.</summary>
    public double DriftAtMostMetres { get; init; } = 1500;

    /// <summary>For each skill asked for that no officer who is there has: five minutes, so that it is got from well outside the community.</summary>
    public double MissingSkillSeconds { get; init; } = 300;

    /// <summary>Where the preferred half of the pair is not there.</summary>
    public double MissingRoleSeconds { get; init; } = 45;

    /// <summary>Which half of a pair a category prefers: disputes are for those who know the people, fraud by telephone and network for those who know the technology.</summary>
    public Dictionary<string, OfficerRole> PreferredRoles { get; init; } = new(StringComparer.Ordinal)
    {
        ["dispute"] = OfficerRole.GreenLeaf,
        ["complaint"] = OfficerRole.GreenLeaf,
        ["fraud"] = OfficerRole.RedFlower,
        ["telecomFraud"] = OfficerRole.RedFlower,
        ["technology"] = OfficerRole.RedFlower,
        ["cyber"] = OfficerRole.RedFlower,
    };

    /// <summary>For each incident the pair had this shift: fairness.</summary>
    public double IncidentOfShiftSeconds { get; init; } = 15;

    /// <summary>How much the incidents of the shift count together at most, so that a near pair is never passed over for one that is far away.</summary>
    public double IncidentsOfShiftAtMostSeconds { get; init; } = 120;

    /// <summary>For a pair that was busy during its whole shift; less in proportion. A shift counts as an hour long at least.</summary>
    public double BusyShiftSeconds { get; init; } = 60;

    /// <summary>For each incident that is queued behind.</summary>
    public double QueuedSeconds { get; init; } = 45;

    /// <summary>For planned work that starts soon.</summary>
    public double PlannedSeconds { get; init; } = 60;

    /// <summary>How soon is soon, seconds.</summary>
    public double PlannedWithinSeconds { get; init; } = 1800;

    /// <summary>Where only one officer is there.</summary>
    public double SingleOfficerSeconds { get; init; } = 60;

    /// <summary>For taking a pair away from an incident of lower priority, which then waits anew.</summary>
    public double PreemptionSeconds { get; init; } = 240;

    /// <summary>On top where it is on its way there already.</summary>
    public double PreemptionEnRouteSeconds { get; init; } = 60;

    /// <summary>For a pair of another station: its station is left with one less.</summary>
    public double OtherStationSeconds { get; init; } = 20;

    /// <summary>Where the router knows no way: the estimate stands, and the pair comes behind those who have one.</summary>
    public double NoRouteSeconds { get; init; } = 600;

    /// <summary>How far from the incident a community of another station may begin for that station to be asked, metres.</summary>
    public double ReachMetres { get; init; } = 10_000;

    /// <summary>How many other stations are asked at most, nearest first.</summary>
    public int NeighboursAtMost { get; init; } = 8;

    /// <summary>How long another station is waited for, seconds.</summary>
    public double NeighbourSeconds { get; init; } = 1;

    /// <summary>Speed in an area, metres a second.</summary>
    public double MetresPerSecond(AreaClass area) => area switch
    {
        AreaClass.Suburban => SuburbanKilometresPerHour,
        AreaClass.Rural => RuralKilometresPerHour,
        _ => UrbanKilometresPerHour,
    } / 3.6;

    /// <summary>Seconds for a metre of great circle from one area to another: half of the way at the speed of each.</summary>
    public double SecondsPerMetre(AreaClass from, AreaClass to) =>
        RoadFactor * ((1 / MetresPerSecond(from)) + (1 / MetresPerSecond(to))) / 2;

    /// <summary>The first number that cannot be, or null.</summary>
    public string? FindFault()
    {
        foreach (var (name, value) in new[]
        {
            (nameof(RoadFactor), RoadFactor), (nameof(UrbanKilometresPerHour), UrbanKilometresPerHour),
            (nameof(SuburbanKilometresPerHour), SuburbanKilometresPerHour), (nameof(RuralKilometresPerHour), RuralKilometresPerHour),
            (nameof(NeighbourSeconds), NeighbourSeconds),
        })
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                return $"{name} must be a positive number.";
            }
        }

        foreach (var (name, value) in new[]
        {
            (nameof(AwayFromHomeSeconds), AwayFromHomeSeconds), (nameof(InterruptedSeconds), InterruptedSeconds), (nameof(FreshSeconds), FreshSeconds),
            (nameof(DriftMetresPerSecond), DriftMetresPerSecond), (nameof(DriftAtMostMetres), DriftAtMostMetres),
            (nameof(MissingSkillSeconds), MissingSkillSeconds), (nameof(MissingRoleSeconds), MissingRoleSeconds),
            (nameof(IncidentOfShiftSeconds), IncidentOfShiftSeconds), (nameof(IncidentsOfShiftAtMostSeconds), IncidentsOfShiftAtMostSeconds),
            (nameof(BusyShiftSeconds), BusyShiftSeconds), (nameof(QueuedSeconds), QueuedSeconds), (nameof(PlannedSeconds), PlannedSeconds),
            (nameof(PlannedWithinSeconds), PlannedWithinSeconds), (nameof(SingleOfficerSeconds), SingleOfficerSeconds),
            (nameof(PreemptionSeconds), PreemptionSeconds), (nameof(PreemptionEnRouteSeconds), PreemptionEnRouteSeconds),
            (nameof(OtherStationSeconds), OtherStationSeconds), (nameof(NoRouteSeconds), NoRouteSeconds), (nameof(ReachMetres), ReachMetres), (nameof(NeighboursAtMost), NeighboursAtMost),
        })
        {
            if (!(value >= 0 && double.IsFinite(value)))
            {
                return $"{name} must not be negative.";
            }
        }

        return null;
    }
}
