using Dispatch.Commands;
using Dispatch.Pairs;
using Microsoft.Extensions.Logging;

namespace Dispatch.Bureau;

/// <summary>
/// What handover sheets are told after a change of a pair: kept in the record of the change and repeated until it arrived, so that no change goes without
/// its sheet. Runs beside the bureau's commands, for a sheet asks others what is to be handed over.
/// </summary>
public sealed partial class BureauGrain
{
    private static readonly TimeSpan ErrandsAgain = TimeSpan.FromSeconds(3);
    private IGrainTimer? errands;

    /// <inheritdoc/>
    public Task ForgetHandoverAsync(string sheetId, long version)
    {
        var left = durable.Handovers.Told(sheetId, version);
        return left.Errands.Length == durable.Handovers.Errands.Length ? Task.CompletedTask : WriteAsync(durable with { Handovers = left });
    }

    private void ScheduleHandovers(TimeSpan wait)
    {
        if (durable.Handovers.Errands.IsEmpty)
        {
            errands?.Dispose();
            errands = null;
        }
        else if (errands is null)
        {
            errands = this.RegisterGrainTimer(
                RunHandoversAsync, new GrainTimerCreationOptions(wait, Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        }
        else
        {
            errands.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task RunHandoversAsync(CancellationToken cancellationToken)
    {
        // One after the other: a sheet is opened before it hears who comes.
        while (durable.Handovers.Errands is [var next, ..] && await TryTellAsync(next))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        ScheduleHandovers(ErrandsAgain);
    }

    /// <summary>Tells a sheet. A refusal is an answer, too: it was closed meanwhile.</summary>
    private async Task<bool> TryTellAsync(HandoverErrand errand)
    {
        try
        {
            var answer = await GrainFactory.GetGrain<IHandoverSheetGrain>(errand.SheetId).ExecuteAsync(new CommandContext(null, errand.By), errand.Command);
            if (answer.Refusal is { Kind: RefusalKind.Unknown })
            {
                return false;
            }

            await this.AsReference<IBureauGrain>().ForgetHandoverAsync(errand.SheetId, errand.Version);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogSheetUntold(exception, errand.SheetId);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Handover sheet {SheetId} could not be told; it is told again.")]
    private partial void LogSheetUntold(Exception exception, string sheetId);
}
