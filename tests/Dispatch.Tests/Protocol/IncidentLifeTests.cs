using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Protocol;

/// <summary>What becomes of an incident beyond its closing. Fails where a caller's words are lost, or two stations have it, or none.</summary>
public sealed class IncidentLifeTests(ProtocolFixture server)
{
    [Fact]
    public async Task Transfer_ToAnotherStation_ItIsOnThatListAlone_WithItsNumberAndItsPairs()
    {
        await server.FreshAsync("north-1");
        var id = await server.OpenAsync(pairsNeeded: 2);
        await server.AssignAsync(id, "north-1");
        var number = (string?)(await server.IncidentAsync(id))["number"];
        var moved = await server.Dispatcher.DoAsync($"incidents/{id}/transfer", new { stationId = "south", reason = "辖区" });
        Assert.Equal(("south", number, "north"), ((string?)moved["stationId"], (string?)moved["number"], (string?)moved["transferredFrom"]));
        await server.UntilAsync("station/south", $"incident/{id}", x => x is not null);
        await server.UntilGoneAsync("north", id);
        Assert.Contains((await ListAsync("south")), x => x == id);
        Assert.DoesNotContain((await ListAsync("north")), x => x == id);
        Assert.Equal(id, (string?)(await server.PairAsync("north-1"))["commitment"]!["incidentId"]);
        await server.RefusedAsync($"incidents/{id}/transfer", new { stationId = "south", reason = "x" }, HttpStatusCode.Conflict, "incidentAlreadyThere");
        await server.RefusedAsync($"incidents/{id}/transfer", new { stationId = "none", reason = "x" }, HttpStatusCode.UnprocessableEntity, "stationNotFound");

        // And back again.
        await server.Dispatcher.DoAsync($"incidents/{id}/transfer", new { stationId = "north", reason = "辖区" });
        await server.UntilAsync("station/north", $"incident/{id}", x => x is not null);
        Assert.DoesNotContain((await ListAsync("south")), x => x == id);
    }

    [Fact]
    public async Task Transfer_OutOfTheOwnScope_ItsRetryGetsTheFirstAnswer()
    {
        using var admin = await ApiClient.SignInAsync(server.Server.Url, "admin");
        var name = $"north-{Guid.NewGuid():N}";
        await admin.DoAsync("accounts", new
        {
            userName = name, password = DispatchServer.Password, displayName = "North", roles = new[] { "dispatcher" }, stationIds = new[] { "north" },
        });
        using var north = await ApiClient.SignInAsync(server.Server.Url, name);
        var id = await server.OpenAsync();
        var key = Guid.NewGuid().ToString();
        var body = new { stationId = "south", reason = "辖区" };
        var first = await north.DoAsync($"incidents/{id}/transfer", body, key);
        var again = await north.DoAsync($"incidents/{id}/transfer", body, key);
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        await server.RefusedAsync($"incidents/{id}/cancel", new { reason = "x" }, HttpStatusCode.Forbidden, "forbidden", north);
    }

