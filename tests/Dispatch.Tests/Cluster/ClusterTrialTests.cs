using Dispatch.Trials.Work;

namespace Dispatch.Tests.Cluster;

/// <summary>
/// I1 to I4 and I6 on a cluster that is hurt: a silo and a web node are killed, a silo is frozen and comes back as a zombie, the database is restarted, everything is
/// restarted in turn, while dispatchers and officers work over HTTP and SignalR. The long one is <c>tests/trials cluster</c>.
/// </summary>
public sealed class ClusterTrialTests
{
    [Fact]
    public async Task Cluster_KilledFrozenAndRestartedWhileItWorks_BreaksNoInvariant()
    {
        using var output = new StringWriter();
        var folder = Path.Combine(Path.GetTempPath(), $"dispatch-cluster-{Guid.NewGuid():N}");

        // The machine that runs tests may be slow; how soon deadlines fire is measured by the long run.
        var options = new ClusterOptions(Length: null, Random.Shared.Next(), folder, DeadlineTolerance: TimeSpan.FromSeconds(30));
        var violations = await new ClusterTrial(options, output).RunAsync(CancellationToken.None);
        Assert.True(violations.Count == 0, $"{output}");
        Directory.Delete(folder, recursive: true);
    }
}
