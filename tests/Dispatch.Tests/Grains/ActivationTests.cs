using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Stations;
using Dispatch.Tests.Live;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Grains;

/// <summary>
/// While silos come and go there may be two activations of a grain, or one that is told what was long ago. Fails where one of them keeps showing what is no more.
/// </summary>
public sealed class ActivationTests
{
    private static readonly CommandContext Dispatcher = new(null, new Actor("dispatcher", "Dispatcher"));

    [Fact]
    public async Task Activation_ThatIsBehindWhatIsKnown_EndsAndTheNextOneAnswers()
    {
        await using var silo = await StartAsync();
        var incident = silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString());
        var view = (await OpenAsync(incident)).Value;
        await EndsAsync(incident, FeedName.Incident(view.Id), () => incident.EnsureAsync(view.Version + 1));
        Assert.Equal(view.Version, (await incident.EnsureAsync(-1))!.Version);

        var pair = silo.Grains.GetGrain<IPairGrain>("north-1");
        var on = (await pair.ExecuteAsync(Dispatcher with { CommandId = "on" }, new SignOn(["north-1-a", "north-1-b"]))).Value;
        await EndsAsync(pair, FeedName.Pair("north-1"), () => pair.EnsureAsync(on.Version + 1));
        Assert.Equal(PairDuty.OnDuty, (await pair.EnsureAsync(-1))!.Duty);
    }

    [Fact]
    public async Task Station_ToldLateOfAnIncidentThatHasEnded_DoesNotShowIt()
    {
        await using var silo = await StartAsync();
        var station = silo.Grains.GetGrain<IStationGrain>("north");
        var view = (await OpenAsync(silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString()))).Value;
        var late = view with { Id = Guid.NewGuid().ToString(), Status = IncidentStatus.Closed, ClosedAt = view.OpenedAt };

        await station.PublishIncidentAsync(late);
        await station.PublishIncidentAsync(view with { Version = view.Version + 1 });

        var shown = (await station.ReadFeedAsync(FeedName.Station("north"), FeedSight.Full, null, TimeSpan.FromSeconds(3)))!;
        Assert.Contains(shown.Changes, x => x.Key == $"incident/{view.Id}");
        Assert.DoesNotContain(shown.Changes, x => x.Key == $"incident/{late.Id}");
    }

    [Fact]
    public async Task Station_StillListingAnIncidentThatHasSettledWithAnother_LetsItGo()
    {
        await using var silo = await StartAsync();
        var station = silo.Grains.GetGrain<IStationGrain>("north");
        var incident = silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString());
        var view = (await OpenAsync(incident)).Value;
        Assert.False((await incident.ExecuteAsync(Dispatcher with { CommandId = "cancel" }, new CancelIncident("test"))).IsRefused);
        await Until.HoldsAsync(async () => await EndedTodayAsync(station) == 1, () => "The station still lists an incident that has ended.");

        await station.AdoptIncidentAsync(view.Id, view.Number);
        await Until.HoldsAsync(async () => await EndedTodayAsync(station) == 2, () => "The station lists an incident that has ended for ever.");
    }

    private static async Task<int> EndedTodayAsync(IStationGrain station) => (await station.GetSummaryAsync(TimeSpan.FromSeconds(3)))?.ClosedToday ?? 0;

    private static async Task<TestSilo> StartAsync()
    {
        var silo = await TestSilo.StartAsync(null);
        await silo.Grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(Dispatcher, TestOrganisation.Create());
        return silo;
    }

    private static Task<Answer<IncidentView>> OpenAsync(IIncidentGrain incident) =>
        incident.ExecuteAsync(Dispatcher with { CommandId = "open" }, new OpenIncident("dispute", 1, TestOrganisation.InNorthWest, "test"));

    /// <summary>The activation refuses the question, and another one, with an epoch of its own, takes its place.</summary>
    private static async Task EndsAsync(IFeedGrain grain, string feed, Func<Task> ask)
    {
        var epoch = (await grain.ReadFeedAsync(feed, FeedSight.Full, null, TimeSpan.Zero))!.Epoch;
        await Assert.ThrowsAsync<TimeoutException>(ask);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await grain.ReadFeedAsync(feed, FeedSight.Full, null, TimeSpan.Zero))!.Epoch == epoch)
        {
            Assert.False(late.IsCancellationRequested, $"The activation of {feed} that is behind still answers.");
        }
    }
}
