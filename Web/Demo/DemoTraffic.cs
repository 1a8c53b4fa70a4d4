namespace Dispatch.Demo;

/// <summary>placeholder</summary>
public sealed class DemoTraffic : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
}
