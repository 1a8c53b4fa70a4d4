using System.Globalization;
using Dispatch.Processes;
using Microsoft.Playwright;

namespace Dispatch.Pictures;

/// <summary>Takes the pictures of a running server.</summary>
public sealed class Photographer(IBrowser browser, Uri server, string directory)
{
    /// <summary>How long a screen is given to load its feeds and to draw its map.</summary>
    private const float SettleMs = 4_000;

    private static readonly (string Locale, string Theme)[] Looks = [("zh-CN", "night"), ("zh-CN", "day"), ("en", "night"), ("en", "day")];

    /// <summary>Pictures a screen in both languages and themes.</summary>
    /// <returns>What is wrong with it: wider than its screen, an error of the page; empty where nothing is.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(Screen screen)
    {
        var faults = new List<string>();
        foreach (var (locale, theme) in Looks)
        {
            await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
            {
                ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
                Locale = locale,
                ServiceWorkers = ServiceWorkerPolicy.Block,
            });
            await context.AddInitScriptAsync($"localStorage.setItem('dispatch.locale', '{locale}'); localStorage.setItem('dispatch.theme', '{theme}')");
            var page = await context.NewPageAsync();
            var name = string.Create(CultureInfo.InvariantCulture, $"{screen.Name}.{locale}.{theme}");
            page.PageError += (_, error) => faults.Add($"{name}: {error}");
            await OpenAsync(page, screen);
            if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"))
            {
                faults.Add($"{name}: wider than its screen");
            }

            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{name}.png") });
        }

        return faults;
    }

    private async Task OpenAsync(IPage page, Screen screen)
    {
        if (screen.UserName is null)
        {
            await page.GotoAsync(new Uri(server, screen.Path).ToString());
        }
        else
        {
            await Chromium.SignInAsync(page, server, screen.Path, screen.UserName);
        }

        await page.WaitForTimeoutAsync(SettleMs);
        foreach (var step in screen.Steps)
        {
            var target = page.GetByTestId(step).First;
            if (await target.CountAsync() > 0)
            {
                await target.ClickAsync();
                await page.WaitForTimeoutAsync(SettleMs / 4);
            }
        }
    }
}
