using System.Net;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dispatch.Tests.Live;

/// <summary>Who may see what of a feed, when they subscribe and for as long as they watch.</summary>
public sealed class FeedRightsTests(ServerFixture server)
{
    private const string Password = "a-long-password";
    private const string Secret = "幸福里 9 号 402";

    [Fact]
    public async Task Account_LosesAStationWhileItWatches_ThatFeedEndsAndNothingElse()
    {
        var (account, user) = await MakeAccountAsync(["dispatcher"], ["north", "south"]);
        await using var screen = await Onlooker.ConnectAsync(server.Server.Url, user, "station/north", "station/south");

        await ChangeAccountAsync(account, new { stationIds = new[] { "south" } });

        Assert.Equal("forbidden", (await screen.UntilStatusAsync("station/north", FeedCondition.Ended)).Code);
        var refused = await Assert.ThrowsAsync<HubException>(() => screen.SubscribeAsync("station/north"));
        Assert.Contains("forbidden:", refused.Message, StringComparison.Ordinal);
        var seen = screen.TextOf("station/north");
        var away = await server.OpenAsync();
        var here = await server.OpenAsync(lat: 35.05);
        await screen.UntilAsync("station/south", $"incident/{here}", _ => true);
        Assert.Equal(seen, screen.TextOf("station/north"));
        Assert.Null(screen.Value("station/north", $"incident/{away}"));
        Assert.Equal(HttpStatusCode.Forbidden, (await user.GetAsync($"incidents/{away}")).Status);
    }

