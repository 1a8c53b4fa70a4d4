using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Pairs;
using Dispatch.Stations;

namespace Dispatch.Incidents;

/// <summary>How an incident gets its pairs: asks them, commits them, takes them from others, lets them be taken.</summary>
public sealed partial class IncidentGrain
{
    private async Task<Answer<IncidentView>> OfferAsync(CommandContext context, OfferPairs c, IncidentState state, string request)
    {
        if (IncidentRules.CheckOffering(state, c) is { } refusal)
        {
            return await CommitAsync(context, c, refusal);
        }

        var pairs = c.PairIds ?? [];
        var organisation = await Services.Organisation.KnowingAsync(x => pairs.All(id => x.Pair(id) is not null));
        if (pairs.FirstOrDefault(id => organisation.Pair(id) is null) is { } unknown)
        {
            return await CommitAsync(context, c, Refusal.NotFound(RefusalCodes.PairNotFound, $"There is no pair '{unknown}'."));
        }

        var (asked, expiresAt) = await AskAllAsync(context, c, state, request);
        return await CommitAsync(context, c, IncidentRules.Offered(state, c, context.CommandId, asked, expiresAt));
    }

    private async Task<(ImmutableArray<AskedPair> Asked, DateTimeOffset ExpiresAt)> AskAllAsync(
        CommandContext context, OfferPairs c, IncidentState state, string request)
    {
        var now = Now;
        var expiresAt = now + (c.ExpiresInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : timers.OfferExpiry(state.Priority));
        return ([.. await Task.WhenAll((c.PairIds ?? []).Select(id => AskAsync(context, c, state, id, request, now, expiresAt)))], expiresAt);
    }

    private async Task<AskedPair> AskAsync(
        CommandContext context, OfferPairs c, IncidentState state, string pairId, string request, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        var offer = Addressed(state.ForPair(IncidentIds.ForOffer(Id, request, pairId), now, expiresAt, c.Preempt, c.OverrideReason));
        var answer = c.Mode switch
        {
            OfferMode.Offer => await AskPairAsync(context, pairId, new ReceiveOffer(offer)),
            OfferMode.Assign => await CommitPairAsync(context, pairId, offer, context),
            _ => await AskPairAsync(context, pairId, new QueueWork(offer, c.Mode == OfferMode.Reserve ? state.ScheduledFor : null, context)),
        };
        return Asked(pairId, offer.Id, answer);
    }

    private static AskedPair Asked(string pairId, string offerId, Answer<PairView> answer) => answer.IsRefused
        ? new AskedPair(pairId, offerId, answer.Refusal.Code)
        : new AskedPair(pairId, offerId, null, answer.Value.PresentOfficerIds, answer.Value.Commitment?.OfferId == offerId);

    /// <summary>Asks a pair something that is idempotent by its content.</summary>
    /// <exception cref="TimeoutException">It is not known whether it was done; the same request, sent again, finds out.</exception>
    private async Task<Answer<PairView>> AskPairAsync(CommandContext context, string pairId, PairCommand command)
    {
        var answer = await Pair(pairId).ExecuteAsync(context with { CommandId = null }, command);
        return answer.Refusal is { Kind: RefusalKind.Unknown } unknown ? throw new TimeoutException(unknown.Message) : answer;
    }

    /// <summary>Commits a pair; where the offer may take it from an incident of lower priority, that one is asked to let it go.</summary>
    private async Task<Answer<PairView>> CommitPairAsync(CommandContext context, string pairId, PairOffer offer, CommandContext acceptedBy)
    {
        var commit = new CommitPair(offer, acceptedBy);
        var answer = await AskPairAsync(context, pairId, commit);
        if (!offer.Preempts || answer.Refusal?.Code != RefusalCodes.PairNotFree || await Pair(pairId).GetAsync() is not { } pair)
        {
            return answer;
        }

        if (pair.Commitment is { } held)
        {
            // Only ever from a higher to a lower priority: so no ring of incidents can wait for each other.
            if (held.IncidentId == Id || held.Priority <= offer.Priority)
            {
                return Refusal.Rule(RefusalCodes.PriorityNotHigher, $"Pair {pairId} is committed to an incident of the same or a higher priority.");
            }

            var refusal = await GrainFactory.GetGrain<IIncidentGrain>(held.IncidentId).YieldPairAsync(
                context with { CommandId = null }, new YieldPair(pairId, held.OfferId, Id, offer.Number, offer.Priority, offer.Id));
            if (refusal is not null)
            {
                return refusal.Kind == RefusalKind.Unknown ? throw new TimeoutException(refusal.Message) : refusal;
            }
        }

        return await AskPairAsync(context, pairId, commit);
    }

