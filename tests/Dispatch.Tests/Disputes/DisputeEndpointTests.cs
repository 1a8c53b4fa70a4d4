using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Tests.Live;
using Dispatch.Tests.Partners;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;
using Microsoft.Data.Sqlite;

namespace Dispatch.Tests.Disputes;

/// <summary>Disputes over HTTP: the whole way, both conversions, queues, scope, persons with a reason, and that a repeat does nothing twice.</summary>
public sealed class DisputeEndpointTests(ServerFixture server)
{
    private const string Name = "张某某";

    private ApiClient Api => server.Dispatcher;

    private static object Opening(string kind = "neighbour", string title = "楼上漏水", string? repeatOf = null, string? tier = null) => new
    {
        kind, title, summary = "三次协商未果", place = "七号楼下", location = new { lat = 35.15, lon = 115.05 }, grade = "yellow", repeatOf, tier,
        parties = new object[]
        {
            new { role = "party", person = new { name = Name, phone = "0530" } },
            new { role = "party", nature = "group", label = "物业公司" },
            new { role = "witness", minor = "under14", person = new { name = "小某" } },
        },
    };

    private async Task<string> OpenAsync(object? opening = null) => (string)(await Api.DoAsync("communities/north-west/disputes", opening ?? Opening()))["id"]!;

    private Task<JsonNode> StepAsync(string id, string step, object body) => Api.DoAsync($"disputes/{id}/{step}", body);

    private async Task ExpectAsync(string path, object body, int status, string code, string? field = null, ApiClient? by = null)
    {
        var answer = await (by ?? Api).PostAsync(path, body, server.NewKey());
        Assert.Equal((status, code), ((int)answer.Status, (string?)answer.Body!["code"]));
        Assert.True(field is null || field == (string?)answer.Body["field"], $"The field is {answer.Body["field"]}.");
    }

