using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;
using Orleans;

namespace Dispatch.Tests.Grains;

/// <summary>
/// A process that dies between the pair's write and the incident's leaves a pair that is committed to an incident that does not know. The pair
/// asks; the incident carries the acceptance through, or lets the pair go. Fails where a pair can be stuck, or freed while its incident has it.
/// </summary>
public sealed class RecoveryTests(PostgresServer postgres)
{
    private static readonly CommandContext Dispatcher = new(null, new Actor("dispatcher", "Dispatcher"));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory, InlineData(false), InlineData(true)]
    public async Task PairCommitted_IncidentDiedBeforeItWrote_TheAcceptanceIsCarriedThrough(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres);
        var (incident, pair) = await OpenAsync(silo);
        var offered = (await incident.ExecuteAsync(Dispatcher with { CommandId = "offer" }, new OfferPairs(["north-1"], ExpiresInSeconds: 600))).Value;
        var offer = await OfferOfAsync(pair, offered.Offers[0].Id);

        var accept = Dispatcher with { CommandId = "accept" };
        await pair.ExecuteAsync(Dispatcher, new CommitPair(offer, accept));

        await FeedUntilAsync<PairView>(pair, FeedName.Pair("north-1"), "pair", x => x?.Commitment?.IncidentId == offered.Id);
        await FeedUntilAsync<IncidentView>(
            incident, FeedName.Incident(offered.Id), "incident", x => x?.Assignments is [{ PairId: "north-1", Status: AssignmentStatus.Committed }]);

        // The officer's phone, which heard nothing, sends its command again.
        var retried = await incident.ExecuteAsync(accept, new AcceptOffer(offer.Id));
        Assert.False(retried.IsRefused, retried.Refusal?.Message);
        Assert.Equal(IncidentStatus.Acknowledged, retried.Value.Status);
        Assert.Equal("Dispatcher", (await incident.GetTimelineAsync()).Last(x => x.Kind == "accepted").By);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task PairCommitted_ByAnOfferTheIncidentNeverWrote_IsFreeAgain(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres);
        var (incident, pair) = await OpenAsync(silo);
        var view = (await incident.GetAsync())!;
        var never = new PairOffer(
            $"{view.Id}-0000000000000000", view.Id, view.Number, view.Category, view.Priority, view.Location, null, view.CommunityId, view.Summary,
            view.OpenedAt, view.OpenedAt.AddMinutes(10));

        Assert.False((await pair.ExecuteAsync(Dispatcher, new CommitPair(never, Dispatcher))).IsRefused);

        await FeedUntilAsync<PairView>(pair, FeedName.Pair("north-1"), "pair", x => x is { Commitment: null });
        Assert.Empty((await incident.GetAsync())!.Assignments);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task OfferWithdrawnMeanwhile_TheCommittedPairIsLetGo(bool onPostgres)
    {
        await using var silo = await StartAsync(onPostgres);
        var (incident, pair) = await OpenAsync(silo);
        var offered = (await incident.ExecuteAsync(Dispatcher with { CommandId = "offer" }, new OfferPairs(["north-1"], ExpiresInSeconds: 600))).Value;
        var offer = await OfferOfAsync(pair, offered.Offers[0].Id);
        await incident.ExecuteAsync(Dispatcher with { CommandId = "cancel" }, new CancelIncident("false alarm"));

        await pair.ExecuteAsync(Dispatcher, new CommitPair(offer, Dispatcher));

        await FeedUntilAsync<PairView>(pair, FeedName.Pair("north-1"), "pair", x => x is { Commitment: null });
        Assert.Equal(IncidentStatus.Cancelled, (await incident.GetAsync())!.Status);
    }

    private async Task<TestSilo> StartAsync(bool onPostgres)
    {
        var silo = await TestSilo.StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        await silo.Grains.GetGrain<IBureauGrain>(IBureauGrain.Key).ImportAsync(Dispatcher, TestOrganisation.Create());
        return silo;
    }

    private static async Task<(IIncidentGrain Incident, IPairGrain Pair)> OpenAsync(TestSilo silo)
    {
        var pair = silo.Grains.GetGrain<IPairGrain>("north-1");
        Assert.False((await pair.ExecuteAsync(Dispatcher with { CommandId = "on" }, new SignOn(["north-1-a", "north-1-b"]))).IsRefused);
        var incident = silo.Grains.GetGrain<IIncidentGrain>(Guid.NewGuid().ToString());
        var opened = await incident.ExecuteAsync(
            Dispatcher with { CommandId = "open" }, new OpenIncident("dispute", 1, TestOrganisation.InNorthWest, "test"));
        Assert.False(opened.IsRefused, opened.Refusal?.Message);
        return (incident, pair);
    }

    private static async Task<PairOffer> OfferOfAsync(IPairGrain pair, string offerId) =>
        await FeedUntilAsync<PairOffer>(pair, FeedName.Pair("north-1"), $"offer/{offerId}", x => x is not null);

    /// <summary>Reads a feed as a web node does until a value is as wanted.</summary>
    private static async Task<T> FeedUntilAsync<T>(IFeedGrain grain, string feed, string key, Func<T?, bool> wanted)
    {
        using var late = new CancellationTokenSource(Patience);
        var copy = new VersionedMap("none");
        FeedCursor? cursor = null;
        while (!late.IsCancellationRequested)
        {
            var batch = await grain.ReadFeedAsync(feed, FeedSight.Full, cursor, TimeSpan.FromSeconds(2));
            Assert.True(copy.Apply(batch!));
            cursor = new FeedCursor(copy.Epoch, copy.Seq);
            if (wanted(copy[key].As<T>()))
            {
                return copy[key].As<T>()!;
            }
        }

        throw new TimeoutException($"{key} of {feed} was not as wanted within {Patience}; it is {copy[key]}.");
    }
}
