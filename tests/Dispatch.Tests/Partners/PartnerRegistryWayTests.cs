using System.Text.Json.Nodes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Partners;

/// <summary>Partners over HTTP: kept by who may, found by who is in scope, with their hours and the contact book of a community.</summary>
public sealed class PartnerRegistryWayTests(ServerFixture server)
{
    private static readonly object Allday = new
    {
        weekly = new[] { "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday" }.Select(day => new { day, from = "00:00", to = "00:00" }),
    };

    [Fact]
    public async Task Partner_IsRegisteredOnceFoundChangedAndPutAway()
    {
        using var supervisor = await server.SignInAsync("supervisor");
        var body = new
        {
            kind = "government", stationId = "north",
            details = new
            {
                name = "街道办事处", nameEn = "Street office", communityIds = new[] { "north-west" }, hours = Allday,
                contacts = new[] { new { role = "communitySecretary", office = "党群办公室", phone = "0530-5551234" } },
            },
        };
        var key = server.NewKey();
        var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => supervisor.PostAsync("partners", body, key)));
        Assert.All(both, x => Assert.True(JsonNode.DeepEquals(both[0].Body, x.Body) && (int)x.Status == 201, $"{x.Status} {x.Body}"));
        var id = (string)both[0].Body!["id"]!;
        await supervisor.ExpectAsync("partners", new { kind = "policeTeam", stationId = "north", details = body.details }, 422, "idempotencyKeyReused", key: key);

        using var officer = await server.SignInAsync("officer3");
        var listed = (await officer.ReadAsync("partners?kind=government&communityId=north-west"))["items"]!.AsArray().Single(x => (string)x!["partner"]!["id"]! == id)!;
        Assert.True((bool)listed["openNow"]!);
        Assert.DoesNotContain((await officer.ReadAsync("partners?communityId=north-east"))["items"]!.AsArray(), x => (string)x!["partner"]!["id"]! == id);
        var secretary = (await officer.ReadAsync("communities/north-west/contacts")).AsArray().Single(x => (string)x!["role"]! == "communitySecretary")!;
        Assert.Contains(secretary["contacts"]!.AsArray(), x => (string?)x!["phone"] == "0530-5551234" && (string?)x["partnerId"] == id);

        await supervisor.PutAsync($"partners/{id}", """{"details":{"name":"街道综治中心"}}""", 200);
        Assert.Equal("街道综治中心", (string?)(await officer.ReadAsync($"partners/{id}"))["partner"]!["details"]!["name"]);
        await supervisor.DoAsync($"partners/{id}/deactivate", new { reason = "机构合并" });
        await officer.ExpectAsync("communities/north-west/referrals", new { partnerId = id, taskKind = "other", ask = "x" }, 409, "partnerNotActive");
        await supervisor.DoAsync($"partners/{id}/reactivate");
        Assert.True((bool)(await officer.ReadAsync($"partners/{id}"))["partner"]!["active"]!);

        // Other tests only register.
        Assert.Equal(
            ["partnerChanged", "partnerDeactivated", "partnerReactivated"],
            (await server.KindsOfAsync("partners/station/north")).Where(x => x != "partnerRegistered"));
    }

    [Fact]
    public async Task Registry_IsKeptBySupervisorsOfTheStationAndAdministrators_AndReadInScope()
    {
        using var officer = await server.SignInAsync("officer3");
        using var stranger = await server.SignInAsync("officer9");
        using var admin = await server.SignInAsync("admin");
        var mine = await server.RegisterAsync("government");
        var details = new { name = "x" };
        await officer.ExpectAsync("partners", new { kind = "government", stationId = "north", details }, 403, "forbidden");
        await server.Dispatcher.ExpectAsync("partners", new { kind = "government", stationId = "north", details }, 403, "forbidden");
        await officer.ExpectAsync($"partners/{mine}/deactivate", new { reason = "x" }, 403, "forbidden");
        Assert.Equal(403, (int)(await stranger.GetAsync($"partners/{mine}")).Status);
        Assert.Equal(403, (int)(await stranger.GetAsync("partners?communityId=north-west")).Status);
        Assert.DoesNotContain((await stranger.ReadAsync("partners"))["items"]!.AsArray(), x => (string)x!["partner"]!["id"]! == mine);
        var bureaus = (string)(await admin.DoAsync("partners", new { kind = "policeTeam", details = new { name = "刑侦大队" } }))["id"]!;
        Assert.Contains((await stranger.ReadAsync("partners?kind=policeTeam"))["items"]!.AsArray(), x => (string)x!["partner"]!["id"]! == bureaus);

        var userName = $"south-{Guid.NewGuid():N}";
        await admin.DoAsync("accounts", new
        {
            userName, password = Dispatch.Processes.DispatchServer.Password, displayName = "x", roles = new[] { "supervisor" }, stationIds = new[] { "south" },
        });
        using var south = await server.SignInAsync(userName);
        await south.DoAsync("partners", new { kind = "government", stationId = "south", details });
        await south.ExpectAsync("partners", new { kind = "government", stationId = "north", details }, 403, "forbidden");
        await south.ExpectAsync("partners", new { kind = "government", details }, 403, "forbidden");
        Assert.Equal(404, (int)(await admin.GetAsync("partners/north~0f1e2d3c-0000-8000-8000-000000000000")).Status);
        Assert.Equal(404, (int)(await admin.GetAsync("partners/nonsense")).Status);
    }

    [Fact]
    public async Task List_IsPaged_AndEveryPartnerComesOnce()
    {
        using var supervisor = await server.SignInAsync("supervisor");
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await server.RegisterAsync("policeRoom", new { name = "警务室", place = new { name = "文化广场" } });
        }

        var seen = new List<string>();
        for (string? cursor = string.Empty; cursor is not null;)
        {
            var page = await supervisor.ReadAsync($"partners?servicePoint=true&limit=2{(cursor.Length == 0 ? string.Empty : $"&cursor={cursor}")}");
            seen.AddRange(page["items"]!.AsArray().Select(x => (string)x!["partner"]!["id"]!));
            cursor = (string?)page["nextCursor"];
        }

        Assert.True(seen.Count >= 5 && seen.Distinct().Count() == seen.Count);
        Assert.Equal(422, (int)(await supervisor.GetAsync("partners?limit=0")).Status);
        Assert.Equal(422, (int)(await supervisor.GetAsync("partners?cursor=x")).Status);
    }

    [Theory]
    [InlineData("""{"kind":"none","stationId":"north","details":{"name":"x"}}""", 422, "partnerKindNotFound", "kind")]
    [InlineData("""{"kind":"government","stationId":"nowhere","details":{"name":"x"}}""", 422, "stationNotFound", "stationId")]
    [InlineData("""{"kind":"government","stationId":"north","details":{"name":"  "}}""", 422, "valueMissing", "details.name")]
    [InlineData("""{"kind":"government","stationId":"north"}""", 400, "invalidJson", null)]
    [InlineData("""{"kind":"government","stationId":"north","details":{"name":"x","hours":{"weekly":[{"day":"someday","from":"08:00","to":"09:00"}]}}}""", 400, "invalidJson", null)]
    [InlineData("""{"kind":"government","stationId":"north","details":{"name":"x","hours":{"weekly":[{"day":"monday","from":"09:00","to":"08:00"}]}}}""", 422, "valueOutOfRange", "details.hours.weekly")]
    public async Task BadInput_NamesTheFieldAndChangesNothing(string body, int status, string code, string? field)
    {
        using var supervisor = await server.SignInAsync("supervisor");
        var (answered, problem) = await supervisor.SendRawAsync(HttpMethod.Post, "partners", body, key: server.NewKey());
        Assert.Equal((status, code), ((int)answered, (string?)problem!["code"]));
        Assert.True(field is null || field == (string?)problem["field"]);
    }
}
