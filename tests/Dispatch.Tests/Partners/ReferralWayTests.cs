using System.Text.Json.Nodes;
using Dispatch.Partners;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Partners;

/// <summary>Work given to a partner, over HTTP: by its own account and by telephone, on the community's feed, in searches, for who may.</summary>
public sealed class ReferralWayTests(ServerFixture server)
{
    [Fact]
    public async Task Work_IsGivenAcceptedReturnedSentBackAndClosed_LiveOnTheFeed()
    {
        using var officer = await server.SignInAsync("officer3");
        var partner = await server.RegisterAsync("government");
        using var account = await server.AccountOfAsync(partner);
        await using var screen = await server.ConnectAsync(officer);
        await screen.SubscribeAsync("community/north-west");
        var incident = await server.OpenAsync();
        var key = server.NewKey();
        var body = new { partnerId = partner, taskKind = "concernWork", ask = "请清理三单元楼道堆物", @ref = $"incident/{incident}" };
        var given = await officer.DoAsync("communities/north-west/referrals", body, key);
        Assert.True(JsonNode.DeepEquals(given, await officer.DoAsync("communities/north-west/referrals", body, key)));
        var id = (string)given["id"]!;
        await screen.WaitForAsync<ReferralView>("community/north-west", $"referral/{id}", x => x?.Status == ReferralStatus.Given, ServerFixture.Patience);

        await account.ExpectAsync($"referrals/{id}/return", new { result = "done", text = "x" }, 409, "referralNotAccepted");
        var accepted = await account.DoAsync($"referrals/{id}/accept", new { });
        Assert.Equal("accepted", (string?)accepted["status"]);
        await account.ExpectAsync($"referrals/{id}/refuse", new { reason = "x" }, 409, "referralAlreadyAnswered");
        await account.DoAsync($"referrals/{id}/progress", new { text = "已约物业" });
        await account.DoAsync($"referrals/{id}/return", new { result = "partlyDone", text = "清理一半" });
        await officer.DoAsync($"referrals/{id}/send-back", new { reason = "另一半" });
        await officer.DoAsync($"referrals/{id}/return", new { result = "done", text = "电话告知：全部清理" });
        var closed = await officer.DoAsync($"referrals/{id}/close", new { });
        Assert.Equal(("closed", 1, true), ((string)closed["status"]!, (int)closed["timesSentBack"]!, (bool)closed["onBehalf"]!));
        await officer.ExpectAsync($"referrals/{id}/recall", new { reason = "x" }, 409, "referralNotOpen");
        await screen.WaitForAsync<ReferralView>("community/north-west", $"referral/{id}", x => x?.Status == ReferralStatus.Closed, ServerFixture.Patience);

        var timeline = (await officer.ReadAsync($"referrals/{id}/timeline")).AsArray();
        Assert.Equal(
            ["referralGiven", "referralAccepted", "referralProgressed", "referralReturned", "referralSentBack", "referralReturned", "referralClosed"],
            timeline.Select(x => (string)x!["kind"]!));
        foreach (var query in new[] { $"ref=incident/{incident}", $"partnerId={partner}", $"kind=referral&text={Uri.EscapeDataString("楼道堆物")}&partnerId={partner}", $"facet=result%3Ddone&partnerId={partner}" })
        {
            Assert.Equal([id], (await officer.ReadAsync($"matters?{query}"))["items"]!.AsArray().Select(x => (string)x!["id"]!));
        }

        Assert.Contains((await officer.ReadAsync("communities/north-west/referrals?open=false"))["items"]!.AsArray(), x => (string)x!["id"]! == id);
    }

    [Fact]
    public async Task Work_ThatIsRefusedOrRecalled_HasEnded_WithItsReason()
    {
        using var officer = await server.SignInAsync("officer3");
        var partner = await server.RegisterAsync("government");
        var refused = await server.GiveAsync(partner);
        await officer.ExpectAsync($"referrals/{refused}/refuse", new { reason = " " }, 422, "valueMissing", "reason");
        var view = await officer.DoAsync($"referrals/{refused}/refuse", new { reason = "不属职责" });
        Assert.Equal(("refused", "不属职责"), ((string)view["status"]!, (string)view["reason"]!));
        await officer.ExpectAsync($"referrals/{refused}/accept", new { }, 409, "referralNotOpen");
        var recalled = await server.GiveAsync(partner);
        Assert.Equal("recalled", (string?)(await officer.DoAsync($"referrals/{recalled}/recall", new { reason = "已自行解决" }))["status"]);
    }

