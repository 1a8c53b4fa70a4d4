using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>
/// The administrator's page in a real browser. Fails where an account that was made cannot be used, where a bad feature of a file is not told or a good file does
/// not reach the wall, where a bad row of places is not told, where a form loses what was typed, or where axe finds something serious in a view of either language.
/// </summary>
public sealed class AdminTests
{
    private const float Patience = 30_000;
    private static readonly string[] Views = ["bureau", "stations", "pairs", "accounts", "places"];

    [Fact]
    public async Task Account_IsMadeRefusedWithoutLosingAWord_AndUsedInAnotherBrowser()
    {
        await using var server = await StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await OpenAsync(browser, server, "/admin/accounts", "admin");
        await page.GetByTestId("add-account").ClickAsync();
        await page.GetByTestId("account-user-name").FillAsync("dispatcher");
        await page.GetByTestId("account-display-name").FillAsync("赵调度");
        await page.GetByTestId("everywhere").UncheckAsync();
        await page.GetByTestId("scope-north").CheckAsync();
        await page.GetByTestId("account-dialog-submit").ClickAsync();
        await page.GetByTestId("account-dialog").GetByText("这个用户名已被使用").WaitForAsync();
        Assert.Equal("赵调度", await page.GetByTestId("account-display-name").InputValueAsync());
        await page.GetByTestId("account-user-name").FillAsync("zhao");
        await page.GetByTestId("account-dialog-submit").ClickAsync();
        var password = await page.GetByTestId("made-password").InnerTextAsync();
        await page.GetByTestId("password-once-close").ClickAsync();
        await page.GetByTestId("password-once").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.DoesNotContain(password, await page.ContentAsync(), StringComparison.Ordinal);
        await page.GetByTestId("account-zhao").WaitForAsync();

        var other = await NewPageAsync(browser);
        await SignInAsync(other, server, password);
        await other.WaitForURLAsync("**/dispatch**");
        await ChangesOwnPasswordAsync(other, password);

        // Shut out by the administrator, the other browser is out within seconds and cannot come back.
        await page.GetByTestId("account-zhao").GetByTestId("disable").ClickAsync();
        await page.GetByTestId("account-confirm-submit").ClickAsync();
        await page.GetByTestId("account-zhao").GetByTestId("enable").WaitForAsync();
        var shutOut = await NewPageAsync(browser);
        await SignInAsync(shutOut, server, "quite-another-one");
        await shutOut.GetByText("该账号已停用").WaitForAsync();
    }

