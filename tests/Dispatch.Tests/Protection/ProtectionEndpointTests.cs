using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Protection;

/// <summary>Who may hold and who may look into the logs, over HTTP. Fails where somebody else reads who read what, or an auditor sees a protected field.</summary>
public sealed class ProtectionEndpointTests(ServerFixture server)
{
    [Fact]
    public async Task Accesses_OfAnIncident_AreReadByTheAuditorAlone()
    {
        using var auditor = await NewUserAsync("auditor");
        var incident = await server.OpenAsync();
        await server.Dispatcher.DoAsync($"incidents/{incident}/caller", new { reason = "回拨" });
        var (status, page) = await auditor.GetAsync($"protection/accesses?subject=incident/{incident}&limit=10");
        Assert.Equal(HttpStatusCode.OK, status);
        var row = Assert.Single(page!["items"]!.AsArray());
        Assert.Equal(("caller", "回拨", (string)server.Dispatcher.User!["id"]!), ((string)row!["fields"]![0]!, (string)row["reason"]!, (string)row["actorId"]!));
        var (_, verified) = await auditor.GetAsync("protection/accesses/verify");
        Assert.True((bool)verified!["holds"]!, verified.ToJsonString());

        foreach (var path in new[] { "protection/accesses", "protection/accesses/verify", "protection/erasures" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await server.Dispatcher.GetAsync(path)).Status);
            using var supervisor = await server.SignInAsync("supervisor");
            Assert.Equal(HttpStatusCode.Forbidden, (await supervisor.GetAsync(path)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.GetAsync($"incidents/{incident}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await auditor.PostAsync($"incidents/{incident}/caller", new { reason = "x" }, server.NewKey())).Status);
        using var everywhere = await NewUserAsync("auditor", "*");
        Assert.Equal(HttpStatusCode.Forbidden, (await everywhere.PostAsync($"incidents/{incident}/caller", new { reason = "x" }, server.NewKey())).Status);
    }

    [Fact]
    public async Task Logs_PageByPage_GiveEveryRowOnce()
    {
        using var auditor = await NewUserAsync("auditor");
        var incident = await server.OpenAsync();
        for (var i = 0; i < 7; i++)
        {
            await server.Dispatcher.DoAsync($"incidents/{incident}/caller", new { reason = $"r{i}" });
        }

        var reasons = new List<string>();
        string? cursor = null;
        do
        {
            var (_, page) = await auditor.GetAsync($"protection/accesses?subject=incident/{incident}&limit=3{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            reasons.AddRange(page!["items"]!.AsArray().Select(x => (string)x!["reason"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        // Reads of the same millisecond have no order among them.
        Assert.Equal(["r0", "r1", "r2", "r3", "r4", "r5", "r6"], reasons.Order(StringComparer.Ordinal));
        var (status, bad) = await auditor.GetAsync("protection/erasures?limit=0");
        Assert.Equal((422, "limit"), ((int)status, (string?)bad!["field"]));
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.GetAsync("protection/accesses?cursor=nonsense")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await auditor.GetAsync("protection/accesses?from=nonsense")).Status);
    }

    [Fact]
    public async Task Hold_IsTheSupervisorsAndIsDoneOnce()
    {
        using var supervisor = await server.SignInAsync("supervisor");
        var incident = await server.OpenAsync();
        var hold = new { subject = $"incident/{incident}", until = DateTimeOffset.UtcNow.AddDays(20), reason = "行政诉讼" };
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Dispatcher.PostAsync("protection/holds", hold, server.NewKey())).Status);
        var key = server.NewKey();
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.PostAsync("protection/holds", hold, key)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.PostAsync("protection/holds", hold, key)).Status);
        Assert.Equal("idempotencyKeyReused", await CodeAsync(supervisor.PostAsync("protection/holds", hold with { reason = "别的" }, key)));
        Assert.Equal("protectedTextSuspected", await CodeAsync(supervisor.PostAsync("protection/holds", hold with { reason = "13800001111 来电" }, server.NewKey())));
        Assert.Equal("subjectNotFound", await CodeAsync(supervisor.PostAsync("protection/holds", hold with { subject = "incident/none" }, server.NewKey())));
        Assert.Equal("valueMissing", await CodeAsync(supervisor.PostAsync("protection/holds", hold with { subject = "" }, server.NewKey())));
        var release = new { hold.subject, reason = "判决生效" };
        Assert.Equal(HttpStatusCode.NoContent, (await supervisor.PostAsync("protection/holds/release", release, server.NewKey())).Status);
        Assert.Equal("subjectNotHeld", await CodeAsync(supervisor.PostAsync("protection/holds/release", release, server.NewKey())));
        Assert.Equal(["subjectHeld", "holdReleased"], await server.KindsOfAsync($"protection/incident/{incident}"));
    }

    private static async Task<string?> CodeAsync(Task<(HttpStatusCode Status, JsonNode? Body)> answer) => (string?)(await answer).Body?["code"];

    private async Task<ApiClient> NewUserAsync(string role, params string[] stationIds)
    {
        using var admin = await server.SignInAsync("admin");
        var userName = $"u{Guid.NewGuid():N}"[..16];
        await admin.DoAsync("accounts", new { userName, password = DispatchServer.Password, displayName = userName, roles = new[] { role }, stationIds });
        return await server.SignInAsync(userName);
    }
}
