using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>The wallboard in a real browser: every step of an incident shows by itself, in both languages, and it comes back after the server died.</summary>
public sealed class WallboardTests
{
    private const float Patience = 30_000;

    [Fact]
    public async Task Wallboard_ShowsEachStepAsItHappens_AndResumesAfterTheServerWasKilled()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await dispatcher.DoAsync("pairs/north-1/sign-on", new { officerIds = new[] { "north-1-a", "north-1-b" } });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
        page.SetDefaultTimeout(Patience);
        await Chromium.SignInAsync(page, server.Url, "/wallboard", "dispatcher");
        await page.GetByTestId("connection-state").And(page.Locator("[data-state=live]")).WaitForAsync();

        var id = (string)(await dispatcher.DoAsync("incidents", new
        {
            category = "dispute", priority = 1, location = new { lat = 35.15, lon = 115.05 }, summary = "不得上墙的内容", address = "不得上墙的地址",
        }))["id"]!;
        var row = page.GetByTestId($"incident-{id}");
        await ShowsAsync(row, "new");
        var offer = (string)(await dispatcher.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { "north-1" }, expiresInSeconds = 300 }))["offers"]![0]!["id"]!;
        await ShowsAsync(row, "dispatched");
        await dispatcher.DoAsync($"offers/{offer}/accept");
        await ShowsAsync(row, "acknowledged");
        await page.Locator("[data-testid=pair-north-1]:not([data-commitment=none])").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await StepAsync("enRoute");
        await StepAsync("onScene");
        await CountsAsync(page, "acknowledge", 1);
        await CountsAsync(page, "arrive", 1);
        var content = await page.ContentAsync();
        Assert.DoesNotContain("不得上墙", content, StringComparison.Ordinal);

        await page.GetByTestId("lang-toggle").ClickAsync();
        await page.GetByText("On scene").First.WaitForAsync();
        await page.GetByTestId("lang-toggle").ClickAsync();

        await server.KillAsync();
        await page.GetByTestId("not-current").WaitForAsync();
        await server.StartAsync();
        await page.GetByTestId("connection-state").And(page.Locator("[data-state=live]")).WaitForAsync();
        using var again = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await again.DoAsync($"incidents/{id}/assignments/north-1/status", new { status = "reported" });
        await ShowsAsync(row, "reported");
        await again.DoAsync($"incidents/{id}/assignments/north-1/status", new { status = "cleared" });
        await again.DoAsync($"incidents/{id}/close", new { disposition = "settled" });
        await ShowsAsync(row, "closed");
        await row.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await CountsAsync(page, "arrive", 1);
        await CountsAsync(page, "report", 1);
        await server.KillAsync();
        await page.GetByTestId("not-current").WaitForAsync();
        await server.StartAsync();
        await page.GetByTestId("connection-state").And(page.Locator("[data-state=live]")).WaitForAsync();
        await CountsAsync(page, "report", 1);
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"), "The wall is wider than the screen.");

        async Task StepAsync(string status)
        {
            await dispatcher.DoAsync($"incidents/{id}/assignments/north-1/status", new { status });
            await ShowsAsync(row, status);
        }
    }

    [Fact]
    public async Task Wallboard_RaisesWhatIsLateAndWhoIsInDanger_UntilItIsOver()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(
            null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)), ("Dispatch__Timers__DispatchSeconds__2", "2"));
        await server.StartAsync();
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await dispatcher.DoAsync("pairs/north-1/sign-on", new { officerIds = new[] { "north-1-a", "north-1-b" } });
        await dispatcher.DoAsync("pairs/north-2/sign-on", new { officerIds = new[] { "north-2-a", "north-2-b" } });
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
        page.SetDefaultTimeout(Patience);
        await Chromium.SignInAsync(page, server.Url, "/wallboard?theme=day&lang=en&sound=off", "dispatcher");
        await page.GetByTestId("connection-state").And(page.Locator("[data-state=live]")).WaitForAsync();
        Assert.Equal("day", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        await page.GetByTestId("sound").And(page.Locator("[data-state=off]")).WaitForAsync();
        await page.GetByTestId("alert-lane").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        var late = (string)(await dispatcher.DoAsync("incidents", new
        {
            category = "dispute", priority = 2, location = new { lat = 35.15, lon = 115.05 }, summary = "不得上墙的内容",
        }))["id"]!;
        await Alert(late, "deadlineBreached").WaitForAsync();
        await dispatcher.DoAsync($"incidents/{late}/offers", new { pairIds = new[] { "north-2" }, expiresInSeconds = 300 });
        await Alert(late, "deadlineBreached").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await dispatcher.DoAsync("pairs/north-1/panic");
        var danger = page.Locator("[data-testid^=alert-][data-kind=panic]");
        await danger.GetByText("Officer in danger").WaitForAsync();
        var id = (await danger.GetAttributeAsync("data-testid"))!["alert-".Length..];
        await dispatcher.DoAsync($"incidents/{id}/cancel", new { reason = "drill" });
        await danger.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.DoesNotContain("不得上墙", await page.ContentAsync(), StringComparison.Ordinal);

        ILocator Alert(string incident, string kind) => page.GetByTestId($"alert-{incident}").And(page.Locator($"[data-kind={kind}]"));
    }

    [Fact]
    public async Task SignIn_WithAWrongPassword_SaysSo()
    {
        await using var server = DispatchServer.On(null);
        await server.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(new Uri(server.Url, "/wallboard").ToString());
        await page.GetByTestId("sign-in-user").FillAsync("dispatcher");
        await page.GetByTestId("sign-in-password").FillAsync("wrong password");
        await page.GetByTestId("sign-in-submit").ClickAsync();

        // The place of the error is always there, empty; it is its words that must come.
        await page.GetByTestId("sign-in-error").Filter(new LocatorFilterOptions { HasText = "用户名或密码不正确。" }).WaitForAsync();
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    private static Task ShowsAsync(ILocator row, string status) =>
        row.And(row.Page.Locator($"[data-status={status}]")).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

    /// <summary>Waits until the buckets of a clock hold so many altogether.</summary>
    private static Task CountsAsync(IPage page, string clock, int count) => page.WaitForFunctionAsync(
        "([clock, count]) => [...document.querySelectorAll(`[data-testid=clock-${clock}] li`)].reduce((sum, x) => sum + Number(x.dataset.done), 0) === count",
        new object[] { clock, count });
}
