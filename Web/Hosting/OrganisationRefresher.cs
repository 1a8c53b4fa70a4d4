using Dispatch.Bureau;

namespace Dispatch.Hosting;

/// <summary>Keeps the organisation fresh in a web node without a silo, whose own watch does it otherwise.</summary>
public sealed class OrganisationRefresher(OrganisationCache organisation, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await organisation.RefreshAsync();
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                // The next tick asks again; commands go on with what is known.
            }
        }
    }
}
