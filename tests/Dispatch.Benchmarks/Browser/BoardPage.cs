using Dispatch.Benchmarks.Live.Servers;
using Dispatch.Processes;
using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>The wallboard, opened by somebody who is signed in, in a browser that has nothing of it yet.</summary>
public sealed class BoardPage : IAsyncDisposable
{
    private const float Patience = 60_000;

    private const string WhenLive = """
        () => document.querySelector('[data-testid=connection-state][data-state=live]')
          && Number(document.querySelector('[data-testid=figure-open]')?.textContent) > 0 && performance.now()
        """;

    private const string WhenPainted = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime";

    private readonly IBrowserContext context;

    private BoardPage(IBrowserContext context, MainThread mainThread, Opening opening)
    {
        this.context = context;
        MainThread = mainThread;
        Opening = opening;
    }

    /// <summary>Its main thread.</summary>
    public MainThread MainThread { get; }

    /// <summary>How long it took to open.</summary>
    public Opening Opening { get; }

    /// <summary>Opens it and waits until it shows live data.</summary>
    public static async Task<BoardPage> OpenAsync(IBrowser browser, BoardSite site)
    {
        ArgumentNullException.ThrowIfNull(browser);
        ArgumentNullException.ThrowIfNull(site);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
        await SignInAsync(context, site.Url, DispatchLiveServer.UserName);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(new Uri(site.Url, "/wallboard?sound=off").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        var live = await (await page.WaitForFunctionAsync(WhenLive)).JsonValueAsync<double>();
        var painted = await (await page.WaitForFunctionAsync(WhenPainted)).JsonValueAsync<double>();
        return new BoardPage(context, await MainThread.OfAsync(page), new Opening(painted, live));
    }

    /// <summary>Signs a browser in, as its cookie has it.</summary>
    public static async Task SignInAsync(IBrowserContext context, Uri server, string userName)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(server);
        var answer = await context.APIRequest.PostAsync(
            new Uri(server, "/api/v1/auth/login?cookie=true").ToString(),
            new APIRequestContextOptions { DataObject = new { userName, password = DispatchServer.Password } });
        if (!answer.Ok)
        {
            throw new InvalidOperationException($"Signing in answered {answer.Status}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

/// <summary>Where the board is looked at.</summary>
/// <param name="Url">Address of the page.</param>
/// <param name="HubPath">Path of the hub there, with all that a connection needs.</param>
/// <param name="Stations">How many stations there are.</param>
/// <param name="Sent">How many messages with positions were sent from there so far; null where nobody counts.</param>
public sealed record BoardSite(Uri Url, string HubPath, int Stations, Func<long>? Sent = null);

/// <summary>How long a page took to open, from its navigation.</summary>
/// <param name="FirstPaint">Milliseconds until something was to be seen.</param>
/// <param name="Live">Milliseconds until live data was.</param>
public sealed record Opening(double FirstPaint, double Live);
