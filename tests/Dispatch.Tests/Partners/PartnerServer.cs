using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Processes;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Partners;

/// <summary>What the tests of partners do at the shared server again and again.</summary>
internal static class PartnerServer
{
    public static async Task<string> RegisterAsync(this ServerFixture server, string kind, object? details = null, string? stationId = "north")
    {
        using var supervisor = await server.SignInAsync("supervisor");
        return (string)(await supervisor.DoAsync("partners", new { kind, stationId, details = details ?? new { name = kind } }))["id"]!;
    }

    /// <summary>An account that answers for a partner.</summary>
    public static async Task<ApiClient> AccountOfAsync(this ServerFixture server, string partnerId)
    {
        using var admin = await server.SignInAsync("admin");
        var userName = $"partner-{Guid.NewGuid():N}";
        await admin.DoAsync("accounts", new
        {
            userName, password = DispatchServer.Password, displayName = "街道办值班", roles = new[] { "partner" }, partnerId,
        });
        return await server.SignInAsync(userName);
    }

    /// <summary>Work given to a partner in north-west; its id.</summary>
    public static async Task<string> GiveAsync(this ServerFixture server, string partnerId, string taskKind = "concernWork", string? reference = null)
    {
        using var officer = await server.SignInAsync("officer3");
        return (string)(await officer.DoAsync("communities/north-west/referrals", new { partnerId, taskKind, ask = "请清理楼道堆物", @ref = reference }))["id"]!;
    }

    public static async Task<JsonNode?> ExpectAsync(this ApiClient user, string path, object? body, int status, string? code, string? field = null, string? key = null)
    {
        var (answered, problem) = await user.PostAsync(path, body, key);
        Assert.True((int)answered == status && (code is null || (string?)problem?["code"] == code), $"POST {path} was answered {(int)answered}: {problem}");
        Assert.True(field is null || (string?)problem?["field"] == field, $"POST {path} names {problem?["field"]}");
        return problem;
    }

    public static async Task<JsonNode> ReadAsync(this ApiClient user, string path)
    {
        var (status, body) = await user.GetAsync(path);
        Assert.True(status == HttpStatusCode.OK, $"GET {path} was answered {(int)status}: {body}");
        return body!;
    }

    public static async Task<JsonNode?> PutAsync(this ApiClient user, string path, string body, int status)
    {
        var (answered, problem) = await user.SendRawAsync(HttpMethod.Put, path, body, key: Guid.NewGuid().ToString());
        Assert.True((int)answered == status, $"PUT {path} was answered {(int)answered}: {problem}");
        return problem;
    }
}
