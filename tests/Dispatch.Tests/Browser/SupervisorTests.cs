using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>
/// The supervisor's page in a real browser. Fails where what an officer records does not appear by itself, where the page does not say that it is not current
/// or does not come back after the server died, where a clock that ran out or a decision that is waited for is not on it, where a pair's day lacks a step, where
/// it overflows a screen, or where axe finds something serious in a language or theme.
/// </summary>
public sealed class SupervisorTests
{
    private const float Patience = 30_000;
    private static readonly string[] Views = ["communities", "now", "response", "pairs", "search", "figures", "roll-out"];

    [Fact]
    public async Task Interaction_AppearsAsItIsRecorded_AndThePageResumesAfterTheServerWasKilled()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1366, Height = 768 } });
        page.SetDefaultTimeout(Patience);
        await Chromium.SignInAsync(page, server.Url, "/supervisor", "supervisor");
        await IsLiveAsync(page);
        await RecordAsync(server, "上门走访独居老人");
        await page.GetByTestId("newest").GetByText("上门走访独居老人").WaitForAsync();
        await page.GetByTestId("community-north-west").ClickAsync();

        var id = await RecordAsync(server, "楼道灯坏了，居民希望尽快修复");
        await page.GetByTestId($"interaction-{id}").GetByText("楼道灯坏了").WaitForAsync();
        await page.GetByTestId("total-interactions").GetByText("2", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        using (var officer = await ApiClient.SignInAsync(server.Url, "officer3"))
        {
            var concern = await officer.DoAsync(
                "communities/north-west/concerns",
                new { source = "interaction", category = "facilities", title = "楼道灯", interactionIds = new[] { id }, reporter = new { name = "李某某" } });
            await page.GetByTestId($"matter-{concern["id"]}").ClickAsync();
        }

        await ReadsPersonWithAReasonAsync(page);
        await server.KillAsync();
        await page.GetByTestId("not-current").WaitForAsync();
        await server.StartAsync();
        await IsLiveAsync(page);
        await page.GetByTestId("not-current").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        var later = await RecordAsync(server, "回访：灯已修好");
        await page.GetByTestId($"interaction-{later}").GetByText("灯已修好").WaitForAsync();
        await page.GetByTestId($"interaction-{id}").WaitForAsync();
    }

    [Fact]
    public async Task ClockThatRanOut_AndWhatWaitsForADecision_AreShown_AndAPairsDayHasEachStepAsItIsMade()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(
            null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)), ("Dispatch__Timers__DispatchSeconds__1", "2"));
        await server.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1366, Height = 768 } });
        page.SetDefaultTimeout(Patience);
        await Chromium.SignInAsync(page, server.Url, "/supervisor", "supervisor");
        await IsLiveAsync(page);
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await page.GetByTestId("view-now").ClickAsync();
        var late = await OpenIncidentAsync(dispatcher);
        await page.GetByTestId("pressing").GetByTestId($"incident-{late}").Locator("[data-standing=over]").WaitForAsync();

        // The one pair that could go says no.
        await dispatcher.DoAsync("pairs/north-2/sign-on", new { officerIds = new[] { "north-2-a", "north-2-b" } });
        await dispatcher.DoAsync($"offers/{await OfferAsync(dispatcher, late, new { auto = true })}/decline", new { reason = "tooFar" });
        var decision = page.GetByTestId("decisions").GetByTestId($"incident-{late}");
        await decision.GetByText("距离过远").WaitForAsync();

        await dispatcher.DoAsync($"offers/{await OfferAsync(dispatcher, late, new { pairIds = new[] { "north-2" } })}/accept");
        await page.GetByTestId("pressing").GetByTestId($"incident-{late}").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await page.GetByTestId("view-pairs").ClickAsync();
        await page.GetByTestId("history-north-2").ClickAsync();
        var history = page.GetByTestId("history");
        await history.Locator("[data-kind=declined]").GetByText("距离过远").WaitForAsync();
        await history.Locator("[data-kind=accepted]").WaitForAsync();
        await dispatcher.DoAsync($"incidents/{late}/assignments/north-2/status", new { status = "onScene" });
        await history.Locator("[data-kind=onScene]").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("drawer").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal("history-north-2", await page.EvaluateAsync<string>("document.activeElement.dataset.testid"));
    }

    [Fact]
    public async Task EveryView_HasNothingSeriousForAxe_AndFitsEveryScreen()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            await RecordAsync(server, $"走访 {i}");
        }

        using (var officer = await ApiClient.SignInAsync(server.Url, "officer3"))
        {
            await officer.DoAsync("communities/north-west/concerns", new { source = "resident", category = "noise", title = "夜间噪声" });
            await officer.DoAsync("communities/north-west/disputes", new
            {
                kind = "neighbour", title = "楼上漏水", grade = "yellow",
                parties = new object[] { new { role = "party" }, new { role = "party", nature = "group", label = "物业公司" } },
            });
        }

        using (var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher"))
        {
            await AnswerIncidentsAsync(dispatcher);
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await Chromium.SignInAsync(page, server.Url, "/supervisor", "supervisor");
        await page.SetViewportSizeAsync(1366, 768);
        await page.GetByTestId("community-north-west").ClickAsync();
        await EveryViewAsync(page, "Chinese, night");
        await page.GetByTestId("lang-toggle").ClickAsync();
        await page.GetByTestId("theme-toggle").ClickAsync();
        await EveryViewAsync(page, "English, day");
    }

    /// <summary>Goes through the views by their links, as a supervisor does: one connection for all of them.</summary>
    private static async Task EveryViewAsync(IPage page, string look)
    {
        foreach (var view in Views)
        {
            await page.GetByTestId($"view-{view}").ClickAsync();
            await ShowsAsync(page, view);
            await Barriers.AreNoneAsync(page, $"{view}, {look}");
            await FitsAsync(page, view);
            await page.SetViewportSizeAsync(1366, 768);
        }

        await page.GetByTestId("view-pairs").ClickAsync();
        await page.GetByTestId("history-north-2").ClickAsync();
        await page.GetByTestId("history").Locator("[data-kind=accepted]").First.WaitForAsync();
        await Barriers.AreNoneAsync(page, $"history, {look}");
        await FitsAsync(page, "history");
        await page.SetViewportSizeAsync(1366, 768);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("view-communities").ClickAsync();
        await page.GetByTestId("open-dispute").GetByRole(AriaRole.Listitem).GetByRole(AriaRole.Button).ClickAsync();
        await page.GetByTestId("timeline").WaitForAsync();
        await Barriers.AreNoneAsync(page, $"drawer, {look}");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("drawer").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>So many that the response clocks are told, and one that waits.</summary>
    private static async Task AnswerIncidentsAsync(ApiClient dispatcher)
    {
        await dispatcher.DoAsync("pairs/north-2/sign-on", new { officerIds = new[] { "north-2-a", "north-2-b" } });
        for (var i = 0; i < 5; i++)
        {
            var id = await OpenIncidentAsync(dispatcher);
            await dispatcher.DoAsync($"offers/{await OfferAsync(dispatcher, id, new { pairIds = new[] { "north-2" } })}/accept");
            foreach (var status in new[] { "enRoute", "onScene", "reported", "cleared" })
            {
                await dispatcher.DoAsync($"incidents/{id}/assignments/north-2/status", new { status });
            }
        }

        await OpenIncidentAsync(dispatcher);
    }

    private static async Task<string> OpenIncidentAsync(ApiClient dispatcher) => (string)(await dispatcher.DoAsync(
        "incidents", new { category = "dispute", priority = 1, location = TestOrganisation.InNorthWest, summary = "楼上漏水" }))["id"]!;

    private static async Task<string> OfferAsync(ApiClient dispatcher, string incidentId, object offer) =>
        (string)(await dispatcher.DoAsync($"incidents/{incidentId}/offers", offer))["offers"]![0]!["id"]!;

    private static async Task<string> RecordAsync(DispatchServer server, string text)
    {
        using var officer = await ApiClient.SignInAsync(server.Url, "officer3");
        return (string)(await officer.DoAsync("communities/north-west/interactions", new { kind = "visit", text, participants = 2 }))["id"]!;
    }

    /// <summary>A name is nowhere on the page until a reason is given.</summary>
    private static async Task ReadsPersonWithAReasonAsync(IPage page)
    {
        await page.GetByTestId("timeline").GetByRole(AriaRole.Listitem).First.WaitForAsync();
        await page.GetByTestId("read-persons").ClickAsync();
        Assert.DoesNotContain("李某某", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByTestId("access-reason").FillAsync("回访");
        await page.GetByTestId("access-reason").PressAsync("Enter");
        await page.GetByTestId("persons").GetByText("李某某").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("drawer").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.DoesNotContain("李某某", await page.ContentAsync(), StringComparison.Ordinal);
    }

    private static Task ShowsAsync(IPage page, string view) => page.GetByTestId(view switch
    {
        "now" or "response" or "pairs" => view,
        "search" => "found",
        "figures" => "charts",
        "roll-out" => "roll-out",
        _ => "open-dispute",
    }).WaitForAsync();

    private static async Task FitsAsync(IPage page, string view)
    {
        foreach (var (width, height) in new[] { (360, 740), (1366, 768), (1920, 1080) })
        {
            await page.SetViewportSizeAsync(width, height);
            var wider = await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('html, body, main, main > *, dialog')].filter(x => x.scrollWidth > x.clientWidth + 1).map(x => x.tagName + '.' + x.className)");
            Assert.True(wider.Length == 0, $"{view} at {width}×{height} is wider than the screen: {string.Join(", ", wider)}");
        }
    }

    private static Task IsLiveAsync(IPage page) => page.GetByTestId("connection-state").And(page.Locator("[data-state=live]")).WaitForAsync();
}