    /// <inheritdoc/>
    public async Task<Refusal?> YieldPairAsync(CommandContext context, YieldPair request) => State is { } state
        ? (await CommitAsync(context, request, IncidentRules.Yield(state, request, timers))).Refusal
        : null;

    /// <inheritdoc/>
    public async Task ForgetPartAsync(string pairId, string offerId, string reason, CommandContext context)
    {
        if (State is { } state
            && (await CommitAsync(context, new CancelAssignment(pairId, reason), IncidentRules.ForgetPart(state, pairId, offerId, reason))).IsRefused)
        {
            throw new TimeoutException("Not known yet.");
        }
    }

    private async Task<Answer<IncidentView>> AcceptAsync(CommandContext context, AcceptOffer c, IncidentState state)
    {
        if (IncidentRules.CheckAccepting(state, c.OfferId, Now) is { } refusal)
        {
            return await CommitAsync(context, c, refusal);
        }

        // The pair commits itself first and durably: it is the one arbiter. Should this process die before the next write, the pair asks.
        var offer = state.Offer(c.OfferId)!;
        var committed = await CommitPairAsync(
            context, offer.PairId, Addressed(state.ForPair(offer.Id, offer.OfferedAt, offer.ExpiresAt, offer.Preempts, offer.OverrideReason)), context);
        return await CommitAsync(
            context, c, IncidentRules.Accepted(state, c.OfferId, committed.Refusal, committed.IsRefused ? null : committed.Value.PresentOfficerIds));
    }

    private async Task<Answer<IncidentView>> HandOverAsync(CommandContext context, HandOverAssignment c, IncidentState state)
    {
        if (IncidentRules.CheckHandingOver(state, c) is { } refusal)
        {
            return await CommitAsync(context, c, refusal);
        }

        if (await Services.Organisation.FindPairAsync(c.ToPairId) is null)
        {
            return Refusal.Invalid(RefusalCodes.PairNotFound, "toPairId", $"There is no pair '{c.ToPairId}'.");
        }

        // The one who takes over is committed first; the part of the other ends in the same write that begins the new one.
        var now = Now;
        var part = state.LiveAssignment(c.PairId)!;
        var offer = Addressed(state.ForPair(IncidentIds.ForOffer(Id, context.CommandId!, c.ToPairId), now, now, overrideReason: c.OverrideReason));
        var answer = part.Status.Commits()
            ? await AskPairAsync(context, c.ToPairId, new CommitPair(offer, context))
            : await AskPairAsync(context, c.ToPairId, new QueueWork(offer, part.Status == AssignmentStatus.Reserved ? state.ScheduledFor : null, context));
        if (c.MayWait && answer.Refusal?.Code == RefusalCodes.PairNotFree)
        {
            answer = await AskPairAsync(context, c.ToPairId, new QueueWork(offer, null, context));
        }

        return await CommitAsync(
            context, c, IncidentRules.HandedOver(state, c, context.CommandId, Asked(c.ToPairId, offer.Id, answer), answer.Refusal));
    }

    /// <summary>The time has come that it was scheduled for: the planned pairs are committed, or have it queued.</summary>
    private async Task StartScheduledAsync(IncidentState state)
    {
        var asked = await Task.WhenAll(state.Assignments.Where(x => x.Status == AssignmentStatus.Reserved).Select(x => StartPlannedAsync(state, x)));
        var decision = IncidentRules.Start(state, [.. asked], timers);
        await CommitAsync(CommandContext.System, decision, decision);
    }

