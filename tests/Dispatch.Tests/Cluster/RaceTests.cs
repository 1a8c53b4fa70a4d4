using Dispatch.Trials.Work;

namespace Dispatch.Tests.Cluster;

/// <summary>The race in short (I1, I2, I4): dispatchers on two web nodes and three silos want the same pairs at the same moment. The long one is <c>tests/trials race</c>.</summary>
public sealed class RaceTests
{
    [Fact]
    public async Task Race_DispatchersOverThreeSilosWantTheSamePairs_NoPairIsSentTwice()
    {
        using var output = new StringWriter();
        var folder = Path.Combine(Path.GetTempPath(), $"dispatch-race-{Guid.NewGuid():N}");
        var violations = await new RaceTrial(new RaceOptions(Trials: 300, Random.Shared.Next(), folder), output).RunAsync(CancellationToken.None);
        Assert.True(violations.Count == 0, $"{output}\nHistories are in {folder}.");
    }
}