    [Fact]
    public async Task Work_OutOfScope_OrForWhomItIsNot_IsRefused()
    {
        using var officer = await server.SignInAsync("officer3");
        using var stranger = await server.SignInAsync("officer9");
        using var admin = await server.SignInAsync("admin");
        var partner = await server.RegisterAsync("government", new { name = "x", communityIds = new[] { "north-west" } });
        var id = await server.GiveAsync(partner);
        await stranger.ExpectAsync("communities/north-west/referrals", new { partnerId = partner, taskKind = "other", ask = "x" }, 403, "forbidden");
        await stranger.ExpectAsync($"referrals/{id}/accept", new { }, 403, "forbidden");
        await stranger.ExpectAsync($"referrals/{id}/recall", new { reason = "x" }, 403, "forbidden");
        Assert.Equal(403, (int)(await stranger.GetAsync($"referrals/{id}")).Status);
        await officer.ExpectAsync("communities/north-east/referrals", new { partnerId = partner, taskKind = "other", ask = "x" }, 409, "partnerNotOfCommunity");
        await officer.ExpectAsync("communities/nowhere/referrals", new { partnerId = partner, taskKind = "other", ask = "x" }, 404, "communityNotFound");
        await officer.ExpectAsync("communities/north-west/referrals", new { partnerId = "none", taskKind = "other", ask = "x" }, 422, "partnerNotFound", "partnerId");
        await officer.ExpectAsync("communities/north-west/referrals", new { partnerId = partner, taskKind = "none", ask = "x" }, 422, "taskKindNotFound", "taskKind");
        await officer.ExpectAsync(
            "communities/north-west/referrals", new { partnerId = partner, taskKind = "other", ask = new string('x', 2001) }, 422, "valueTooLong", "ask");
        await officer.ExpectAsync("communities/north-west/referrals", new
        {
            partnerId = partner, taskKind = "other", ask = "x", @ref = "concern/0f1e2d3c-0000-8000-8000-000000000000",
        }, 422, "referenceNotFound", "ref");
        var elsewhere = await server.OpenAsync(lat: 35.05);
        await officer.ExpectAsync(
            "communities/north-west/referrals", new { partnerId = partner, taskKind = "other", ask = "x", @ref = $"incident/{elsewhere}" }, 422, "referenceNotFound", "ref");
        var volunteers = await server.RegisterAsync("volunteerTeam");
        var incident = await server.OpenAsync();
        await officer.ExpectAsync(
            "communities/north-west/referrals", new { partnerId = volunteers, taskKind = "patrol", ask = "x", @ref = $"incident/{incident}" }, 409, "volunteersSeeNoCase");
        await officer.ExpectAsync($"referrals/{id}/return", new { result = "perfect", text = "x" }, 400, "invalidJson");
        await officer.ExpectAsync("referrals/0f1e2d3c-0000-8000-8000-000000000000/accept", new { }, 404, "matterNotFound");
        await officer.ExpectAsync("referrals/nonsense/accept", new { }, 404, "matterNotFound");
    }

    [Fact]
    public async Task Number_InWhatIsAskedOrAnswered_IsFlaggedBeforeItIsSaved()
    {
        using var officer = await server.SignInAsync("officer3");
        using var supervisor = await server.SignInAsync("supervisor");
        var partner = await server.RegisterAsync("government");
        var body = new { partnerId = partner, taskKind = "other", ask = "请联系 13812345678", textConfirmed = false };
        await officer.ExpectAsync("communities/north-west/referrals", body, 409, "protectedTextSuspected", "ask");
        var id = (string)(await officer.DoAsync("communities/north-west/referrals", body with { textConfirmed = true }))["id"]!;
        await officer.ExpectAsync($"referrals/{id}/refuse", new { reason = "13812345678 不接" }, 409, "protectedTextSuspected", "reason");
        var details = new { name = "x", contacts = new[] { new { role = "gridWorker", office = "网格站", phone = "13812345678" } } };
        await supervisor.ExpectAsync(
            "partners", new { kind = "government", stationId = "north", details }, 409, "protectedTextSuspected", "details.contacts[0].phone");
    }
}
