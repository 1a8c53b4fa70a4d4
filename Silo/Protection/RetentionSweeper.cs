using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dispatch.Protection;

/// <summary>Looks, at the start and then at every interval, for what has been kept long enough.</summary>
public sealed partial class RetentionSweeper(
    Erasure erasure, RetentionOptions options, TimeProvider time, ILogger<RetentionSweeper> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.SweepSeconds), time);
        try
        {
            do
            {
                await SweepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process stops; what is due then is due at its next start.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await erasure.SweepAsync(stoppingToken) is > 0 and var erased)
            {
                LogErased(erased);
            }
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Protected fields of {Count} matters were erased: their retention is over.")]
    private partial void LogErased(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Not everything could be erased whose retention is over; it is tried again at the next sweep.")]
    private partial void LogFailed(Exception exception);
}