    private async Task<AskedPair> StartPlannedAsync(IncidentState state, AssignmentView part)
    {
        var offer = Addressed(state.ForPair(part.OfferId, part.OfferedAt, part.OfferedAt, overrideReason: state.Offer(part.OfferId)!.OverrideReason));
        var answer = await AskPairAsync(CommandContext.System, part.PairId, new CommitPair(offer, CommandContext.System));
        if (answer.Refusal?.Code == RefusalCodes.PairNotFree)
        {
            answer = await AskPairAsync(CommandContext.System, part.PairId, new QueueWork(offer, null, CommandContext.System));
        }

        return Asked(part.PairId, part.OfferId, answer);
    }

    private async Task<Answer<IncidentView>> StartAutoOfferAsync(CommandContext context, OfferPairs c, IncidentState state)
    {
        if (IncidentRules.CheckOffering(state, c) is { } refusal)
        {
            return await CommitAsync(context, c, refusal);
        }

        IncidentEvent started = new AutoOfferStarted(c.ExpiresInSeconds ?? (int)timers.OfferExpiry(state.Priority).TotalSeconds);
        ImmutableArray<IncidentEvent> first;
        try
        {
            // The first offers are part of the same write, so that a retry is answered with them too.
            var begun = IncidentState.Apply(Id, state, new Recorded<IncidentEvent>(Version + 1, Now, context.Actor, context.CommandId, started));
            first = await WalkOnAsync(begun, $"auto/{context.CommandId}");
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // That offers are to be made is put on record all the same; the wake-up goes on with them.
            LogWakeUpFailed(exception, Id);
            first = [];
        }

        return await CommitAsync(context, c, new Decision<IncidentEvent>([started, .. first]));
    }

    private async Task ContinueAutoOfferAsync()
    {
        var decision = new Decision<IncidentEvent>(await WalkOnAsync(State!, $"auto/{Version}"));
        if (!decision.Events.IsEmpty)
        {
            await CommitAsync(CommandContext.System, decision, decision);
        }
    }

    /// <summary>The next step down the recommendations: the offers that were made, or that nobody can go.</summary>
    private async Task<ImmutableArray<IncidentEvent>> WalkOnAsync(IncidentState state, string request)
    {
        autoOfferAgainAt = null;
        var step = IncidentRules.NextAutoOffer(state, timers);
        ImmutableArray<IncidentEvent> first = step.Event is { } happened ? [happened] : [];
        if (step.Wanted == 0)
        {
            return first;
        }

        var recommendation = await Station(state.StationId).RecommendAsync(new RecommendationRequest(
            Id, state.Location, state.CommunityId, state.Priority, state.Skills, step.ExcludedPairIds, step.Wanted,
            AllowPreemption: state.Priority == 1, Category: state.Category));
        if (recommendation.Recommendations.IsEmpty)
        {
            autoOfferAgainAt = Now + timers.AutoOfferRetry;
            return state.Alerts.Contains(IncidentAlerts.NoPairAvailable)
                ? first
                : first.Add(IncidentRules.NobodyCanGo(state, recommendation.Shortfalls.Select(x => new PairReason(x.PairId, x.Reason))));
        }

        var offer = new OfferPairs(
            [.. recommendation.Recommendations.Select(x => x.PairId)], ExpiresInSeconds: state.AutoOfferSeconds, Preempt: state.Priority == 1);
        var (asked, expiresAt) = await AskAllAsync(CommandContext.System, offer, state, request);
        var offered = IncidentRules.Offered(state, offer, null, asked, expiresAt);
        if (offered.Refusal is not null)
        {
            // What the station knew of them was old; it will have heard by then.
            autoOfferAgainAt = Now + EffectRetry;
        }

        return first.AddRange(offered.Events);
    }

    private async Task ExpireAsync()
    {
        if (State is { IsOpen: true } state && IncidentRules.Expire(state, Now) is { Events.IsEmpty: false } due)
        {
            await CommitAsync(CommandContext.System, due, due);
        }
    }
}
