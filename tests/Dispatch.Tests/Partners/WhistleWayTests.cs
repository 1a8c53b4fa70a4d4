using Dispatch.Partners;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Partners;

/// <summary>吹哨报到 over HTTP: departments are called to a place, and who came when is on record and on the feed.</summary>
public sealed class WhistleWayTests(ServerFixture server)
{
    [Fact]
    public async Task Whistle_CallsDepartments_RecordsWhoCameWhen_AndIsClosedByItsPair()
    {
        using var officer = await server.SignInAsync("officer3");
        using var other = await server.SignInAsync("officer1");
        var one = await server.RegisterAsync("government");
        var two = await server.RegisterAsync("policeTeam");
        using var account = await server.AccountOfAsync(one);
        await using var screen = await server.ConnectAsync(officer);
        await screen.SubscribeAsync("community/north-west");
        var blown = await officer.DoAsync("communities/north-west/whistles", new
        {
            place = "文化广场", purpose = "占道经营联合整治", partnerIds = new[] { one, two }, location = new { lat = 35.123456, lon = 115.05 },
        });
        var id = (string)blown["id"]!;
        Assert.Equal(35.123, (double)blown["location"]!["lat"]!, 6);
        await screen.WaitForAsync<WhistleView>("community/north-west", $"whistle/{id}", x => x?.DueAt is not null, ServerFixture.Patience);

        var own = await account.DoAsync($"whistles/{id}/acknowledge", new { });
        Assert.Equal("acknowledged", (string?)own["call"]!["status"]);
        Assert.DoesNotContain(two, own.ToJsonString());

        // A partner speaks for itself only, whatever its body says.
        own = await account.DoAsync($"whistles/{id}/arrive", new { role = "城管中队长", partnerId = two });
        Assert.Equal(("arrived", one), ((string)own["call"]!["status"]!, (string)own["call"]!["partnerId"]!));
        await officer.DoAsync($"whistles/{id}/excuse", new { partnerId = two, reason = "处置其他警情" });
        var after = await account.DoAsync($"whistles/{id}/leave", new { result = "劝离 5 户" });
        Assert.NotNull(after["call"]!["leftAt"]);
        await screen.WaitForAsync<WhistleView>(
            "community/north-west", $"whistle/{id}", x => x?.Departments[0].LeftAt is not null && x.DueAt is null, ServerFixture.Patience);

        await other.ExpectAsync($"whistles/{id}/close", new { outcome = "x" }, 403, "forbidden");
        await officer.ExpectAsync($"whistles/{id}/close", new { outcome = "" }, 422, "valueMissing", "outcome");
        using var partnerOfPair = await server.SignInAsync("officer4");
        var closed = await partnerOfPair.DoAsync($"whistles/{id}/close", new { outcome = "已恢复通行" });
        Assert.Equal("closed", (string?)closed["status"]);
        await account.ExpectAsync($"whistles/{id}/acknowledge", new { }, 409, "whistleNotOpen");
        Assert.Equal(
            ["whistleBlown", "whistleAcknowledged", "departmentArrived", "departmentExcused", "departmentLeft", "whistleClosed"],
            await server.KindsOfAsync($"whistle/{id}"));
        Assert.Contains((await officer.ReadAsync("communities/north-west/whistles"))["items"]!.AsArray(), x => (string)x!["id"]! == id);
        Assert.Equal([id], (await officer.ReadAsync($"matters?kind=whistle&ref=partner/{two}"))["items"]!.AsArray().Select(x => (string)x!["id"]!));
    }

    [Fact]
    public async Task Whistle_OfWhomItIsNotOrBadly_IsRefused()
    {
        using var officer = await server.SignInAsync("officer3");
        using var stranger = await server.SignInAsync("officer9");
        var office = await server.RegisterAsync("government");
        var grid = await server.RegisterAsync("gridWorker");
        const string path = "communities/north-west/whistles";
        await stranger.ExpectAsync(path, new { place = "x", purpose = "x", partnerIds = new[] { office } }, 403, "forbidden");
        await server.Dispatcher.ExpectAsync(path, new { place = "x", purpose = "x", partnerIds = new[] { office } }, 403, "forbidden");
        await officer.ExpectAsync(path, new { place = "x", purpose = "x", partnerIds = new[] { grid } }, 409, "partnerAnswersNoWhistle");
        await officer.ExpectAsync(path, new { place = "x", purpose = "x", partnerIds = Array.Empty<string>() }, 422, "valueOutOfRange", "partnerIds");
        await officer.ExpectAsync(path, new { place = " ", purpose = "x", partnerIds = new[] { office } }, 422, "valueMissing", "place");
        await officer.ExpectAsync(path, new { place = "x", purpose = "x" }, 400, "invalidJson");
        var id = (string)(await officer.DoAsync(path, new { place = "x", purpose = "x", partnerIds = new[] { office } }))["id"]!;
        await officer.ExpectAsync($"whistles/{id}/arrive", new { role = "x" }, 422, "valueMissing", "partnerId");
        await officer.ExpectAsync($"whistles/{id}/arrive", new { role = "x", partnerId = grid }, 422, "departmentNotCalled", "partnerId");
        await officer.ExpectAsync($"whistles/{id}/arrive", new { role = "x", partnerId = office, at = "2020-01-01T00:00:00Z" }, 422, "valueOutOfRange", "at");
        await stranger.ExpectAsync($"whistles/{id}/arrive", new { role = "x", partnerId = office }, 403, "forbidden");
    }
}
