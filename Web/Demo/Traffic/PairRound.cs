using System.Globalization;
using Dispatch.Bureau;
using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Pairs;

namespace Dispatch.Demo;

/// <summary>Where a pair is, and what it does between incidents: patrol, visits, the station, a meal.</summary>
public sealed class PairRound
{
    private const double RecordedVisits = 0.7;

    /// <summary>From farther away than this the pair comes home in a time lapse.</summary>
    private const double FarFromHome = 3;

    private const double HomewardSeconds = 60;

    private static readonly (PairActivity Activity, double Weight)[] Activities =
    [
        (PairActivity.Patrol, 46), (PairActivity.Available, 24), (PairActivity.Visit, 20), (PairActivity.Station, 6), (PairActivity.Meal, 4),
    ];

    private readonly TrafficWorld world;
    private readonly TrafficSession session;
    private readonly FeedClient line;
    private readonly PairView pair;
    private PairActivity activity;
    private DateTimeOffset until;
    private Walk walk;

    /// <summary>A round of this pair, beginning somewhere in its community.</summary>
    public PairRound(TrafficWorld world, TrafficSession session, FeedClient line, PairView pair)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(pair);
        this.world = world;
        this.session = session;
        this.line = line;
        this.pair = pair;
        walk = Walk.Standing(world.Land.Somewhere(pair.CommunityId, world.Pace.RadiusMetres), world.Now);
        until = world.Now + world.Dice.Seconds((1, 30));
    }

    /// <summary>Where the pair is.</summary>
    public GeoPoint At(DateTimeOffset now) => walk.At(now);

    /// <summary>Whether it is under way.</summary>
    public bool IsMoving(DateTimeOffset now) => now < walk.Until;

    /// <summary>Goes to an incident, in the time that the time lapse gives.</summary>
    public Walk GoTo(GeoPoint place)
    {
        var slowest = world.Pace.MetresPerSecond;
        var (least, most) = world.Pace.TravelSeconds;
        var now = world.Now;
        return walk = Walk.Along(walk.At(now), place, now, world.Dice, metres => Math.Max(1, metres / Math.Clamp(metres / slowest, least, most)));
    }

    /// <summary>Is at an incident.</summary>
    public void StandAt(GeoPoint place) => walk = Walk.Standing(place, world.Now);

    /// <summary>Goes on with the round.</summary>
    public async Task TurnAsync(CancellationToken stopping)
    {
        if (world.Now >= until)
        {
            await ChangeActivityAsync(stopping);
        }

        if (activity == PairActivity.Patrol && !IsMoving(world.Now))
        {
            walk = ToSomewhere();
        }
    }

    private async Task ChangeActivityAsync(CancellationToken stopping)
    {
        if (activity == PairActivity.Visit && world.Dice.Chance(RecordedVisits))
        {
            await RecordVisitAsync(stopping);
        }

        activity = world.Dice.Pick(Activities);
        until = world.Now + world.Dice.Seconds(world.Pace.ActivitySeconds);
        if (await line.CommandAsync("SetActivity", [pair.Id, activity], stopping) is { Code: not "pairNotOnDuty" } refusal)
        {
            world.Trouble.Report($"{pair.CallSign} sets its activity", refusal.Code);
        }
    }

    private async Task RecordVisitAsync(CancellationToken stopping)
    {
        var kind = world.Dice.Pick<InteractionKind>(
        [
            (InteractionKind.Visit, 70), (InteractionKind.Meeting, 8), (InteractionKind.Request, 10), (InteractionKind.MediationSession, 8), (InteractionKind.Tip, 4),
        ]);
        var participants = 1 + (int)world.Dice.Between(kind == InteractionKind.Meeting ? (5, 25) : (0, 4));
        var answer = await world.Api.PostAsync(
            session, string.Create(CultureInfo.InvariantCulture, $"communities/{pair.CommunityId}/interactions"),
            new RecordInteraction(kind, Text: CallScript.Visit(world.Dice), Participants: participants), stopping);
        if (!answer.IsDone)
        {
            world.Trouble.Report($"{pair.CallSign} records a visit", answer.Code);
        }
    }

    private Walk ToSomewhere()
    {
        var now = world.Now;
        var radius = world.Pace.RadiusMetres;
        return Walk.Along(
            walk.At(now), world.Land.Somewhere(pair.CommunityId, radius), now, world.Dice,
            metres => metres > FarFromHome * radius ? metres / HomewardSeconds : world.Pace.MetresPerSecond);
    }
}
