using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Live;

/// <summary>A connection ends with the token it was opened with, and goes on with the next where it was.</summary>
public sealed class ExpiredTokenTests
{
    private const string Feed = "station/south";

    [Fact]
    public async Task Connection_WhoseTokenExpires_IsClosed_AndGoesOnWithARefreshedOne()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-expiry-").FullName;
        await using var server = DispatchServer.On(
            null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)), ("Dispatch__Sessions__AccessTokenFor", "00:00:04"));
        await server.StartAsync();
        using var nobody = new ApiClient(server.Url);
        await using var other = new FeedClient(server.Url, async () => (string)(await SignInAsync(nobody))["accessToken"]!);
        await other.StartAsync();
        await other.SubscribeAsync(Feed);

        var session = await SignInAsync(nobody);
        var expiring = (string)session["accessToken"]!;
        await using var screen = await RawScreen.ConnectAsync(server.Url, expiring);
        await screen.GreetAsync();
        await screen.SubscribeAsync(Feed);
        await screen.ReadUntilShownAsync(() => screen.Copy(Feed).Cursor is not null, "the feed's content");
        await screen.ReadUntilClosedAsync("has a token that expired");
        Assert.Equal(HttpStatusCode.Unauthorized, (await RawScreen.TryConnectAsync(server.Url, expiring)).Status);

        var id = await OpenAsync(server.Url);
        var (status, refreshed) = await nobody.PostAsync("auth/refresh", new { refreshToken = (string)session["refreshToken"]! });
        Assert.Equal(HttpStatusCode.OK, status);
        await using var back = await screen.ComeBackAsync(server.Url, (string)refreshed!["accessToken"]!);
        await back.SubscribeAsync(Feed);
        await back.ReadUntilShownAsync(() => back.Copy(Feed).Values.ContainsKey($"incident/{id}"), "the incident that was opened meanwhile");
        Assert.Equal(0, back.Snapshots);
        await other.WaitForAsync<JsonNode>(Feed, $"incident/{id}", x => x is not null, RawScreen.Patience);
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<JsonNode> SignInAsync(ApiClient nobody)
    {
        var (status, session) = await nobody.PostAsync("auth/login", new { userName = "dispatcher", password = DispatchServer.Password });
        Assert.Equal(HttpStatusCode.OK, status);
        return session!;
    }

    private static async Task<string> OpenAsync(Uri server)
    {
        using var dispatcher = await ApiClient.SignInAsync(server, "dispatcher");
        var incident = await dispatcher.DoAsync(
            "incidents", new { category = "dispute", priority = 2, location = new { lat = 35.05, lon = 115.05 }, summary = "x" });
        return (string)incident["id"]!;
    }
}
