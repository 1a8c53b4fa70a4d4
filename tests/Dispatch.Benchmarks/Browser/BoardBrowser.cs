using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>The browser of the benchmark.</summary>
public static class BoardBrowser
{
    /// <summary>Starts Chromium as a wall has it: it may sound, and draws in software where there is no graphics card.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("DISPATCH_CHROMIUM") ?? "/usr/bin/chromium",
        Args =
        [
            "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--autoplay-policy=no-user-gesture-required",
        ],
    });
}
