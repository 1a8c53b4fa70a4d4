using System.Globalization;
using Microsoft.Playwright;

namespace Dispatch.Benchmarks.Browser;

/// <summary>
/// A page with nothing but a socket, a map of places and a canvas: it parses the same messages and draws a mark for each pair and incident, once a flush.
/// </summary>
public sealed class RawPage : IAsyncDisposable
{
    private const string Script = "raw.js";
    private readonly IBrowserContext context;

    private RawPage(IBrowserContext context, MainThread mainThread)
    {
        this.context = context;
        MainThread = mainThread;
    }

    /// <summary>Its main thread.</summary>
    public MainThread MainThread { get; }

    /// <summary>Opens it and waits until it knows where pairs are.</summary>
    public static async Task<RawPage> OpenAsync(IBrowser browser, BoardSite site, int incidents)
    {
        ArgumentNullException.ThrowIfNull(browser);
        ArgumentNullException.ThrowIfNull(site);
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(site.Url, "/healthz/live").ToString());
        var hub = string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{site.Url.Port}{site.HubPath}");
        await page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = await ReadAsync() });
        await page.EvaluateAsync("([hub, stations, incidents]) => startRaw(hub, stations, incidents)", new object[] { hub, site.Stations, incidents });
        await page.WaitForFunctionAsync("window.places.size > 0");
        return new RawPage(context, await MainThread.OfAsync(page));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private static async Task<string> ReadAsync()
    {
        await using var stream = typeof(RawPage).Assembly.GetManifestResourceStream(Script)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
