using Dispatch.Trials.Work;

namespace Dispatch.Tests.Cluster;

/// <summary>
/// I5 in short: screens lose their lines and come back at either web node while recorded calls are replayed, a silo, a web node and then all silos are killed; none ever
/// sees anything go backwards, and in the end each shows exactly what the grains hold. The long one is <c>tests/trials screens</c>.
/// </summary>
public sealed class ScreensTests
{
    private const int Screens = 150;

    [Fact]
    public async Task Screens_KilledAndCutOffWhileEverythingChanges_NeverGoBackAndAreEqualInTheEnd()
    {
        using var output = new StringWriter();
        var folder = Path.Combine(Path.GetTempPath(), $"dispatch-screens-{Guid.NewGuid():N}");
        var options = new ScreensOptions(Length: null, Screens, Random.Shared.Next(), folder);
        var violations = await new ScreensTrial(options, output).RunAsync(CancellationToken.None);
        Assert.True(violations.Count == 0, $"{output}");
        Directory.Delete(folder, recursive: true);
    }
}
