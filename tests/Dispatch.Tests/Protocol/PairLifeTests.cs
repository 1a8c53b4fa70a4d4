using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Pairs;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Tests.Protocol;

/// <summary>The pair as an aggregate: who is there, panic, handing over, ending duty with work open. Fails where a pair can get stuck, or go alone unnoticed.</summary>
public sealed class PairLifeTests(ProtocolFixture server)
{
    [Fact]
    public async Task SingleOfficer_IsSentOnlyWithASupervisorsReason_AndItIsRecordedWhoWasThere()
    {
        await server.FreshAsync("north-1", officers: 1);
        Assert.True((bool)(await server.PairAsync("north-1"))["singleOfficer"]!);
        var id = await server.OpenAsync();
        var assign = new { pairIds = new[] { "north-1" }, mode = "assign", reason = "only one near" };
        var overridden = new { pairIds = new[] { "north-1" }, mode = "assign", reason = "only one near", overrideReason = "residents at risk" };
        await server.RefusedAsync($"incidents/{id}/offers", assign, HttpStatusCode.Conflict, "singleOfficer");
        await server.RefusedAsync($"incidents/{id}/offers", overridden, HttpStatusCode.Forbidden, "forbidden", server.Dispatcher);
        var made = await server.Supervisor.DoAsync($"incidents/{id}/offers", overridden);
        Assert.Equal("residents at risk", (string?)made["offers"]![0]!["overrideReason"]);
        Assert.Equal(["north-1-a"], made["incident"]!["assignments"]![0]!["officerIds"]!.AsArray().Select(x => (string?)x));
    }

    [Fact]
    public async Task Member_LeavesAndReturns_QueuedWorkWaitsForTwo()
    {
        await server.FreshAsync("north-2");
        var first = await server.OpenAsync();
        var second = await server.OpenAsync();
        await server.AssignAsync(first, "north-2");
        await server.AssignAsync(second, "north-2", mode: "stack");
        using var officer = await server.SignInOfficerAsync("north-2");
        var left = await officer.DoAsync("pairs/north-2/members/leave", new { officerId = "north-2-b", reason = "送医" });
        Assert.Equal(["north-2-a"], left["presentOfficerIds"]!.AsArray().Select(x => (string?)x));
        await server.RefusedAsync(
            "pairs/north-2/members/leave", new { officerId = "north-2-a", reason = "x" }, HttpStatusCode.Conflict, "lastOfficer");
        await server.RefusedAsync(
            "pairs/north-2/members/leave", new { officerId = "north-3-a", reason = "x" }, HttpStatusCode.UnprocessableEntity, "officerNotInPair");
        await server.StepAsync(first, "north-2", "cleared");
        Assert.Null((await server.PairAsync("north-2"))["commitment"]);
        await officer.DoAsync("pairs/north-2/members/return", new { officerId = "north-2-b" });
        await server.UntilIncidentAsync(second, x => (string?)x!["status"] == "acknowledged");
    }

    [Fact]
    public async Task SignOff_AfterWork_TakesNothingNewAndEndsDutyByItself()
    {
        await server.FreshAsync("north-3");
        var id = await server.OpenAsync();
        await server.AssignAsync(id, "north-3");
        var leaving = await server.Dispatcher.DoAsync("pairs/north-3/sign-off", new { afterWork = true });
        Assert.Equal(("onDuty", true), ((string?)leaving["duty"], (bool)leaving["signingOff"]!));
        var other = await server.OpenAsync();
        await server.RefusedAsync(
            $"incidents/{other}/offers", new { pairIds = new[] { "north-3" }, mode = "stack", reason = "x" }, HttpStatusCode.Conflict, "pairSigningOff");
        await server.StepAsync(id, "north-3", "cleared");
        Assert.Equal("offDuty", (string?)(await server.PairAsync("north-3"))["duty"]);
    }

    [Fact]
    public async Task HandOver_OfOnePart_TheOtherPairHasItInTheSameWrite()
    {
        await server.FreshAsync("north-1");
        await server.FreshAsync("north-2");
        var id = await server.OpenAsync();
        await server.AssignAsync(id, "north-1");
        await server.StepAsync(id, "north-1", "onScene");
        var after = await server.Dispatcher.DoAsync($"incidents/{id}/assignments/north-1/handover", new { toPairId = "north-2", reason = "交班" });
        Assert.Equal(
            [("north-1", "cancelled", "handedOver"), ("north-2", "committed", null)],
            after["assignments"]!.AsArray().Select(x => ((string?)x!["pairId"], (string?)x["status"], (string?)x["endReason"])));
        Assert.Null((await server.PairAsync("north-1"))["commitment"]);
        Assert.Equal(id, (string?)(await server.PairAsync("north-2"))["commitment"]!["incidentId"]);
        await server.RefusedAsync(
            $"incidents/{id}/assignments/north-2/handover", new { toPairId = "north-2", reason = "x" }, HttpStatusCode.UnprocessableEntity, "valueOutOfRange");
        await server.RefusedAsync(
            $"incidents/{id}/assignments/north-2/handover", new { toPairId = "none", reason = "x" }, HttpStatusCode.UnprocessableEntity, "pairNotFound");
    }

