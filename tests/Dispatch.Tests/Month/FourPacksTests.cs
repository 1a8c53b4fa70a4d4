using System.Net;
using Dispatch.Month;
using Dispatch.Processes;
using Dispatch.Replay;
using Dispatch.Tests.Partners;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Month;

/// <summary>One scenario through every shipped pack, by the same code: a pack is data, and what it says differently is what happens differently.</summary>
public sealed class FourPacksTests
{
    /// <summary>So long ago that the longest window of a repeat is over.</summary>
    private const int DaysAgo = 300;

    [Fact]
    public async Task Scenario_GoesThroughEveryPack()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var run = await MonthServerRun.StartAsync(null);
        var access = new ServerAccess(run.Server.Url, "admin", DispatchServer.Password);
        using var api = await DispatchApi.SignInAsync(access, 1, new ReplayTally(), TimeProvider.System, cancelled);
        using var admin = await ApiClient.SignInAsync(run.Server.Url, "admin");
        var packs = (await admin.ReadAsync("model-packs")).AsArray().Select(x => (string)x!["id"]!).ToArray();
        Assert.Equal(4, packs.Length);
        foreach (var pack in packs)
        {
            await admin.PutAsync("organisation/model-pack", $$"""{"modelPack":"{{pack}}","reason":"试行"}""", (int)HttpStatusCode.OK);
            var known = await MonthServer.AskAsync(api, cancelled);
            Assert.Equal(pack, known.Pack.Id);
            await PlayAsync(access, api, admin, known, cancelled);
        }
    }

    private static async Task PlayAsync(ServerAccess access, DispatchApi api, ApiClient admin, MonthServer known, CancellationToken cancelled)
    {
        var cast = MonthCast.Of(known.Organisation, MonthServerRun.Community)! with { PairIsLive = true };
        using var crew = new MonthAccounts(access, api, cast, new ReplayTally(), TimeProvider.System);
        var builder = new MonthBuilder($"scenario-{known.Pack.Id}", 1, cast, known.Pack, CommunityMonth.BeginningBefore(DateTimeOffset.UtcNow.AddDays(-DaysAgo)));
        PackScenario.Tell(builder);
        var report = await new MonthPlayer(crew, TimeSpan.Zero, TimeProvider.System).PlayAsync(builder.Build(), cancelled);
        Assert.True(report.Unexpected.IsEmpty, string.Join('\n', report.Unexpected.Select(x => $"{known.Pack.Id} {x.Step.Key} {x.Step.Path}: {x.Status} {x.Code} {x.Detail}")));

        Assert.Equal("confirmed", (string?)(await admin.ReadAsync($"concerns/{report.Ids["concern"]}"))["status"]);
        var problem = await admin.ReadAsync($"problems/{report.Ids["problem"]}");
        Assert.Equal("reduced", (string?)problem["assessment"]!["result"]);
        Assert.False((bool)problem["isOpen"]!);
        var locally = await admin.ReadAsync($"disputes/{report.Ids["settled"]}/closed-locally");
        Assert.True((string?)locally["answer"] == "yes", $"{known.Pack.Id}: {locally}");
        var escalated = await admin.ReadAsync($"disputes/{report.Ids["escalated"]}");
        Assert.Equal(
            known.Pack.DisputeTiers.OrderBy(x => x.Order).Skip(1).Select(x => x.Code), escalated["hops"]!.AsArray().Select(x => (string)x!["to"]!));
    }
}