    [Fact]
    public async Task Dispute_GoesTheWholeWay_IsOnTheFeed_InTheQueues_AndInTheJournal()
    {
        await using var screen = await server.ConnectAsync(Api);
        await screen.SubscribeAsync("community/north-west");
        var id = await OpenAsync();
        var shown = await screen.WaitForAsync<JsonNode>("community/north-west", $"dispute/{id}", x => x is not null, ServerFixture.Patience);
        Assert.Equal(
            ("yellow", "pair", "mediationSession", "open"), ((string?)shown!["grade"], (string?)shown["tier"], (string?)shown["clock"], (string?)shown["status"]));
        Assert.Contains(id, await QueueAsync("consent"));

        await StepAsync(id, "escalate", new { reason = "搭档调解不成" });
        var mediator = await server.RegisterAsync("mediator");
        var referred = await StepAsync(id, "referrals", new { partnerId = mediator, partnerName = "社区调解室", partnerKind = "mediator", reason = "请调解" });
        Assert.Equal(("referred", "partnerAnswer"), ((string?)referred["status"], (string?)referred["clock"]));
        Assert.Contains(id, await QueueAsync("referral"));
        await StepAsync(id, "referrals/accept", new { referralId = "referral-1" });
        await StepAsync(id, "referrals/return", new { referralId = "referral-1", result = "failed", text = "约不齐" });
        var session = await StepAsync(id, "sessions", new { at = DateTimeOffset.UtcNow, room = "一号调解室", mediatorRole = "人民调解员", pairId = "north-1" });
        Assert.Equal("people", (string?)session["sessions"]![0]!["kind"]);
        var hold = new { sessionId = "session-1", outcome = "agreement", present = new[] { "party-1", "party-2" } };
        await ExpectAsync($"disputes/{id}/sessions/hold", hold, 409, "consentMissing");
        await StepAsync(id, "consent", new { partyId = "party-1", how = "written" });
        await StepAsync(id, "consent", new { partyId = "party-2", how = "phone" });
        Assert.DoesNotContain(id, await QueueAsync("consent"));
        await StepAsync(id, "sessions/hold", hold);
        var agreed = await StepAsync(id, "agreement", new
        {
            form = "oral", terms = "物业修管，住户补差", agreedBy = new[] { "party-1", "party-2" }, wantsConfirmation = true,
            obligations = new[] { new { partyId = "party-2", what = "修管", dueAt = DateTimeOffset.UtcNow.AddDays(-1) } },
        });
        Assert.Equal(("agreed", "performance"), ((string?)agreed["status"], (string?)agreed["clock"]));
        foreach (var queue in new[] { "overdue", "performance", "followUp", "confirmation" })
        {
            Assert.Contains(id, await QueueAsync(queue));
        }

        await ExpectAsync($"disputes/{id}/close", new { outcome = "settled", reason = "好" }, 409, "performanceUnchecked");
        await StepAsync(id, "performance", new { obligationId = "obligation-1", result = "performed" });
        await StepAsync(id, "confirmation/apply", new { court = "县人民法院" });
        await StepAsync(id, "confirmation/decide", new { confirmed = true });
        await StepAsync(id, "close", new { outcome = "settled", reason = "双方满意" });
        var visited = await StepAsync(id, "follow-ups", new { result = "stands", said = "没有再漏" });
        Assert.Equal(("settled", false), ((string?)visited["status"], (bool)visited["isOpen"]!));
        Assert.DoesNotContain(id, await QueueAsync("followUp"));

        var local = (await Api.GetAsync($"disputes/{id}/closed-locally")).Body!;
        Assert.Equal("no", (string?)local["answer"]);
        Assert.Equal("fails", (string?)local["facts"]!.AsArray().Single(x => (string?)x!["fact"] == "settledWhereItBegan")!["standing"]);
        Assert.Equal(
            [
                "disputeOpened", "tierMoved", "disputeReferred", "referralAnswered", "referralEnded", "sessionScheduled", "consentGiven", "consentGiven", "sessionHeld",
                "agreementRecorded", "performanceRecorded", "confirmationApplied", "confirmationDecided", "disputeClosed", "followUpRecorded",
            ],
            await server.KindsOfAsync($"dispute/{id}"));
        var timeline = (await Api.GetAsync($"disputes/{id}/timeline")).Body!.ToJsonString();
        Assert.DoesNotContain("\"box\"", timeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Persons_AreSealed_ReadWithAReasonOnly_AndTheReadIsInTheJournal()
    {
        var id = await OpenAsync();
        foreach (var path in new[] { $"disputes/{id}", $"disputes/{id}/timeline", "communities/north-west/disputes", "matters?kind=dispute&communityId=north-west" })
        {
            Assert.DoesNotContain(Name, (await Api.GetAsync(path)).Body!.ToJsonString(), StringComparison.Ordinal);
        }

        await ExpectAsync($"disputes/{id}/persons", new { reason = " " }, 422, "valueMissing", "reason");
        Assert.Empty(await server.ReadsOfAsync($"dispute/{id}"));
        var read = (await Api.PostAsync($"disputes/{id}/persons", new { reason = "约谈" })).Body!.AsArray();
        Assert.Equal(Name, (string?)read[0]!["person"]!["name"]);
        Assert.Equal((true, null), ((bool)read[2]!["masked"]!, read[2]!["person"]));
        var (_, fields, reason) = Assert.Single(await server.ReadsOfAsync($"dispute/{id}"));
        Assert.Equal("约谈", reason);
        Assert.Contains("party-1.name", fields, StringComparison.Ordinal);
        Assert.DoesNotContain("party-3", fields, StringComparison.Ordinal);
        read = (await Api.PostAsync($"disputes/{id}/persons", new { reason = "监护", partyIds = new[] { "party-3" }, under14 = true })).Body!.AsArray();
        Assert.Equal("小某", (string?)Assert.Single(read)!["person"]!["name"]);

        await StepAsync(id, "parties/person", new { partyId = "party-2", person = new { name = "李经理" } });
        read = (await Api.PostAsync($"disputes/{id}/persons", new { reason = "联系", partyIds = new[] { "party-2" } })).Body!.AsArray();
        Assert.Equal("李经理", (string?)Assert.Single(read)!["person"]!["name"]);
    }

    [Fact]
    public async Task Ending_BeginsTheRetentionOfWhatIsSealed_AndReopeningEndsIt()
    {
        var id = await OpenAsync();
        Assert.False(await ExpiresAsync(id));
        await StepAsync(id, "close", new { outcome = "failed", reason = "谈不拢", advice = "court" });
        await Until.HoldsAsync(() => ExpiresAsync(id));
        await StepAsync(id, "reopen", new { reason = "愿意再谈" });
        await Until.HoldsAsync(async () => !await ExpiresAsync(id));
    }

    [Fact]
    public async Task Scope_WhoDoesNotWorkThereSeesNoWordsOfIt_AndWhoIsElsewhereNothing()
    {
        var id = await OpenAsync();
        using var admin = await server.SignInAsync("admin");
        await admin.DoAsync("accounts", new
        {
            userName = "d-looker", displayName = "Looker", password = DispatchServer.Password, roles = new[] { "administrator" }, stationIds = new[] { "north" },
        });
        await admin.DoAsync("accounts", new
        {
            userName = "d-south", displayName = "South", password = DispatchServer.Password, roles = new[] { "dispatcher" }, stationIds = new[] { "south" },
        });
        using var looker = await server.SignInAsync("d-looker");
        var masked = (await looker.GetAsync($"disputes/{id}")).Body!;
        Assert.Equal(("", null, "yellow"), ((string?)masked["title"], masked["summary"], (string?)masked["grade"]));
        Assert.Equal(HttpStatusCode.Forbidden, (await looker.GetAsync($"disputes/{id}/timeline")).Status);
        await ExpectAsync($"disputes/{id}/persons", new { reason = "x" }, 403, "forbidden", by: looker);
        await ExpectAsync($"disputes/{id}/escalate", new { reason = "x" }, 403, "forbidden", by: looker);
        using var south = await server.SignInAsync("d-south");
        Assert.Equal(HttpStatusCode.Forbidden, (await south.GetAsync($"disputes/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await south.GetAsync("disputes/queues?communityId=north-west")).Status);
        await ExpectAsync("communities/north-west/disputes", Opening(), 403, "forbidden", by: south);
        Assert.Empty(await server.ReadsOfAsync($"dispute/{id}"));
    }

    [Fact]
    public async Task Incident_BecomesADispute_WithoutRetyping_Once_AndTheCallerComesAlongSealed()
    {
        var incident = await server.OpenAsync();
        var key = server.NewKey();
        var body = new { kind = "neighbour", carryCaller = true, reason = "转为纠纷" };
        var dispute = await Api.DoAsync($"incidents/{incident}/dispute", body, key);
        Assert.True(JsonNode.DeepEquals(dispute, await Api.DoAsync($"incidents/{incident}/dispute", body, key)));
        var id = (string)dispute["id"]!;
        Assert.Equal(("数人争吵", "数人争吵", "north-west"), ((string?)dispute["title"], (string?)dispute["summary"], (string?)dispute["communityId"]));
        Assert.Equal([$"incident/{incident}"], dispute["refs"]!.AsArray().Select(x => (string?)x));
        Assert.Equal(2, dispute["parties"]!.AsArray().Count);
        var notes = (await Api.GetAsync($"incidents/{incident}")).Body!["notes"]!.AsArray();
        Assert.Contains((string)dispute["number"]!, (string?)Assert.Single(notes)!["text"], StringComparison.Ordinal);
        Assert.Contains(await server.ReadsOfAsync($"incident/{incident}"), x => x is { Fields: "caller", Reason: "转为纠纷" });
        var read = (await Api.PostAsync($"disputes/{id}/persons", new { reason = "联系" })).Body!.AsArray();
        Assert.Contains(read, x => (string?)x!["person"]?["name"] == "王某");
        Assert.Contains(id, (await Api.GetAsync($"matters?ref=incident/{incident}")).Body!["items"]!.AsArray().Select(x => (string?)x!["id"]));

        await ExpectAsync($"incidents/{incident}/dispute", new { kind = "gangFight", carryCaller = true, reason = "x" }, 409, "disputeKindExcluded", "kind");
        await ExpectAsync($"incidents/{incident}/dispute", new { kind = "neighbour", carryCaller = true }, 422, "valueMissing", "reason");
        Assert.DoesNotContain(await server.ReadsOfAsync($"incident/{incident}"), x => x.Reason == "x");
    }

    [Fact]
    public async Task DomesticViolence_FromACall_HidesWhoReportedIt_AndBecomesACase()
    {
        var incident = await server.OpenAsync();
        var dispute = await Api.DoAsync($"incidents/{incident}/dispute", new { kind = "domesticViolence", carryCaller = true, reason = "家暴" });
        var id = (string)dispute["id"]!;
        Assert.Equal(["party-1", "party-2"], dispute["parties"]!.AsArray().Select(x => (string?)x!["id"]));
        Assert.DoesNotContain("王某", (await Api.PostAsync($"disputes/{id}/persons", new { reason = "x" })).Body!.ToJsonString(), StringComparison.Ordinal);
        await ExpectAsync($"disputes/{id}/persons", new { reason = "x", reporter = true }, 403, "forbidden");
        await ExpectAsync($"disputes/{id}/close", new { outcome = "settled", reason = "和好" }, 409, "mediationNotAllowed");
        await ExpectAsync($"disputes/{id}/consent", new { partyId = "party-1", how = "oral" }, 409, "mediationNotAllowed");

        var key = server.NewKey();
        var body = new { category = "dispute", priority = 1 };
        var handed = await Api.DoAsync($"disputes/{id}/incident", body, key);
        Assert.True(JsonNode.DeepEquals(handed, await Api.DoAsync($"disputes/{id}/incident", body, key)));
        var made = handed["incident"]!;
        Assert.Contains((string)dispute["number"]!, (string?)made["summary"], StringComparison.Ordinal);
        Assert.Equal(("north-west", (string?)made["id"]), ((string?)made["communityId"], (string?)handed["dispute"]!["caseIncidentId"]));
        await ExpectAsync($"disputes/{id}/close", new { outcome = "transferredToCase", reason = "立案" }, 409, "warningLetterMissing");
        await StepAsync(id, "warning-letters", new { partyId = "party-2", letterNumber = "告诫 7 号" });
        await StepAsync(id, "close", new { outcome = "transferredToCase", reason = "立案" });
        await ExpectAsync($"disputes/{id}/incident", body, 409, "disputeNotOpen");
        Assert.True(JsonNode.DeepEquals(handed, await Api.DoAsync($"disputes/{id}/incident", body, key)));
    }

    [Fact]
    public async Task Repeat_IsFoundByKindAndPlace_Queued_AndSpoilsTheEarlierOne()
    {
        var first = await OpenAsync(Opening("tenancy"));
        await StepAsync(first, "close", new { outcome = "withdrawn", reason = "谈好了", withdrawnBy = new[] { "party-1" } });
        var near = await CandidatesAsync("kind=tenancy&lat=35.1508&lon=115.0505");
        Assert.Contains(first, near);
        Assert.DoesNotContain(first, await CandidatesAsync("kind=debt&lat=35.1508&lon=115.0505"));
        Assert.DoesNotContain(first, await CandidatesAsync("kind=tenancy&lat=35.155&lon=115.05"));

        var again = await OpenAsync(Opening("tenancy", "又漏水", first));
        Assert.Contains(again, await QueueAsync("repeat"));
        var local = (await Api.GetAsync($"disputes/{first}/closed-locally")).Body!;
        Assert.Equal("fails", (string?)local["facts"]!.AsArray().Single(x => (string?)x!["fact"] == "noRepeat")!["standing"]);
        await ExpectAsync("communities/north-west/disputes", Opening(repeatOf: Guid.NewGuid().ToString()), 422, "matterNotFound", "repeatOf");
        await ExpectAsync("communities/north-east/disputes", Opening(repeatOf: first), 422, "repeatNotOfCommunity", "repeatOf");
    }

    [Fact]
    public async Task Requests_RepeatedOrBad_ChangeNothingMore()
    {
        var key = server.NewKey();
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Api.DoAsync("communities/north-west/disputes", Opening(), key)));
        Assert.Single(opened.Select(x => (string?)x["id"]).Distinct());
        var id = (string)opened[0]["id"]!;
        var step = server.NewKey();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Api.DoAsync($"disputes/{id}/escalate", new { reason = "不成" }, step)));
        Assert.Equal("community", (string?)(await Api.GetAsync($"disputes/{id}")).Body!["tier"]);
        await ExpectAsync("communities/north-west/disputes", Opening("hiredAssault"), 409, "disputeKindExcluded", "kind");
        await ExpectAsync("communities/none/disputes", Opening(), 404, "communityNotFound");
        await ExpectAsync($"disputes/{Guid.NewGuid()}/escalate", new { reason = "x" }, 404, "matterNotFound");
        await ExpectAsync($"disputes/{id}/close", new { outcome = "won", reason = "x" }, 400, "invalidJson", "outcome");
        await ExpectAsync($"disputes/{id}/grade", new { grade = "purple", reason = "x" }, 422, "disputeGradeNotFound", "grade");
        await ExpectAsync($"disputes/{id}/sessions/hold", new { sessionId = "session-1", outcome = "agreement" }, 400, "invalidJson");
        Assert.Equal(["disputeOpened", "tierMoved"], await server.KindsOfAsync($"dispute/{id}"));
    }

    [Theory]
    [InlineData("""{"kind":"debt","title":"x","parties":null}""")]
    [InlineData("""{"kind":"debt","title":"x","parties":[null,null]}""")]
    [InlineData("""{"kind":"debt","title":"x","parties":[{"role":"party"},{"role":"party"}],"refs":[null]}""")]
    [InlineData("""{"kind":"debt","title":"\u0000","parties":[{"role":"party"},{"role":"party"}]}""")]
    [InlineData("""{"kind":null,"title":"x","parties":[{"role":"party"},{"role":"party"}]}""")]
    [InlineData("""{"kind":"debt","title":"x","parties":[{"role":2},{"role":"party"}]}""")]
    [InlineData("""{"kind":"debt","title":"x","parties":[{"role":"party","person":{"birthYear":9}},{"role":"party"}]}""")]
    public async Task Opening_OfNonsense_IsRefusedClearly(string body)
    {
        var (status, answer) = await Api.SendRawAsync(HttpMethod.Post, "communities/north-west/disputes", body, key: server.NewKey());
        Assert.True((int)status is 400 or 422, $"{(int)status}: {answer}");
        Assert.NotNull((string?)answer!["code"]);
    }

    [Theory]
    [InlineData("sessions/hold", """{"sessionId":"session-1","outcome":"agreement","present":null}""")]
    [InlineData("sessions/hold", """{"sessionId":"session-1","outcome":"agreement","present":[null]}""")]
    [InlineData("agreement", """{"form":"oral","terms":"x","agreedBy":[null]}""")]
    [InlineData("agreement", """{"form":"oral","terms":"x","agreedBy":["party-1"],"obligations":[null]}""")]
    [InlineData("close", """{"outcome":"withdrawn","reason":"x","withdrawnBy":[null]}""")]
    [InlineData("close", """{"outcome":"duplicate","reason":"x","duplicateOf":"x"}""")]
    [InlineData("parties", """{"party":null}""")]
    [InlineData("parties/person", """{"partyId":"party-1","person":null}""")]
    [InlineData("consent", """{"partyId":"party-9","how":"oral"}""")]
    [InlineData("consent", """{"partyId":"party-1","how":"oral","at":"2020-01-01T00:00:00Z"}""")]
    [InlineData("sessions", """{"at":"2199-01-01T00:00:00Z","room":"x","mediatorRole":"x"}""")]
    [InlineData("sessions", """{"at":"2026-01-01T00:00:00Z","room":"x","mediatorRole":"x","pairId":"none"}""")]
    [InlineData("referrals", """{"partnerId":"","partnerName":"x","reason":"x"}""")]
    [InlineData("tier", """{"tier":"moon","reason":"x"}""")]
    public async Task Step_OfNonsense_IsRefusedClearly_AndChangesNothing(string step, string body)
    {
        var id = await OpenAsync();
        var (status, answer) = await Api.SendRawAsync(HttpMethod.Post, $"disputes/{id}/{step}", body, key: server.NewKey());
        Assert.True((int)status is 400 or 422, $"{(int)status}: {answer}");
        Assert.NotNull((string?)answer!["code"]);
        Assert.Equal(["disputeOpened"], await server.KindsOfAsync($"dispute/{id}"));
    }

    private async Task<IEnumerable<string?>> QueueAsync(string queue) =>
        (await Api.GetAsync("disputes/queues?communityId=north-west")).Body![queue]!.AsArray().Select(x => (string?)x!["id"]);

    /// <summary>Whether what is sealed of a dispute will be erased some day.</summary>
    private async Task<bool> ExpiresAsync(string id)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Server.DataDirectory, "dispatch.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT expires_at IS NOT NULL FROM protection_key WHERE subject = $1";
        command.Parameters.AddWithValue("$1", $"dispute/{id}");
        return (long)(await command.ExecuteScalarAsync())! == 1;
    }

    private async Task<IEnumerable<string?>> CandidatesAsync(string query) =>
        (await Api.GetAsync($"communities/north-west/disputes/repeat-candidates?{query}")).Body!.AsArray().Select(x => (string?)x!["id"]);
}
