using Deque.AxeCore.Playwright;
using Dispatch.Tests.Residents;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>
/// The residents' page in a real browser of a phone's size: fails where a resident cannot leave a tip and come back with its code, where the page leaves a cookie or puts a
/// code into an address, where it is wider than a phone, or where axe finds a barrier, in either language and theme.
/// </summary>
public sealed class ResidentsPageTests
{
    private const float Patience = 30_000;

    [Fact]
    public async Task Page_TakesATipWithoutATraceAndHasNoBarriers()
    {
        await using var world = await ResidentWorld.StartAsync();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("DISPATCH_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        page.SetDefaultTimeout(Patience);
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        await page.GotoAsync(new Uri(world.Server.Url, "/residents").ToString());
        await page.GetByTestId("concern-submit").WaitForAsync();
        foreach (var part in new[] { "concern", "complaint", "lookUp", "tip" })
        {
            await page.GetByTestId($"part-{part}").ClickAsync();
            await HasNoBarriersAsync(page);
        }

        await page.GetByTestId("tip-text").FillAsync("河边空房夜里有人聚赌");
        await page.GetByTestId("tip-community").SelectOptionAsync("north-west");
        await page.GetByTestId("tip-submit").ClickAsync();
        var code = (await page.GetByTestId("claim-code").TextContentAsync())!;
        await HasNoBarriersAsync(page);
        await page.GetByTestId("lang-toggle").ClickAsync();
        await page.GetByTestId("theme-toggle").ClickAsync();
        await HasNoBarriersAsync(page);
        await page.GetByTestId("part-lookUp").ClickAsync();
        await page.GetByTestId("look-up-reference").FillAsync(code);
        await page.GetByTestId("look-up-submit").ClickAsync();
        await page.GetByTestId("claimed-card").GetByText("河边空房夜里有人聚赌").WaitForAsync();
        await HasNoBarriersAsync(page);

        Assert.Empty(await page.Context.CookiesAsync());
        Assert.DoesNotContain(addresses, x => x.Contains(code, StringComparison.OrdinalIgnoreCase));
        Assert.All(addresses, x => Assert.StartsWith(world.Server.Url.ToString(), x, StringComparison.Ordinal));
    }

    private static async Task HasNoBarriersAsync(IPage page)
    {
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"), "The page is wider than the phone.");
        var found = await page.RunAxe();
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(x => $"{x.Id}: {x.Help} {string.Join(", ", x.Nodes.Select(n => n.Html))}")));
    }
}
