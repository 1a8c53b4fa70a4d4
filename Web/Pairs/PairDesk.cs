using Dispatch.Accounts;
using Dispatch.Api;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>Takes commands to pairs, from HTTP and from the hub alike.</summary>
public sealed class PairDesk(IGrainFactory grains, OrganisationCache organisation, GrainCommands commands, TimeProvider time)
{
    /// <summary>How long an incident is waited for before its pair is freed without it; it hears of it later.</summary>
    private static readonly TimeSpan IncidentAnswersWithin = TimeSpan.FromSeconds(2);

    /// <summary>Does a command in the name of who is signed in.</summary>
    public Task<Answer<PairView>> ExecuteAsync(SignedIn user, string key, string pairId, PairCommand command) =>
        commands.UntilKnownAsync(() => SendAsync(user, key, pairId, command));

    private async Task<Answer<PairView>> SendAsync(SignedIn user, string key, string pairId, PairCommand command)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await WhyNotAsync(user, pairId) is { } refusal
            ? refusal
            : await Grain(pairId).ExecuteAsync(new CommandContext(key, user.Actor), command);
    }

    /// <summary>Takes a position report.</summary>
    public async Task<Refusal?> ReportPositionAsync(SignedIn user, string pairId, PairPosition position)
    {
        ArgumentNullException.ThrowIfNull(user);
        return await WhyNotAsync(user, pairId) ?? await Grain(pairId).ReportPositionAsync(position);
    }

    /// <summary>
    /// Frees a pair of everything, whatever state it is in. Its incidents call it off first, so that nobody believes it is coming; those that
    /// do not answer in time hear of it from the pair.
    /// </summary>
    public async Task<Answer<PairView>> FreeAsync(SignedIn user, string key, string pairId, FreePair command)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(command);
        if (await WhyNotAsync(user, pairId) is { } refusal)
        {
            return refusal;
        }

        if (!user.Supervises)
        {
            return Problems.Forbidden("Freeing a pair");
        }

        if (!string.IsNullOrWhiteSpace(command.Reason) && await Grain(pairId).GetAsync() is { } pair)
        {
            await Task.WhenAll(Held(pair).Select(x => CallOffAsync(user, key, pairId, x, command.Reason)));
        }

        return await commands.UntilKnownAsync(() => Grain(pairId).ExecuteAsync(new CommandContext(key, user.Actor), command));
    }

    /// <summary>Another pair takes over all that this one is committed to, has queued or planned.</summary>
    /// <returns>The pair that handed over; the first refusal where a part could not be taken, with what was taken before staying so.</returns>
    public async Task<Answer<PairView>> HandOverAsync(SignedIn user, string key, string pairId, HandOverBody body)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(body);
        if (await WhyNotAsync(user, pairId) is { } refusal)
        {
            return refusal;
        }

        if (!user.Dispatches || (body.OverrideReason is not null && !user.Supervises))
        {
            return Problems.Forbidden("Handing over");
        }

        var command = new HandOverAssignment(pairId, body.ToPairId, body.Reason, body.OverrideReason, MayWait: true);
        foreach (var (incidentId, offerId) in Held((await Grain(pairId).GetAsync())!))
        {
            // Each part under a name of its own, which a retry repeats.
            var context = new CommandContext(KeyOf(key, offerId), user.Actor);
            var answer = await commands.UntilKnownAsync(() => Incident(incidentId).ExecuteAsync(context, command));
            if (answer.IsRefused)
            {
                return answer.Refusal;
            }
        }

        return (await Grain(pairId).GetAsync())!;
    }

    /// <summary>The grain of a pair.</summary>
    public IPairGrain Grain(string pairId) => grains.GetGrain<IPairGrain>(pairId);

    private IIncidentGrain Incident(string incidentId) => grains.GetGrain<IIncidentGrain>(incidentId);

    private async Task CallOffAsync(SignedIn user, string key, string pairId, (string IncidentId, string OfferId) part, string reason)
    {
        try
        {
            var command = new CancelAssignment(pairId, reason);
            await Incident(part.IncidentId).ExecuteAsync(new CommandContext(KeyOf(key, part.OfferId), user.Actor), command)
                .WaitAsync(IncidentAnswersWithin, time);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // The pair is freed all the same and tells the incident until it knows.
        }
    }

    private static string KeyOf(string key, string offerId) => $"{key[..Math.Min(key.Length, 70)]}/{offerId}";

    private static List<(string IncidentId, string OfferId)> Held(PairView pair) =>
    [
        .. pair.Commitment is { } held ? [(held.IncidentId, held.OfferId)] : Enumerable.Empty<(string, string)>(),
        .. (pair.Queued ?? []).Concat(pair.Planned ?? []).Select(x => (x.IncidentId, x.OfferId)),
    ];

    private async ValueTask<Refusal?> WhyNotAsync(SignedIn user, string pairId) =>
        await organisation.FindPairAsync(pairId) is not { } pair ? Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{pairId}'.")
        : user.SpeaksFor(pair) ? null
        : Problems.Forbidden($"Pair {pairId}");
}
