using Microsoft.Playwright;

namespace Dispatch.Tests.Browser;

/// <summary>That nothing keeps somebody from using a page.</summary>
internal static class Barriers
{
    /// <summary>Fails where axe finds a serious or critical barrier, or the page is wider than its screen.</summary>
    /// <param name="page">The page as it is now.</param>
    /// <param name="where">What is looked at, for the message.</param>
    public static async Task AreNoneAsync(IPage page, string where)
    {
        var found = await Dispatch.Processes.Barriers.FindAsync(page);
        Assert.True(found.Count == 0, $"{where}:\n" + string.Join('\n', found));
    }
}
