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

    private readonly IBrowserContext context;
    private readonly IPage page;

    private BoardPage(IBrowserContext context, IPage page, MainThread mainThread, Opening opening)
    {
        this.context = context;
        this.page = page;
        MainThread = mainThread;
        Opening = opening;
    }

    /// <summary>Its main thread.</summary>
    public MainThread MainThread { get; }

    /// <summary>How long it took to open.</summary>
    public Opening Opening { get; }

    /// <summary>Opens it and waits until it shows live data.</summary>
    public static async Task<BoardPage> OpenAsync(IBrowser browser, DispatchLiveServer server)
    {
        ArgumentNullException.ThrowIfNull(browser);
        ArgumentNullException.ThrowIfNull(server);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
        await SignInAsync(context, server, DispatchLiveServer.UserName);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(new Uri(server.Url, "/wallboard?sound=off").ToString(), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        var live = await (await page.WaitForFunctionAsync(WhenLive)).JsonValueAsync<double>();
        var painted = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        return new BoardPage(context, page, await MainThread.OfAsync(page), new Opening(painted, live));
    }

    /// <summary>Signs a browser in, as its cookie has it.</summary>
    public static async Task SignInAsync(IBrowserContext context, DispatchLiveServer server, string userName)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(server);
        var answer = await context.APIRequest.PostAsync(
            new Uri(server.Url, "/api/v1/auth/login?cookie=true").ToString(),
            new APIRequestContextOptions { DataObject = new { userName, password = DispatchServer.Password } });
        if (!answer.Ok)
        {
            throw new InvalidOperationException($"Signing in answered {answer.Status}.");
        }
    }

    /// <summary>How often a second the positions of a feed change on this page: whether what is sent really arrives.</summary>
    public async Task<double> MovesAsync(TimeSpan length)
    {
        var messages = 0;
        page.WebSocket += Count;
        await page.ReloadAsync();
        await page.WaitForFunctionAsync(WhenLive);
        messages = 0;
        await Task.Delay(length);
        page.WebSocket -= Count;
        return messages / length.TotalSeconds;

        void Count(object? sender, IWebSocket socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Text?.Contains("\"station/s0/positions\"", StringComparison.Ordinal) == true)
            {
                messages++;
            }
        };
    }

    /// <summary>Closes it.</summary>
    public Task LeaveAsync() => page.CloseAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}

/// <summary>How long a page took to open, from its navigation.</summary>
/// <param name="FirstPaint">Milliseconds until something was to be seen.</param>
/// <param name="Live">Milliseconds until live data was.</param>
public sealed record Opening(double FirstPaint, double Live);
