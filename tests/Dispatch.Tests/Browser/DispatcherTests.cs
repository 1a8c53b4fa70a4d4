using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>
/// The dispatcher's console in a real browser. Fails where a call cannot be taken and sent out by the keyboard alone, where half-written words are lost, where a command
/// that was given while the server was away is lost or done twice, where a caller shows before somebody said why, or where axe finds something serious.
/// </summary>
public sealed class DispatcherTests
{
    private const float Patience = 30_000;

    [Fact]
    public async Task Call_IsTakenAndOfferedByKeyboardAlone_AndASecondOneIsShownAsTheSame()
    {
        await using var desk = await Desk.OpenAsync();
        var page = desk.Page;
        await TypeCallAsync(page, "楼上两家争吵");
        await page.GetByTestId("intake-caller-phone").WaitForAsync();

        // Half-taken calls are not lost either.
        await page.ReloadAsync();
        await desk.IsLiveAsync();
        await page.Keyboard.PressAsync("n");
        Assert.Equal("楼上两家争吵", await page.GetByTestId("intake-summary").InputValueAsync());
        await page.Keyboard.PressAsync("Control+Enter");

        await page.GetByTestId("incident-status").And(page.Locator("[data-status=new]")).WaitForAsync();
        Assert.Equal("楼上两家争吵", await page.GetByTestId("incident-summary").InnerTextAsync());
        await page.Locator("[data-testid=recommended-north-1] input:focus").WaitForAsync();
        await page.Keyboard.PressAsync("o");
        await page.GetByTestId("offer-north-1").And(page.Locator("[data-status=pending]")).WaitForAsync();
        await page.GetByTestId("incident-status").And(page.Locator("[data-status=dispatched]")).WaitForAsync();

        await TypeCallAsync(page, "又有人报同一件事");
        await page.GetByTestId("duplicates").GetByRole(AriaRole.Listitem).WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("incident").WaitForAsync();
    }

    [Fact]
    public async Task HalfWrittenNote_SurvivesAReload_AndIsAddedOnceThoughTheServerWasAway()
    {
        await using var desk = await Desk.OpenAsync();
        var page = desk.Page;
        await page.GetByTestId("queue-first").ClickAsync();
        await page.GetByTestId("note").FillAsync("邻居反映");
        await page.ReloadAsync();
        await desk.IsLiveAsync();
        await page.Keyboard.PressAsync("e");
        await page.WaitForFunctionAsync("document.querySelector('[data-testid=note]').value === '邻居反映'");
        await page.GetByTestId("note").PressAsync("End");
        await page.Keyboard.TypeAsync("，门没有关");

        await desk.Server.KillAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByTestId("pending").WaitForAsync();
        await page.GetByTestId("not-current").WaitForAsync();
        Assert.Equal("邻居反映，门没有关", await page.GetByTestId("note").InputValueAsync());
        await desk.Server.StartAsync();
        await page.GetByTestId("pending").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await page.GetByTestId("timeline").GetByText("邻居反映，门没有关").WaitForAsync();
        Assert.Equal(string.Empty, await page.GetByTestId("note").InputValueAsync());
        var notes = (await desk.IncidentAsync())["notes"]!.AsArray();
        Assert.Equal("邻居反映，门没有关", (string?)Assert.Single(notes)!["text"]);
    }

    [Fact]
    public async Task Action_ThatGotNoAnswer_IsDoneOnceAfterAReload()
    {
        const string Offering = "**/api/v1/incidents/*/offers";
        await using var desk = await Desk.OpenAsync();
        var page = desk.Page;
        await page.GetByTestId("queue-first").ClickAsync();
        await page.GetByTestId("recommended-north-1").WaitForAsync();

        // The server does it, and nobody hears the answer.
        await page.RouteAsync(Offering, async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.Keyboard.PressAsync("o");
        await page.GetByTestId("pending").WaitForAsync();
        await page.ReloadAsync();
        await desk.IsLiveAsync();
        await page.GetByTestId("pending").WaitForAsync();
        await page.UnrouteAsync(Offering);
        await page.GetByTestId("pending").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Single((await desk.IncidentAsync())["offers"]!.AsArray());
        await page.ReloadAsync();
        await desk.IsLiveAsync();
        Assert.Equal("[]", await page.EvaluateAsync<string>("JSON.stringify(Object.entries(sessionStorage).filter(([k]) => k.includes('.outbox.')).flatMap(([, v]) => JSON.parse(v).draft))"));
    }

    [Fact]
    public async Task Priority_IsRaisedByKeyboardAlone_InTheFormAndOnTheCommandLine()
    {
        await using var desk = await Desk.OpenAsync();
        var page = desk.Page;
        await page.GetByTestId("queue-first").ClickAsync();
        var before = (int)(await desk.IncidentAsync())["priority"]!;
        Assert.NotEqual(1, before);
        await page.Keyboard.PressAsync("=");
        await page.GetByTestId($"field-priority-{before}").And(page.Locator(":focus")).WaitForAsync();
        await page.Keyboard.PressAsync("1");
        await page.Locator("[data-testid=field-priority-1]:checked").WaitForAsync();
        await page.GetByTestId("field-reason").FocusAsync();
        await page.Keyboard.TypeAsync("有人受伤");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator(".head.priority-1").WaitForAsync();
        await page.GetByTestId("timeline").GetByText("有人受伤").WaitForAsync();

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("定级 . 2 伤势不重");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".head.priority-2").WaitForAsync();
        Assert.Equal(2, (int)(await desk.IncidentAsync())["priority"]!);
    }

