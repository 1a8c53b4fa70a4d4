using Microsoft.Playwright;

namespace Dispatch.Processes;

/// <summary>The real browser of tests, pictures and benchmarks: Debian's Chromium, driven by Playwright, drawing WebGL in software.</summary>
public static class Chromium
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    ];

    /// <summary>Starts it.</summary>
    /// <param name="playwright">The driver.</param>
    /// <param name="more">Further flags.</param>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright, params string[] more) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("DISPATCH_CHROMIUM") ?? "/usr/bin/chromium",
        Args = [.. Flags, .. more],
    });

    /// <summary>Opens a page of the server and signs in on the way there, as a user does.</summary>
    /// <param name="page">The browser's page.</param>
    /// <param name="server">The server's address.</param>
    /// <param name="path">The page of the product, for instance <c>/wallboard?theme=day</c>.</param>
    /// <param name="userName">Account; all accounts of test servers have <see cref="DispatchServer.Password"/>.</param>
    public static async Task SignInAsync(IPage page, Uri server, string path, string userName)
    {
        await page.GotoAsync(new Uri(server, path).ToString());
        await page.GetByTestId("sign-in-user").FillAsync(userName);
        await page.GetByTestId("sign-in-password").FillAsync(DispatchServer.Password);
        await page.GetByTestId("sign-in-submit").ClickAsync();
        var wanted = new Uri(server, path).AbsolutePath;
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath.StartsWith(wanted, StringComparison.Ordinal));
    }
}
