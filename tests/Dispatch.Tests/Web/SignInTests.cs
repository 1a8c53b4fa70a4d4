using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;
using Microsoft.AspNetCore.SignalR;

namespace Dispatch.Tests.Web;

/// <summary>Nothing is open but sign-in and health, and nobody reaches beyond his scope.</summary>
public sealed class SignInTests(ServerFixture server)
{
    /// <summary>What is there for those who have no account.</summary>
    private static readonly string[] Public = ["/healthz", "/api/v1/public/", "/open311/"];

    [Fact]
    public async Task EveryEndpoint_WithoutSigningIn_IsRefused()
    {
        var (_, document) = await server.Dispatcher.GetAsync("/openapi/v1.json");
        using var nobody = new ApiClient(server.Server.Url);
        var tried = 0;
        foreach (var (path, methods) in document!["paths"]!.AsObject())
        {
            foreach (var (method, _) in methods!.AsObject())
            {
                if (path is "/api/v1/auth/login" or "/api/v1/auth/refresh" || Public.Any(x => path.StartsWith(x, StringComparison.Ordinal)))
                {
                    continue;
                }

                var concrete = path.Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal);
                var (status, body) = await nobody.SendRawAsync(new HttpMethod(method), concrete, method == "get" ? null : "{}");
                Assert.True(status == HttpStatusCode.Unauthorized, $"{method} {path} was answered {(int)status} without signing in.");
                Assert.Equal("signInNeeded", (string?)body!["code"]);
                tried++;
            }
        }

        Assert.True(tried > 25, $"Only {tried} endpoints are in the document.");
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.SendRawAsync(HttpMethod.Post, "/hubs/dispatch/negotiate", null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/openapi/v1.json")).Status);
    }

    [Fact]
    public async Task SignIn_WrongPasswordOrUser_IsRefusedAlike()
    {
        using var nobody = new ApiClient(server.Server.Url);
        var wrong = await nobody.PostAsync("auth/login", new { userName = "dispatcher", password = "nonsense" });
        var unknown = await nobody.PostAsync("auth/login", new { userName = "nobody-at-all", password = "nonsense" });
        Assert.Equal((HttpStatusCode.Unauthorized, "signInFailed"), (wrong.Status, (string?)wrong.Body!["code"]));
        Assert.Equal((HttpStatusCode.Unauthorized, "signInFailed"), (unknown.Status, (string?)unknown.Body!["code"]));
    }

    [Fact]
    public async Task SignIn_TooManyWrongPasswords_LocksTheAccount()
    {
        using var nobody = new ApiClient(server.Server.Url);
        var last = default((HttpStatusCode Status, JsonNode? Body));
        for (var i = 0; i < 9; i++)
        {
            last = await nobody.PostAsync("auth/login", new { userName = "officer8", password = "wrong" });
        }

        Assert.Equal((HttpStatusCode.TooManyRequests, "accountLocked"), (last.Status, (string?)last.Body!["code"]));
    }

    [Fact]
    public async Task Refresh_WithTheRefreshToken_BringsAWorkingToken_AndTheAccessTokenIsNone()
    {
        using var nobody = new ApiClient(server.Server.Url);
        var signedIn = (await nobody.PostAsync("auth/login", new { userName = "supervisor", password = DispatchServer.Password })).Body!;
        var refreshed = await nobody.PostAsync("auth/refresh", new { refreshToken = (string)signedIn["refreshToken"]! });
        Assert.Equal(HttpStatusCode.OK, refreshed.Status);
        Assert.Equal("supervisor", (string?)refreshed.Body!["user"]!["roles"]![0]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsync("auth/refresh", new { refreshToken = (string)signedIn["accessToken"]! })).Status);
    }

    [Fact]
    public async Task Officer_ReachesOwnPairAndStation_AndNothingElse()
    {
        using var officer = await server.SignInAsync("officer1");
        Assert.Equal("north-1", (string?)officer.User!["pairId"]);
        var south = await server.OpenAsync(lat: 35.05);

        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("pairs/north-1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("pairs/south-1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync($"incidents/{south}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync($"incidents/{south}/timeline")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync($"incidents/{south}/notes", new { text = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("incidents?stationId=south")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync("pairs/north-2/sign-on", new { officerIds = new[] { "north-2-a" } })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("accounts")).Status);

        var north = await server.OpenAsync();
        var other = await server.FreePairAsync("north-2");
        var offer = await server.OfferAsync(north, other);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync($"offers/{offer}/accept")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync($"incidents/{north}/offers", new { auto = true })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.PostAsync($"incidents/{north}/close", new { disposition = "settled" })).Status);
    }

    [Theory]
    [InlineData("station/south", "forbidden")]
    [InlineData("station/south/positions", "forbidden")]
    [InlineData("community/south-west", "forbidden")]
    [InlineData("pair/north-2", "forbidden")]
    [InlineData("bureau", "forbidden")]
    [InlineData("station/none", "stationNotFound")]
    [InlineData("incident/0f1e2d3c-0000-8000-8000-000000000000", "incidentNotFound")]
    [InlineData("nonsense", "feedNotFound")]
    [InlineData("station/north/positions/more", "feedNotFound")]
    public async Task Subscribe_OutsideTheScope_IsRefusedWithACode(string feed, string code)
    {
        using var officer = await server.SignInAsync("officer1");
        await using var client = await server.ConnectAsync(officer);
        var error = await Assert.ThrowsAsync<HubException>(() => client.SubscribeAsync(feed));
        Assert.Contains($"{code}:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_OfOneStation_SeesThatStationAlone()
    {
        using var admin = await server.SignInAsync("admin");
        var name = $"south-{Guid.NewGuid():N}";
        await admin.DoAsync("accounts", new
        {
            userName = name, password = DispatchServer.Password, displayName = "South", roles = new[] { "dispatcher" }, stationIds = new[] { "south" },
        });
        using var south = await server.SignInAsync(name);
        var north = await server.OpenAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await south.GetAsync($"incidents/{north}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await south.PostAsync($"incidents/{north}/offers", new { pairIds = new[] { "south-1" } })).Status);
        var (_, list) = await south.GetAsync("incidents?state=open");
        Assert.All(list!["items"]!.AsArray(), x => Assert.Equal("south", (string?)x!["stationId"]));
        var (_, pairs) = await south.GetAsync("pairs");
        Assert.All(pairs!.AsArray(), x => Assert.Equal("south", (string?)x!["stationId"]));
    }
}
