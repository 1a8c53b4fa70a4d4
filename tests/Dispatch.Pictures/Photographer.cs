using System.Globalization;
using Dispatch.Processes;
using Microsoft.Playwright;

namespace Dispatch.Pictures;

/// <summary>Takes the pictures of a running server.</summary>
public sealed class Photographer(IBrowser browser, Uri server, string directory)
{
    /// <summary>Whether a page shows all it has: live, its map drawn, and nothing moving but what moves for ever.</summary>
    private const string Settled = """
        () => {
          const line = document.querySelector('header [data-testid=connection-state], header [data-testid=line]')
          const moving = document.getAnimations().some((x) => x.playState === 'running' && x.effect.getComputedTiming().iterations !== Infinity)
          return (!line || line.dataset.state === 'live') && !document.querySelector('[data-map=waiting], [data-drawn=false]') && !moving
        }
        """;

    /// <summary>A wall of eight megapixels is drawn without a graphics card.</summary>
    private const float PatienceMs = 90_000;

    private static readonly (string Locale, string Theme)[] Looks = [("zh-CN", "night"), ("zh-CN", "day"), ("en", "night"), ("en", "day")];

    /// <summary>Pictures a screen in both languages and themes.</summary>
    /// <returns>What is wrong with it: wider than its screen, a serious or critical finding by axe, an error of the page; empty where nothing is.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(Screen screen)
    {
        if (screen.Before is { } happens)
        {
            await happens(new Scene(server));
        }

        var faults = new List<string>();
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = screen.Width, Height = screen.Height },
            ServiceWorkers = ServiceWorkerPolicy.Block,
            Permissions = ["geolocation"],
            Geolocation = new Geolocation { Latitude = 35.246f, Longitude = 115.478f, Accuracy = 12 },
        });
        context.SetDefaultTimeout(PatienceMs);
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => faults.Add($"{screen.Name}: {error}");
        await OpenAsync(page, screen);
        foreach (var (locale, theme) in Looks)
        {
            await page.EvaluateAsync($"localStorage.setItem('dispatch.locale', '{locale}'); localStorage.setItem('dispatch.theme', '{theme}')");
            await page.ReloadAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await page.WaitForFunctionAsync(Settled);
            await WalkAsync(page, screen);
            var name = string.Create(CultureInfo.InvariantCulture, $"{screen.Name}.{locale}.{theme}");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{name}.png") });
            faults.AddRange((await Barriers.FindAsync(page)).Select(x => $"{name}: {x}"));
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
    }

    private static async Task WalkAsync(IPage page, Screen screen)
    {
        foreach (var step in screen.Steps)
        {
            var target = page.GetByTestId(step).First;
            if (await target.IsVisibleAsync())
            {
                await target.ClickAsync();
                await page.WaitForFunctionAsync(Settled);
            }
        }
    }
}
