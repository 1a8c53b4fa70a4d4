using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dispatch.Processes;

/// <summary>What keeps somebody from using a page.</summary>
public static class Barriers
{
    /// <summary>Looks for them.</summary>
    /// <param name="page">The page as it is now.</param>
    /// <returns>Whether it is wider than its screen, and what axe finds serious or critical; empty where nothing is.</returns>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        var isTooWide = await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth");
        var found = (await page.RunAxe()).Violations.Where(x => x.Impact is "serious" or "critical").Select(x => $"{x.Id}: {x.Help} {string.Join(", ", x.Nodes.Select(n => n.Html))}");
        return [.. isTooWide ? ["wider than its screen"] : Array.Empty<string>(), .. found];
    }
}
