using System.Net;

namespace Dispatch.Tests.Residents;

/// <summary>
/// Fails where a tip says who left it, where its claim code can be read from what is kept or guessed, where somebody sees a tip who may not, or where the words
/// between the police and whoever left it are lost.
/// </summary>
public sealed class TipTests
{
    private const string Key = "0f8a7c9e-5d4b-4a3c-9e2f-112233445566";

    [Fact]
    public async Task Tip_Left_IsAnsweredToItsClaimCodeAndLeavesNoTraceOfItsSender()
    {
        await using var world = await ResidentWorld.StartAsync(("Logging__LogLevel__Default", "Information"), ("Logging__LogLevel__Microsoft.AspNetCore", "Information"));
        var tip = new { text = "河边空房夜里有人聚赌", location = new { lat = 35.15678, lon = 115.05432 } };
        var receipt = await world.DoAsync("tips", tip, Key);
        var code = (string)receipt["claimCode"]!;
        Assert.Equal(receipt.ToJsonString(), (await world.DoAsync("tips", tip, Key)).ToJsonString());

        var officer = await world.SignInAsync("officer3");
        var listed = (await officer.GetAsync("communities/north-west/tips")).Body!["items"]!.AsArray();
        var seen = Assert.Single(listed)!;
        Assert.Equal(("河边空房夜里有人聚赌", 35.157), ((string?)seen["text"], (double)seen["location"]!["lat"]!));
        var id = (string)seen["id"]!;
        await officer.DoAsync($"tips/{id}/take");
        await officer.DoAsync($"tips/{id}/reply", new { text = "已安排夜间巡查，能说说大致时间吗？" });
        var more = await world.DoAsync("tips/claim", new { claimCode = code.ToLowerInvariant().Replace('-', ' '), words = "一般在十点以后" });
        Assert.Equal(["police", "resident"], more["letters"]!.AsArray().Select(x => (string)x!["from"]!));
        Assert.DoesNotContain("Green", more.ToJsonString(), StringComparison.Ordinal);
        await officer.DoAsync($"tips/{id}/close", new { outcome = "acted" });
        Assert.Equal("closed", (string?)(await world.DoAsync("tips/claim", new { claimCode = code }))["status"]);
        Assert.DoesNotContain("claimDigest\":\"k", (await officer.GetAsync($"tips/{id}/timeline")).Body!.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal(["anonymous", "anonymous"], await world.ReadAsync("SELECT actor_id FROM journal WHERE kind IN ('tipLeft', 'tipWordsAdded')"));
        var kept = await world.EverythingKeptAsync();
        Assert.Contains("聚赌", kept, StringComparison.Ordinal);
        foreach (var trace in new[] { "203.0.113", ResidentWorld.Address, ResidentWorld.UserAgent, Key, code, code.Replace("-", string.Empty, StringComparison.Ordinal) })
        {
            Assert.DoesNotContain(trace, kept, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Tip_IsSeenByThoseWhoWorkThere_AndOneAboutPoliceBySupervisorsAlone()
    {
        await using var world = await ResidentWorld.StartAsync();
        await world.DoAsync("tips", new { text = "车棚失窃", communityId = "north-west" });
        await world.DoAsync("tips", new { text = "民警收礼", communityId = "north-west", category = "police" });
        var officer = await world.SignInAsync("officer3");
        var dispatcher = await world.SignInAsync("dispatcher");
        var stranger = await world.SignInAsync("officer11");
        var chief = await world.SignInAsync("chief-of-north", ["supervisor"], "north");
        var other = await world.SignInAsync("chief-of-south", ["supervisor"], "south");

        Assert.Equal(["车棚失窃"], await TextsAsync(officer));
        Assert.Equal(["车棚失窃"], await TextsAsync(dispatcher));
        Assert.Equal(["民警收礼", "车棚失窃"], await TextsAsync(chief));
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("communities/north-west/tips")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync("communities/north-west/tips")).Status);

        var police = (await chief.GetAsync("communities/north-west/tips")).Body!["items"]![0]!["id"]!.ToString();
        foreach (var blind in new[] { officer, dispatcher, stranger, other })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await blind.GetAsync($"tips/{police}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await blind.PostAsync($"tips/{police}/take", null, "k")).Status);
        }

        Assert.Empty((await chief.GetAsync("matters?kind=tip")).Body!["items"]!.AsArray());

        static async Task<IEnumerable<string>> TextsAsync(Processes.ApiClient user) =>
            (await user.GetAsync("communities/north-west/tips")).Body!["items"]!.AsArray().Select(x => (string)x!["text"]!).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Tip_BecomesAConcernAndAnIncidentOnce()
    {
        await using var world = await ResidentWorld.StartAsync();
        await world.DoAsync("tips", new { text = "路灯坏了，有人尾随", communityId = "north-west" });
        var dispatcher = await world.SignInAsync("dispatcher");
        var id = (string)(await dispatcher.GetAsync("communities/north-west/tips")).Body!["items"]![0]!["id"]!;
        var concern = new { category = "facilities", title = "路灯不亮" };
        var turned = await dispatcher.DoAsync($"tips/{id}/toConcern", concern, "one");
        Assert.Equal((string?)turned["concernId"], (string?)(await dispatcher.DoAsync($"tips/{id}/toConcern", concern, "one"))["concernId"]);
        Assert.Equal("tipTurnedAlready", (string?)(await dispatcher.PostAsync($"tips/{id}/toConcern", concern, "two")).Body!["code"]);
        var request = (await world.CallAsync($"concerns/{turned["concernId"]}")).Body!;
        Assert.Equal(("facilities", true), ((string?)request["category"], (bool)request["isOpen"]!));

        var opened = await dispatcher.DoAsync($"tips/{id}/toIncident", new { category = "dispute", priority = 2, summary = "有人尾随" }, "three");
        Assert.Equal("north-west", (string?)(await dispatcher.GetAsync($"incidents/{opened["incidentId"]}")).Body!["communityId"]);
    }

    [Fact]
    public async Task Tip_ThatCannotBe_IsRefusedAndNothingIsKept()
    {
        await using var world = await ResidentWorld.StartAsync();
        Assert.Equal((HttpStatusCode.Conflict, "protectedTextSuspected"), await world.RefusedAsync("tips", new { text = "打 13800001111", communityId = "north-west" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "valueMissing"), await world.RefusedAsync("tips", new { text = " ", communityId = "north-west" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "valueTooLong"), await world.RefusedAsync("tips", new { text = new string('长', 2001), communityId = "north-west" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "communityNotFound"), await world.RefusedAsync("tips", new { text = "x", communityId = "nowhere" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "locationOutsideEveryCommunity"), await world.RefusedAsync("tips", new { text = "x", location = new { lat = 1.0, lon = 1.0 } }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "categoryNotFound"), await world.RefusedAsync("tips", new { text = "x", communityId = "north-west", category = "none" }));
        Assert.Equal(HttpStatusCode.BadRequest, (await world.RefusedAsync("tips", new { text = "x", communityId = "north-west" }, "short")).Status);
        Assert.Empty((await (await world.SignInAsync("dispatcher")).GetAsync("communities/north-west/tips")).Body!["items"]!.AsArray());
        await world.DoAsync("tips", new { text = "打 13800001111", communityId = "north-west", textConfirmed = true });
    }
}
