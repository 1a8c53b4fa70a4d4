using System.Net;

namespace Dispatch.Tests.Protocol;

/// <summary>Offers, assignments, pre-emption, queues and plans, from outside. Fails where a pair is sent that may not be, or one that should go does not.</summary>
public sealed class WhoGoesTests(ProtocolFixture server)
{
    [Fact]
    public async Task Offer_ToSeveral_TheFirstToAcceptGoesAndTheOthersAreWithdrawn()
    {
        await server.FreshAsync("north-1");
        await server.FreshAsync("north-2");
        var id = await server.OpenAsync();
        var made = await server.Dispatcher.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { "north-1", "north-2" } });
        var accepted = await server.Dispatcher.DoAsync($"offers/{made["offers"]![1]!["id"]}/accept");
        Assert.Equal(["withdrawn", "accepted"], accepted["offers"]!.AsArray().Select(x => (string?)x!["status"]));
        Assert.Equal(["north-2-a", "north-2-b"], accepted["assignments"]![0]!["officerIds"]!.AsArray().Select(x => (string?)x));
        await server.RefusedAsync($"offers/{made["offers"]![0]!["id"]}/accept", null, HttpStatusCode.Conflict, "offerNotPending");
    }

    [Fact]
    public async Task Withdraw_ByTheDispatcher_TakesTheOfferFromThePairs_AndCountsAsNobodysRefusal()
    {
        await server.FreshAsync("north-1");
        var id = await server.OpenAsync();
        var made = await server.Dispatcher.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { "north-1" } });
        var offer = $"offers/{made["offers"]![0]!["id"]}";
        using var officer = await Dispatch.Tests.Processes.ApiClient.SignInAsync(server.Server.Url, "officer1");
        await server.RefusedAsync($"{offer}/withdraw", new { reason = "x" }, HttpStatusCode.Forbidden, "forbidden", officer);
        var withdrawn = await server.Dispatcher.DoAsync($"{offer}/withdraw", new { reason = "派错了" });
        Assert.Equal(("withdrawn", "派错了", "new"), ((string?)withdrawn["offers"]![0]!["status"], (string?)withdrawn["offers"]![0]!["reason"], (string?)withdrawn["status"]));
        await server.UntilAsync("pair/north-1", offer.Replace("offers/", "offer/", StringComparison.Ordinal), x => x is null);
        await server.RefusedAsync($"{offer}/withdraw", new { }, HttpStatusCode.Conflict, "offerNotPending");
        await server.RefusedAsync($"{offer}/accept", null, HttpStatusCode.Conflict, "offerNotPending");
    }

    [Fact]
    public async Task Auto_ThreeSayNo_TheSupervisorSeesWhyEachDid()
    {
        await server.OnlyOnDutyAsync("south-1", "south-2", "south-3");
        var id = await server.OpenAsync(lat: 35.05);
        await server.Dispatcher.DoAsync($"incidents/{id}/offers", new { auto = true, expiresInSeconds = 60 });
        var said = 0;
        foreach (var reason in new[] { "busy", "tooFar", "unsafe" })
        {
            var asked = await server.UntilIncidentAsync(id, x => x!["offers"]!.AsArray().Count > said);
            var offer = asked["offers"]![said++]!;
            await server.Dispatcher.DoAsync($"offers/{offer["id"]}/decline", new { reason, note = $"because {reason}" });
        }

        var alerted = await server.UntilIncidentAsync(id, x => x!["alerts"]!.AsArray().Any(a => (string?)a == "supervisorNeeded"));
        var because = alerted["escalation"]!["because"]!.AsArray();
        Assert.Equal(["busy", "tooFar", "unsafe"], because.Select(x => (string?)x!["reason"]).Take(3));
        Assert.Equal("because busy", (string?)because[0]!["note"]);
        var shown = await server.UntilAsync("station/south", $"incident/{id}", x => x?["escalation"] is not null);
        Assert.Null(shown["escalation"]!["because"]![0]!["note"]);
    }

    [Fact]
    public async Task Auto_NobodyCanGo_TheSupervisorSeesWhatKeepsEach()
    {
        await server.OnlyOnDutyAsync();
        var id = await server.OpenAsync();
        await server.Dispatcher.DoAsync($"incidents/{id}/offers", new { auto = true });
        var alerted = await server.UntilIncidentAsync(id, x => x!["alerts"]!.AsArray().Any(a => (string?)a == "noPairAvailable"));
        Assert.Contains(alerted["escalation"]!["because"]!.AsArray(), x => (string?)x!["reason"] == "offDuty");
    }

    [Fact]
    public async Task Preempt_ForAHigherPriority_TakesThePairAndOffersTheLoserToOthers()
    {
        await server.OnlyOnDutyAsync("north-1", "north-2");
        var low = await server.OpenAsync(priority: 3);
        var high = await server.OpenAsync(priority: 1);
        await server.AssignAsync(low, "north-1");
        await server.StepAsync(low, "north-1", "enRoute");
        await server.RefusedAsync(
            $"incidents/{high}/offers", new { pairIds = new[] { "north-1" }, mode = "assign", reason = "nearest" }, HttpStatusCode.Conflict, "pairNotFree");

        await server.AssignAsync(high, "north-1", preempt: true);

        Assert.Equal(high, (string?)(await server.PairAsync("north-1"))["commitment"]!["incidentId"]);
        var loser = await server.UntilIncidentAsync(low, x => x!["offers"]!.AsArray().Any(o => (string?)o!["status"] == "pending"));
        Assert.Equal(("cancelled", "preempted"), ((string?)loser["assignments"]![0]!["status"], (string?)loser["assignments"]![0]!["endReason"]));
        Assert.Equal("north-2", (string?)loser["offers"]!.AsArray().Last()!["pairId"]);
    }

    [Fact]
    public async Task Preempt_FromTheSceneOrForNoHigherPriority_IsRefusedAndTouchesNothing()
    {
        await server.OnlyOnDutyAsync("north-1");
        var low = await server.OpenAsync(priority: 3);
        var same = await server.OpenAsync(priority: 3);
        var high = await server.OpenAsync(priority: 1);
        var take = new { pairIds = new[] { "north-1" }, mode = "assign", reason = "nearest", preempt = true };
        await server.AssignAsync(low, "north-1");
        await server.RefusedAsync($"incidents/{same}/offers", take, HttpStatusCode.Conflict, "priorityNotHigher");
        await server.StepAsync(low, "north-1", "onScene");
        await server.RefusedAsync($"incidents/{high}/offers", take, HttpStatusCode.Conflict, "pairOnScene");
        Assert.Equal("onScene", (string?)(await server.IncidentAsync(low))["status"]);
        Assert.Equal(low, (string?)(await server.PairAsync("north-1"))["commitment"]!["incidentId"]);
    }

    [Fact]
    public async Task Preempt_ByAnOfferThatTheOfficerAccepts_TakesThePairThen()
    {
        await server.OnlyOnDutyAsync("north-3");
        var low = await server.OpenAsync(priority: 4);
        var high = await server.OpenAsync(priority: 2);
        await server.AssignAsync(low, "north-3");
        var made = await server.Dispatcher.DoAsync($"incidents/{high}/offers", new { pairIds = new[] { "north-3" }, preempt = true });
        Assert.Equal(low, (string?)(await server.PairAsync("north-3"))["commitment"]!["incidentId"]);
        using var officer = await server.SignInOfficerAsync("north-3");
        await officer.DoAsync($"offers/{made["offers"]![0]!["id"]}/accept");
        Assert.Equal(high, (string?)(await server.PairAsync("north-3"))["commitment"]!["incidentId"]);
        Assert.Contains("assignmentPreempted", await server.KindsAsync(low));
    }

    [Fact]
    public async Task Auto_ForPriorityOne_TakesAPairFromLowerWorkWhereNoOtherIsFree()
    {
        await server.OnlyOnDutyAsync("north-1");
        var low = await server.OpenAsync(priority: 4);
        await server.AssignAsync(low, "north-1");
        await server.UntilAsync("station/north", "pair/north-1", x => x?["commitment"] is not null);
        var high = await server.OpenAsync(priority: 1);
        await server.Dispatcher.DoAsync($"incidents/{high}/offers", new { auto = true });
        var offered = await server.UntilIncidentAsync(high, x => x!["offers"]!.AsArray().Any(o => (string?)o!["status"] == "pending"));
        Assert.True((bool)offered["offers"]![0]!["preempts"]!);
        await server.Dispatcher.DoAsync($"offers/{offered["offers"]![0]!["id"]}/accept");
        Assert.Equal(high, (string?)(await server.PairAsync("north-1"))["commitment"]!["incidentId"]);
    }

    [Fact]
    public async Task Stack_BehindPresentWork_StartsByItselfWhenThePairClears()
    {
        await server.FreshAsync("north-1");
        var first = await server.OpenAsync();
        var second = await server.OpenAsync();
        var third = await server.OpenAsync();
        await server.AssignAsync(first, "north-1");
        await server.AssignAsync(second, "north-1", mode: "stack");
        await server.AssignAsync(third, "north-1", mode: "stack");
        Assert.Equal(["stacked"], (await server.IncidentAsync(second))["assignments"]!.AsArray().Select(x => (string?)x!["status"]));
        Assert.Equal([second, third], (await server.PairAsync("north-1"))["queued"]!.AsArray().Select(x => (string?)x!["incidentId"]));
        await server.RefusedAsync($"incidents/{second}/assignments/north-1/status", new { status = "enRoute" }, HttpStatusCode.Conflict, "statusOutOfOrder");
        await server.RefusedAsync("pairs/north-1/sign-off", null, HttpStatusCode.Conflict, "pairCommitted");

        await server.StepAsync(first, "north-1", "cleared");

        var started = await server.UntilIncidentAsync(second, x => (string?)x!["status"] == "acknowledged");
        Assert.Equal(2, started["assignments"]![0]!["officerIds"]!.AsArray().Count);
        Assert.Equal(second, (string?)(await server.PairAsync("north-1"))["commitment"]!["incidentId"]);

        // What is called off while it waits never starts.
        await server.Dispatcher.DoAsync($"incidents/{third}/cancel", new { reason = "test" });
        await server.StepAsync(second, "north-1", "cleared");
        Assert.Null((await server.PairAsync("north-1"))["commitment"]);
    }

    [Fact]
    public async Task Stack_OnAFreePair_CommitsAtOnce_AndAnotherPairThatIsFasterCallsTheQueueOff()
    {
        await server.FreshAsync("north-1");
        await server.FreshAsync("north-2");
        var first = await server.OpenAsync();
        await server.AssignAsync(first, "north-1", mode: "stack");
        Assert.Equal("acknowledged", (string?)(await server.IncidentAsync(first))["status"]);
        var second = await server.OpenAsync();
        await server.AssignAsync(second, "north-1", mode: "stack");
        await server.AssignAsync(second, "north-2");
        Assert.Equal(["cancelled", "committed"], (await server.IncidentAsync(second))["assignments"]!.AsArray().Select(x => (string?)x!["status"]));
        Assert.Empty((await server.PairAsync("north-1"))["queued"]!.AsArray());
    }

    [Fact]
    public async Task Schedule_WhenItsTimeComes_ThePlannedPairIsCommittedAndABusyOneHasItQueued()
    {
        await server.FreshAsync("north-1");
        await server.FreshAsync("north-2");
        var now = await server.OpenAsync();
        var id = await server.OpenAsync(pairsNeeded: 2, scheduledFor: DateTimeOffset.UtcNow.AddSeconds(4));
        await server.RefusedAsync(
            $"incidents/{id}/offers", new { pairIds = new[] { "north-1" } }, HttpStatusCode.Conflict, "incidentScheduled");
        await server.RefusedAsync(
            $"incidents/{now}/offers", new { pairIds = new[] { "north-1" }, mode = "reserve", reason = "x" }, HttpStatusCode.Conflict, "incidentNotScheduled");
        await server.AssignAsync(id, "north-1", mode: "reserve");
        await server.AssignAsync(id, "north-2", mode: "reserve");
        Assert.Equal(id, (string?)(await server.PairAsync("north-1"))["planned"]![0]!["incidentId"]);
        await server.AssignAsync(now, "north-2");

        var started = await server.UntilIncidentAsync(id, x => (string?)x!["status"] == "acknowledged");
        Assert.Equal(["committed", "stacked"], started["assignments"]!.AsArray().Select(x => (string?)x!["status"]));
        Assert.Equal("plannedPairMissing", (string?)started["alerts"]![0]);
        await server.StepAsync(now, "north-2", "cleared");
        await server.UntilIncidentAsync(id, x => x!["assignments"]!.AsArray().All(a => (string?)a!["status"] == "committed"));
    }

    [Theory, InlineData(-5), InlineData(400 * 24 * 3600)]
    public async Task Schedule_InThePastOrTooFarAhead_IsRefused(int seconds) => await server.RefusedAsync(
        "incidents",
        new { category = "dispute", priority = 3, location = new { lat = 35.15, lon = 115.05 }, summary = "x", scheduledFor = DateTimeOffset.UtcNow.AddSeconds(seconds) },
        HttpStatusCode.UnprocessableEntity,
        "valueOutOfRange");

    [Fact]
    public async Task CancelAssignment_OfOne_LeavesTheOtherUntouched()
    {
        await server.FreshAsync("north-1");
        await server.FreshAsync("north-2");
        var id = await server.OpenAsync(pairsNeeded: 2);
        await server.AssignAsync(id, "north-1");
        await server.AssignAsync(id, "north-2");
        await server.StepAsync(id, "north-2", "onScene");
        var before = (await server.IncidentAsync(id))["assignments"]![1]!.ToJsonString();
        var after = await server.Dispatcher.DoAsync($"incidents/{id}/assignments/north-1/cancel", new { reason = "not needed" });
        Assert.Equal(("cancelled", "not needed"), ((string?)after["assignments"]![0]!["status"], (string?)after["assignments"]![0]!["endReason"]));
        Assert.Equal(before, after["assignments"]![1]!.ToJsonString());
        Assert.Null((await server.PairAsync("north-1"))["commitment"]);
        await server.RefusedAsync($"incidents/{id}/assignments/north-1/cancel", new { reason = "again" }, HttpStatusCode.Conflict, "statusOutOfOrder");
        await server.RefusedAsync($"incidents/{id}/assignments/north-4/cancel", new { reason = "none" }, HttpStatusCode.NotFound, "assignmentNotFound");
    }

    [Fact]
    public async Task Backup_AskedForOnScene_RaisesAnAlertAndOffersByItself()
    {
        await server.OnlyOnDutyAsync("north-1", "north-2");
        var id = await server.OpenAsync();
        await server.AssignAsync(id, "north-1");
        await server.StepAsync(id, "north-1", "onScene");
        using var officer = await server.SignInOfficerAsync("north-1");
        var asked = await officer.DoAsync($"incidents/{id}/backup", new { pairs = 1, reason = "人多", auto = true });
        Assert.Contains(asked["alerts"]!.AsArray(), x => (string?)x == "backupRequested");
        var offered = await server.UntilIncidentAsync(id, x => x!["offers"]!.AsArray().Any(o => (string?)o!["status"] == "pending"));
        var accepted = await server.Dispatcher.DoAsync($"offers/{offered["offers"]!.AsArray().Last()!["id"]}/accept");
        Assert.Empty(accepted["alerts"]!.AsArray());
        Assert.Equal("onScene", (string?)accepted["assignments"]![0]!["status"]);
    }
}
