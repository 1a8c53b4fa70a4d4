using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Dispatch.Tests.Live;

/// <summary>Waiting for what a test needs, with a word on what is missing where it does not come.</summary>
public static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until a condition holds.</summary>
    public static Task HoldsAsync(
        Func<bool> condition, Func<string>? evidence = null, [CallerArgumentExpression(nameof(condition))] string text = "") =>
        HoldsAsync(() => Task.FromResult(condition()), evidence, text);

    /// <summary>Waits until a condition holds that takes a question to know.</summary>
    public static async Task HoldsAsync(
        Func<Task<bool>> condition, Func<string>? evidence = null, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < Patience, $"Not within {Patience}: {text}. {evidence?.Invoke()}");
            await Task.Delay(BetweenLooks);
        }
    }
}
