using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>
/// The pair's phone in a real browser. Fails where an offer does not appear or cannot be answered by a tap, where what is done without a line is lost, sent twice or in
/// another order, where help cannot be called, where something stays on a phone that was signed out, or where axe finds something serious.
/// </summary>
public sealed class PairTests : IAsyncLifetime
{
    private const float Patience = 30_000;
    private const string PairId = "north-2";
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
    private DispatchServer server = null!;
    private ApiClient dispatcher = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.LaunchAsync(playwright);
    }

    [Fact]
    public async Task Offer_IsAcceptedWithATap_AndEachStepReachesTheServer()
    {
        var page = await OnDutyAsync();
        var incident = await OpenAsync();
        await OfferAsync(incident);
        await page.GetByTestId("offer").WaitForAsync();
        Assert.Contains("某路 1 号", await page.GetByTestId("offer-address").InnerTextAsync(), StringComparison.Ordinal);
        await page.GetByTestId("accept").TapAsync();
        await page.GetByTestId("assignment").WaitForAsync();
        foreach (var step in new[] { "enRoute", "onScene", "reported" })
        {
            await StepAsync(page, step);
            await UntilAsync(async () => (await PartAsync(incident))["status"]!.ToString() == step);
        }

        await StepAsync(page, "cleared");
        await page.GetByTestId("idle").WaitForAsync();
        Assert.Null((await PairAsync())["commitment"]);
    }

    [Fact]
    public async Task Offer_IsDeclinedWithTwoTaps_OrSaysWhatBecameOfIt()
    {
        var page = await OnDutyAsync();
        var incident = await OpenAsync();
        await OfferAsync(incident);
        await page.GetByTestId("decline").TapAsync();
        await page.GetByTestId("decline-tooFar").TapAsync();
        await page.GetByTestId("offer").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        var (_, seen) = await dispatcher.GetAsync($"incidents/{incident}");
        Assert.Equal(("declined", "tooFar"), (seen!["offers"]![0]!["status"]!.ToString(), seen["offers"]![0]!["reason"]!.ToString()));

        await OfferAsync(await OpenAsync(), seconds: 2);
        await page.GetByTestId("offer").WaitForAsync();
        await page.GetByTestId("offer-ended").And(page.Locator("[data-outcome=expired]")).WaitForAsync();
    }

    [Fact]
    public async Task WithoutALine_WhatIsDoneStaysThroughAReload_AndIsSentInOrderAndOnce()
    {
        const string note = "楼道内有积水";
        var page = await OnDutyAsync();
        var incident = await OpenAsync();
        await OfferAsync(incident);
        await page.GetByTestId("accept").TapAsync();
        await page.GetByTestId("assignment").WaitForAsync();
        await page.EvaluateAsync("navigator.serviceWorker.ready");

        await page.Context.SetOfflineAsync(true);
        await LineAsync(page, "offline");
        await page.GetByTestId("note").FillAsync(note);
        await page.GetByTestId("send-note").TapAsync();
        await StepAsync(page, "enRoute");
        await UnsentAsync(page, 2);
        await page.ReloadAsync();
        await UnsentAsync(page, 2);
        await page.GetByTestId("not-current").WaitForAsync();
        await page.GetByTestId("address").GetByText("某路 1 号").WaitForAsync();
        await page.GetByTestId("notes").GetByText(note).WaitForAsync();
        await page.GetByTestId("next-step").And(page.Locator("[data-step=onScene]")).WaitForAsync();
        await StepAsync(page, "onScene");
        await UnsentAsync(page, 3);

        await page.Context.SetOfflineAsync(false);
        await page.GetByTestId("unsent").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await LineAsync(page, "live");
        var (_, seen) = await dispatcher.GetAsync($"incidents/{incident}");
        Assert.Single(seen!["notes"]!.AsArray(), x => x!["text"]!.ToString() == note);
        var (_, timeline) = await dispatcher.GetAsync($"incidents/{incident}/timeline");
        var steps = timeline!.AsArray().Select(x => x!["data"]!.ToJsonString()).ToList();
        var said = steps.FindIndex(x => JsonNode.Parse(x)!["text"]?.ToString() == note);
        var enRoute = steps.FindIndex(x => x.Contains("\"enRoute\"", StringComparison.Ordinal));
        var onScene = steps.FindIndex(x => x.Contains("\"onScene\"", StringComparison.Ordinal));
        Assert.True(said >= 0 && said < enRoute && enRoute < onScene, $"Not in the order in which it was done: {string.Join(" ", steps)}");
        Assert.Equal("onScene", (await PartAsync(incident))["status"]!.ToString());
    }

    [Fact]
    public async Task Panic_TakesHolding_AndWithoutALineSaysThatItWasNotSent()
    {
        var page = await OnDutyAsync();
        await page.GetByTestId("panic").TapAsync();
        await page.Context.SetOfflineAsync(true);
        await LineAsync(page, "offline");
        await HoldAsync(page, page.GetByTestId("panic-unsent"));
        Assert.Null((await PairAsync())["panicIncidentId"]);
        await page.Context.SetOfflineAsync(false);
        await page.GetByTestId("panic-open").WaitForAsync();
        Assert.NotNull((await PairAsync())["panicIncidentId"]);

        using var colleague = await ApiClient.SignInAsync(server.Url, "officer5");
        var other = colleague.User!["pairId"]!.ToString();
        await colleague.DoAsync($"pairs/{other}/sign-on", new { officerIds = new[] { $"{other}-a", $"{other}-b" } });
        await colleague.DoAsync($"pairs/{other}/panic", new { });
        await page.GetByTestId("panic-colleague").WaitForAsync();
    }

    [Fact]
    public async Task Interaction_TakesThreeTaps_AndCanBeTakenBack()
    {
        var page = await OnDutyAsync();
        await page.GetByTestId("view-log").TapAsync();
        await page.GetByTestId("log-visit").TapAsync();
        await page.GetByTestId("log-save").TapAsync();
        await UntilAsync(async () => (await FoundAsync()).Count == 1);
        Assert.Equal("visit", (await FoundAsync())[0]!["interaction"]!["kind"]!.ToString());
        await page.Locator("[data-testid=today-row][data-state=sent]").GetByRole(AriaRole.Button).TapAsync();
        await page.GetByTestId("today-row").GetByRole(AriaRole.Button).First.TapAsync();
        await page.GetByTestId("today-row").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await UntilAsync(async () => (await FoundAsync()).All(x => x!["interaction"]!["withdrawnBecause"] is not null));

        async Task<JsonArray> FoundAsync() => (await dispatcher.GetAsync($"interactions?pairId={PairId}")).Body!["items"]!.AsArray();
    }

    [Fact]
    public async Task Position_IsSentOnDutyAlone_AndSigningOutLeavesNothingOnThePhone()
    {
        var page = await OnDutyAsync();
        await UntilAsync(async () => (await PairAsync())["position"] is not null);
        await page.GetByTestId("view-more").TapAsync();
        await page.GetByTestId("position").And(page.Locator("[data-state=sharing]")).WaitForAsync();
        await page.GetByTestId("sign-off").TapAsync();
        await page.GetByTestId("sign-off-sure").TapAsync();
        await page.GetByTestId("position").And(page.Locator("[data-state=off]")).WaitForAsync();
        Assert.Null((await PairAsync())["position"]);

        await page.GetByTestId("sign-out").TapAsync();
        await page.GetByTestId("sign-out-sure").TapAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.WaitForFunctionAsync("async () => !(await indexedDB.databases()).some(x => x.name === 'dispatch-phone') && localStorage.getItem('dispatch.phone.account') === null");
    }

    [Theory]
    [InlineData("zh-CN", "night")]
    [InlineData("en", "day")]
    public async Task EveryScreen_HasNothingSeriousForAxe_AndFitsEveryPhone(string locale, string theme)
    {
        var page = await PageAsync();
        await page.Context.AddInitScriptAsync($"localStorage.setItem('dispatch.locale', '{locale}'); localStorage.setItem('dispatch.theme', '{theme}')");
        await Chromium.SignInAsync(page, server.Url, "/pair", "officer3");
        await page.GetByTestId("sign-on").WaitForAsync();
        await LooksAsync(page, "signing on");
        await page.GetByTestId("sign-on").TapAsync();
        await page.GetByTestId("idle").WaitForAsync();
        await LooksAsync(page, "idle");
        await page.GetByTestId("view-log").TapAsync();
        await page.GetByTestId("log-visit").TapAsync();
        await page.GetByTestId("log-person").TapAsync();
        await LooksAsync(page, "logging");
        await page.GetByTestId("view-community").TapAsync();
        await page.GetByTestId("running").WaitForAsync();
        await LooksAsync(page, "community");
        await page.GetByTestId("view-more").TapAsync();
        await LooksAsync(page, "more");
        await page.GetByTestId("view-work").TapAsync();

        await OfferAsync(await OpenAsync());
        await page.GetByTestId("accept").WaitForAsync();
        await LooksAsync(page, "offer");
        await page.GetByTestId("decline").TapAsync();
        await LooksAsync(page, "declining");
        await page.GetByTestId("decline-busy").WaitForAsync();
        await page.GetByTestId("offer").GetByRole(AriaRole.Button).Last.TapAsync();
        await page.GetByTestId("accept").TapAsync();
        await page.GetByTestId("assignment").WaitForAsync();
        await LooksAsync(page, "assignment");
        await page.GetByTestId("backup").TapAsync();
        await LooksAsync(page, "backup");
        await page.Context.SetOfflineAsync(true);
        await LineAsync(page, "offline");
        await StepAsync(page, "enRoute");
        await HoldAsync(page, page.GetByTestId("panic-unsent"));
        await LooksAsync(page, "without a line");
        await page.GetByTestId("view-more").TapAsync();
        await LooksAsync(page, "queue");
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        dispatcher.Dispose();
        await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>A phone that nobody has signed in on.</summary>
    private async Task<IPage> PageAsync()
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 740 },
            HasTouch = true,
            IsMobile = true,
            Permissions = ["geolocation"],
            Geolocation = new Geolocation { Latitude = 35.151f, Longitude = 115.052f },
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>The phone of the pair, signed on by its own buttons.</summary>
    private async Task<IPage> OnDutyAsync()
    {
        var page = await PageAsync();
        await Chromium.SignInAsync(page, server.Url, "/pair", "officer3");
        await page.GetByTestId("sign-on").TapAsync();
        await page.GetByTestId("idle").WaitForAsync();
        await LineAsync(page, "live");
        return page;
    }

    private async Task<string> OpenAsync() => (string)(await dispatcher.DoAsync("incidents", new
    {
        category = "dispute", priority = 2, location = new { lat = 35.15, lon = 115.05 }, summary = "数人争吵", address = "某路 1 号", pairsNeeded = 1,
    }))["id"]!;

    private Task OfferAsync(string incident, int seconds = 60) =>
        dispatcher.DoAsync($"incidents/{incident}/offers", new { pairIds = new[] { PairId }, expiresInSeconds = seconds });

    private async Task<JsonNode> PairAsync() => (await dispatcher.GetAsync($"pairs/{PairId}")).Body!;

    private async Task<JsonNode> PartAsync(string incident) => (await dispatcher.GetAsync($"incidents/{incident}")).Body!["assignments"]![0]!;

    private static async Task StepAsync(IPage page, string step) =>
        await page.GetByTestId("next-step").And(page.Locator($"[data-step={step}]:enabled")).TapAsync();

    private static Task LineAsync(IPage page, string state) => page.GetByTestId("line").And(page.Locator($"[data-state={state}]")).WaitForAsync();

    private static Task UnsentAsync(IPage page, int count) => page.GetByTestId("unsent").And(page.Locator($"[data-count='{count}']")).WaitForAsync();

    /// <summary>Holds the button until something is seen of it.</summary>
    private static async Task HoldAsync(IPage page, ILocator seen)
    {
        var box = (await page.GetByTestId("panic").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await seen.WaitForAsync();
        await page.Mouse.UpAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(Patience));
        while (!await isSo())
        {
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task LooksAsync(IPage page, string where)
    {
        await Barriers.AreNoneAsync(page, where);
        foreach (var (width, height) in new[] { (412, 915), (1366, 768), (360, 740) })
        {
            await page.SetViewportSizeAsync(width, height);
            var wider = await page.EvaluateAsync<string[]>(
                "[...document.querySelectorAll('html, body, .page, main, .scroll')].filter(x => x.scrollWidth > x.clientWidth + 1).map(x => x.tagName + '.' + x.className)");
            Assert.True(wider.Length == 0, $"{where} at {width}×{height} is wider than the screen: {string.Join(", ", wider)}");
        }
    }
}
