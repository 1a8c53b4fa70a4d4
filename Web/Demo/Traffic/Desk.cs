using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Demo;

/// <summary>
/// The dispatcher of the demonstration: takes calls, sends pairs and closes what is done. Works on the demonstration's own calls only, also on
/// those that an earlier run left open; what people open is left to people.
/// </summary>
public sealed class Desk : IAsyncDisposable
{
    private const double AutoShare = 0.8;
    private const double NamedShare = 0.14;
    private const double DivertedNonPolice = 0.4;
    private const double ElsewhereShare = 0.2;

    /// <summary>An offer made in vain is followed by the next after this.</summary>
    private static readonly TimeSpan OfferAgainAfter = TimeSpan.FromSeconds(45);

    /// <summary>So long a call waits for a free pair of its station before it is offered all the same, and a supervisor is called.</summary>
    private static readonly TimeSpan WaitForPair = TimeSpan.FromSeconds(20);

    /// <summary>So long after the start calls come in although no pair has signed on yet.</summary>
    private static readonly TimeSpan PairsSigningOn = TimeSpan.FromSeconds(15);

    private readonly TrafficWorld world;
    private readonly TrafficSession session;
    private readonly IReadOnlyList<CommunityOnDesk> communities;
    private readonly FeedClient line;
    private readonly WatchedFeed[] stations;
    private readonly Dictionary<string, Plan> plans = new(StringComparer.Ordinal);
    private readonly DateTimeOffset startedAt;
    private DateTimeOffset nextCallAt;

    /// <summary>A desk for every station.</summary>
    public Desk(TrafficWorld world, TrafficSession session, OrganisationOnDesk organisation, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(organisation);
        this.world = world;
        this.session = session;
        communities = organisation.Communities;
        line = world.Line(session, "dispatcher", stopping);
        stations = [.. organisation.Stations.Select(x => line.Watch(FeedName.Station(x.Id)))];
        startedAt = nextCallAt = world.Now;
    }

