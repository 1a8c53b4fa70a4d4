using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>
/// The rules of a pair. Pure. The pair is the one arbiter of its commitment: whoever wants it must get it here, and what waits in its queue
/// starts by itself, in the same decision that made it free.
/// </summary>
public static class PairRules
{
    /// <summary>Most work that can wait behind the present; more is a sign that it belongs to others.</summary>
    public const int MaxQueued = 10;

    /// <summary>Most work that can be planned.</summary>
    public const int MaxPlanned = 50;

    private const int MaxReason = 500;
    private const int MaxBy = 100;

    /// <summary>Longest borrowing that can be planned: whoever is away for longer has another home.</summary>
    private static readonly TimeSpan LongestBorrowing = TimeSpan.FromDays(366);

    /// <summary>How long after its time planned work is kept while its incident says nothing.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    /// <summary>How long after its deadline an offer is kept while its incident, whose word it is, says nothing.</summary>
    private static readonly TimeSpan OverdueAfter = TimeSpan.FromSeconds(2);

    /// <summary>Decides a command, and what starts by itself because of it.</summary>
    /// <param name="state">The pair; null before its first event.</param>
    /// <param name="pair">What the organisation says of it.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="context">By whom.</param>
    /// <param name="now">When.</param>
    /// <param name="whereabouts">Where the pair is, as far as known.</param>
    public static Decision<PairEvent> Decide(
        PairState? state, PairInfo pair, PairCommand command, CommandContext context, DateTimeOffset now, GeoPoint whereabouts = default)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(context);
        var s = state ?? PairState.Initial;
        var decision = DecideAlone(s, pair, command, context, now, whereabouts);
        var after = decision.Events.Aggregate(s, (x, e) => x.After(e, now, context.Actor));
        return WhatStarts(after, now) is { } next ? decision with { Events = decision.Events.Add(next) } : decision;
    }

    /// <summary>What starts or ends without being asked for: the next queued work, or the end of duty after the last.</summary>
    public static PairEvent? WhatStarts(PairState s, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(s);
        if (s.Commitment is not null || s.Duty == PairDuty.OffDuty || s.IsKeptFromAll(null, now))
        {
            return null;
        }

        return s.Queued.FirstOrDefault() is { } next
            ? WhyNotAlone(s, next.Offer) is null ? new PairCommitted(next.Offer, next.By, s.PresentOfficerIds, FromQueue: true) : null
            : s.SigningOff ? new PairSignedOff() : null;
    }

    /// <summary>When time brings something by itself: the end of being kept, or of an offer whose incident says nothing.</summary>
    public static DateTimeOffset? TimeToCatchUp(PairState s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return s.Offers.Select(x => (DateTimeOffset?)(x.ExpiresAt + OverdueAfter)).Append(s.Kept?.Until).Min();
    }

    /// <summary>Offers that ran out and whose incident never said so: it died before it wrote that it had made them.</summary>
    private static IEnumerable<PairEvent> Overdue(PairState s, DateTimeOffset now) =>
        s.Offers.Where(x => x.ExpiresAt + OverdueAfter <= now).Select(x => new PairOfferSettled(x.Id, OfferStatus.Expired));

    private static Decision<PairEvent> DecideAlone(
        PairState s, PairInfo pair, PairCommand command, CommandContext context, DateTimeOffset now, GeoPoint whereabouts) => command switch
        {
            SignOn c => SignOn(s, pair, c, now),
            SignOff c => SignOff(s, pair, c),
            SetActivity c => SetActivity(s, pair, c),
            TakeFromCommunity c => Take(s, pair, c, now),
            CountPresence => Decision.Nothing<PairEvent>(),
            GiveBack => s.Taken is null ? Decision.Nothing<PairEvent>() : new GivenBack(),
            ReceiveOffer c => Receive(s, pair, c.Offer, now),
            CommitPair c => Commit(s, pair, c, now),
            SettleOffer c => s.Offers.Any(x => x.Id == c.OfferId)
                ? new PairOfferSettled(c.OfferId, c.Status)
                : Decision.Nothing<PairEvent>(),
            ReclassifyOffer c => Renewed(s, c.OfferId, c.Class),
            ReleasePair c => Release(s, c, now),
            QueueWork c => Queue(s, pair, c),
            FreePair c => Reason(c.Reason) is { } refusal ? refusal
                : s.Held.Any() || s.Kept is not null ? new PairFreed(c.Reason)
                : Decision.Nothing<PairEvent>(),
            ForgetFreed c => s.Freed.Any(x => x.OfferId == c.OfferId) ? new FreedForgotten(c.OfferId) : Decision.Nothing<PairEvent>(),
            MemberLeaves c => Leave(s, pair, c),
            MemberReturns c => Return(s, pair, c),
            RaisePanic c => RaisePanic(s, pair, c, context, whereabouts),
            EndPanic c => s.Panic?.IncidentId == c.IncidentId ? new PanicEnded(c.IncidentId) : Decision.Nothing<PairEvent>(),
            CatchUp => new Decision<PairEvent>(
                [.. Overdue(s, now), .. s.Kept is { } kept && kept.Until <= now ? Enumerable.Repeat<PairEvent>(new KeepingEnded(), 1) : []]),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };

    private static Decision<PairEvent> SetActivity(PairState s, PairInfo pair, SetActivity c) =>
        !Enum.IsDefined(c.Activity) ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "activity", "Unknown activity.")
        : (LongText("by", c.By, MaxBy) ?? LongText("reason", c.Reason, MaxReason)) is { } refusal ? refusal
        : s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
        : s.Activity == c.Activity && s.ActivityBy == c.By && s.ActivityReason == c.Reason ? Decision.Nothing<PairEvent>()
        : new ActivitySet(c.Activity, c.By, c.Reason);

    private static Decision<PairEvent> Take(PairState s, PairInfo pair, TakeFromCommunity c, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(c.By) ? Refusal.Invalid(RefusalCodes.ValueMissing, "by", "by is needed: who has the pair.")
        : (LongText("by", c.By, MaxBy) ?? Reason(c.Reason)) is { } refusal ? refusal
        : c.Until is { } until && (until <= now || until > now + LongestBorrowing)
            ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "until", $"until is in the future, at most {LongestBorrowing.Days} days.")
        : s.Taken is { } taken
            ? taken == new PairTaken(c.By, c.Reason, c.Until) ? Decision.Nothing<PairEvent>()
                : Refusal.Rule(RefusalCodes.PairAlreadyTaken, $"Pair {pair.Id} is borrowed already; it must be given back first.")
        : new TakenFromCommunity(new PairTaken(c.By, c.Reason, c.Until));

    private static Decision<PairEvent> SignOn(PairState s, PairInfo pair, SignOn c, DateTimeOffset now)
    {
        if (c.OfficerIds.IsDefaultOrEmpty)
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "officerIds", "At least one officer must be present.");
        }

        if (c.OfficerIds.FirstOrDefault(id => pair.Officers.All(x => x.Id != id)) is { } stranger)
        {
            return NotInPair(pair, stranger, "officerIds");
        }

        return s.Duty == PairDuty.OnDuty
            ? Refusal.Rule(RefusalCodes.PairAlreadyOnDuty, $"Pair {pair.Id} is on duty already.")
            : new Decision<PairEvent>(
            [
                new PairSignedOn([.. c.OfficerIds.Distinct()]),
                .. s.Planned.Where(x => x.StartsAt < now - ForgottenAfter).Select(x => new WorkDropped(x.Offer.Id)),
            ]);
    }

    private static Decision<PairEvent> SignOff(PairState s, PairInfo pair, SignOff c) =>
        s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
        : s.Commitment is null && s.Queued.IsEmpty ? new PairSignedOff()
        : c.AfterWork ? s.SigningOff ? Decision.Nothing<PairEvent>() : new SignOffAsked()
        : s.Commitment is not null
            ? Refusal.Rule(RefusalCodes.PairCommitted, "The pair is committed to an incident; clear it or hand it over first, or sign off after work.")
            : Refusal.Rule(RefusalCodes.PairHasWork, "The pair has work waiting; hand it over first, or sign off after work.");

    private static Decision<PairEvent> Receive(PairState s, PairInfo pair, PairOffer offer, DateTimeOffset now)
    {
        if (s.Offers.Any(x => x.Id == offer.Id) || s.Commitment?.Offer.Id == offer.Id)
        {
            return Renewed(s, offer.Id, ClassOf(offer));
        }

        if (WhyNotNew(s, pair, offer, now) is { } refusal)
        {
            return refusal;
        }

        if (s.Commitment is { } held && !(offer.Preempts && offer.Priority < held.Offer.Priority))
        {
            return NotFree(s, pair);
        }

        if (s.Commitment is null && s.Availability == PairAvailability.NotAvailable)
        {
            return Refusal.Rule(RefusalCodes.PairUnavailable, $"Pair {pair.Id} is not available.");
        }

        return new OfferReceived(offer);
    }

    /// <summary>What is known of an offer's incident, renewed where that was said later. An offer that comes again may tell it, too: its incident may have died before it knew of it.</summary>
    private static Decision<PairEvent> Renewed(PairState s, string offerId, OfferClass said) =>
        s.Offers.Concat(s.Held).Any(x => x.Id == offerId && x.ClassVersion < said.Version) ? new OfferReclassified(offerId, said) : Decision.Nothing<PairEvent>();

    private static OfferClass ClassOf(PairOffer offer) => new(offer.Category, offer.Priority, offer.ClassVersion);

    private static Decision<PairEvent> Commit(PairState s, PairInfo pair, CommitPair c, DateTimeOffset now) =>
        s.Commitment?.Offer.Id == c.Offer.Id ? Renewed(s, c.Offer.Id, ClassOf(c.Offer))
        : s.Commitment is not null ? NotFree(s, pair)
        : WhyNotNew(s, pair, c.Offer, now) is { } refusal ? refusal
        : new PairCommitted(c.Offer, c.AcceptedBy, s.PresentOfficerIds);

    /// <summary>What keeps a pair from any new work, whatever it is committed to.</summary>
    private static Refusal? WhyNotNew(PairState s, PairInfo pair, PairOffer offer, DateTimeOffset now) =>
        s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
        : s.IsKeptFromAll(offer.Id, now) ? Refusal.Rule(RefusalCodes.PairNotFree, $"Pair {pair.Id} was just taken for something more urgent.")
        : s.SigningOff ? SigningOff(pair)
        : WhyNotAlone(s, offer);

    private static Refusal? WhyNotAlone(PairState s, PairOffer offer) => s.IsSingle && offer.OverrideReason is null
        ? Refusal.Rule(RefusalCodes.SingleOfficer, "Only one officer of the pair is present; a supervisor can send it with a reason.")
        : null;

    private static Decision<PairEvent> Release(PairState s, ReleasePair c, DateTimeOffset now) =>
        s.Commitment is { } held && held.Offer.Id == c.OfferId && held.Offer.IncidentId == c.IncidentId
            ? new PairReleased(c.IncidentId, c.OfferId, c.KeepFor is { } offerId ? new KeptFor(offerId, now + ReleasePair.KeptFor) : null)
            : s.Waits(c.OfferId) ? new WorkDropped(c.OfferId)
            : Decision.Nothing<PairEvent>();

    private static Decision<PairEvent> Queue(PairState s, PairInfo pair, QueueWork c)
    {
        if (s.Commitment?.Offer.Id == c.Offer.Id
            || s.Queued.Any(x => x.Offer.Id == c.Offer.Id)
            || (c.StartsAt is not null && s.Planned.Any(x => x.Offer.Id == c.Offer.Id)))
        {
            return Renewed(s, c.Offer.Id, ClassOf(c.Offer));
        }

        if (c.StartsAt is null)
        {
            // Planned work whose time has come waits behind the present even where no new work would.
            var known = s.Planned.Any(x => x.Offer.Id == c.Offer.Id);
            if (s.Duty == PairDuty.OffDuty)
            {
                return NotOnDuty(pair);
            }

            if (!known && (s.SigningOff ? SigningOff(pair) : WhyNotAlone(s, c.Offer)) is { } refusal)
            {
                return refusal;
            }
        }

        return (c.StartsAt is null ? s.Queued.Length >= MaxQueued : s.Planned.Length >= MaxPlanned)
            ? Refusal.Rule(RefusalCodes.PairQueueFull, $"Pair {pair.Id} has as much work waiting as it may have.")
            : new WorkQueued(c.Offer, c.StartsAt, c.By);
    }

    private static Decision<PairEvent> Leave(PairState s, PairInfo pair, MemberLeaves c) =>
        Reason(c.Reason) is { } refusal ? refusal
        : pair.Officers.All(x => x.Id != c.OfficerId) ? NotInPair(pair, c.OfficerId, "officerId")
        : s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
        : !s.PresentOfficerIds.Contains(c.OfficerId) ? Decision.Nothing<PairEvent>()
        : s.PresentOfficerIds.Length == 1 ? Refusal.Rule(RefusalCodes.LastOfficer, "The last officer present cannot leave; sign the pair off instead.")
        : new MemberLeft(c.OfficerId, c.Reason);

    private static Decision<PairEvent> Return(PairState s, PairInfo pair, MemberReturns c) =>
        pair.Officers.All(x => x.Id != c.OfficerId) ? NotInPair(pair, c.OfficerId, "officerId")
        : s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
        : s.PresentOfficerIds.Contains(c.OfficerId) ? Decision.Nothing<PairEvent>()
        : new MemberReturned(c.OfficerId);

    private static Decision<PairEvent> RaisePanic(PairState s, PairInfo pair, RaisePanic c, CommandContext context, GeoPoint whereabouts) =>
        c.Location is { IsValid: false }
            ? Refusal.Invalid(RefusalCodes.LocationInvalid, "location", "Latitude is -90 to 90, longitude -180 to 180.")
            : c.Note?.Length > MaxReason ? Refusal.Invalid(RefusalCodes.ValueTooLong, "note", $"note is at most {MaxReason} characters.")
            : s.Panic is not null ? Decision.Nothing<PairEvent>()
            : new PanicRaised(IncidentIds.ForOpening($"panic/{pair.Id}", context.CommandId ?? "system"), c.Location ?? whereabouts, c.Note);

    private static Refusal? Reason(string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? Refusal.Invalid(RefusalCodes.ValueMissing, "reason", "reason is needed.")
        : reason.Length > MaxReason ? Refusal.Invalid(RefusalCodes.ValueTooLong, "reason", $"reason is at most {MaxReason} characters.")
        : null;

    private static Refusal? LongText(string field, string? value, int longest) =>
        value?.Length > longest ? Refusal.Invalid(RefusalCodes.ValueTooLong, field, $"{field} is at most {longest} characters.") : null;

    private static Refusal NotInPair(PairInfo pair, string officerId, string field) =>
        Refusal.Invalid(RefusalCodes.OfficerNotInPair, field, $"Officer '{officerId}' is not of pair {pair.Id}.");

    private static Refusal NotOnDuty(PairInfo pair) => Refusal.Rule(RefusalCodes.PairNotOnDuty, $"Pair {pair.Id} is not on duty.");

    private static Refusal SigningOff(PairInfo pair) =>
        Refusal.Rule(RefusalCodes.PairSigningOff, $"Pair {pair.Id} goes off duty after its present work.");

    private static Refusal NotFree(PairState s, PairInfo pair) =>
        Refusal.Rule(RefusalCodes.PairNotFree, $"Pair {pair.Id} is committed to incident {s.Commitment!.Offer.Number}.");
}
