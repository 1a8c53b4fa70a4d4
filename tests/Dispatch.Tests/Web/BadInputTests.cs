using System.Net.WebSockets;
using System.Text;
using Dispatch.Tests.Processes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Tests.Web;

/// <summary>I9: bad input gets a clear error with a stable code, changes nothing, and brings nothing down.</summary>
public sealed class BadInputTests(ServerFixture server)
{
    private const string Good = """{"category":"dispute","priority":2,"location":{"lat":35.15,"lon":115.05},"summary":"x"}""";
    private const string Unknown = "0f1e2d3c-0000-8000-8000-000000000000";

    public static TheoryData<string, string, string?, int, string> Requests => new()
    {
        { "POST", "incidents", "{", 400, "invalidJson" },
        { "POST", "incidents", "", 400, "badRequest" },
        { "POST", "incidents", "null", 400, "badRequest" },
        { "POST", "incidents", "[]", 400, "invalidJson" },
        { "POST", "incidents", "{}", 400, "invalidJson" },
        { "POST", "incidents", Good.Replace("2,", "\"two\",", StringComparison.Ordinal), 400, "invalidJson" },
        { "POST", "incidents", Good.Replace("2,", "0,", StringComparison.Ordinal), 422, "valueOutOfRange" },
        { "POST", "incidents", Good.Replace("2,", "99,", StringComparison.Ordinal), 422, "valueOutOfRange" },
        { "POST", "incidents", Good.Replace("35.15", "91", StringComparison.Ordinal), 422, "locationInvalid" },
        { "POST", "incidents", Good.Replace("115.05", "-181", StringComparison.Ordinal), 422, "locationInvalid" },
        { "POST", "incidents", Good.Replace("115.05", "1e999", StringComparison.Ordinal), 422, "locationInvalid" },
        { "POST", "incidents", Good.Replace("35.15", "10", StringComparison.Ordinal), 422, "locationOutsideEveryCommunity" },
        { "POST", "incidents", Good.Replace("dispute", "nonsense", StringComparison.Ordinal), 422, "categoryNotFound" },
        { "POST", "incidents", Good.Replace("\"x\"", "\"  \"", StringComparison.Ordinal), 422, "valueMissing" },
        { "POST", "incidents", Good.Replace("\"x\"", $"\"{new string('x', 2001)}\"", StringComparison.Ordinal), 422, "valueTooLong" },
        { "POST", "incidents", Good.Replace("}", ",\"pairsNeeded\":51}", StringComparison.Ordinal)[..^14], 400, "invalidJson" },
        { "POST", "incidents", Good[..^1] + ",\"pairsNeeded\":51}", 422, "valueOutOfRange" },
        { "POST", "incidents", Good[..^1] + ",\"communityId\":\"none\"}", 422, "communityNotFound" },
        { "POST", "incidents", $"{{\"summary\":\"{new string('x', 300_000)}\"}}", 413, "bodyTooLarge" },
        { "GET", $"incidents/{Unknown}", null, 404, "incidentNotFound" },
        { "GET", "incidents/not-an-id", null, 404, "incidentNotFound" },
        { "GET", $"incidents/{Unknown}/timeline", null, 404, "incidentNotFound" },
        { "GET", "incidents?state=sideways", null, 422, "valueOutOfRange" },
        { "GET", "incidents?cursor=nonsense", null, 400, "badRequest" },
        { "GET", "incidents?limit=many", null, 400, "badRequest" },
        { "GET", "incidents/duplicates", null, 400, "badRequest" },
        { "GET", "incidents/duplicates?category=dispute&lat=north&lon=115", null, 400, "badRequest" },
        { "GET", "incidents/duplicates?category=dispute&lat=91&lon=115", null, 422, "locationInvalid" },
        { "GET", "incidents/duplicates?category=dispute&lat=NaN&lon=115", null, 422, "locationInvalid" },
        { "GET", "incidents/duplicates?category=dispute&lat=10&lon=115", null, 422, "locationOutsideEveryCommunity" },
        { "GET", "incidents/duplicates?category=nonsense&lat=35.15&lon=115.05", null, 422, "categoryNotFound" },
        { "POST", $"incidents/{Unknown}/offers", """{"auto":true}""", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/notes", """{"text":"x"}""", 404, "incidentNotFound" },
        { "POST", $"offers/{Unknown}-0123456789abcdef/accept", null, 404, "incidentNotFound" },
        { "POST", "offers/nonsense/accept", null, 404, "offerNotFound" },
        { "POST", "offers/nonsense/decline", "{}", 400, "invalidJson" },
        { "POST", "incidents", Good[..^1] + ",\"scheduledFor\":\"2020-01-01T00:00:00Z\"}", 422, "valueOutOfRange" },
        { "POST", "incidents", Good[..^1] + ",\"scheduledFor\":\"2199-01-01T00:00:00Z\"}", 422, "valueOutOfRange" },
        { "POST", "incidents", Good[..^1] + ",\"scheduledFor\":\"soon\"}", 400, "invalidJson" },
        { "POST", $"incidents/{Unknown}/transfer", """{"stationId":"south","reason":"x"}""", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/transfer", """{"stationId":"south"}""", 400, "invalidJson" },
        { "POST", $"incidents/{Unknown}/divert", """{"to":"12345","reason":"x"}""", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/merge", $$"""{"intoId":"{{Unknown}}"}""", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/merge/undo", "{}", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/links", """{"otherId":"x"}""", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/assignments/north-1/cancel", """{"reason":"x"}""", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/assignments/north-1/handover", """{"toPairId":"north-2","reason":"x"}""", 404, "incidentNotFound" },
        { "POST", $"incidents/{Unknown}/offers", """{"pairIds":["north-1"],"mode":"sometime"}""", 400, "invalidJson" },
        { "POST", "pairs/none/panic", "{}", 404, "pairNotFound" },
        { "POST", "pairs/north-1/panic", """{"location":{"lat":91,"lon":0}}""", 422, "locationInvalid" },
        { "POST", "pairs/north-1/members/leave", """{"officerId":"nobody","reason":"x"}""", 422, "officerNotInPair" },
        { "POST", "pairs/north-1/members/leave", """{"officerId":"north-1-a"}""", 400, "invalidJson" },
        { "POST", "pairs/north-1/members/return", """{"officerId":"nobody"}""", 422, "officerNotInPair" },
        { "POST", "pairs/north-1/free", """{"reason":"x"}""", 403, "forbidden" },
        { "POST", "pairs/north-1/handover", "{}", 400, "invalidJson" },
        { "GET", "pairs/none", null, 404, "pairNotFound" },
        { "GET", "pairs?stationId=none", null, 404, "stationNotFound" },
        { "POST", "pairs/none/sign-on", """{"officerIds":["x"]}""", 404, "pairNotFound" },
        { "POST", "pairs/north-1/sign-on", """{"officerIds":[]}""", 422, "valueMissing" },
        { "POST", "pairs/north-1/sign-on", """{"officerIds":["south-1-a"]}""", 422, "officerNotInPair" },
        { "POST", "pairs/north-1/activity", """{"activity":"dancing"}""", 400, "invalidJson" },
        { "POST", "pairs/north-1/activity", """{"activity":1}""", 400, "invalidJson" },
        { "POST", "pairs/north-1/position", """{"lat":95,"lon":115,"at":"2026-01-01T00:00:00Z"}""", 422, "locationInvalid" },
        { "POST", "pairs/north-1/position", """{"lat":35,"lon":115,"at":"yesterday"}""", 400, "invalidJson" },
        { "POST", "pairs/north-1/position", """{"lat":35,"lon":115,"at":"2999-01-01T00:00:00Z"}""", 422, "valueOutOfRange" },
        { "POST", "pairs", "{}", 400, "invalidJson" },
        { "POST", "pairs", """{"id":"x","callSign":"x","stationId":"north","communityId":"north-west","officers":[{"id":"x","role":"boss"}]}""", 400, "invalidJson" },
        { "POST", "pairs", """{"id":"x","callSign":"x","stationId":"north","communityId":"north-west","officers":[]}""", 403, "forbidden" },
        { "POST", "pairs/north-1/dissolve", "{}", 400, "invalidJson" },
        { "POST", "pairs/north-1/substitute", """{"reason":"x"}""", 422, "valueMissing" },
        { "POST", "communities/none/interactions", """{"kind":"visit"}""", 404, "communityNotFound" },
        { "POST", "communities/north-west/interactions", """{"kind":"party"}""", 400, "invalidJson" },
        { "POST", "communities/north-west/interactions", """{"kind":"visit","participants":-1}""", 422, "valueOutOfRange" },
        { "POST", "communities/north-west/interactions", """{"kind":"visit","pairId":"none"}""", 422, "pairNotFound" },
        { "GET", "nothing/here", null, 404, "notFound" },
        { "DELETE", "incidents", null, 405, "methodNotAllowed" },
        { "PUT", "organisation", "{}", 403, "forbidden" },
    };

    [Theory, MemberData(nameof(Requests))]
    public async Task Request_ThatIsWrong_IsRefusedWithItsCode(string method, string path, string? body, int status, string code)
    {
        var (answered, problem) = await server.Dispatcher.SendRawAsync(new HttpMethod(method), path, body);
        Assert.True((int)answered == status && (string?)problem?["code"] == code, $"{method} {path} {body}: {(int)answered} {problem}");
    }

    [Theory]
    [InlineData("text/plain", 415, "unsupportedMediaType")]
    [InlineData("application/xml", 415, "unsupportedMediaType")]
    public async Task Request_OfAnotherMediaType_IsRefused(string type, int status, string code)
    {
        var (answered, problem) = await server.Dispatcher.SendRawAsync(HttpMethod.Post, "incidents", Good, type);
        Assert.Equal((status, code), ((int)answered, (string?)problem?["code"]));
    }

    [Theory, InlineData("with space"), InlineData("")]
    public async Task IdempotencyKey_ThatIsNone_IsRefused(string key)
    {
        var (answered, problem) = await server.Dispatcher.SendRawAsync(HttpMethod.Post, "incidents", Good, key: key);
        Assert.Equal((400, "badRequest"), ((int)answered, (string?)problem?["code"]));
    }

    [Fact]
    public async Task Commands_OutOfOrder_AreRefusedAndChangeNothing()
    {
        var pair = await server.FreePairAsync("north-1");
        var id = await server.OpenAsync();
        async Task RefusedAsync(string path, object? body, int status, string code)
        {
            var before = (await server.Dispatcher.GetAsync($"incidents/{id}")).Body!.ToJsonString();
            var (answered, problem) = await server.Dispatcher.PostAsync(path, body, server.NewKey());
            Assert.True((int)answered == status && (string?)problem?["code"] == code, $"{path}: {(int)answered} {problem}");
            Assert.Equal(before, (await server.Dispatcher.GetAsync($"incidents/{id}")).Body!.ToJsonString());
        }

        var step = $"incidents/{id}/assignments/{pair}/status";
        await RefusedAsync(step, new { status = "enRoute" }, 404, "assignmentNotFound");
        await RefusedAsync($"incidents/{id}/reopen", new { }, 409, "incidentNotClosed");
        await RefusedAsync($"incidents/{id}/close", new { disposition = "nonsense" }, 422, "dispositionNotFound");
        await RefusedAsync($"incidents/{id}/offers", new { pairIds = new[] { "none" } }, 404, "pairNotFound");
        await RefusedAsync($"incidents/{id}/offers", new { pairIds = new[] { pair }, mode = "assign" }, 422, "valueMissing");
        await RefusedAsync($"incidents/{id}/offers", new { }, 422, "valueMissing");
        await RefusedAsync($"incidents/{id}/offers", new { pairIds = new[] { pair }, expiresInSeconds = 0 }, 422, "valueOutOfRange");
        await RefusedAsync($"incidents/{id}/offers", new { pairIds = new[] { pair }, mode = "stack" }, 422, "valueMissing");
        await RefusedAsync($"incidents/{id}/offers", new { pairIds = new[] { pair }, mode = "stack", reason = "x", preempt = true }, 422, "valueOutOfRange");
        await RefusedAsync($"incidents/{id}/offers", new { pairIds = new[] { pair }, mode = "reserve", reason = "x" }, 409, "incidentNotScheduled");
        await RefusedAsync($"incidents/{id}/offers", new { auto = true, mode = "stack", reason = "x" }, 422, "valueOutOfRange");
        await RefusedAsync($"incidents/{id}/transfer", new { stationId = "nowhere", reason = "x" }, 422, "stationNotFound");
        await RefusedAsync($"incidents/{id}/transfer", new { stationId = "north", reason = "x" }, 409, "incidentAlreadyThere");
        await RefusedAsync($"incidents/{id}/divert", new { to = " ", reason = "x" }, 422, "valueMissing");
        await RefusedAsync($"incidents/{id}/merge/undo", new { }, 409, "incidentNotMerged");
        await RefusedAsync($"incidents/{id}/merge", new { intoId = "nonsense" }, 422, "incidentNotFound");
        await RefusedAsync($"incidents/{id}/backup", new { pairs = 50, reason = "x" }, 422, "valueOutOfRange");
        var offer = await server.OfferAsync(id, pair);
        await RefusedAsync($"offers/{offer}/decline", new { reason = "正在走访" }, 422, "declineReasonNotFound");
        await RefusedAsync($"offers/{offer}/decline", new { reason = " " }, 422, "valueMissing");
        await RefusedAsync($"offers/{offer}/decline", new { reason = "other", note = new string('x', 501) }, 422, "valueTooLong");
        await server.Dispatcher.DoAsync($"offers/{offer}/accept");
        await RefusedAsync($"offers/{offer}/accept", null, 409, "offerNotPending");
        await RefusedAsync($"offers/{offer}/decline", new { reason = "busy" }, 409, "offerNotPending");
        await RefusedAsync($"incidents/{id}/close", new { disposition = "settled" }, 409, "assignmentsNotCleared");
        await RefusedAsync($"incidents/{id}/offers", new { pairIds = new[] { "north-2" } }, 409, "incidentFull");
        await server.Dispatcher.DoAsync(step, new { status = "onScene" });
        await RefusedAsync(step, new { status = "enRoute" }, 409, "statusOutOfOrder");
        await RefusedAsync(step, new { status = "onScene" }, 409, "statusOutOfOrder");
        await RefusedAsync(step, new { status = "committed" }, 422, "valueOutOfRange");
        await RefusedAsync(step, new { status = "flying" }, 400, "invalidJson");
        await RefusedAsync($"pairs/{pair}/sign-off", null, 409, "pairCommitted");
        await server.Dispatcher.DoAsync(step, new { status = "cleared" });
        await RefusedAsync(step, new { status = "cleared" }, 409, "statusOutOfOrder");
        await server.Dispatcher.DoAsync($"incidents/{id}/close", new { disposition = "settled" });
        await RefusedAsync($"incidents/{id}/close", new { disposition = "settled" }, 409, "incidentNotOpen");
        await RefusedAsync($"incidents/{id}/offers", new { auto = true }, 409, "incidentNotOpen");
    }

    [Fact]
    public async Task OffDutyPair_IsNotOffered()
    {
        var pair = await server.FreePairAsync("north-4");
        await server.Dispatcher.DoAsync($"pairs/{pair}/sign-off");
        var id = await server.OpenAsync();
        var (status, problem) = await server.Dispatcher.PostAsync($"incidents/{id}/offers", new { pairIds = new[] { pair } });
        Assert.Equal((409, "pairNotOnDuty"), ((int)status, (string?)problem?["code"]));
        var (moved, refused) = await server.Dispatcher.PostAsync($"pairs/{pair}/position", new { lat = 35.1, lon = 115.1, at = DateTimeOffset.UtcNow });
        Assert.Equal((409, "pairNotOnDuty"), ((int)moved, (string?)refused?["code"]));
    }

    [Fact]
    public async Task HubCalls_WithNonsense_AreRefusedAndTheConnectionLives()
    {
        await using var client = await server.ConnectAsync(server.Dispatcher);
        await RefusedAsync(client.Connection.InvokeAsync("Nonsense"));
        await RefusedAsync(client.Connection.InvokeAsync("Subscribe"));
        await RefusedAsync(client.Connection.InvokeAsync("Subscribe", 7, null));
        await RefusedAsync(client.Connection.InvokeAsync("AcceptOffer", "key", "nonsense"), "offerNotFound:");
        await RefusedAsync(client.Connection.InvokeAsync("AcceptOffer", "two words", "nonsense"), "commandIdInvalid:");
        await RefusedAsync(client.Connection.InvokeAsync("SetActivity", "key", "north-1", "dancing"));
        await RefusedAsync(client.Connection.InvokeAsync("ReportPosition", "north-1", 95.0, 0.0, "2026-01-01T00:00:00Z", null));
        await RefusedAsync(client.Connection.InvokeAsync("ReportPosition", "north-1", 35.0, 115.0, "yesterday", null), "valueOutOfRange:");
        await client.SubscribeAsync("station/north");

        static async Task RefusedAsync(Task call, string? code = null)
        {
            var error = await Assert.ThrowsAsync<HubException>(() => call);
            Assert.Contains(code ?? string.Empty, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("not json at all"), InlineData("{\"type\":99}"), InlineData("{\"type\":1,\"target\":5}"), InlineData("{\"type\":1}")]
    public async Task HubFrame_ThatIsGarbage_EndsThatConnectionAlone(string frame)
    {
        await using var good = await server.ConnectAsync(server.Dispatcher);
        using var raw = new ClientWebSocket();
        raw.Options.SetRequestHeader("Authorization", $"Bearer {server.Dispatcher.AccessToken}");
        await raw.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Server.Port}/hubs/dispatch"), TestContext.Current.CancellationToken);
        await SendAsync("{\"protocol\":\"json\",\"version\":1}");
        await SendAsync(frame);
        await SendAsync(new string('x', 100_000));
        var buffer = new byte[65536];
        using var late = new CancellationTokenSource(ServerFixture.Patience);
        try
        {
            while ((await raw.ReceiveAsync(buffer, late.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut off without a closing handshake: just as closed.
        }

        await good.SubscribeAsync("station/north");

        Task SendAsync(string text) => raw.State == WebSocketState.Open
            ? raw.SendAsync(Encoding.UTF8.GetBytes(text + '\u001e'), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken)
            : Task.CompletedTask;
    }

    [Fact]
    public async Task Organisation_ThatIsBroken_IsRefusedAndTheOldOneStays()
    {
        using var admin = await server.SignInAsync("admin");
        var before = (int)(await admin.GetAsync("organisation")).Body!["version"]!;
        var good = Encoding.UTF8.GetString(Dispatch.Live.JsonText.Of(TestOrganisation.Create()).Utf8!);
        foreach (var bad in new[]
        {
            good.Replace("\"stationId\":\"south\"", "\"stationId\":\"nowhere\"", StringComparison.Ordinal),
            good.Replace("\"id\":\"south-east\"", "\"id\":\"south-west\"", StringComparison.Ordinal),
            good.Replace("\"Polygon\"", "\"Point\"", StringComparison.Ordinal),
            good.Replace("\"id\":\"north\",", "\"id\":\"no/rth\",", StringComparison.Ordinal),
            good[..^1] + ",\"declineReasons\":[]}",
            good[..^1] + ",\"declineReasons\":[{\"code\":\"busy\",\"name\":\"忙\"},{\"code\":\"busy\",\"name\":\"忙\"}]}",
        })
        {
            Assert.NotEqual(good, bad);
            var (status, problem) = await admin.SendRawAsync(HttpMethod.Put, "organisation", bad);
            Assert.True((int)status == 422 && (string?)problem?["code"] == "organisationInvalid", $"{(int)status} {problem}");
        }

        Assert.Equal(before, (int)(await admin.GetAsync("organisation")).Body!["version"]!);
    }
}
