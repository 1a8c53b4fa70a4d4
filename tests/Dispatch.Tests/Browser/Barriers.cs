using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>What keeps somebody from using a page.</summary>
internal static class Barriers
{
    /// <summary>Fails where axe finds a serious or critical barrier, or the page is wider than its screen.</summary>
    /// <param name="page">The page as it is now.</param>
    /// <param name="where">What is looked at, for the message.</param>
    public static async Task AreNoneAsync(IPage page, string where)
    {
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > window.innerWidth"), $"{where}: the page is wider than the screen.");
        var found = (await page.RunAxe()).Violations.Where(x => x.Impact is "serious" or "critical").ToList();
        Assert.True(found.Count == 0, $"{where}:\n" + string.Join('\n', found.Select(x => $"{x.Id}: {x.Help} {string.Join(", ", x.Nodes.Select(n => n.Html))}")));
    }
}
