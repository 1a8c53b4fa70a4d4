using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Web;

/// <summary>
/// Accounts are looked after. Fails where a password that somebody else knows still opens the account, where a password gets into the journal, where an
/// administrator shuts himself out, or where a form is not told which field is wrong.
/// </summary>
public sealed class AccountTests(ServerFixture server)
{
    private const string Second = "another-long-password";

    [Fact]
    public async Task Password_GivenByAnAdministratorOrChangedByItsOwner_IsTheOnlyOneAndNowhereToRead()
    {
        using var admin = await server.SignInAsync("admin");
        var (name, id) = await CreateAsync(admin);
        using var before = await server.SignInAsync(name);
        Assert.Equal((422, "passwordTooShort", "password"), await WrongAsync(admin.PostAsync($"accounts/{id}/password", new { password = "short" })));
        await admin.DoAsync($"accounts/{id}/password", new { password = Second });
        Assert.Equal(HttpStatusCode.Unauthorized, (await before.GetAsync("auth/me")).Status);
        using var after = await ApiClient.SignInAsync(server.Server.Url, name, Second);

        Assert.Equal((422, "passwordWrong", "oldPassword"), await WrongAsync(after.PostAsync("auth/password", new { oldPassword = "nonsense", newPassword = Second })));
        Assert.Equal(
            (422, "passwordTooShort", "password"), await WrongAsync(after.PostAsync("auth/password", new { oldPassword = Second, newPassword = "short" })));
        Assert.Equal(
            HttpStatusCode.NoContent, (await after.PostAsync("auth/password", new { oldPassword = Second, newPassword = DispatchServer.Password })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await after.GetAsync("auth/me")).Status);
        using var own = await server.SignInAsync(name);
        await EndSessionsAsync(admin, id);
        Assert.Equal(HttpStatusCode.Unauthorized, (await own.GetAsync("auth/me")).Status);
        Assert.Equal(
            ["accountCreated", "passwordGiven", "passwordChanged", "sessionsEnded"], await server.KindsOfAsync($"account/{id}"));
        Assert.DoesNotContain(await server.DataOfAsync($"account/{id}"), x => x.Contains(Second, StringComparison.Ordinal) || x.Contains(DispatchServer.Password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OwnAccount_IsNeitherDisabledNorLosesItsAdministrationNorGetsAPasswordWithoutTheOldOne()
    {
        using var admin = await server.SignInAsync("admin");
        var id = (string)admin.User!["id"]!;
        foreach (var body in new[] { """{"disabled":true}""", """{"roles":["dispatcher"]}""" })
        {
            Assert.Equal((409, "ownAccount", null), await WrongAsync(admin.SendRawAsync(HttpMethod.Put, $"accounts/{id}", body)));
        }

        Assert.Equal((409, "ownAccount", null), await WrongAsync(admin.PostAsync($"accounts/{id}/password", new { password = Second })));
    }

    [Fact]
    public async Task Form_WithSomethingWrong_IsToldWhichField()
    {
        using var admin = await server.SignInAsync("admin");
        var (name, _) = await CreateAsync(admin);
        object New(string userName, string password = DispatchServer.Password, string displayName = "X") =>
            new { userName, password, displayName, roles = new[] { "dispatcher" } };
        Assert.Equal((422, "userNameTaken", "userName"), await WrongAsync(admin.PostAsync("accounts", New(name))));
        Assert.Equal((422, "userNameInvalid", "userName"), await WrongAsync(admin.PostAsync("accounts", New("two words"))));
        Assert.Equal((422, "userNameInvalid", "userName"), await WrongAsync(admin.PostAsync("accounts", New(string.Empty))));
        Assert.Equal((422, "passwordTooShort", "password"), await WrongAsync(admin.PostAsync("accounts", New("x1", "short"))));
        Assert.Equal((422, "valueMissing", "displayName"), await WrongAsync(admin.PostAsync("accounts", New("x2", displayName: " "))));
        Assert.Equal((404, "accountNotFound", null), await WrongAsync(admin.PostAsync("accounts/none/password", new { password = Second })));
        using var officer = await server.SignInAsync("officer1");
        Assert.Equal((403, "forbidden", null), await WrongAsync(officer.PostAsync("accounts/none/password", new { password = Second })));
    }

    private async Task<(string Name, string Id)> CreateAsync(ApiClient admin)
    {
        var userName = $"made-{Guid.NewGuid():N}";
        var account = await admin.DoAsync("accounts", new
        {
            userName, password = DispatchServer.Password, displayName = "Made", roles = new[] { "dispatcher" }, stationIds = new[] { "north" },
        });
        return (userName, (string)account["id"]!);
    }

    private static async Task EndSessionsAsync(ApiClient admin, string id) =>
        Assert.Equal(HttpStatusCode.NoContent, (await admin.PostAsync($"accounts/{id}/end-sessions")).Status);

    private static async Task<(int Status, string? Code, string? Field)> WrongAsync(Task<(HttpStatusCode Status, JsonNode? Body)> asked)
    {
        var (status, body) = await asked;
        return ((int)status, (string?)body?["code"], (string?)body?["field"]);
    }
}
