using System.Collections.Concurrent;
using System.Globalization;

namespace Dispatch.Replay;

/// <summary>
/// Does the steps of a timeline through the public API and keeps what the later ones need. What is refused leaves out the rest of that unit's
/// part; the call itself is closed in any case.
/// </summary>
/// <param name="api">The server.</param>
/// <param name="plan">What is replayed.</param>
/// <param name="run">Name of this run; the keys of its commands begin with it.</param>
/// <param name="watch">Watches over commitments.</param>
/// <param name="screen">Watches the stations' feeds.</param>
public sealed class ReplaySteps(DispatchApi api, ReplayPlan plan, string run, CommitmentWatch watch, ReplayScreen screen)
{
    /// <summary>Longest that an offer may wait, by the public contract: the recorded unit's answer decides, not the deadline.</summary>
    private const int OfferExpirySeconds = 86_400;

    private readonly string?[] incidentIds = new string?[plan.Calls.Length];
    private readonly Part[] parts = [.. Enumerable.Range(0, plan.Calls.Sum(x => x.Units.Length)).Select(_ => new Part())];
    private readonly bool[] isClosed = new bool[plan.Calls.Length];
    private readonly ConcurrentBag<Interval> intervals = [];
    private int opened;
    private int closed;
    private int woundDown;
    private int heldByOurs;
    private int heldByOthers;

    /// <summary>Calls that were opened.</summary>
    public int Opened => Volatile.Read(ref opened);

    /// <summary>Calls that were replayed to their end and are closed.</summary>
    public int Closed => Volatile.Read(ref closed);

    /// <summary>Calls that were closed because the replay was stopped.</summary>
    public int WoundDown => Volatile.Read(ref woundDown);

    /// <summary>Refusals <c>pairNotFree</c> of pairs that an incident of ours had: the unit was sent before it was free in the record, too.</summary>
    public int HeldByOurs => Volatile.Read(ref heldByOurs);

    /// <summary>Refusals <c>pairNotFree</c> of pairs that none of ours had.</summary>
    public int HeldByOthers => Volatile.Read(ref heldByOthers);

    /// <summary>Intervals that the server kept of the calls closed so far, in its own time.</summary>
    public IReadOnlyCollection<Interval> OurIntervals => intervals;

    /// <summary>Ids of the incidents opened so far.</summary>
    public IEnumerable<string> IncidentIds => incidentIds.OfType<string>();

    /// <summary>Does one step.</summary>
    /// <exception cref="ServerLostException">The server has gone.</exception>
    public Task PerformAsync(TimelineStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        if (step.Kind == StepKind.Open)
        {
            return OpenAsync(step, cancellationToken);
        }

        if (incidentIds[step.Call.Index] is not { } incident)
        {
            return Task.CompletedTask;
        }

        return step.Kind switch
        {
            StepKind.Close => CloseAsync(step, incident, cancellationToken),
            StepKind.Offer => OfferAsync(step, incident, cancellationToken),
            StepKind.Accept => AcceptAsync(step, incident, cancellationToken),
            _ => ProgressAsync(step, incident, cancellationToken),
        };
    }

    /// <summary>Closes what a stopped replay left open, so that its pairs are free again.</summary>
    /// <exception cref="OperationCanceledException">There was no time for all.</exception>
    public async Task WindDownAsync(int concurrency, CancellationToken cancellationToken)
    {
        var left = plan.Calls.Where(x => incidentIds[x.Index] is not null && !isClosed[x.Index]);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(left, parallel, async (call, token) =>
        {
            if (await TryCloseAsync(call, incidentIds[call.Index]!, $"{run}-wind-down-{call.Index}", token))
            {
                Interlocked.Increment(ref woundDown);
            }
        });
    }

    private async Task OpenAsync(TimelineStep step, CancellationToken cancellationToken)
    {
        var call = step.Call;
        var answer = await api.PostAsync(
            "open",
            "incidents",
            new
            {
                call.Category,
                call.Priority,
                call.Location,
                call.Address,
                call.CommunityId,
                call.Summary,
                PairsNeeded = call.Units.Length,
            },
            Key(step),
            cancellationToken);
        if (answer.IsDone && answer.Read<IncidentAnswer>() is { } incident)
        {
            incidentIds[call.Index] = incident.Id;
            Interlocked.Increment(ref opened);
        }
    }