    /// <summary>Runs until it is told to stop.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(line.RunAsync(stopping), TakeTurnsAsync(stopping));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await line.DisposeAsync();
        session.Dispose();
    }

    private async Task TakeTurnsAsync(CancellationToken stopping)
    {
        while (true)
        {
            await world.TakeTurnAsync("dispatcher", TurnAsync, stopping);
            await Task.Delay(world.Pace.Turn, world.Api.Time, stopping);
        }
    }

    private async Task TurnAsync(CancellationToken stopping)
    {
        var open = stations.SelectMany(x => x.All<IncidentView>("incident/")).Where(x => x.IsOpen && CallScript.Knows(x.Summary)).ToArray();
        foreach (var gone in plans.Keys.Where(id => open.All(x => x.Id != id)).ToArray())
        {
            plans.Remove(gone);
        }

        if (world.Now >= nextCallAt && open.Length < world.Pace.MostOpen)
        {
            await TakeCallAsync(stopping);
        }

        foreach (var incident in open)
        {
            await LookAfterAsync(incident, stopping);
        }
    }

    private async Task TakeCallAsync(CancellationToken stopping)
    {
        var free = FreePairs().ToArray();
        if (free.Length == 0 && world.Now - startedAt > PairsSigningOn)
        {
            return;
        }

        var pace = world.Pace;
        nextCallAt = world.Now + world.Dice.Seconds(world.Now - startedAt < pace.First ? pace.OpeningSecondsAtFirst : pace.OpeningSeconds);
        var near = free.Length == 0 ? null : world.Dice.Pick(free);
        var stationId = near?.StationId ?? communities[0].StationId;
        var community = near is null || world.Dice.Chance(ElsewhereShare)
            ? world.Dice.Pick([.. communities.Where(x => x.StationId == stationId)])
            : communities.First(x => x.Id == near.CommunityId);
        var call = CallScript.NextCall(world.Dice, world.Land.Somewhere(community.Id, pace.RadiusMetres), community.Name);
        Tell("a call", await world.Api.PostAsync(session, "incidents", call, stopping));
    }

    private IEnumerable<PairView> FreePairs() =>
        stations.SelectMany(x => x.All<PairView>("pair/")).Where(x => x.Availability != PairAvailability.NotAvailable);

    private async Task LookAfterAsync(IncidentView incident, CancellationToken stopping)
    {
        var now = world.Now;
        if (!plans.TryGetValue(incident.Id, out var plan))
        {
            plans[incident.Id] = plan = new Plan
            {
                NextAt = now + world.Dice.Seconds(world.Pace.DispatcherSeconds),
                IsDiverted = incident.Category == CallScript.NonPolice && world.Dice.Chance(DivertedNonPolice),
            };
        }

        if (now < plan.NextAt)
        {
            return;
        }

        var active = incident.Assignments.Count(x => x.Status is >= AssignmentStatus.Committed and < AssignmentStatus.Cleared);
        var asked = incident.Offers.Any(x => x.Status == OfferStatus.Pending);
        if (active == 0 && incident.Assignments.Length > 0)
        {
            await CloseAsync(incident, plan, CallScript.Disposition(world.Dice, incident.Category), stopping);
        }
        else if (active < incident.PairsNeeded && !asked && incident.Status is < IncidentStatus.Reported or IncidentStatus.Reopened or IncidentStatus.OnHold)
        {
            await FindPairAsync(incident, plan, active, stopping);
        }
    }

    private async Task FindPairAsync(IncidentView incident, Plan plan, int active, CancellationToken stopping)
    {
        if (active == 0 && world.Now - incident.OpenedAt > world.Pace.GiveUpAfter)
        {
            await DoAsync(incident, plan, "cancel", new { reason = CallScript.CancelReason }, stopping);
        }
        else if (active == 0 && plan.IsDiverted)
        {
            await CloseAsync(incident, plan, "referred", stopping);
        }
        else if (plan.IsOffered ? world.Now > plan.OfferAgainAt : IsWorthOffering(incident))
        {
            await OfferAsync(incident, plan, stopping);
        }
    }

    private bool IsWorthOffering(IncidentView incident) =>
        world.Now - incident.OpenedAt > WaitForPair || FreePairs().Any(x => x.StationId == incident.StationId);

    private async Task OfferAsync(IncidentView incident, Plan plan, CancellationToken stopping)
    {
        var roll = plan.IsOffered ? 0 : world.Dice.Next();
        var pairId = roll < AutoShare ? null : await RecommendedAsync(incident, stopping);
        OfferPairs offer = pairId is null ? new(Auto: true)
            : roll < AutoShare + NamedShare ? new([pairId])
            : new([pairId], OfferMode.Assign, CallScript.AssignReason);
        plan.IsOffered = true;
        plan.OfferAgainAt = world.Now + (pairId is null ? OfferAgainAfter : TimeSpan.Zero);
        await DoAsync(incident, plan, "offers", offer, stopping);
    }

    private async Task<string?> RecommendedAsync(IncidentView incident, CancellationToken stopping)
    {
        var answer = await world.Api.GetAsync(session, $"incidents/{incident.Id}/recommendations?limit=3", stopping);
        var pairs = answer.IsDone ? answer.Read<Recommendation>().Recommendations : [];
        return pairs.IsEmpty ? null : world.Dice.Pick(pairs).PairId;
    }

    private async Task CloseAsync(IncidentView incident, Plan plan, string disposition, CancellationToken stopping)
    {
        if (plan.CloseAt is not { } closeAt)
        {
            plan.CloseAt = world.Now + world.Dice.Seconds(world.Pace.ClosingSeconds);
        }
        else if (world.Now >= closeAt)
        {
            await DoAsync(incident, plan, "close", new CloseIncident(disposition, CallScript.Report(world.Dice)), stopping);
        }
    }

    private async Task DoAsync(IncidentView incident, Plan plan, string step, object body, CancellationToken stopping)
    {
        plan.NextAt = world.Now + world.Dice.Seconds(world.Pace.DispatcherSeconds);
        Tell(step, await world.Api.PostAsync(session, $"incidents/{incident.Id}/{step}", body, stopping));
    }

    /// <summary>A refusal by the rules (409) is part of the game; anything else is a fault.</summary>
    private void Tell(string what, TrafficAnswer answer)
    {
        if (!answer.IsDone && answer.Status != StatusCodes.Status409Conflict)
        {
            world.Trouble.Report($"dispatcher: {what}", answer.Code);
        }
    }

    /// <summary>What the dispatcher intends with an incident.</summary>
    private sealed class Plan
    {
        public DateTimeOffset NextAt { get; set; }

        public bool IsDiverted { get; init; }

        public bool IsOffered { get; set; }

        public DateTimeOffset OfferAgainAt { get; set; }

        public DateTimeOffset? CloseAt { get; set; }
    }
}

/// <summary>What the demonstration reads of <c>GET /organisation</c>.</summary>
public sealed record OrganisationOnDesk(
    IReadOnlyList<StationInfo> Stations, IReadOnlyList<CommunityOnDesk> Communities, IReadOnlyList<PairView> Pairs);

/// <summary>A community.</summary>
public sealed record CommunityOnDesk(string Id, string Name, string StationId, GeoPoint Centre);