    [Fact]
    public async Task Account_GainsAStationWhileConnected_MayWatchItOnTheSameConnection()
    {
        var (account, user) = await MakeAccountAsync(["dispatcher"], ["north"]);
        await using var screen = await Onlooker.ConnectAsync(server.Server.Url, user, "station/north");
        await Assert.ThrowsAsync<HubException>(() => screen.SubscribeAsync("station/south"));
        await ChangeAccountAsync(account, new { stationIds = new[] { "north", "south" } });
        for (var tries = 0; ; tries++)
        {
            try
            {
                await screen.SubscribeAsync("station/south");
                break;
            }
            catch (HubException) when (tries < 100)
            {
                // Counts once the rights were looked at again.
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        await screen.UntilAsync("station/south", "summary", _ => true);
    }

    [Fact]
    public async Task IncidentFeed_WatchedWithDifferentRights_SharesNoByteThatOneMayNotSee()
    {
        var (_, keeper) = await MakeAccountAsync(["administrator"], ["*"]);
        var id = await OpenSecretAsync();
        await using var dispatcher = await Onlooker.ConnectAsync(server.Server.Url, server.Dispatcher, $"incident/{id}");
        await using var administrator = await Onlooker.ConnectAsync(server.Server.Url, keeper, $"incident/{id}");

        await server.Dispatcher.DoAsync($"incidents/{id}/notes", new { text = $"在 {Secret}" });

        await dispatcher.UntilAsync($"incident/{id}", "incident", x => x.GetProperty("notes").GetArrayLength() == 1);
        await administrator.UntilAsync($"incident/{id}", "incident", x => x.GetProperty("version").GetInt64() == 2);
        await administrator.UntilAsync($"incident/{id}", "timeline/2", _ => true);
        Assert.Contains(Secret, dispatcher.TextOf($"incident/{id}"), StringComparison.Ordinal);
        Assert.Contains("35.15678", dispatcher.TextOf($"incident/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, administrator.TextOf($"incident/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("35.15678", administrator.TextOf($"incident/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, (await keeper.GetAsync($"incidents/{id}")).Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, (await keeper.GetAsync($"incidents/{id}/timeline")).Body!.ToJsonString(), StringComparison.Ordinal);

        var answer = await keeper.DoAsync($"incidents/{id}/notes", new { text = "系统检查" });
        Assert.DoesNotContain(Secret, answer.ToJsonString(), StringComparison.Ordinal);

        // A cursor of the whole feed is worth nothing in the masked one.
        var cursor = new FeedCursor(JsonOfLast(dispatcher, id).GetProperty("epoch").GetString()!, JsonOfLast(dispatcher, id).GetProperty("to").GetInt64());
        await administrator.SubscribeAsync($"incident/{id}", cursor);
        await administrator.UntilAsync($"incident/{id}", "incident", x => x.GetProperty("address").ValueKind == System.Text.Json.JsonValueKind.Null);
        Assert.DoesNotContain(Secret, administrator.TextOf($"incident/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommunityFeed_ForAnAdministrator_HasNoFreeText()
    {
        var (_, keeper) = await MakeAccountAsync(["administrator"], ["*"]);
        await using var dispatcher = await Onlooker.ConnectAsync(server.Server.Url, server.Dispatcher, "community/north-west");
        await using var administrator = await Onlooker.ConnectAsync(server.Server.Url, keeper, "community/north-west");
        var made = await server.Dispatcher.DoAsync("communities/north-west/interactions", new { kind = "visit", text = Secret, participants = 2 });
        await dispatcher.UntilAsync("community/north-west", $"interaction/{made["id"]}", x => x.GetProperty("text").GetString() == Secret);
        await administrator.UntilAsync("community/north-west", $"interaction/{made["id"]}", x => x.GetProperty("participants").GetInt32() == 2);
        Assert.DoesNotContain(Secret, administrator.TextOf("community/north-west"), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, (await keeper.GetAsync("communities/north-west/interactions")).Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incident_PassedToAnotherStation_GoesOnMaskedForWhoPassedItOn()
    {
        var (_, north) = await MakeAccountAsync(["dispatcher"], ["north"]);
        var id = await OpenSecretAsync();
        await using var screen = await Onlooker.ConnectAsync(server.Server.Url, north, $"incident/{id}");
        await screen.UntilAsync($"incident/{id}", "incident", x => x.GetProperty("address").GetString() == Secret);
        await server.Dispatcher.DoAsync($"incidents/{id}/transfer", new { stationId = "south", reason = "属南所" });
        await screen.UntilAsync($"incident/{id}", "incident", x => x.GetProperty("address").ValueKind == System.Text.Json.JsonValueKind.Null);
        await server.Dispatcher.DoAsync($"incidents/{id}/notes", new { text = "只给南所" });
        await screen.UntilAsync($"incident/{id}", "incident", x => x.GetProperty("version").GetInt64() == 3);
        Assert.DoesNotContain("只给南所", screen.TextOf($"incident/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pair_DissolvedWhileItsOfficerWatches_ItsFeedEnds()
    {
        using var admin = await server.SignInAsync("admin");
        var id = $"north-{Guid.NewGuid():N}"[..12];
        await admin.DoAsync("pairs", new
        {
            id, callSign = id, stationId = "north", communityId = "north-west", reason = "test",
            officers = new[]
            {
                new { id = $"{id}-a", name = "Green", role = "greenLeaf", skills = Array.Empty<string>() },
                new { id = $"{id}-b", name = "Red", role = "redFlower", skills = Array.Empty<string>() },
            },
        });
        var (_, officer) = await MakeAccountAsync(["officer"], [], $"{id}-a");
        await using var phone = await Onlooker.ConnectAsync(server.Server.Url, officer, $"pair/{id}");
        await phone.UntilAsync($"pair/{id}", "pair", _ => true);
        await admin.DoAsync($"pairs/{id}/dissolve", new { reason = "test" });
        Assert.Equal("pairNotFound", (await phone.UntilStatusAsync($"pair/{id}", FeedCondition.Ended)).Code);
    }

    [Fact]
    public async Task IncidentFeed_TellsWhoIsLookingUntilTheyLeave()
    {
        var (account, north) = await MakeAccountAsync(["dispatcher"], ["north"]);
        var id = await server.OpenAsync();
        await using var first = await Onlooker.ConnectAsync(server.Server.Url, server.Dispatcher, $"incident/{id}");
        var second = await Onlooker.ConnectAsync(server.Server.Url, north, $"incident/{id}");
        await using var third = await Onlooker.ConnectAsync(server.Server.Url, north, $"incident/{id}");
        await first.UntilAsync($"incident/{id}", $"looking/{account}", x => x.GetProperty("name").GetString()!.StartsWith("Test", StringComparison.Ordinal));
        await third.UntilAsync($"incident/{id}", $"looking/{server.Dispatcher.User!["id"]}", _ => true);

        // Two screens of one account are one looker; he is there until the last is closed, or shows something else.
        await second.DisposeAsync();
        await third.Connection.InvokeAsync("Unsubscribe", $"incident/{id}", TestContext.Current.CancellationToken);
        await first.UntilGoneAsync($"incident/{id}", $"looking/{account}");
    }

    [Fact]
    public async Task Subscription_ToAnIncident_IsInTheJournalOfReads()
    {
        var id = await OpenSecretAsync();
        await using var screen = await Onlooker.ConnectAsync(server.Server.Url, server.Dispatcher, $"incident/{id}");
        var (_, north) = await MakeAccountAsync(["dispatcher"], ["north"]);
        Assert.Equal(HttpStatusCode.OK, (await north.GetAsync($"incidents/{id}")).Status);
        var rows = await server.ReadsOfAsync($"incident/{id}");
        Assert.Contains(((string)server.Dispatcher.User!["id"]!, "address", "incidentFeed"), rows);
    }

    [Fact]
    public async Task Account_ChangedByAnAdministrator_IsInTheJournal()
    {
        var (account, _) = await MakeAccountAsync(["dispatcher"], ["north"]);
        await ChangeAccountAsync(account, new { roles = new[] { "supervisor" } });
        Assert.Equal(["accountCreated", "accountChanged"], await server.KindsOfAsync($"account/{account}"));
    }

    [Theory]
    [InlineData("{\"roles\":[\"king\"]}", 422, "roleNotFound")]
    [InlineData("{\"stationIds\":[\"nowhere\"]}", 422, "stationNotFound")]
    [InlineData("{\"communityIds\":[\"nowhere\"]}", 422, "communityNotFound")]
    [InlineData("{\"officerId\":\"nobody\"}", 422, "officerNotInPair")]
    [InlineData("{\"roles\":\"supervisor\"}", 400, "invalidJson")]
    public async Task Account_ChangedToNonsense_IsRefusedAndStays(string body, int status, string code)
    {
        var (account, _) = await MakeAccountAsync(["dispatcher"], ["north"]);
        using var admin = await server.SignInAsync("admin");
        var (answered, problem) = await admin.SendRawAsync(HttpMethod.Put, $"accounts/{account}", body);
        Assert.Equal((status, code), ((int)answered, (string?)problem?["code"]));
        var (_, all) = await admin.GetAsync("accounts");
        Assert.Equal("dispatcher", (string?)all!.AsArray().Single(x => (string?)x!["id"] == account)!["roles"]);
        Assert.Equal(["accountCreated"], await server.KindsOfAsync($"account/{account}"));
    }

    [Fact]
    public async Task Account_ChangedByWhoIsNoAdministratorOrShutOutByItself_IsRefused()
    {
        var (account, _) = await MakeAccountAsync(["dispatcher"], ["north"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Dispatcher.SendRawAsync(HttpMethod.Put, $"accounts/{account}", "{\"disabled\":true}")).Status);
        using var admin = await server.SignInAsync("admin");
        var (status, problem) = await admin.SendRawAsync(HttpMethod.Put, $"accounts/{admin.User!["id"]}", "{\"disabled\":true}");
        Assert.Equal((409, "ownAccount"), ((int)status, (string?)problem?["code"]));
    }

    private static System.Text.Json.JsonElement JsonOfLast(Onlooker screen, string incidentId) =>
        System.Text.Json.JsonDocument.Parse(screen.TextOf($"incident/{incidentId}").Split('\n')[^1]).RootElement;

    private async Task<string> OpenSecretAsync() => (string)(await server.Dispatcher.DoAsync("incidents", new
    {
        category = "dispute", priority = 3, location = new { lat = 35.15678, lon = 115.05432 }, summary = "争吵", address = Secret,
    }))["id"]!;

    private async Task<(string Id, ApiClient User)> MakeAccountAsync(string[] roles, string[] stationIds, string? officerId = null)
    {
        using var admin = await server.SignInAsync("admin");
        var userName = $"test-{Guid.NewGuid():N}";
        var made = await admin.DoAsync("accounts", new { userName, password = Password, displayName = $"Test {userName[..9]}", roles, stationIds, officerId });
        return ((string)made["id"]!, await ApiClient.SignInAsync(server.Server.Url, userName, Password));
    }

    private async Task ChangeAccountAsync(string id, object change)
    {
        using var admin = await server.SignInAsync("admin");
        var (status, body) = await admin.SendRawAsync(HttpMethod.Put, $"accounts/{id}", System.Text.Json.JsonSerializer.Serialize(change));
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
    }
}
