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
        await using var browser = await Chromium.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        page.SetDefaultTimeout(Patience);
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        await page.GotoAsync(new Uri(world.Server.Url, "/residents").ToString());
        await page.GetByTestId("concern-submit").WaitForAsync();
        foreach (var part in new[] { "concern", "complaint", "lookUp", "tip" })
        {
            await page.GetByTestId($"part-{part}").ClickAsync();
            await Barriers.AreNoneAsync(page, "residents");
        }

        await page.GetByTestId("tip-text").FillAsync("河边空房夜里有人聚赌");
        await page.GetByTestId("tip-community").SelectOptionAsync("north-west");
        await page.GetByTestId("tip-submit").ClickAsync();
        var code = (await page.GetByTestId("claim-code").TextContentAsync())!;
        await Barriers.AreNoneAsync(page, "residents");
        await page.GetByTestId("lang-toggle").ClickAsync();
        await page.GetByTestId("theme-toggle").ClickAsync();
        await Barriers.AreNoneAsync(page, "residents");
        await page.GetByTestId("part-lookUp").ClickAsync();
        await page.GetByTestId("look-up-reference").FillAsync(code);
        await page.GetByTestId("look-up-submit").ClickAsync();
        await page.GetByTestId("claimed-card").GetByText("河边空房夜里有人聚赌").WaitForAsync();
        await Barriers.AreNoneAsync(page, "residents");

        Assert.Empty(await page.Context.CookiesAsync());
        Assert.DoesNotContain(addresses, x => x.Contains(code, StringComparison.OrdinalIgnoreCase));
        Assert.All(addresses, x => Assert.StartsWith(world.Server.Url.ToString(), x, StringComparison.Ordinal));
    }
}