    [Fact]
    public async Task Boundaries_WithABadFeatureAreToldAndRefused_AndMendedOnesReachTheWall()
    {
        await using var server = await StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await OpenAsync(browser, server, "/admin/stations", "admin");
        var wall = await OpenAsync(browser, server, "/wallboard", "dispatcher");
        await page.GetByTestId("open-import").ClickAsync();
        await ChooseAsync(page, "boundary-file", "boundaries.geojson", Boundaries(crossed: true));
        await page.GetByTestId("faults").GetByText("边界自相交").WaitForAsync();
        Assert.True(await page.GetByTestId("apply-import").IsDisabledAsync());
        await Barriers.AreNoneAsync(page, "import with a fault");

        await ChooseAsync(page, "boundary-file", "boundaries.geojson", Boundaries(crossed: false, west: 115.15));
        await page.GetByTestId("overlaps").GetByText("港口社区 与 north-east 重叠").WaitForAsync();
        Assert.True(await page.GetByTestId("apply-import").IsEnabledAsync());
        await Barriers.AreNoneAsync(page, "import that overlaps");

        await ChooseAsync(page, "boundary-file", "boundaries.geojson", Boundaries(crossed: false));
        await page.GetByTestId("overlaps").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await page.GetByTestId("count-added").GetByText("1", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        await page.GetByTestId("count-changed").GetByText("1", new LocatorGetByTextOptions { Exact = true }).WaitForAsync();
        await page.GetByTestId("apply-import").ClickAsync();
        await page.GetByTestId("confirm-import-submit").ClickAsync();
        await page.GetByTestId("community-harbour").WaitForAsync();
        var shown = await wall.RunAndWaitForResponseAsync(() => wall.ReloadAsync(), x => x.Url.EndsWith("/communities.geojson", StringComparison.Ordinal));
        Assert.Contains("harbour", await shown.TextAsync(), StringComparison.Ordinal);
        await wall.GetByTestId("connection-state").And(wall.Locator("[data-state=live]")).WaitForAsync();

        // Somebody else changes the organisation while a form is open: told, and nothing typed is lost.
        await page.GetByTestId("community-harbour").GetByTestId("edit-community").ClickAsync();
        await page.GetByTestId("community-name").FillAsync("海港社区");
        using (var other = await ApiClient.SignInAsync(server.Url, "admin"))
        {
            await other.SendRawAsync(HttpMethod.Put, "stations/east", """{"name":"东所","expectedVersion":2}""");
        }

        await page.GetByTestId("community-dialog-submit").ClickAsync();
        await page.GetByTestId("community-dialog-problem").WaitForAsync();
        Assert.Equal("海港社区", await page.GetByTestId("community-name").InputValueAsync());
        await page.GetByTestId("station-east").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.GetByTestId("community-dialog-submit").ClickAsync();
        await page.GetByTestId("community-harbour").GetByText("海港社区").WaitForAsync();
    }

    [Fact]
    public async Task Places_WithABadRowAreTold_AndMendedOnesAreFound()
    {
        await using var server = await StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await OpenAsync(browser, server, "/admin/places", "admin");
        await ChooseAsync(page, "place-file", "places.csv", "name,kind,lat,lon\n人民广场,square,35.15,115.05\n远方,square,1,1\n");
        await page.GetByTestId("place-faults").GetByText("不在任何社区范围内").WaitForAsync();
        await ChooseAsync(page, "place-file", "places.csv", "name,kind,lat,lon\n人民广场,square,35.15,115.05\n");
        await page.GetByTestId("place-apply").ClickAsync();
        await page.GetByTestId("confirm-places-submit").ClickAsync();
        await page.GetByTestId("place-counts").GetByText("共 1 个地点").WaitForAsync();
        await page.GetByTestId("place-text").FillAsync("rmgc");
        await page.GetByTestId("found-places").GetByText("人民广场").WaitForAsync();
    }

    [Fact]
    public async Task EveryView_HasNothingSeriousForAxe_AndFitsEveryScreen_InBothLanguages()
    {
        await using var server = await StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await OpenAsync(browser, server, "/admin", "admin");
        await EveryViewAsync(page, "Chinese, night");
        await page.GetByTestId("lang-toggle").ClickAsync();
        await page.GetByTestId("theme-toggle").ClickAsync();
        await EveryViewAsync(page, "English, day");
        var auditor = await OpenAsync(browser, server, "/home", "auditor", "**/admin");
        await auditor.GetByTestId("verify").ClickAsync();
        await auditor.GetByTestId("verified").WaitForAsync();
        Assert.Equal(0, await auditor.GetByTestId("view-accounts").CountAsync());
        await Barriers.AreNoneAsync(auditor, "journals");
    }

    [Fact]
    public async Task Account_WithoutAPage_IsToldSo()
    {
        await using var server = await StartAsync();
        using (var admin = await ApiClient.SignInAsync(server.Url, "admin"))
        {
            var pack = (await admin.GetAsync("model-packs/red-flower-green-leaf")).Body!;
            var partner = await admin.DoAsync("partners", new { kind = (string)pack["partnerKinds"]![0]!["code"]!, details = new { name = "司法所" } });
            await admin.DoAsync("accounts", new
            {
                userName = "zhao", displayName = "司法所", password = DispatchServer.Password, roles = new[] { "partner" }, partnerId = (string)partner["id"]!,
            });
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await NewPageAsync(browser);
        await SignInAsync(page, server, DispatchServer.Password);
        await page.GetByTestId("no-page").WaitForAsync();
        await Barriers.AreNoneAsync(page, "an account without a page");
    }

    private static async Task EveryViewAsync(IPage page, string look)
    {
        foreach (var view in Views)
        {
            await page.GetByTestId($"view-{view}").ClickAsync();
            await page.GetByTestId(view switch { "bureau" => "timers", "stations" => "communities", "places" => "place-counts", _ => view }).WaitForAsync();
            foreach (var (width, height) in new[] { (360, 740), (1920, 1080), (1366, 768) })
            {
                await page.SetViewportSizeAsync(width, height);
                Assert.False(
                    await page.EvaluateAsync<bool>("[...document.querySelectorAll('html, body, main, main > *')].some(x => x.scrollWidth > x.clientWidth + 1)"),
                    $"{view} at {width}×{height} is wider than the screen.");
            }

            await Barriers.AreNoneAsync(page, $"{view}, {look}");
        }

        foreach (var (view, opens, dialog) in new[]
        {
            ("bureau", "choose-pack", "pack-dialog"), ("stations", "add-station", "station-dialog"), ("pairs", "open-form-pair", "form-pair"), ("accounts", "add-account", "account-dialog"),
        })
        {
            await page.GetByTestId($"view-{view}").ClickAsync();
            await page.GetByTestId(opens).ClickAsync();
            await page.GetByTestId(dialog).WaitForAsync();
            await Barriers.AreNoneAsync(page, $"{dialog}, {look}");
            await page.Keyboard.PressAsync("Escape");
            await page.GetByTestId(dialog).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
            Assert.Equal(opens, await page.EvaluateAsync<string>("document.activeElement?.getAttribute('data-testid') ?? ''"));
        }
    }

    private static async Task ChangesOwnPasswordAsync(IPage page, string password)
    {
        await page.GetByTestId("own-password").ClickAsync();
        await page.GetByTestId("old-password").FillAsync("nonsense");
        await page.GetByTestId("new-password").FillAsync("quite-another-one");
        await page.GetByTestId("new-password-again").FillAsync("quite-another-one");
        await page.GetByTestId("own-password-dialog-submit").ClickAsync();
        await page.GetByTestId("own-password-dialog").GetByText("原密码不正确").WaitForAsync();
        await page.GetByTestId("old-password").FillAsync(password);
        await page.GetByTestId("own-password-dialog-submit").ClickAsync();
        await page.GetByTestId("own-password-dialog").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    private static string Boundaries(bool crossed, double west = 115.2)
    {
        static JsonArray Ring(params double[][] points) => [.. points.Select(x => (JsonNode)new JsonArray(x[0], x[1]))];
        static JsonObject Feature(string id, string name, JsonArray ring) => new()
        {
            ["type"] = "Feature", ["properties"] = new JsonObject { ["code"] = id, ["name"] = name }, ["geometry"] = new JsonObject { ["type"] = "Polygon", ["coordinates"] = new JsonArray(ring) },
        };
        var harbour = crossed
            ? Ring([115.2, 35.1], [115.3, 35.2], [115.3, 35.1], [115.2, 35.2], [115.2, 35.1])
            : Ring([west, 35.1], [115.3, 35.1], [115.3, 35.2], [west, 35.2], [west, 35.1]);
        return new JsonObject
        {
            ["type"] = "FeatureCollection",
            ["features"] = new JsonArray(
                Feature("harbour", "港口社区", harbour), Feature("north-east", "north-east", Ring([115.1, 35.1], [115.2, 35.1], [115.2, 35.2], [115.1, 35.21], [115.1, 35.1]))),
        }.ToJsonString();
    }

    private static Task ChooseAsync(IPage page, string testId, string name, string content) =>
        page.GetByTestId(testId).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = System.Text.Encoding.UTF8.GetBytes(content) });

    private static async Task<IPage> NewPageAsync(IBrowser browser)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1366, Height = 768 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        return page;
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, DispatchServer server, string path, string userName, string? expected = null)
    {
        var page = await NewPageAsync(browser);
        await page.GotoAsync(new Uri(server.Url, path).ToString());
        await page.GetByTestId("sign-in-user").FillAsync(userName);
        await page.GetByTestId("sign-in-password").FillAsync(DispatchServer.Password);
        await page.GetByTestId("sign-in-submit").ClickAsync();
        await page.WaitForURLAsync(expected ?? $"**{path}**");
        return page;
    }

    /// <summary>Signs in the account of the test, without saying where it is going.</summary>
    private static async Task SignInAsync(IPage page, DispatchServer server, string password)
    {
        await page.GotoAsync(server.Url.ToString());
        await page.GetByTestId("sign-in-user").FillAsync("zhao");
        await page.GetByTestId("sign-in-password").FillAsync(password);
        await page.GetByTestId("sign-in-submit").ClickAsync();
    }

    private static async Task<DispatchServer> StartAsync()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        return server;
    }
}
