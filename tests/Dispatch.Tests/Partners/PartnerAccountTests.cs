using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dispatch.Processes;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Tests.Partners;

/// <summary>A partner's account sees the work given to it, with the least data, and nothing else, wherever it knocks.</summary>
public sealed partial class PartnerAccountTests(ServerFixture server)
{
    /// <summary>What is open to partners, beside what asks nobody to sign in.</summary>
    private static readonly string[] Open =
    [
        "GET /api/v1/partner/work", "GET /api/v1/auth/me", "POST /api/v1/auth/logout",
        "POST /api/v1/referrals/{id}/accept", "POST /api/v1/referrals/{id}/refuse", "POST /api/v1/referrals/{id}/progress", "POST /api/v1/referrals/{id}/return",
        "POST /api/v1/whistles/{id}/acknowledge", "POST /api/v1/whistles/{id}/arrive", "POST /api/v1/whistles/{id}/leave", "POST /api/v1/whistles/{id}/excuse",
        "POST /api/v1/auth/password",
    ];

    /// <summary>Fails where an endpoint that was added later is open to partners without being named above.</summary>
    [Fact]
    public async Task EveryOtherAddress_OfTheWholeApi_IsForbidden()
    {
        var partner = await server.RegisterAsync("government");
        var id = await server.GiveAsync(partner);
        using var account = await server.AccountOfAsync(partner);
        var paths = (await server.Dispatcher.ReadAsync("/openapi/v1.json"))["paths"]!.AsObject();
        using var nobody = new HttpClient { BaseAddress = server.Server.Url };
        var asked = 0;
        foreach (var (path, methods) in paths)
        {
            foreach (var method in methods!.AsObject().Select(x => x.Key.ToUpperInvariant()).Where(x => !Open.Contains($"{x} {path}")))
            {
                var address = Placeholder().Replace(path, x => x.Value switch
                {
                    "{format}" => "json",
                    "{id}" when path.Contains("/communities/", StringComparison.Ordinal) => "north-west",
                    _ => id,
                });
                using var unsigned = new HttpRequestMessage(new HttpMethod(method), address);
                using var toNobody = await nobody.SendAsync(unsigned);
                if (toNobody.StatusCode != System.Net.HttpStatusCode.Unauthorized)
                {
                    continue;
                }

                var (status, body) = await account.SendRawAsync(new HttpMethod(method), address, method is "GET" ? null : "{}", key: server.NewKey());
                Assert.True((int)status == 403 && (string?)body?["code"] == "forbidden", $"{method} {path} was answered {(int)status}: {body}");
                asked++;
            }
        }

        Assert.True(asked > 60, $"Only {asked} addresses were asked for.");
        Assert.Equal(403, (int)(await account.GetAsync("/openapi/v1.json")).Status);
        Assert.Equal(403, (int)(await account.GetAsync("matters?kind=referral")).Status);
    }

    [Fact]
    public async Task NoFeed_IsOpen()
    {
        var partner = await server.RegisterAsync("government");
        using var account = await server.AccountOfAsync(partner);
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Server.Url, "hubs/dispatch"), x => x.AccessTokenProvider = () => Task.FromResult(account.AccessToken))
            .Build();
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await Assert.ThrowsAsync<HttpRequestException>(() => hub.StartAsync())).StatusCode);
    }

    [Fact]
    public async Task Work_IsOnlyItsOwn_WithTheLeastData()
    {
        var mine = await server.RegisterAsync("government");
        var others = await server.RegisterAsync("government");
        using var account = await server.AccountOfAsync(mine);
        using var officer = await server.SignInAsync("officer3");
        var incident = await server.OpenAsync();
        var given = await server.GiveAsync(mine, reference: $"incident/{incident}");
        var notGiven = await server.GiveAsync(others);
        var whistle = (string)(await officer.DoAsync(
            "communities/north-west/whistles", new { place = "文化广场", purpose = "x", partnerIds = new[] { mine, others } }))["id"]!;
        var notCalled = (string)(await officer.DoAsync("communities/north-west/whistles", new { place = "x", purpose = "x", partnerIds = new[] { others } }))["id"]!;

        var work = (await account.ReadAsync("partner/work"))["items"]!.AsArray();
        Assert.Equal(
            new[] { given, whistle }.Order(), work.Select(x => (string)(x!["referral"] ?? x["whistle"])!["id"]!).Order());
        var text = work.ToJsonString();
        Assert.DoesNotContain(incident, text);
        Assert.DoesNotContain(others, text);
        Assert.DoesNotContain("givenBy", text);
        Assert.Single((await account.ReadAsync("partner/work?limit=1"))["items"]!.AsArray());
        Assert.Equal(422, (int)(await account.GetAsync("partner/work?limit=0")).Status);

        await account.ExpectAsync($"referrals/{notGiven}/accept", new { }, 403, "forbidden");
        await account.ExpectAsync($"whistles/{notCalled}/acknowledge", new { }, 403, "forbidden");
        await account.ExpectAsync("referrals/0f1e2d3c-0000-8000-8000-000000000000/accept", new { }, 404, "matterNotFound");
        var key = server.NewKey();
        var first = await account.DoAsync($"referrals/{given}/refuse", new { reason = "不属职责" }, key);
        Assert.True(JsonNode.DeepEquals(first, await account.DoAsync($"referrals/{given}/refuse", new { reason = "不属职责" }, key)));
        Assert.False((bool)(await officer.ReadAsync($"referrals/{given}"))["onBehalf"]!);
        Assert.Equal(403, (int)(await officer.GetAsync("partner/work")).Status);
        Assert.Equal(mine, (string?)(await account.ReadAsync("auth/me"))["partnerId"]);
    }

    [Fact]
    public async Task Account_OfAPartner_HasNoOtherRole_AndSaysWhich()
    {
        using var admin = await server.SignInAsync("admin");
        var partnerId = await server.RegisterAsync("government");
        async Task ExpectAsync(string code, string[] roles, string? partner, string[]? stationIds = null) => await admin.ExpectAsync("accounts", new
        {
            userName = $"x-{Guid.NewGuid():N}", password = DispatchServer.Password, displayName = "x", roles, partnerId = partner, stationIds,
        }, 422, code);
        await ExpectAsync("partnerRoleAlone", ["partner", "supervisor"], partnerId);
        await ExpectAsync("partnerRoleAlone", ["partner"], partnerId, ["*"]);
        await ExpectAsync("partnerRoleAlone", ["officer"], partnerId);
        await ExpectAsync("partnerNotFound", ["partner"], null);
        await ExpectAsync("partnerNotFound", ["partner"], "none");

        // An account that becomes a partner's loses what it had, in sessions that are under way, too.
        var userName = $"x-{Guid.NewGuid():N}";
        await admin.DoAsync("accounts", new { userName, password = DispatchServer.Password, displayName = "x", roles = new[] { "supervisor" }, stationIds = new[] { "*" } });
        using var account = await server.SignInAsync(userName);
        var path = $"accounts/{account.User!["id"]}";
        await admin.PutAsync(path, $$"""{"roles":["partner"],"partnerId":"{{partnerId}}"}""", 422);
        await admin.PutAsync(path, $$"""{"roles":["partner"],"partnerId":"{{partnerId}}","stationIds":[]}""", 200);
        Assert.Equal(403, (int)(await account.GetAsync("incidents")).Status);
        await account.ReadAsync("partner/work");
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
