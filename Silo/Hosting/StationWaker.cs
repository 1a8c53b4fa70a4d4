using Dispatch.Bureau;
using Dispatch.Stations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Hosting;

/// <summary>
/// Keeps every station awake, whoever watches it: a station looks after its open incidents, so deadlines fire after the silo that held them
/// died, and after a restart of everything. Keeps this process's copy of the organisation fresh on the way.
/// </summary>
public sealed partial class StationWaker(
    IGrainFactory grains, OrganisationCache organisation, TimeProvider time, ILogger<StationWaker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                var snapshot = await organisation.RefreshAsync();
                await Parallel.ForEachAsync(
                    snapshot.Organisation.Stations,
                    stoppingToken,
                    async (station, _) => await grains.GetGrain<IStationGrain>(station.Id).KeepAwakeAsync());
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not every station could be reached; they are called again.")]
    private partial void LogFailed(Exception exception);
}
