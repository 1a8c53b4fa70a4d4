using System.Globalization;
using Dispatch.Trials.Cluster;

namespace Dispatch.Trials.Work;

/// <summary>What a screen shows, and as whom.</summary>
/// <param name="Name">Of the screen, for the evidence.</param>
/// <param name="UserName">Its account.</param>
/// <param name="Feeds">What it shows all the time.</param>
/// <param name="LooksAtIncidents">Whether it opens one incident after the other beside.</param>
public sealed record ScreenPlan(string Name, string UserName, IReadOnlyList<string> Feeds, bool LooksAtIncidents)
{
    /// <summary>Account of a dispatcher who has one station in scope.</summary>
    public static string DeskOf(string station) => $"desk-{station}";

    /// <summary>Draws so many: wallboards, supervisors, desks of one station and phones of officers, over all stations.</summary>
    public static IReadOnlyList<ScreenPlan> Draw(OrganisationMap map, int count, Random random)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(random);

        // Few enough officers that several screens are one account, and that signing in costs little.
        var stations = map.Stations.Where(x => map.PairsOf(x).Count > 0 && map.CommunitiesOf(x).Count > 0).ToArray();
        var officers = stations.SelectMany(x => map.PairsOf(x).Take(3)).ToArray();
        return [.. Enumerable.Range(1, count).Select(x => Draw(x, map, stations, officers, random))];
    }

    private static ScreenPlan Draw(int number, OrganisationMap map, string[] stations, PairPlace[] officers, Random random)
    {
        var station = stations[number % stations.Length];
        return random.Next(100) switch
        {
            < 8 => Wallboard(number, random.Next(2) == 0 ? "dispatcher" : "supervisor", [.. random.GetItems(stations, 3).Distinct()]),
            < 25 => Supervisor(number, station, map.PairsOf(station)[random.Next(map.PairsOf(station).Count)]),
            < 60 => Desk(number, station, map, random),
            _ => Phone(number, officers[number % officers.Length]),
        };
    }

    private static ScreenPlan Wallboard(int number, string userName, string[] stations) =>
        new(Called(number, "wallboard"), userName, ["bureau", .. stations.Select(Station), .. stations.Select(Positions)], LooksAtIncidents: false);

    private static ScreenPlan Supervisor(int number, string station, PairPlace pair) =>
        new(Called(number, "supervisor"), "supervisor", ["bureau", Station(station), $"pair/{pair.Id}"], LooksAtIncidents: true);

    private static ScreenPlan Desk(int number, string station, OrganisationMap map, Random random)
    {
        var communities = map.CommunitiesOf(station);
        return new(
            Called(number, "desk"),
            DeskOf(station),
            [Station(station), Positions(station), $"community/{communities[random.Next(communities.Count)].Id}"],
            LooksAtIncidents: true);
    }

    private static ScreenPlan Phone(int number, PairPlace pair) => new(
        Called(number, "phone"),
        pair.UserName,
        [$"pair/{pair.Id}", $"community/{pair.CommunityId}", Station(pair.StationId)],
        LooksAtIncidents: number % 3 == 0);

    private static string Station(string id) => $"station/{id}";

    private static string Positions(string id) => $"station/{id}/positions";

    private static string Called(int number, string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind} {number}");
}