    [Fact]
    public async Task Reclassify_IsOnThePhonesOfThoseAskedAndThoseWhoGo_AndCountsForWhoMayTakeThem()
    {
        await server.OnlyOnDutyAsync("north-1", "north-2");
        var id = await server.OpenAsync(priority: 4, pairsNeeded: 2);
        await server.AssignAsync(id, "north-1");
        var made = await server.Dispatcher.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { "north-2" } });
        var key = Guid.NewGuid().ToString();
        var body = new { priority = 1, category = "traffic", reason = "有人持刀" };
        var now = await server.Dispatcher.DoAsync($"incidents/{id}/reclassify", body, key);
        Assert.Equal((1, "traffic"), ((int)now["priority"]!, (string?)now["category"]));
        Assert.Equal("有人持刀", (string?)now["notes"]!.AsArray().Last()!["text"]);
        Assert.Equal(now.ToJsonString(), (await server.Dispatcher.DoAsync($"incidents/{id}/reclassify", body, key)).ToJsonString());

        await server.UntilAsync("pair/north-2", $"offer/{made["offers"]![0]!["id"]}", x => (int?)x?["priority"] == 1 && (string?)x["category"] == "traffic");
        await server.UntilPairAsync("north-1", x => (int?)x!["commitment"]?["priority"] == 1);
        await server.UntilAsync("station/north", $"incident/{id}", x => (int?)x?["priority"] == 1);
        var other = await server.OpenAsync(priority: 2);
        await server.RefusedAsync(
            $"incidents/{other}/offers", new { pairIds = new[] { "north-1" }, mode = "assign", reason = "nearest", preempt = true }, HttpStatusCode.Conflict, "priorityNotHigher");
        Assert.Contains("reclassified", await server.KindsAsync(id));
        var listed = (await server.Dispatcher.GetAsync("incidents?state=open&stationId=north")).Body!["items"]!.AsArray().Single(x => (string?)x!["id"] == id);
        Assert.Equal((1, "traffic"), ((int)listed!["priority"]!, (string?)listed["category"]));
    }

    [Fact]
    public async Task Reclassify_WhatCannotBe_IsRefusedAndTouchesNothing()
    {
        await server.OnlyOnDutyAsync("north-1");
        var id = await server.OpenAsync(priority: 3);
        var before = await server.IncidentAsync(id);
        await server.RefusedAsync($"incidents/{id}/reclassify", new { reason = "x" }, HttpStatusCode.UnprocessableEntity, "valueMissing");
        await server.RefusedAsync($"incidents/{id}/reclassify", new { priority = 1 }, HttpStatusCode.UnprocessableEntity, "valueMissing");
        await server.RefusedAsync($"incidents/{id}/reclassify", new { priority = 5, reason = "x" }, HttpStatusCode.UnprocessableEntity, "valueOutOfRange");
        await server.RefusedAsync($"incidents/{id}/reclassify", new { category = "none", reason = "x" }, HttpStatusCode.UnprocessableEntity, "categoryNotFound");
        using var officer = await server.SignInOfficerAsync("north-1");
        await server.RefusedAsync($"incidents/{id}/reclassify", new { priority = 1, reason = "x" }, HttpStatusCode.Forbidden, "forbidden", officer);
        await server.Dispatcher.DoAsync($"incidents/{id}/reclassify", new { priority = 3, reason = "as it is" });
        Assert.Equal(before.ToJsonString(), (await server.IncidentAsync(id)).ToJsonString());
        await server.Dispatcher.DoAsync($"incidents/{id}/cancel", new { });
        await server.RefusedAsync($"incidents/{id}/reclassify", new { priority = 1, reason = "x" }, HttpStatusCode.Conflict, "incidentNotOpen");

        var panic = (string)(await officer.DoAsync("pairs/north-1/panic", new { }))["panicIncidentId"]!;
        await server.UntilAsync("station/north", $"incident/{panic}", x => x is not null);
        await server.RefusedAsync($"incidents/{panic}/reclassify", new { priority = 4, reason = "x" }, HttpStatusCode.Conflict, "incidentIsPanic");
        await server.Dispatcher.DoAsync($"incidents/{panic}/cancel", new { });
    }

    [Fact]
    public async Task Step_ThatIsToldLate_IsDatedWhenItWasDone_AndNeverBeforeTheOneBeforeIt()
    {
        await server.OnlyOnDutyAsync("north-1");
        var id = await server.OpenAsync();
        var accepted = (DateTimeOffset)(await server.AssignAsync(id, "north-1"))["incident"]!["assignments"]![0]!["acceptedAt"]!;
        async Task<JsonNode> TellAsync(string status, DateTimeOffset at) =>
            (await server.Dispatcher.DoAsync($"incidents/{id}/assignments/north-1/status", new { status, at }))["assignments"]![0]!;

        var part = await TellAsync("enRoute", accepted.AddHours(-2));
        Assert.Equal(accepted, (DateTimeOffset)part["enRouteAt"]!);
        part = await TellAsync("onScene", DateTimeOffset.UtcNow.AddHours(2));
        Assert.InRange((DateTimeOffset)part["onSceneAt"]!, accepted, DateTimeOffset.UtcNow);
        var timeline = (await server.Supervisor.GetAsync($"incidents/{id}/timeline")).Body!.AsArray().Where(x => (string?)x!["kind"] == "progressed").ToList();
        Assert.Equal([true, false], timeline.Select(x => x!["data"]!["at"] is not null));
    }

    [Fact]
    public async Task Hold_AndResume_PutItAsideAndTakeItUpAgain_AndNothingElse()
    {
        var id = await server.OpenAsync();
        await server.RefusedAsync($"incidents/{id}/resume", new { }, HttpStatusCode.Conflict, "incidentNotOnHold");
        Assert.Equal("onHold", (string?)(await server.Dispatcher.DoAsync($"incidents/{id}/hold", new { reason = "等待家属" }))["status"]);
        var resumed = await server.Dispatcher.DoAsync($"incidents/{id}/resume", new { });
        Assert.Equal("new", (string?)resumed["status"]);
        Assert.Empty(resumed["offers"]!.AsArray());
        await server.Dispatcher.DoAsync($"incidents/{id}/cancel", new { });
        await server.RefusedAsync($"incidents/{id}/resume", new { }, HttpStatusCode.Conflict, "incidentNotOpen");
    }

    [Fact]
    public async Task Divert_ToAnotherService_EndsItHere()
    {
        await server.FreshAsync("north-1");
        var id = await server.OpenAsync();
        await server.AssignAsync(id, "north-1");
        var divert = new { to = "12345", reason = "噪声投诉" };
        await server.RefusedAsync($"incidents/{id}/divert", divert, HttpStatusCode.Conflict, "assignmentsNotCleared");
        await server.StepAsync(id, "north-1", "cleared");
        var diverted = await server.Dispatcher.DoAsync($"incidents/{id}/divert", divert);
        Assert.Equal(("diverted", "12345"), ((string?)diverted["status"], (string?)diverted["divertedTo"]));
        await server.RefusedAsync($"incidents/{id}/divert", divert, HttpStatusCode.Conflict, "incidentNotOpen");
        Assert.Equal("reopened", (string?)(await server.Dispatcher.DoAsync($"incidents/{id}/reopen", new { }))["status"]);
    }

    [Fact]
    public async Task Merge_OfADuplicate_KeepsEveryWord_AndCanBeUndone()
    {
        var id = await server.OpenAsync();
        var into = await server.OpenAsync();
        await server.Dispatcher.DoAsync($"incidents/{id}/notes", new { text = "第二个来电：有人受伤" });
        await server.RefusedAsync($"incidents/{id}/merge", new { intoId = id }, HttpStatusCode.UnprocessableEntity, "incidentSameAsOther");
        await server.RefusedAsync($"incidents/{id}/merge", new { intoId = Guid.NewGuid() }, HttpStatusCode.UnprocessableEntity, "incidentNotFound");
        var merged = await server.Dispatcher.DoAsync($"incidents/{id}/merge", new { intoId = into, reason = "同一起" });
        Assert.Equal(("merged", into), ((string?)merged["status"], (string?)merged["mergedInto"]));

        var carriesOn = await server.UntilIncidentAsync(into, x => x!["merged"]!.AsArray().Count == 1);
        Assert.Equal((id, "数人争吵"), ((string?)carriesOn["merged"]![0]!["id"], (string?)carriesOn["merged"]![0]!["summary"]));
        Assert.Contains(carriesOn["merged"]![0]!["notes"]!.AsArray(), x => (string?)x!["text"] == "第二个来电：有人受伤");
        await server.Dispatcher.DoAsync($"incidents/{id}/notes", new { text = "又来电" });
        await server.UntilIncidentAsync(into, x => x!["merged"]![0]!["notes"]!.AsArray().Any(n => (string?)n!["text"] == "又来电"));
        var shown = await server.UntilAsync("station/north", $"incident/{into}", x => x?["merged"]?.AsArray().Count == 1);
        Assert.Empty(shown["merged"]![0]!["notes"]!.AsArray());
        await server.RefusedAsync($"incidents/{id}/reopen", new { }, HttpStatusCode.Conflict, "incidentMerged");

        var undone = await server.Dispatcher.DoAsync($"incidents/{id}/merge/undo", new { reason = "不是同一起" });
        Assert.Equal("reopened", (string?)undone["status"]);
        await server.UntilIncidentAsync(into, x => x!["merged"]!.AsArray().Count == 0);
        Assert.Contains(await ListAsync("north"), x => x == id);
        await server.RefusedAsync($"incidents/{id}/merge/undo", new { }, HttpStatusCode.Conflict, "incidentNotMerged");
    }

    [Fact]
    public async Task Open_NearAnotherOfTheSameKind_ShowsItAsAPossibleDuplicate_AlsoToTheRetry()
    {
        var first = await server.OpenAsync(lat: 35.123, lon: 115.077);
        var body = new { category = "dispute", priority = 3, location = new { lat = 35.1232, lon = 115.0771 }, summary = "又一个来电" };
        var key = Guid.NewGuid().ToString();
        var opened = await server.Dispatcher.DoAsync("incidents", body, key);
        Assert.Equal(first, (string?)opened["duplicates"]![0]!["incidentId"]);
        Assert.Contains(opened["duplicates"]![0]!["reasons"]!.AsArray(), x => (string?)x == "sameCategory");
        Assert.Equal(opened.ToJsonString(), (await server.Dispatcher.DoAsync("incidents", body, key)).ToJsonString());
    }

    [Fact]
    public async Task Merge_OfTwoIntoEachOtherAtOnce_OneOfThemCarriesOn()
    {
        var one = await server.OpenAsync();
        var two = await server.OpenAsync();
        await Task.WhenAll(
            server.Dispatcher.PostAsync($"incidents/{one}/merge", new { intoId = two }, Guid.NewGuid().ToString()),
            server.Dispatcher.PostAsync($"incidents/{two}/merge", new { intoId = one }, Guid.NewGuid().ToString()));
        static bool IsSettled(JsonNode a, JsonNode b) => a["merged"]!.AsArray().Count == (b["mergedInto"] is null ? 0 : 1);
        JsonNode first, second;
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        do
        {
            (first, second) = (await server.IncidentAsync(one), await server.IncidentAsync(two));
        }
        while (!(IsSettled(first, second) && IsSettled(second, first)) && !late.IsCancellationRequested);
        Assert.False(first["mergedInto"] is not null && second["mergedInto"] is not null);
        Assert.True(IsSettled(first, second) && IsSettled(second, first), $"{first}\n{second}");
    }

    [Fact]
    public async Task Merge_IntoAnEndedIncidentOrWithPairsThere_IsRefused()
    {
        await server.FreshAsync("north-1");
        var id = await server.OpenAsync();
        var ended = await server.OpenAsync();
        var open = await server.OpenAsync();
        await server.Dispatcher.DoAsync($"incidents/{ended}/cancel", new { });
        await server.RefusedAsync($"incidents/{id}/merge", new { intoId = ended }, HttpStatusCode.Conflict, "incidentNotOpen");
        await server.AssignAsync(id, "north-1");
        await server.RefusedAsync($"incidents/{id}/merge", new { intoId = open }, HttpStatusCode.Conflict, "assignmentsNotCleared");
    }

    [Fact]
    public async Task Link_IsShownOnBothSides_UntilItIsTakenBackOnEither()
    {
        var one = await server.OpenAsync();
        var two = await server.OpenAsync();
        await server.Dispatcher.DoAsync($"incidents/{one}/links", new { otherId = two, reason = "同一当事人" });
        await server.UntilIncidentAsync(two, x => x!["links"]!.AsArray().Any(l => (string?)l == one));
        await server.Dispatcher.DoAsync($"incidents/{two}/links/remove", new { otherId = one });
        await server.UntilIncidentAsync(one, x => x!["links"]!.AsArray().Count == 0);
        await server.RefusedAsync($"incidents/{one}/links", new { otherId = one }, HttpStatusCode.UnprocessableEntity, "incidentSameAsOther");
    }

    private async Task<List<string>> ListAsync(string stationId) =>
        [.. (await server.Supervisor.GetAsync($"incidents?state=open&stationId={stationId}")).Body!["items"]!.AsArray().Select(x => (string)x!["id"]!)];
}
