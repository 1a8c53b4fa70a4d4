using Dispatch.Tests.Processes;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>
/// One incident on three screens of three people, from the call to its end. Fails where the console, the phone and the wall do not show the same in the end: though the phone
/// was without a line when it reached the scene, and the server was killed under all of them.
/// </summary>
public sealed class OneIncidentTests
{
    private const float Patience = 30_000;

    [Fact]
    public async Task Incident_FromCallToClosed_ShowsOnConsolePhoneAndWall_ThoughThePhoneIsOfflineAndTheServerDies()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var desks = await Chromium.LaunchAsync(playwright);
        await using var phones = await Chromium.LaunchAsync(playwright);
        var console = await OpenAsync(desks, server.Url, "/dispatch", "dispatcher", 1366, 768);
        var wall = await OpenAsync(desks, server.Url, "/wallboard", "supervisor", 1920, 1080);
        var phone = await OpenAsync(phones, server.Url, "/pair", "officer3", 360, 740);
        await phone.GetByTestId("sign-on").ClickAsync();
        await phone.GetByTestId("idle").WaitForAsync();
        await phone.EvaluateAsync("navigator.serviceWorker.ready");
        await LiveAsync(console, wall);

        await TakeCallAsync(console);
        var row = wall.Locator("[data-testid^=incident-][data-status]").First;
        await ShowsAsync(wall, "new");
        await console.Locator("[data-testid=recommended-north-2] input:focus").WaitForAsync();
        await console.Keyboard.PressAsync("o");
        await ShowsAsync(wall, "dispatched");
        await phone.GetByTestId("accept").ClickAsync();
        await ShowsAsync(wall, "acknowledged");
        await StepAsync(phone, "enRoute");
        await ShowsAsync(wall, "enRoute");
        await StatusAsync(console, "enRoute");
        await console.Keyboard.PressAsync("Control+k");
        await console.Keyboard.TypeAsync("priority . 1 knife seen");
        await console.Keyboard.PressAsync("Enter");
        await phone.GetByTestId("reclassified").WaitForAsync();

        await phone.Context.SetOfflineAsync(true);
        await phone.GetByTestId("line").And(phone.Locator("[data-state=offline]")).WaitForAsync();
        await StepAsync(phone, "onScene");
        await phone.GetByTestId("note").FillAsync("已将双方分开");
        await phone.GetByTestId("send-note").ClickAsync();
        await phone.GetByTestId("unsent").And(phone.Locator("[data-count='2']")).WaitForAsync();
        await ShowsAsync(wall, "enRoute");
        await phone.Context.SetOfflineAsync(false);
        await ShowsAsync(wall, "onScene");
        await console.GetByTestId("timeline").GetByText("已将双方分开").WaitForAsync();

        await server.KillAsync();
        await wall.GetByTestId("not-current").WaitForAsync();
        await console.GetByTestId("not-current").WaitForAsync();
        await StepAsync(phone, "reported");
        await phone.GetByTestId("unsent").WaitForAsync();
        await server.StartAsync();
        await ShowsAsync(wall, "reported");
        await LiveAsync(console, wall);
        await phone.GetByTestId("unsent").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await StatusAsync(console, "reported");
        await StepAsync(phone, "cleared");
        await phone.GetByTestId("idle").WaitForAsync();

        await console.Keyboard.PressAsync("Control+k");
        await console.Keyboard.TypeAsync("close . settled");
        await console.Keyboard.PressAsync("Enter");
        await ShowsAsync(wall, "closed");
        await StatusAsync(console, "closed");
        await row.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.DoesNotContain("已将双方分开", await wall.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, Uri server, string path, string userName, int width, int height)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        context.SetDefaultTimeout(Patience);
        var page = await context.NewPageAsync();
        await Chromium.SignInAsync(page, server, path, userName);
        return page;
    }

    private static async Task LiveAsync(params IPage[] pages)
    {
        foreach (var page in pages)
        {
            await page.GetByTestId("connection-state").And(page.Locator("[data-state=live]")).WaitForAsync();
        }
    }

    /// <summary>Takes a call by the keyboard alone.</summary>
    private static async Task TakeCallAsync(IPage console)
    {
        await console.Keyboard.PressAsync("n");
        await console.Locator("[data-testid=intake-category]:focus").WaitForAsync();
        await console.Keyboard.TypeAsync("dispute");
        await console.Locator("[data-testid=intake-category-dispute][data-highlighted]").WaitForAsync();
        await console.Keyboard.PressAsync("Enter");
        await console.Locator("[data-testid=intake-place]:focus").WaitForAsync();
        await console.Keyboard.TypeAsync("north-west");
        await console.Locator("[data-testid='intake-place-community/north-west'][data-highlighted]").WaitForAsync();
        await console.Keyboard.PressAsync("Enter");
        await console.Locator("[data-testid=intake-summary]:focus").WaitForAsync();
        await console.Keyboard.TypeAsync("楼道内数人争吵");
        await console.Keyboard.PressAsync("Control+Enter");
        await StatusAsync(console, "new");
    }

    private static Task StepAsync(IPage phone, string step) =>
        phone.GetByTestId("next-step").And(phone.Locator($"[data-step={step}]:enabled")).ClickAsync();

    private static Task StatusAsync(IPage console, string status) =>
        console.GetByTestId("incident-status").And(console.Locator($"[data-status={status}]")).WaitForAsync();

    private static Task ShowsAsync(IPage wall, string status) =>
        wall.Locator($"[data-testid^=incident-][data-status={status}]").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
}