    [Fact]
    public async Task Caller_ShowsOnlyToWhoSaysWhy_AndWhyNotAPairIsTold()
    {
        await using var desk = await Desk.OpenAsync();
        var page = desk.Page;
        await page.GetByTestId("queue-first").ClickAsync();
        await page.GetByTestId("timeline").GetByRole(AriaRole.Listitem).First.WaitForAsync();
        await page.GetByTestId("caller-open").ClickAsync();
        await page.GetByTestId("caller-read").ClickAsync();
        Assert.DoesNotContain("王某", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByTestId("caller-reason").FillAsync("回拨核实地点");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("caller").GetByText("王某").WaitForAsync();

        await page.GetByTestId("tab-recommendation").FocusAsync();
        await page.Keyboard.PressAsync("w");
        await page.GetByTestId("why-pair").FillAsync("north 4");
        await page.GetByTestId("why-pair-north-4").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("why-answer").GetByText("已下勤").WaitForAsync();
    }

    [Fact]
    public async Task Console_HasNothingSeriousForAxe_AndFitsEveryScreen()
    {
        await using var desk = await Desk.OpenAsync();
        var page = desk.Page;
        await EveryPartAsync(page, "Chinese, night");
        await page.GetByTestId("lang-toggle").ClickAsync();
        await page.GetByTestId("theme-toggle").ClickAsync();
        await EveryPartAsync(page, "English, day");
    }

    private static async Task EveryPartAsync(IPage page, string look)
    {
        await page.GetByTestId("queue-first").ClickAsync();
        await page.GetByTestId("recommended-north-1").WaitForAsync();
        foreach (var (width, height) in new[] { (360, 740), (1366, 768), (2560, 1440), (1920, 1080) })
        {
            await page.SetViewportSizeAsync(width, height);
            await page.WaitForFunctionAsync("w => window.innerWidth === w", width);
            await Barriers.AreNoneAsync(page, $"incident at {width}, {look}");
        }

        await page.GetByTestId("tab-pairs").ClickAsync();
        await page.GetByTestId("pair-north-1").WaitForAsync();
        await Barriers.AreNoneAsync(page, $"pairs, {look}");
        await page.GetByTestId("tab-recommendation").ClickAsync();
        foreach (var (key, dialog) in new[] { ("s", "dialog-assign"), ("m", "dialog-merge"), ("=", "dialog-reclassify"), ("c", "dialog-close"), ("?", "keys") })
        {
            await page.Keyboard.PressAsync(key);
            await page.GetByTestId(dialog).WaitForAsync();
            await Barriers.AreNoneAsync(page, $"{dialog}, {look}");
            await page.GetByTestId(dialog).EvaluateAsync("x => x.close()");
            await page.GetByTestId(dialog).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        }

        await page.GetByTestId("new-call").ClickAsync();
        await page.GetByTestId("intake-category-dispute").WaitForAsync();
        await Barriers.AreNoneAsync(page, $"call, {look}");
        await page.GetByTestId("intake-summary").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByTestId("incident").WaitForAsync();
    }

    /// <summary>Everything a call needs, without a mouse.</summary>
    private static async Task TypeCallAsync(IPage page, string summary)
    {
        await page.Keyboard.PressAsync("n");
        await page.Locator("[data-testid=intake-category]:focus").WaitForAsync();
        await page.Keyboard.TypeAsync("dispute");
        await page.Locator("[data-testid=intake-category-dispute][data-highlighted]").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-testid=intake-place]:focus").WaitForAsync();
        await page.Keyboard.TypeAsync("north-west");
        await page.Locator("[data-testid='intake-place-community/north-west'][data-highlighted]").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-testid=intake-summary]:focus").WaitForAsync();
        await page.Keyboard.TypeAsync(summary);
    }

    /// <summary>A server with one pair on duty and one incident that waits far from the others, and a dispatcher's browser on it.</summary>
    private sealed class Desk : IAsyncDisposable
    {
        private readonly IPlaywright playwright;
        private readonly IBrowser browser;
        private readonly string incidentId;

        private Desk(DispatchServer server, IPlaywright playwright, IBrowser browser, IPage page, string incidentId) =>
            (Server, this.playwright, this.browser, Page, this.incidentId) = (server, playwright, browser, page, incidentId);

        public DispatchServer Server { get; }

        public IPage Page { get; }

        public static async Task<Desk> OpenAsync()
        {
            var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
            var server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
            await server.StartAsync();
            using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
            await dispatcher.DoAsync("pairs/north-1/sign-on", new { officerIds = new[] { "north-1-a", "north-1-b" } });
            var incident = await dispatcher.DoAsync("incidents", new
            {
                category = "traffic", priority = 4, location = new { lat = 35.19, lon = 115.19 }, summary = "车辆抛锚", caller = new { name = "王某", phone = "13800001111" },
            });
            var playwright = await Playwright.CreateAsync();
            var browser = await Chromium.LaunchAsync(playwright);
            var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1366, Height = 768 } });
            page.SetDefaultTimeout(Patience);
            await Chromium.SignInAsync(page, server.Url, "/dispatch", "dispatcher");
            var desk = new Desk(server, playwright, browser, page, (string)incident["id"]!);
            await desk.IsLiveAsync();
            return desk;
        }

        /// <summary>Until the feeds are there and show what waits.</summary>
        public async Task IsLiveAsync()
        {
            await Page.GetByTestId("connection-state").And(Page.Locator("[data-state=live]")).WaitForAsync();
            await Page.GetByTestId("queue-first").WaitForAsync();
        }

        public async Task<JsonNode> IncidentAsync()
        {
            using var dispatcher = await ApiClient.SignInAsync(Server.Url, "dispatcher");
            return (await dispatcher.GetAsync($"incidents/{incidentId}")).Body!;
        }

        public async ValueTask DisposeAsync()
        {
            await browser.CloseAsync();
            playwright.Dispose();
            await Server.DisposeAsync();
        }
    }
}
