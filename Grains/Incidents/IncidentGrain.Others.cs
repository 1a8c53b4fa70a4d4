using System.Collections.Immutable;
using Dispatch.Commands;
using Microsoft.Extensions.Logging;

namespace Dispatch.Incidents;

/// <summary>
/// Incidents that have to do with each other. Each writes its own part and then tells the other, in order and until it knows; the telling
/// interleaves with everything else, so that two incidents can tell each other at once.
/// </summary>
public sealed partial class IncidentGrain
{
    /// <inheritdoc/>
    public async Task<Refusal?> HearAsync(string fromId, IncidentMessage message, CommandContext context) => State is { } state
        ? (await CommitAsync(context, message, IncidentRules.Hear(state, fromId, message))).Refusal
        : Refusal.NotFound(RefusalCodes.IncidentNotFound, "There is no such incident.");

    /// <summary>Decides something that has to do with another incident, once that is known to be one.</summary>
    private async Task<Answer<IncidentView>> WithOtherAsync(
        CommandContext context, IncidentCommand command, IncidentState state, string otherId, string field, bool mustBeOpen)
    {
        var decision = IncidentRules.Decide(state, command, Now, timers);
        if (decision.Refusal is null && !decision.Events.IsEmpty)
        {
            var other = IncidentIds.IsIncidentId(otherId) ? await GrainFactory.GetGrain<IIncidentGrain>(otherId).GetAsync() : null;
            if (other is null)
            {
                return Refusal.Invalid(RefusalCodes.IncidentNotFound, field, "There is no such incident.");
            }

            if (mustBeOpen && !other.IsOpen)
            {
                decision = Refusal.Rule(RefusalCodes.IncidentNotOpen, $"Incident {other.Number} has ended.");
            }
        }

        return await CommitAsync(context, command, decision);
    }

    private IEnumerable<IncidentMessage> Untold => State is null ? [] : State.Messages.Where(x => !told.Contains(x.Sequence));

    private void ScheduleTelling()
    {
        if (telling is null && Untold.Any())
        {
            telling = this.RegisterGrainTimer(
                TellOthersAsync, new GrainTimerCreationOptions(TimeSpan.Zero, EffectRetry) { Interleave = true, KeepAlive = true });
        }
    }

    private async Task TellOthersAsync(CancellationToken cancellationToken)
    {
        foreach (var message in Untold.ToImmutableArray())
        {
            try
            {
                var refusal = await GrainFactory.GetGrain<IIncidentGrain>(message.ToId).HearAsync(Id, message, CommandContext.System);
                if (refusal is { Kind: RefusalKind.Unknown })
                {
                    return;
                }

                if (refusal is not null && message.Kind == IncidentMessageKind.Absorb && State!.MergedInto == message.ToId)
                {
                    // The other ended meanwhile: nobody would carry on, so this one does.
                    await this.AsReference<IIncidentGrain>().ExecuteAsync(
                        new CommandContext($"undo/{message.Sequence}", Actor.System), new UndoMerge(refusal.Code));
                }

                told.Add(message.Sequence);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                // It stays in the record and is told again, by this activation or the next.
                LogTellingFailed(exception, Id, message.ToId);
                return;
            }
        }

        if (!Untold.Any())
        {
            telling?.Dispose();
            telling = null;
            await SettleAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Incident {IncidentId} could not tell incident {OtherId}; it tries again.")]
    private partial void LogTellingFailed(Exception exception, string incidentId, string otherId);
}
