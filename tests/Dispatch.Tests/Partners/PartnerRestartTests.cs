using System.Text.Json.Nodes;
using Dispatch.Processes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Partners;

/// <summary>What a partner was given and said survives a kill, on both databases, and a repeat after it gets the first answer.</summary>
public sealed class PartnerRestartTests(PostgresServer postgres)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task WorkAndTeams_SurviveAKill_AndRepeatsDoNothing(bool onPostgres)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(
            onPostgres ? await postgres.CreateDatabaseAsync() : null,
            ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)), ("DISPATCH_ADMIN_PASSWORD", DispatchServer.Password));
        await server.StartAsync();
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var partner = new { kind = "government", details = new { name = "街道办" } };
        var registered = await admin.DoAsync("partners", partner, "register");
        var partnerId = (string)registered["id"]!;
        await admin.DoAsync("accounts", new
        {
            userName = "office", password = DispatchServer.Password, displayName = "街道办", roles = new[] { "partner" }, partnerId,
        });
        var work = new { partnerId, taskKind = "other", ask = "请协助" };
        var given = await admin.DoAsync("communities/north-west/referrals", work, "give");
        var whistle = await admin.DoAsync("communities/north-west/whistles", new { place = "文化广场", purpose = "整治", partnerIds = new[] { partnerId } }, "blow");
        using (var office = await ApiClient.SignInAsync(server.Url, "office"))
        {
            await office.DoAsync($"referrals/{given["id"]}/accept", new { }, "accept");
            await office.DoAsync($"whistles/{whistle["id"]}/arrive", new { role = "值班主任" }, "arrive");
        }

        var team = (string)(await admin.DoAsync("partners", new { kind = "volunteerTeam", details = new { name = "志愿队" } }))["id"]!;
        var applied = await admin.DoAsync($"partners/{team}/volunteers", new { person = new { name = "李某" } }, "apply");

        await server.KillAsync();
        await server.StartAsync();
        using var after = await ApiClient.SignInAsync(server.Url, "admin");
        Assert.True(JsonNode.DeepEquals(registered, await after.DoAsync("partners", partner, "register")));
        Assert.True(JsonNode.DeepEquals(given, await after.DoAsync("communities/north-west/referrals", work, "give")));
        Assert.True(JsonNode.DeepEquals(applied, await after.DoAsync($"partners/{team}/volunteers", new { person = new { name = "李某" } }, "apply")));
        Assert.Single((await after.ReadAsync($"partners/{team}/volunteers"))["volunteers"]!.AsArray());
        using var again = await ApiClient.SignInAsync(server.Url, "office");
        var items = (await again.ReadAsync("partner/work"))["items"]!.AsArray();
        Assert.Equal(2, items.Count);
        Assert.Contains(items, x => (string?)x!["referral"]?["status"] == "accepted");
        Assert.Contains(items, x => (string?)x!["whistle"]?["call"]!["status"] == "arrived");
        Assert.Equal("done", (string?)(await again.DoAsync($"referrals/{given["id"]}/return", new { result = "done", text = "已办" }))["result"]);
    }
}
