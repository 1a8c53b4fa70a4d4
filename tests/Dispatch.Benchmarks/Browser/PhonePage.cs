using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>The page of a pair on a phone that opens it for the first time.</summary>
public static class PhonePage
{
    /// <summary>The officer who opens it.</summary>
    public const string UserName = "phone";

    /// <summary>The scripts that it loads, with what came over the line and what they are.</summary>
    public static async Task<IReadOnlyList<(string Name, long Sent, long Plain)>> ScriptsAsync(IBrowser browser, Uri server)
    {
        ArgumentNullException.ThrowIfNull(browser);
        ArgumentNullException.ThrowIfNull(server);
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = 360, Height = 740 }, ServiceWorkers = ServiceWorkerPolicy.Block,
        });
        await BoardPage.SignInAsync(context, server, UserName);
        var page = await context.NewPageAsync();
        var scripts = new List<IResponse>();
        page.Response += (_, response) =>
        {
            if (response.Request.ResourceType == "script")
            {
                scripts.Add(response);
            }
        };
        await page.GotoAsync(new Uri(server, "/pair").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        await page.WaitForTimeoutAsync(2_000);
        var measured = new List<(string, long, long)>();
        foreach (var script in scripts)
        {
            var sizes = await script.Request.SizesAsync();
            measured.Add((script.Url, sizes.ResponseBodySize, (await script.BodyAsync()).LongLength));
        }

        return measured;
    }
}
