using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Residents;

/// <summary>
/// Fails where a complaint is seen by the pair it is about, by its station's supervisors or by dispatchers, in whatever way they look; where oversight cannot work on
/// it; or where a complainant's contact is kept or shown in the clear.
/// </summary>
public sealed class ComplaintTests
{
    private const string Words = "出警民警言语粗暴";

    [Fact]
    public async Task Complaint_IsOutOfSightOfTheChainThatItIsAbout()
    {
        await using var world = await ResidentWorld.StartAsync();
        var dispatcher = await world.SignInAsync("dispatcher");
        var incident = (string)(await dispatcher.DoAsync("incidents", new
        {
            category = "dispute", priority = 2, location = new { lat = 35.15, lon = 115.05 }, summary = "争吵",
        }))["id"]!;
        await world.DoAsync("complaints", new { about = new { kind = "incident", id = incident }, text = Words, communityId = "north-west" });
        var officer = await world.SignInAsync("officer3");
        await officer.DoAsync("communities/north-west/complaints", new { about = new { kind = "pair", id = "north-1" }, text = Words });
        var oversight = await world.SignInAsync("oversight-all", ["oversight"], "*");
        var all = (await oversight.GetAsync("complaints")).Body!["items"]!.AsArray();
        Assert.Equal(2, all.Count);

        var blind = new[]
        {
            dispatcher, officer, await world.SignInAsync("supervisor"), await world.SignInAsync("admin"),
            await world.SignInAsync("chief", ["supervisor", "oversight"], "north"), await world.SignInAsync("oversight-south", ["oversight"], "south"),
        };
        foreach (var user in blind)
        {
            string[] paths =
            [
                "matters", "matters?kind=complaint", $"matters?ref=incident/{incident}", "matters?ref=pair/north-1", $"matters?text={Uri.EscapeDataString("粗暴")}",
                "complaints", "complaints?stationId=north", "communities/north-west/summary", $"incidents/{incident}", $"incidents/{incident}/timeline", "interactions",
                .. all.SelectMany(x => new[] { $"complaints/{x!["id"]}", $"complaints/{x["id"]}/timeline" }),
            ];
            foreach (var path in paths)
            {
                var (status, body) = await user.GetAsync(path);
                Assert.True(
                    body?.ToJsonString().Contains("粗暴", StringComparison.Ordinal) != true && body?.ToJsonString().Contains("complaint/", StringComparison.Ordinal) != true
                    && (status != HttpStatusCode.OK || !path.StartsWith("complaints/", StringComparison.Ordinal)),
                    $"{user.User!["name"]} sees it at {path}: {body}");
            }

            Assert.Contains((await user.PostAsync($"complaints/{all[0]!["id"]}/acknowledge", null, "k")).Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }

        await using var screen = new FeedClient(world.Server.Url, () => Task.FromResult(dispatcher.AccessToken));
        await screen.StartAsync();
        await screen.SubscribeAsync("community/north-west");
        await screen.WaitForAsync<CommunitySummary>(
            "community/north-west", "summary", x => x is not null && !x.Open.ContainsKey("complaint"), ServerFixture.Patience);
    }

    [Fact]
    public async Task Complaint_IsAcknowledgedAskedAboutDecidedAndClosed()
    {
        await using var world = await ResidentWorld.StartAsync();
        var receipt = await world.DoAsync("complaints", new
        {
            about = new { kind = "interaction" }, text = Words, communityId = "north-west", contact = new { name = "李四平", phone = "13900002222" },
        });
        var code = new { claimCode = (string)receipt["claimCode"]! };
        var oversight = await world.SignInAsync("oversight-north", ["oversight"], "north");
        var listed = Assert.Single((await oversight.GetAsync("complaints?open=true")).Body!["items"]!.AsArray())!;
        var id = (string)listed["id"]!;
        Assert.Equal(["name", "phone"], listed["contact"]!["fields"]!.AsArray().Select(x => (string)x!));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await oversight.PostAsync($"complaints/{id}/contact", new { reason = " " })).Status);
        Assert.Equal("李四平", (string?)(await oversight.DoAsync($"complaints/{id}/contact", new { reason = "核实经过" }))["name"]);

        await oversight.DoAsync($"complaints/{id}/acknowledge");
        await oversight.DoAsync($"complaints/{id}/ask", new { text = "是哪一天？" });
        var claimed = await world.DoAsync("complaints/claim", new { code.claimCode, words = "上周三" });
        Assert.Equal(("acknowledged", 2), ((string?)claimed["status"], claimed["letters"]!.AsArray().Count));
        Assert.Equal("complaintUndecided", (string?)(await oversight.PostAsync($"complaints/{id}/close", new { }, "k1")).Body!["code"]);
        await oversight.DoAsync($"complaints/{id}/decide", new { decision = "upheld", answer = "反映属实，已作出处理" });
        Assert.Equal("反映属实，已作出处理", (string?)(await world.DoAsync("complaints/claim", code))["answer"]);
        await oversight.DoAsync($"complaints/{id}/close", new { });
        Assert.Equal("closed", (string?)(await world.DoAsync("complaints/claim", code))["status"]);
        Assert.Equal((HttpStatusCode.NotFound, "claimCodeUnknown"), await world.RefusedAsync("tips/claim", code));

        var kept = await world.EverythingKeptAsync();
        Assert.DoesNotContain("李四平", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("13900002222", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Complaint_RecordedByAnOfficer_IsOutOfTheOfficersSight()
    {
        await using var world = await ResidentWorld.StartAsync();
        var officer = await world.SignInAsync("officer3");
        var body = new { about = new { kind = "other" }, text = "代居民登记：等候太久", contact = new { phone = "13900002222" } };
        JsonNode recorded = await officer.DoAsync("communities/north-west/complaints", body, "one");
        Assert.Equal(["number", "madeAt"], recorded.AsObject().Select(x => x.Key));
        Assert.Equal(recorded.ToJsonString(), (await officer.DoAsync("communities/north-west/complaints", body, "one")).ToJsonString());
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync("communities/south-west/complaints", body, "two")).Status);
    }
}