    [Fact]
    public async Task HandOver_OfEverything_AtTheEndOfAShift()
    {
        await server.FreshAsync("north-1");
        await server.FreshAsync("north-2");
        var first = await server.OpenAsync();
        var second = await server.OpenAsync();
        await server.AssignAsync(first, "north-1");
        await server.AssignAsync(second, "north-1", mode: "stack");
        var key = Guid.NewGuid().ToString();
        var body = new { toPairId = "north-2", reason = "交班" };
        var left = await server.Dispatcher.DoAsync("pairs/north-1/handover", body, key);
        Assert.Null(left["commitment"]);
        Assert.Empty(left["queued"]!.AsArray());
        await server.Dispatcher.DoAsync("pairs/north-1/handover", body, key);
        var took = await server.PairAsync("north-2");
        Assert.Equal((first, second), ((string?)took["commitment"]!["incidentId"], (string?)took["queued"]![0]!["incidentId"]));
        await server.Dispatcher.DoAsync("pairs/north-1/sign-off");
    }

    [Fact]
    public async Task Free_ByASupervisor_LetsGoOfEverythingAndTheIncidentsKnowWhy()
    {
        await server.FreshAsync("north-4");
        var first = await server.OpenAsync();
        var second = await server.OpenAsync();
        await server.AssignAsync(first, "north-4");
        await server.StepAsync(first, "north-4", "onScene");
        await server.AssignAsync(second, "north-4", mode: "stack");
        await server.RefusedAsync("pairs/north-4/free", new { reason = "x" }, HttpStatusCode.Forbidden, "forbidden", server.Dispatcher);
        await server.RefusedAsync("pairs/north-4/free", new { reason = " " }, HttpStatusCode.UnprocessableEntity, "valueMissing");
        var free = await server.Supervisor.DoAsync("pairs/north-4/free", new { reason = "电台失联" });
        Assert.Null(free["commitment"]);
        Assert.Empty(free["queued"]!.AsArray());
        foreach (var id in new[] { first, second })
        {
            var part = (await server.IncidentAsync(id))["assignments"]![0]!;
            Assert.Equal(("cancelled", "电台失联"), ((string?)part["status"], (string?)part["endReason"]));
        }
    }

    [Fact]
    public async Task Panic_OpensAnIncidentOfPriorityOneWhereThePairIs_AndAsksTheNearest()
    {
        await server.OnlyOnDutyAsync("north-1", "north-2", "north-3", "north-4", "south-1");
        var work = await server.OpenAsync();
        await server.AssignAsync(work, "north-1");
        using var officer = await server.SignInOfficerAsync("north-1");
        await officer.PostAsync("pairs/north-1/position", new { lat = 35.17, lon = 115.03, at = DateTimeOffset.UtcNow });
        await using var phone = await server.ConnectAsync(officer);
        var view = await phone.Connection.InvokeAsync<PairView>("RaisePanic", Guid.NewGuid().ToString(), "north-1", null, null, "持刀");
        var again = await phone.Connection.InvokeAsync<PairView>("RaisePanic", Guid.NewGuid().ToString(), "north-1", null, null, null);
        Assert.Equal(view.PanicIncidentId, again.PanicIncidentId);
        Assert.Equal(work, view.Commitment!.IncidentId);

        var id = view.PanicIncidentId!;
        await server.UntilAsync("station/north", $"incident/{id}", x => x is not null);
        var panic = await server.UntilIncidentAsync(id, x => x!["offers"]!.AsArray().Count >= 3);
        Assert.Equal((1, "panic", "north-1"), ((int)panic["priority"]!, (string?)panic["category"], (string?)panic["panicPairId"]));
        Assert.Equal(35.17, (double)panic["location"]!["lat"]!);
        Assert.Contains("持刀", (string?)panic["summary"], StringComparison.Ordinal);
        Assert.Equal("panic", (string?)panic["alerts"]![0]);
        Assert.DoesNotContain(panic["offers"]!.AsArray(), x => (string?)x!["pairId"] == "north-1");
        await server.UntilIncidentAsync(work, x => x!["links"]!.AsArray().Any(l => (string?)l == id));

        // Help comes: the alert stays until it is over, then the pair's call is over too.
        var pending = panic["offers"]!.AsArray().Where(x => (string?)x!["status"] == "pending").Take(2).ToList();
        JsonNode accepted = panic;
        foreach (var offer in pending)
        {
            accepted = await server.Dispatcher.DoAsync($"offers/{offer!["id"]}/accept");
        }

        Assert.Equal("panic", (string?)accepted["alerts"]![0]);
        Assert.DoesNotContain(accepted["offers"]!.AsArray(), x => (string?)x!["status"] == "pending");
        await server.Dispatcher.DoAsync($"incidents/{id}/cancel", new { reason = "安全" });
        await server.UntilPairAsync("north-1", x => x!["panicIncidentId"] is null);
    }
}
