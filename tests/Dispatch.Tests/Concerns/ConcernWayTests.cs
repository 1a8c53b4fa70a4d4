using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dispatch.Tests.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;
using Microsoft.Data.Sqlite;

namespace Dispatch.Tests.Concerns;

/// <summary>Concerns, problems and meetings on a running server: the whole way, who sees what of it, and what a repeat or bad input does.</summary>
public sealed class ConcernWayTests(ServerFixture server)
{
    private const string Password = "a-long-password";
    private const string Phone = "13912345678";

    [Fact]
    public async Task Concern_FromInteractionToConfirmed_IsTraceableBothWaysAndEachStepIsOnTheFeed()
    {
        using var officer = await server.SignInAsync("officer1");
        using var supervisor = await server.SignInAsync("supervisor");
        await using var screen = await Onlooker.ConnectAsync(server.Server.Url, supervisor, "community/north-west");
        var visit = (string)(await officer.DoAsync("communities/north-west/interactions", new { kind = "visit", text = "居民反映夜间乱停车", participants = 2 }))["id"]!;
        var concern = await RaiseAsync(officer, new[] { visit });
        await SeesAsync(screen, $"concern/{concern}", "raised");

        await officer.DoAsync($"concerns/{concern}/take", new { });
        await SeesAsync(screen, $"concern/{concern}", "taken");
        await officer.DoAsync($"concerns/{concern}/answer", new { text = "周一现场查看", channel = "residentGroup" });
        await SeesAsync(screen, $"concern/{concern}", "answered");

        var problem = (string)(await officer.DoAsync("communities/north-east/problems", new { title = "东门路停车" }))["id"]!;
        await officer.DoAsync($"concerns/{concern}/group", new { problemId = problem });
        await SeesAsync(screen, $"concern/{concern}", "inProblem");
        await WorkThroughSaraAsync(officer, problem);
        Assert.Equal([concern], await IdsAsync(officer, $"problems/{problem}/concerns"));

        await officer.DoAsync($"concerns/{concern}/close", new { outcome = "noEffect", answer = "已划线，暂无明显效果" });
        var closed = await screen.UntilAsync("community/north-west", $"concern/{concern}", x => Status(x) == "closed");
        Assert.Equal(JsonValueKind.String, closed.GetProperty("closedByPoliceAt").ValueKind);
        Assert.False(closed.TryGetProperty("residentConfirmedAt", out var notYet) && notYet.ValueKind != JsonValueKind.Null);
        Assert.Contains(concern, await IdsAsync(supervisor, "concerns?queue=awaitingConfirmation&stationId=north", "items"));
        await officer.DoAsync($"concerns/{concern}/confirm", new { verdict = "confirmed", words = "可以接受" });
        await SeesAsync(screen, $"concern/{concern}", "confirmed");
        Assert.DoesNotContain(concern, await IdsAsync(supervisor, "concerns?queue=awaitingConfirmation&stationId=north", "items"));

        var (_, fromInteraction) = await officer.GetAsync($"interactions/{visit}");
        Assert.Equal([concern], fromInteraction!["matters"]!.AsArray().Select(x => (string)x!["id"]!));
        var (_, back) = await officer.GetAsync($"concerns/{concern}/interactions");
        Assert.Equal([visit], back!.AsArray().Select(x => (string)x!["interaction"]!["id"]!));
        Assert.Equal(
            ["concernRaised", "concernTaken", "concernAnswered", "concernGrouped", "concernAnswered", "concernClosed", "residentSpoke"],
            await server.KindsOfAsync($"concern/{concern}"));
        var (_, told) = await officer.GetAsync($"concerns/{concern}/public");
        Assert.Equal(["周一现场查看", "已划线，暂无明显效果"], told!["answers"]!.AsArray().Select(x => (string)x!["text"]!));
        Assert.DoesNotContain("north-1", told.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concern_TheResidentDoesNotConfirm_IsOfferedForReopeningAndComesBackToTheQueues()
    {
        using var officer = await server.SignInAsync("officer1");
        var concern = await RaiseAsync(officer, []);
        Assert.Contains(concern, await IdsAsync(officer, "communities/north-west/concerns?queue=unanswered", "items"));
        await ExpectAsync(officer, $"concerns/{concern}/close", new { outcome = "solved" }, 409, "concernUnanswered");
        await officer.DoAsync($"concerns/{concern}/close", new { outcome = "solved", answer = "已解决" });
        await officer.DoAsync($"concerns/{concern}/confirm", new { verdict = "notConfirmed", words = "没有解决" });
        Assert.Contains(concern, await IdsAsync(officer, "communities/north-west/concerns?queue=notConfirmed", "items"));
        var again = await officer.DoAsync($"concerns/{concern}/reopen", new { reason = "居民不认可" });
        Assert.Equal(("reopened", 1), ((string)again["status"]!, (int)again["timesReopened"]!));
        Assert.Contains(concern, await IdsAsync(officer, "communities/north-west/concerns?queue=reopened", "items"));
        Assert.Contains(concern, await IdsAsync(officer, "communities/north-west/concerns?queue=unanswered", "items"));
        await ExpectAsync(officer, $"concerns/{concern}/escalate", new { reason = "x" }, 409, "concernNotOverdue");
        var other = await RaiseAsync(officer, []);
        var merged = await officer.DoAsync($"concerns/{concern}/close", new { outcome = "duplicate", answer = "并入另一件", duplicateOfId = other });
        Assert.Equal("merged", (string?)merged["status"]);
        Assert.Equal([concern], await IdsAsync(officer, $"matters?ref=concern/{other}", "items"));
    }

    [Fact]
    public async Task Command_SentAgain_AnswersTheSameAndDoesNothing_AndAnotherBodyIsRefused()
    {
        using var officer = await server.SignInAsync("officer1");
        var (key, body) = (server.NewKey(), new { source = "resident", category = "noise", title = "夜间施工", reporter = new { name = "王某" } });
        var first = await officer.DoAsync("communities/north-west/concerns", body, key);
        Assert.True(JsonNode.DeepEquals(first, await officer.DoAsync("communities/north-west/concerns", body, key)));
        await ExpectAsync(officer, "communities/north-west/concerns", new { body.source, body.category, title = "别的" }, 422, "idempotencyKeyReused", key);
        var answer = server.NewKey();
        for (var i = 0; i < 5; i++)
        {
            var given = await officer.DoAsync($"concerns/{first["id"]}/answer", new { text = "处理中" }, answer);
            Assert.Equal(2, (int)given["version"]!);
        }

        Assert.Equal(["concernRaised", "concernAnswered"], await server.KindsOfAsync($"concern/{first["id"]}"));
    }

    [Fact]
    public async Task Concern_ForWhoWorksElsewhereOrLooksOn_IsRefusedOrMasked()
    {
        using var officer = await server.SignInAsync("officer1");
        using var elsewhere = await server.SignInAsync("officer9");
        using var keeper = await KeeperAsync();
        const string Secret = "三单元王家";
        var concern = (string)(await officer.DoAsync("communities/north-west/concerns", new
        {
            source = "resident", category = "noise", title = Secret, description = Secret, placeName = Secret, location = new { lat = 35.15678, lon = 115.05432 },
            reporter = new { name = "王某", phone = Phone },
        }))["id"]!;
        await officer.DoAsync($"concerns/{concern}/progress", new { text = Secret });

        foreach (var path in new[] { $"concerns/{concern}", $"concerns/{concern}/timeline", $"concerns/{concern}/interactions", "communities/north-west/concerns" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await elsewhere.GetAsync(path)).Status);
        }

        await ExpectAsync(elsewhere, $"concerns/{concern}/answer", new { text = "x" }, 403, "forbidden");
        await ExpectAsync(elsewhere, "communities/north-west/concerns", new { source = "resident", category = "noise", title = "x" }, 403, "forbidden");
        await ExpectAsync(keeper, $"concerns/{concern}/answer", new { text = "x" }, 403, "forbidden");
        await ExpectAsync(keeper, $"concerns/{concern}/persons", new { reason = "x" }, 403, "forbidden");
        await ExpectAsync(officer, $"concerns/{concern}/take", new { pairId = "north-2" }, 403, "forbidden");
        var (_, masked) = await keeper.GetAsync($"concerns/{concern}");
        var (_, listed) = await keeper.GetAsync("communities/north-west/concerns");
        Assert.Equal(HttpStatusCode.Forbidden, (await keeper.GetAsync($"concerns/{concern}/timeline")).Status);
        foreach (var shown in new[] { masked!, listed! })
        {
            Assert.DoesNotContain(Secret, Text(shown), StringComparison.Ordinal);
            Assert.DoesNotContain("35.15678", Text(shown), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Reporter_IsSealed_AndReadOnlyWithAReasonThatIsInTheJournal()
    {
        using var officer = await server.SignInAsync("officer1");
        var adult = await officer.DoAsync("communities/north-west/concerns", new
        {
            source = "resident", category = "noise", title = "夜间施工", reporter = new { name = "王某", phone = Phone, birthYear = 1980 },
        });
        var child = await officer.DoAsync("communities/north-west/concerns", new
        {
            source = "resident", category = "care", title = "上学路", reporter = new { name = "小明", birthYear = DateTime.UtcNow.Year - 9 },
        });
        var id = (string)adult["id"]!;
        foreach (var path in new[] { $"concerns/{id}", $"concerns/{id}/timeline", "communities/north-west/concerns", $"concerns/{id}/public" })
        {
            Assert.DoesNotContain(Phone, Text((await officer.GetAsync(path)).Body!), StringComparison.Ordinal);
        }

        Assert.Equal(["name", "phone", "birthYear"], adult["persons"]![0]!["fields"]!.AsArray().Select(x => (string)x!));
        await ExpectAsync(officer, $"concerns/{id}/persons", new { reason = " " }, 422, "valueMissing");
        Assert.Empty(await server.ReadsOfAsync($"concern/{id}"));
        var read = await officer.DoAsync($"concerns/{id}/persons", new { reason = "回电" });
        Assert.Equal(("王某", Phone), ((string)read["persons"]![0]!["fields"]!["name"]!, (string)read["persons"]![0]!["fields"]!["phone"]!));
        var (_, fields, reason) = Assert.Single(await server.ReadsOfAsync($"concern/{id}"));
        Assert.Equal("回电", reason);
        Assert.Contains("phone", fields, StringComparison.Ordinal);

        var masked = (await officer.DoAsync($"concerns/{child["id"]}/persons", new { reason = "回访" }))["persons"]![0]!;
        Assert.Equal((true, null), ((bool)masked["masked"]!, masked["fields"]));
        var full = (await officer.DoAsync($"concerns/{child["id"]}/persons", new { reason = "回访", showMinors = true }))["persons"]![0]!;
        Assert.Equal("小明", (string?)full["fields"]!["name"]);
        var (_, database) = await officer.GetAsync("matters?kind=concern");
        Assert.DoesNotContain("小明", Text(database!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reporter_IsKeptForAWhileAfterTheClosing_AndForAsLongAsItIsOpenAgain()
    {
        using var officer = await server.SignInAsync("officer1");
        var concern = (string)(await officer.DoAsync(
            "communities/north-west/concerns", new { source = "resident", category = "noise", title = "夜间施工", reporter = new { name = "王某" } }))["id"]!;
        Assert.Equal(0, KeysThatExpire(concern));
        await officer.DoAsync($"concerns/{concern}/close", new { outcome = "solved", answer = "已解决" });
        await Until.HoldsAsync(() => KeysThatExpire(concern) == 1);
        await officer.DoAsync($"concerns/{concern}/reopen", new { reason = "再次发生" });
        await Until.HoldsAsync(() => KeysThatExpire(concern) == 0);
    }

    [Fact]
    public async Task FreeText_ThatLooksLikeAPersonsNumber_IsFlaggedUntilItIsConfirmed()
    {
        using var officer = await server.SignInAsync("officer1");
        const string text = "请打 13887654321";
        await ExpectAsync(
            officer, "communities/north-west/concerns", new { source = "resident", category = "noise", title = "夜间施工", description = text }, 409,
            "protectedTextSuspected");
        var concern = await RaiseAsync(officer, []);
        await ExpectAsync(officer, $"concerns/{concern}/answer", new { text }, 409, "protectedTextSuspected");
        await officer.DoAsync($"concerns/{concern}/answer", new { text, textConfirmed = true });
    }

    public static TheoryData<string, int, string> Bad => new()
    {
        { """{"source":"resident","category":"none","title":"x"}""", 422, "categoryNotFound" },
        { """{"source":"resident","category":"noise","title":""}""", 422, "valueMissing" },
        { """{"source":"resident","category":"noise"}""", 400, "invalidJson" },
        { """{"source":"rumour","category":"noise","title":"x"}""", 400, "invalidJson" },
        { """{"source":"tip","category":"noise","title":"x"}""", 422, "concernSourceInvalid" },
        { """{"source":"open311","category":"noise","title":"x"}""", 422, "concernSourceInvalid" },
        { """{"source":"interaction","category":"noise","title":"x"}""", 422, "valueMissing" },
        { """{"source":"interaction","category":"noise","title":"x","interactionIds":["x"]}""", 422, "interactionNotFound" },
        { """{"source":"interaction","category":"noise","title":"x","interactionIds":null}""", 400, "invalidJson" },
        { """{"source":"resident","category":"noise","title":"x","location":{"lat":95,"lon":0}}""", 422, "locationInvalid" },
        { """{"source":"incident","category":"noise","title":"x","incidentId":"0f1e2d3c-0000-8000-8000-000000000000"}""", 422, "incidentNotFound" },
        { """{"source":"resident","category":"noise","title":"x","owner":{"kind":"officer","id":"south-1-a"}}""", 422, "ownerNotFound" },
        { """{"source":"resident","category":"noise","title":"x","owner":{"kind":"pair","id":"none"}}""", 422, "ownerNotFound" },
        { """{"source":"resident","category":"noise","title":"x","reporter":{"birthYear":1700}}""", 422, "valueOutOfRange" },
    };

    [Theory, MemberData(nameof(Bad))]
    public async Task Raising_WithBadInput_IsRefusedWithItsCode(string body, int status, string code)
    {
        var (answered, problem) = await server.Dispatcher.SendRawAsync(HttpMethod.Post, "communities/north-west/concerns", body, key: server.NewKey());
        Assert.Equal((status, code), ((int)answered, (string?)problem?["code"]));
    }

    [Theory]
    [InlineData("concerns?queue=sad", 422)]
    [InlineData("concerns?limit=0", 422)]
    [InlineData("problems?queue=overdue", 422)]
    [InlineData("communities/none/concerns", 404)]
    [InlineData("concerns/none", 404)]
    [InlineData("concerns/0f1e2d3c-0000-8000-8000-000000000000", 404)]
    [InlineData("problems/none/concerns", 404)]
    [InlineData("meetings/none/issues", 404)]
    public async Task Question_ThatCannotBe_IsRefused(string path, int status) => Assert.Equal(status, (int)(await server.Dispatcher.GetAsync(path)).Status);

    [Fact]
    public async Task Interaction_OfAnotherCommunityOrTakenBack_IsNoOriginOfAConcern()
    {
        using var officer = await server.SignInAsync("officer1");
        var other = (string)(await officer.DoAsync("communities/north-east/interactions", new { kind = "visit" }))["id"]!;
        var taken = (string)(await officer.DoAsync("communities/north-west/interactions", new { kind = "visit" }))["id"]!;
        var good = (string)(await officer.DoAsync("communities/north-west/interactions", new { kind = "visit" }))["id"]!;
        await officer.DoAsync($"communities/north-west/interactions/{taken}/withdraw", new { reason = "重复" });
        foreach (var id in new[] { other, taken })
        {
            await ExpectAsync(
                officer, "communities/north-west/concerns", new { source = "interaction", category = "noise", title = "x", interactionIds = new[] { good, id } }, 422,
                "interactionNotFound");
        }

        var concern = await RaiseAsync(officer, []);
        await ExpectAsync(officer, $"concerns/{concern}/trace", new { interactionIds = new[] { taken } }, 422, "interactionNotFound");
        await officer.DoAsync($"concerns/{concern}/trace", new { interactionIds = new[] { good } });
        Assert.Equal([concern], (await officer.GetAsync($"interactions/{good}")).Body!["matters"]!.AsArray().Select(x => (string)x!["id"]!));
    }

    [Fact]
    public async Task Meeting_FromAgendaToMinutes_ShowsWhatBecameOfItsIssuesAsTheyAreNow()
    {
        using var officer = await server.SignInAsync("officer1");
        using var keeper = await KeeperAsync();
        var meeting = (string)(await officer.DoAsync("communities/north-west/meetings", new
        {
            kind = "residentsMeeting", title = "三月议事", plannedFor = DateTimeOffset.UtcNow.AddHours(1), place = "社区礼堂", agenda = new[] { "停车", "照明" },
        }))["id"]!;
        await officer.DoAsync($"meetings/{meeting}/hold", new { participants = 31 });
        await officer.DoAsync($"meetings/{meeting}/issues", new { text = "乱停车" });
        await officer.DoAsync($"meetings/{meeting}/issues", new { text = "路灯不亮" });
        var concern = await RaiseAsync(officer, [], "meeting");
        await ExpectAsync(officer, $"meetings/{meeting}/issues/resolve", new { issueId = "1", became = "concern", matterId = meeting }, 422, "matterNotFound");
        await officer.DoAsync($"meetings/{meeting}/issues/resolve", new { issueId = "1", became = "concern", matterId = concern });
        await officer.DoAsync($"meetings/{meeting}/minutes", new { text = "纪要" });
        await ExpectAsync(officer, $"meetings/{meeting}/publish", new { }, 409, "meetingIssuesUndecided");
        await officer.DoAsync($"meetings/{meeting}/issues/resolve", new { issueId = "2", became = "department", department = "路灯所", words = "请求维修" });
        Assert.DoesNotContain("路灯所", Text((await keeper.GetAsync($"meetings/{meeting}")).Body!), StringComparison.Ordinal);
        await officer.DoAsync($"meetings/{meeting}/publish", new { });

        await officer.DoAsync($"concerns/{concern}/answer", new { text = "下周处理" });
        var (_, issues) = await officer.GetAsync($"meetings/{meeting}/issues");
        Assert.Equal(("answered", concern), ((string)issues![0]!["matter"]!["status"]!, (string)issues[0]!["matter"]!["id"]!));
        Assert.Equal("department", (string?)issues[1]!["issue"]!["became"]);
        Assert.Equal([meeting], await IdsAsync(officer, $"matters?ref=concern/{concern}&kind=meeting", "items"));
        Assert.Contains(meeting, await IdsAsync(officer, "communities/north-west/meetings?status=published", "items"));
    }

    private static async Task WorkThroughSaraAsync(ApiClient officer, string problem)
    {
        await ExpectAsync(officer, $"problems/{problem}/advance", new { }, 409, "problemPartMissing");
        await officer.DoAsync($"problems/{problem}/scan", new { part = new { definition = "夜间占道停车", affected = new[] { "商户", "学生" }, where = "东门路" } });
        await officer.DoAsync($"problems/{problem}/advance", new { });
        await officer.DoAsync($"problems/{problem}/return", new { toStage = "scanning", reason = "范围不清" });
        await officer.DoAsync($"problems/{problem}/advance", new { });
        await officer.DoAsync($"problems/{problem}/analyse", new { part = new { causes = new[] { new { side = "place", condition = "没有标线" } }, tried = "口头劝导" } });
        await officer.DoAsync($"problems/{problem}/advance", new { });
        await officer.DoAsync(
            $"problems/{problem}/measures",
            new { what = "划线", owner = new { kind = "partner", id = "street-office" }, dueAt = DateTimeOffset.UtcNow.AddDays(20) });
        await officer.DoAsync($"problems/{problem}/measures/finish", new { measureId = "1", note = "已划" });
        await officer.DoAsync($"problems/{problem}/advance", new { });
        await ExpectAsync(officer, $"problems/{problem}/close", new { }, 409, "problemPartMissing");
        await officer.DoAsync($"problems/{problem}/assess", new
        {
            part = new { figures = new[] { new { name = "每周投诉", before = 12, after = 12 } }, method = "前后四周比较", result = "noEffect" },
        });
        var closed = await officer.DoAsync($"problems/{problem}/close", new { });
        Assert.Equal((false, "noEffect"), ((bool)closed["isOpen"]!, (string)closed["assessment"]!["result"]!));
    }

    private static Task SeesAsync(Onlooker screen, string key, string status) => screen.UntilAsync("community/north-west", key, x => Status(x) == status);

    private static string? Status(JsonElement value) => value.GetProperty("status").GetString();

    private static async Task<IEnumerable<string>> IdsAsync(ApiClient user, string path, string? property = null)
    {
        var (status, body) = await user.GetAsync(path);
        Assert.True(status == HttpStatusCode.OK, $"GET {path} was answered {(int)status}: {body}");
        return (property is null ? body! : body![property]!).AsArray().Select(x => (string)x!["id"]!);
    }

    private static async Task ExpectAsync(ApiClient user, string path, object body, int status, string code, string? key = null)
    {
        var (answered, problem) = await user.PostAsync(path, body, key ?? Guid.NewGuid().ToString());
        Assert.True((status, code) == ((int)answered, (string?)problem?["code"]), $"POST {path} was answered {(int)answered}: {problem}");
    }

    private static string Text(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static async Task<string> RaiseAsync(ApiClient user, string[] interactions, string source = "resident") => (string)(await user.DoAsync(
        "communities/north-west/concerns",
        new { source = interactions.Length > 0 ? "interaction" : source, category = "parking", title = "夜间乱停车", interactionIds = interactions }))["id"]!;

    /// <summary>How many keys of a concern are to be destroyed at some time.</summary>
    private long KeysThatExpire(string concern)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Server.DataDirectory, "dispatch.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM protection_key WHERE subject = $1 AND expires_at IS NOT NULL";
        command.Parameters.AddWithValue("$1", $"concern/{concern}");
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Somebody who looks after the system: in scope everywhere, at work nowhere.</summary>
    private async Task<ApiClient> KeeperAsync()
    {
        using var admin = await server.SignInAsync("admin");
        var userName = $"test-{Guid.NewGuid():N}";
        await admin.DoAsync("accounts", new { userName, password = Password, displayName = "Keeper", roles = new[] { "administrator" }, stationIds = new[] { "*" } });
        return await ApiClient.SignInAsync(server.Server.Url, userName, Password);
    }
}