    private async Task OfferAsync(TimelineStep step, string incident, CancellationToken cancellationToken)
    {
        var unit = step.Unit!;
        var answer = await api.PostAsync(
            "offer",
            $"incidents/{incident}/offers",
            new { PairIds = new[] { unit.PairId }, Mode = "offer", ExpiresInSeconds = OfferExpirySeconds },
            Key(step),
            cancellationToken);
        NoteHeld(unit, answer);
        parts[unit.Index].OfferId = answer.IsDone && answer.Read<OffersAnswer>() is { Offers.IsDefault: false } made
            ? made.Offers.LastOrDefault(x => x.PairId == unit.PairId && x.Status == "pending")?.Id
            : null;
    }

    private async Task AcceptAsync(TimelineStep step, string incident, CancellationToken cancellationToken)
    {
        var unit = step.Unit!;
        var part = parts[unit.Index];
        if (part.OfferId is null)
        {
            return;
        }

        var answer = await api.PostAsync("accept", $"offers/{Uri.EscapeDataString(part.OfferId)}/accept", null, Key(step), cancellationToken);
        NoteHeld(unit, answer);
        part.WasAccepted = part.HasPair = answer.IsDone;
        if (answer.IsDone)
        {
            watch.Accepted(unit.PairId, incident);
            if (answer.Read<IncidentAnswer>() is { } accepted)
            {
                screen.Acknowledged(accepted);
            }
        }
    }

    private async Task ProgressAsync(TimelineStep step, string incident, CancellationToken cancellationToken)
    {
        var part = parts[step.Unit!.Index];
        if (part.HasPair)
        {
            var status = step.Kind switch
            {
                StepKind.EnRoute => "enRoute",
                StepKind.OnScene => "onScene",
                StepKind.Report => "reported",
                _ => "cleared",
            };
            await SetStatusAsync(incident, step.Unit.PairId, status, Key(step), cancellationToken);
            part.HasPair = step.Kind != StepKind.Clear;
        }
    }

    private async Task SetStatusAsync(string incident, string pairId, string status, string key, CancellationToken cancellationToken)
    {
        await api.PostAsync(
            status, $"incidents/{incident}/assignments/{Uri.EscapeDataString(pairId)}/status", new { Status = status }, key, cancellationToken);
        if (status == "cleared")
        {
            watch.Freed(pairId, incident);
        }
    }

    private async Task CloseAsync(TimelineStep step, string incident, CancellationToken cancellationToken)
    {
        if (await TryCloseAsync(step.Call, incident, Key(step), cancellationToken))
        {
            isClosed[step.Call.Index] = true;
            Interlocked.Increment(ref closed);
        }
    }

    private async Task<bool> TryCloseAsync(PlannedCall call, string incident, string key, CancellationToken cancellationToken)
    {
        var answer = await CloseOnceAsync(call, incident, key, cancellationToken);
        var ended = answer.IsDone ? answer.Read<IncidentAnswer>() : await ReadAsync(incident, cancellationToken);
        if (ended is { IsClosed: false })
        {
            // Something of it went wrong on the way: what still holds it open is cleared, and it is closed under a key of its own.
            foreach (var left in (ended.Assignments.IsDefault ? [] : ended.Assignments).Where(x => x.Holds))
            {
                await SetStatusAsync(incident, left.PairId, "cleared", $"{key}-clear-{left.PairId}", cancellationToken);
            }

            answer = await CloseOnceAsync(call, incident, $"{key}-again", cancellationToken);
            ended = answer.IsDone ? answer.Read<IncidentAnswer>() : await ReadAsync(incident, cancellationToken);
        }

        foreach (var interval in ended is null ? [] : Intervals.Ours(ended, call.Units.Where(x => parts[x.Index].WasAccepted)))
        {
            intervals.Add(interval);
        }

        return answer.IsDone || ended is { IsClosed: true };
    }

    private Task<ApiAnswer> CloseOnceAsync(PlannedCall call, string incident, string key, CancellationToken cancellationToken) =>
        api.PostAsync("close", $"incidents/{incident}/close", new { call.Disposition }, key, cancellationToken);

    private async Task<IncidentAnswer?> ReadAsync(string incident, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync($"incidents/{incident}", cancellationToken);
        return answer.IsDone ? answer.Read<IncidentAnswer>() : null;
    }

    private void NoteHeld(PlannedUnit unit, ApiAnswer answer)
    {
        if (answer.IsRefused && answer.Code == "pairNotFree")
        {
            Interlocked.Increment(ref watch.IsHeld(unit.PairId) ? ref heldByOurs : ref heldByOthers);
        }
    }

    private string Key(TimelineStep step) => $"{run}-{step.Index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>How far one unit's part is. Only touched by its own steps, one after the other.</summary>
    private sealed class Part
    {
        public string? OfferId { get; set; }

        public bool HasPair { get; set; }

        public bool WasAccepted { get; set; }
    }
}
