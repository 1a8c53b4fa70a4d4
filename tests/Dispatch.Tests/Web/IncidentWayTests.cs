using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Tests.Web;

/// <summary>The whole way of an incident from outside: over HTTP, over the hub in both protocols, and as the screens see it.</summary>
public sealed class IncidentWayTests(ServerFixture server)
{
    [Fact]
    public async Task Way_OverHttp_FromCallToClosed()
    {
        var pair = await server.FreePairAsync("north-1");
        var id = await server.OpenAsync();
        var recommended = (await server.Dispatcher.GetAsync($"incidents/{id}/recommendations?limit=8")).Body!;
        var best = recommended["recommendations"]!.AsArray().First(x => (string?)x!["pairId"] == pair)!;
        Assert.True((double)best["etaSeconds"]! > 0);
        Assert.NotEmpty(best["reasons"]!.AsArray());

        var offer = await server.OfferAsync(id, pair);
        Assert.Equal("dispatched", await StatusAsync(id));
        var accepted = await server.Dispatcher.DoAsync($"offers/{offer}/accept");
        Assert.Equal("acknowledged", (string?)accepted["status"]);
        Assert.Equal(id, (string?)(await server.Dispatcher.GetAsync($"pairs/{pair}")).Body!["commitment"]!["incidentId"]);
        foreach (var status in new[] { "enRoute", "onScene", "reported" })
        {
            var answer = await server.Dispatcher.DoAsync($"incidents/{id}/assignments/{pair}/status", new { status, note = $"now {status}" });
            Assert.Equal(status, (string?)answer["status"]);
        }

        await server.Dispatcher.DoAsync($"incidents/{id}/assignments/{pair}/status", new { status = "cleared" });
        Assert.Null((await server.Dispatcher.GetAsync($"pairs/{pair}")).Body!["commitment"]);
        var closed = await server.Dispatcher.DoAsync($"incidents/{id}/close", new { disposition = "settled", note = "双方和解" });
        Assert.Equal("closed", (string?)closed["status"]);
        Assert.Equal("settled", (string?)closed["disposition"]);

        var kinds = (await server.Dispatcher.GetAsync($"incidents/{id}/timeline")).Body!.AsArray().Select(x => (string?)x!["kind"]);
        Assert.Equal(["opened", "offered", "accepted", "progressed", "progressed", "progressed", "progressed", "closed"], kinds);
        var assignment = closed["assignments"]![0]!;
        string[] times = ["offeredAt", "acceptedAt", "enRouteAt", "onSceneAt", "reportedAt", "clearedAt"];
        Assert.Equal(times.Select(x => (DateTimeOffset)assignment[x]!), times.Select(x => (DateTimeOffset)assignment[x]!).Order());
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Way_OverTheHub_TheOfficersPhoneSeesItsOfferAndWorksIt(bool messagePack)
    {
        var pair = await server.FreePairAsync("north-3");
        using var officer = await server.SignInAsync("officer5");
        await using var phone = await server.ConnectAsync(officer, Protocol(messagePack));
        await phone.SubscribeAsync($"pair/{pair}");
        var id = await server.OpenAsync();
        var offerId = await server.OfferAsync(id, pair);

        var offer = await phone.WaitForAsync<PairOffer>($"pair/{pair}", $"offer/{offerId}", x => x is not null, ServerFixture.Patience);
        Assert.Equal("某路 1 号", offer.Address);
        var accepted = await phone.Connection.InvokeAsync<IncidentView>("AcceptOffer", server.NewKey(), offerId);
        Assert.Equal(IncidentStatus.Acknowledged, accepted.Status);
        foreach (var status in new[] { "enRoute", "onScene", "reported", "cleared" })
        {
            await phone.Connection.InvokeAsync<IncidentView>("SetAssignmentStatus", server.NewKey(), id, pair, status, null);
            if (status != "cleared")
            {
                await phone.WaitForAsync<JsonNode>(
                    $"pair/{pair}", $"assignment/{id}", x => (string?)x?["status"] == status, ServerFixture.Patience);
            }
        }

        await phone.WaitForAsync<JsonNode>($"pair/{pair}", $"assignment/{id}", x => x is null, ServerFixture.Patience);
        await phone.Connection.InvokeAsync<IncidentView>("AddNote", server.NewKey(), id, "已到场处理");
        var view = await phone.Connection.InvokeAsync<PairView>("SetActivity", server.NewKey(), pair, "patrol");
        Assert.Equal(PairActivity.Patrol, view.Activity);
        await phone.Connection.InvokeAsync("ReportPosition", pair, 35.15, 115.06, DateTimeOffset.UtcNow.ToString("O"), 12.5);
        Assert.Equal(35.15, (double)(await officer.GetAsync($"pairs/{pair}")).Body!["position"]!["lat"]!);
    }

    [Fact]
    public async Task Decline_ByThePair_FreesTheOfferAndKeepsTheReason()
    {
        var pair = await server.FreePairAsync("north-4");
        using var officer = await server.SignInAsync("officer7");
        await using var phone = await server.ConnectAsync(officer);
        var id = await server.OpenAsync();
        var offerId = await server.OfferAsync(id, pair);
        var declined = await phone.Connection.InvokeAsync<IncidentView>("DeclineOffer", server.NewKey(), offerId, "busy");
        Assert.Equal((OfferStatus.Declined, "busy"), (declined.Offers[0].Status, declined.Offers[0].Reason));
        var error = await Assert.ThrowsAsync<HubException>(() => phone.Connection.InvokeAsync<IncidentView>("AcceptOffer", server.NewKey(), offerId));
        Assert.Contains("offerNotPending:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decline_ForAReasonOfTheOrganisation_KeepsTheOfficersWordsInTheTimeline()
    {
        var listed = (await server.Dispatcher.GetAsync("organisation")).Body!["declineReasons"]!.AsArray();
        Assert.Contains(listed, x => (string?)x!["code"] == "equipment" && (string?)x["nameEn"] == "Equipment failed" && x["name"] is not null);
        var pair = await server.FreePairAsync("north-4");
        var id = await server.OpenAsync();
        var offerId = await server.OfferAsync(id, pair);
        await server.Dispatcher.DoAsync($"offers/{offerId}/decline", new { reason = "equipment", note = "车胎爆了" });
        var declined = (await server.Dispatcher.GetAsync($"incidents/{id}/timeline")).Body!.AsArray().Single(x => (string?)x!["kind"] == "declined")!;
        Assert.Equal(("equipment", "车胎爆了"), ((string?)declined["data"]!["reason"], (string?)declined["data"]!["note"]));
    }

    [Fact]
    public async Task Offer_NobodyAnswers_ExpiresByItselfAndTheScreensSeeIt()
    {
        var pair = await server.FreePairAsync("north-2");
        await using var screen = await server.ConnectAsync(server.Dispatcher);
        await screen.SubscribeAsync("station/north");
        var id = await server.OpenAsync();
        var offerId = await server.OfferAsync(id, pair, expiresInSeconds: 1);
        await screen.WaitForAsync<IncidentView>(
            "station/north", $"incident/{id}", x => x?.Offers.Any(o => o.Id == offerId && o.Status == OfferStatus.Expired) == true, ServerFixture.Patience);
        Assert.Equal(HttpStatusCode.Conflict, (await server.Dispatcher.PostAsync($"offers/{offerId}/accept")).Status);
    }

    [Fact]
    public async Task Auto_FirstPairDeclines_TheNextIsOfferedByItself()
    {
        await server.FreePairAsync("south-1");
        await server.FreePairAsync("south-2");
        await using var screen = await server.ConnectAsync(server.Dispatcher);
        await screen.SubscribeAsync("station/south");
        var id = await server.OpenAsync(lat: 35.05);
        var made = await server.Dispatcher.DoAsync($"incidents/{id}/offers", new { auto = true, expiresInSeconds = 30 });
        var first = made["offers"]!.AsArray().Single()!;
        await server.Dispatcher.DoAsync($"offers/{first["id"]}/decline", new { reason = "busy" });
        var view = await screen.WaitForAsync<IncidentView>(
            "station/south", $"incident/{id}", x => x?.Offers.Any(o => o.Status == OfferStatus.Pending && o.Id != (string?)first["id"]) == true,
            ServerFixture.Patience);
        var second = view.Offers.Single(o => o.Status == OfferStatus.Pending);
        Assert.NotEqual((string?)first["pairId"], second.PairId);
        await server.Dispatcher.DoAsync($"offers/{second.Id}/accept");
        await server.Dispatcher.DoAsync($"incidents/{id}/assignments/{second.PairId}/status", new { status = "cleared" });
    }

    [Fact]
    public async Task SamePair_OfferedTwice_AcceptsOnceAndIsRefusedElsewhere()
    {
        var pair = await server.FreePairAsync("south-3");
        var first = await server.OpenAsync();
        var second = await server.OpenAsync();
        var firstOffer = await server.OfferAsync(first, pair);
        var secondOffer = await server.OfferAsync(second, pair);
        await server.Dispatcher.DoAsync($"offers/{firstOffer}/accept");
        var (status, problem) = await server.Dispatcher.PostAsync($"offers/{secondOffer}/accept");
        Assert.Equal((HttpStatusCode.Conflict, "pairNotFree"), (status, (string?)problem!["code"]));
        var (third, refused) = await server.Dispatcher.PostAsync($"incidents/{second}/offers", new { pairIds = new[] { pair }, mode = "assign", reason = "x" });
        Assert.Equal((HttpStatusCode.Conflict, "pairNotFree"), (third, (string?)refused!["code"]));
        await server.Dispatcher.DoAsync($"incidents/{first}/cancel", new { reason = "test" });
        Assert.Null((await server.Dispatcher.GetAsync($"pairs/{pair}")).Body!["commitment"]);
    }

    [Fact]
    public async Task Race_ManyDispatchersOnePair_OneWins()
    {
        for (var round = 0; round < 5; round++)
        {
            var pair = await server.FreePairAsync("south-4");
            var incidents = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.OpenAsync()));
            var answers = await Task.WhenAll(incidents.Select(id => server.Dispatcher.PostAsync(
                $"incidents/{id}/offers", new { pairIds = new[] { pair }, mode = "assign", reason = "race" }, server.NewKey())));
            Assert.Single(answers, x => x.Status == HttpStatusCode.OK);
            Assert.All(answers.Where(x => x.Status != HttpStatusCode.OK), x => Assert.Equal("pairNotFree", (string?)x.Body!["code"]));
        }
    }

    [Fact]
    public async Task Command_SentEightTimesAtOnce_IsDoneOnceAndAnsweredAlike()
    {
        var key = server.NewKey();
        var body = new { category = "traffic", priority = 3, location = new { lat = 35.15, lon = 115.05 }, summary = "刮擦" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Dispatcher.PostAsync("incidents", body, key)));
        Assert.All(answers, x => Assert.Equal(HttpStatusCode.Created, x.Status));
        Assert.Single(answers.Select(x => x.Body!.ToJsonString()).Distinct());
        var id = (string)answers[0].Body!["id"]!;
        var note = server.NewKey();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Dispatcher.DoAsync($"incidents/{id}/notes", new { text = "once" }, note)));
        Assert.Single((await server.Dispatcher.GetAsync($"incidents/{id}")).Body!["notes"]!.AsArray());
        var other = await server.Dispatcher.PostAsync($"incidents/{id}/notes", new { text = "another" }, note);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotencyKeyReused"), (other.Status, (string?)other.Body!["code"]));
    }

    [Fact]
    public async Task StationFeed_NeverCarriesProtectedFields()
    {
        await using var screen = await server.ConnectAsync(server.Dispatcher);
        await screen.SubscribeAsync("station/north");
        var id = await server.OpenAsync();
        await screen.WaitForAsync<JsonNode>("station/north", $"incident/{id}", x => x is not null, ServerFixture.Patience);
        var everything = string.Join('\n', screen.Values("station/north").Values);
        Assert.DoesNotContain("某路", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("王某", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("13800001111", everything, StringComparison.Ordinal);
        var listed = (await server.Dispatcher.GetAsync("incidents?state=open")).Body!.ToJsonString();
        Assert.DoesNotContain("13800001111", listed, StringComparison.Ordinal);
        var caller = await server.Dispatcher.DoAsync($"incidents/{id}/caller", new { reason = "回拨核实" });
        Assert.Equal("13800001111", (string?)caller["phone"]);
    }

    [Fact]
    public async Task Feed_ClientThatComesBackWithItsCursor_GetsWhatItMissedAndNothingTwice()
    {
        await using var steady = await server.ConnectAsync(server.Dispatcher);
        await using var shaky = await server.ConnectAsync(server.Dispatcher);
        await steady.SubscribeAsync("station/north");
        await shaky.SubscribeAsync("station/north");
        var seen = await server.OpenAsync();
        await shaky.WaitForAsync<JsonNode>("station/north", $"incident/{seen}", x => x is not null, ServerFixture.Patience);

        await shaky.Connection.StopAsync();
        var missed = await server.OpenAsync();
        await steady.WaitForAsync<JsonNode>("station/north", $"incident/{missed}", x => x is not null, ServerFixture.Patience);
        var messages = new List<FeedMessage>();
        shaky.Connection.On<FeedMessage>(FeedMessage.Method, messages.Add);
        await shaky.StartAsync();
        await shaky.SubscribeAsync("station/north");
        await shaky.WaitForAsync<JsonNode>("station/north", $"incident/{missed}", x => x is not null, ServerFixture.Patience);
        Assert.All(messages, x => Assert.False(x.Snapshot));
        Assert.DoesNotContain(messages.SelectMany(x => x.Changes), x => x.Key == $"incident/{seen}");
    }

    [Fact]
    public async Task Interaction_Recorded_IsListedAndOnTheCommunitysFeed()
    {
        using var officer = await server.SignInAsync("officer1");
        await using var screen = await server.ConnectAsync(server.Dispatcher);
        await screen.SubscribeAsync("community/north-west");
        var recorded = await officer.DoAsync("communities/north-west/interactions", new { kind = "visit", text = "走访独居老人", participants = 2 });
        var id = (string)recorded["id"]!;
        await screen.WaitForAsync<JsonNode>("community/north-west", $"interaction/{id}", x => (string?)x?["pairId"] == "north-1", ServerFixture.Patience);
        Assert.Equal(id, (string?)(await officer.GetAsync("communities/north-west/interactions")).Body![0]!["id"]);
    }

    [Fact]
    public async Task SignOff_TakesThePairsPlaceOffTheScreens()
    {
        var pair = await server.FreePairAsync("north-2");
        await using var screen = await server.ConnectAsync(server.Dispatcher);
        await screen.SubscribeAsync("station/north/positions");
        await server.Dispatcher.PostAsync($"pairs/{pair}/position", new { lat = 35.15, lon = 115.05, at = DateTimeOffset.UtcNow });
        await screen.WaitForAsync<JsonNode>("station/north/positions", $"pair/{pair}", x => x is not null, ServerFixture.Patience);
        await server.Dispatcher.DoAsync($"pairs/{pair}/sign-off");
        await screen.WaitForAsync<JsonNode>("station/north/positions", $"pair/{pair}", x => x is null, ServerFixture.Patience);
    }

    private static Action<IHubConnectionBuilder>? Protocol(bool messagePack) =>
        messagePack ? x => x.AddMessagePackProtocol(o => o.SerializerOptions = JsonShapedResolver.Options) : null;

    private async Task<string?> StatusAsync(string id) => (string?)(await server.Dispatcher.GetAsync($"incidents/{id}")).Body!["status"];
}
