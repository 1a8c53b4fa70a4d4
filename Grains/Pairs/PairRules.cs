using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>Something that happened to a pair.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PairSignedOn), "signedOn")]
[JsonDerivedType(typeof(PairSignedOff), "signedOff")]
[JsonDerivedType(typeof(ActivitySet), "activitySet")]
[JsonDerivedType(typeof(OfferReceived), "offerReceived")]
[JsonDerivedType(typeof(PairOfferSettled), "offerSettled")]
[JsonDerivedType(typeof(PairCommitted), "committed")]
[JsonDerivedType(typeof(PairReleased), "released")]
public abstract record PairEvent;

/// <summary>Duty began with these officers.</summary>
public sealed record PairSignedOn(ImmutableArray<string> OfficerIds) : PairEvent;

/// <summary>Duty ended.</summary>
public sealed record PairSignedOff : PairEvent;

/// <summary>The pair does something else.</summary>
public sealed record ActivitySet(PairActivity Activity) : PairEvent;

/// <summary>An offer was put to it.</summary>
public sealed record OfferReceived(PairOffer Offer) : PairEvent;

/// <summary>An offer is no longer open.</summary>
public sealed record PairOfferSettled(string OfferId, OfferStatus Status) : PairEvent;

/// <summary>It committed itself to an incident.</summary>
public sealed record PairCommitted(PairOffer Offer, CommandContext AcceptedBy) : PairEvent;

/// <summary>It is free again.</summary>
public sealed record PairReleased(string IncidentId, string OfferId) : PairEvent;

/// <summary>A pair's state: what its events add up to.</summary>
public sealed record PairState
{
    /// <summary>Before the first event.</summary>
    public static readonly PairState Initial = new();

    public PairDuty Duty { get; init; }
    public ImmutableArray<string> PresentOfficerIds { get; init; } = [];
    public PairActivity Activity { get; init; }
    public Commitment? Commitment { get; init; }
    public ImmutableArray<PairOffer> Offers { get; init; } = [];

    /// <summary>Whether it can be asked to go somewhere, apart from its commitment.</summary>
    [JsonIgnore]
    public PairAvailability Availability => Duty == PairDuty.OffDuty || Commitment is not null ? PairAvailability.NotAvailable : Activity switch
    {
        PairActivity.Available => PairAvailability.Available,
        PairActivity.Patrol or PairActivity.Visit or PairActivity.Station => PairAvailability.ConditionallyAvailable,
        _ => PairAvailability.NotAvailable,
    };

    /// <summary>The state after one more event.</summary>
    public static PairState Apply(PairState? state, Recorded<PairEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var s = state ?? Initial;
        return recorded.Event switch
        {
            PairSignedOn e => s with { Duty = PairDuty.OnDuty, PresentOfficerIds = e.OfficerIds, Activity = PairActivity.Available },
            PairSignedOff => s with { Duty = PairDuty.OffDuty, PresentOfficerIds = [], Activity = PairActivity.Available, Offers = [] },
            ActivitySet e => s with { Activity = e.Activity },
            OfferReceived e => s with { Offers = s.Offers.Add(e.Offer) },
            PairOfferSettled e => s with { Offers = s.Offers.RemoveAll(x => x.Id == e.OfferId) },
            PairCommitted e => s with
            {
                Commitment = new Commitment(e.Offer, recorded.At, e.AcceptedBy), Offers = s.Offers.RemoveAll(x => x.Id == e.Offer.Id),
            },
            PairReleased => s with { Commitment = null },
            _ => throw new InvalidOperationException($"A pair does not know the event {recorded.Event.GetType().Name}."),
        };
    }
}

/// <summary>What a pair is committed to.</summary>
public sealed record Commitment(PairOffer Offer, DateTimeOffset Since, CommandContext AcceptedBy);

/// <summary>The rules of a pair. Pure.</summary>
public static class PairRules
{
    /// <summary>Decides a command.</summary>
    public static Decision<PairEvent> Decide(PairState? state, PairInfo pair, PairCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var s = state ?? PairState.Initial;
        return command switch
        {
            SignOn c => SignOn(s, pair, c),
            SignOff => s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
                : s.Commitment is not null ? Refusal.Rule(RefusalCodes.PairCommitted, "The pair is committed to an incident; clear it first.")
                : new PairSignedOff(),
            SetActivity c => !Enum.IsDefined(c.Activity) ? Refusal.Invalid(RefusalCodes.ValueOutOfRange, "activity", "Unknown activity.")
                : s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
                : s.Activity == c.Activity ? Decision.Nothing<PairEvent>()
                : new ActivitySet(c.Activity),
            ReceiveOffer c => Receive(s, pair, c.Offer, now),
            CommitPair c => Commit(s, pair, c),
            SettleOffer c => s.Offers.Any(x => x.Id == c.OfferId)
                ? new PairOfferSettled(c.OfferId, c.Status)
                : Decision.Nothing<PairEvent>(),
            ReleasePair c => s.Commitment is { } held && held.Offer.Id == c.OfferId && held.Offer.IncidentId == c.IncidentId
                ? new PairReleased(c.IncidentId, c.OfferId)
                : Decision.Nothing<PairEvent>(),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command."),
        };
    }

    private static Decision<PairEvent> SignOn(PairState s, PairInfo pair, SignOn c)
    {
        if (c.OfficerIds.IsDefaultOrEmpty)
        {
            return Refusal.Invalid(RefusalCodes.ValueMissing, "officerIds", "At least one officer must be present.");
        }

        if (c.OfficerIds.FirstOrDefault(id => pair.Officers.All(x => x.Id != id)) is { } stranger)
        {
            return Refusal.Invalid(RefusalCodes.OfficerNotInPair, "officerIds", $"Officer '{stranger}' is not of pair {pair.Id}.");
        }

        return s.Duty == PairDuty.OnDuty
            ? Refusal.Rule(RefusalCodes.PairAlreadyOnDuty, $"Pair {pair.Id} is on duty already.")
            : new PairSignedOn([.. c.OfficerIds.Distinct()]);
    }

    private static Decision<PairEvent> Receive(PairState s, PairInfo pair, PairOffer offer, DateTimeOffset now)
    {
        if (s.Offers.Any(x => x.Id == offer.Id) || s.Commitment?.Offer.Id == offer.Id)
        {
            return Decision.Nothing<PairEvent>();
        }

        if (s.Duty == PairDuty.OffDuty)
        {
            return NotOnDuty(pair);
        }

        if (s.Commitment is not null)
        {
            return NotFree(s, pair);
        }

        if (s.Availability == PairAvailability.NotAvailable)
        {
            return Refusal.Rule(RefusalCodes.PairUnavailable, $"Pair {pair.Id} is not available.");
        }

        // Offers that ran out and whose incident never said so (it died) are let go here.
        return new Decision<PairEvent>(
        [
            .. s.Offers.Where(x => x.ExpiresAt < now - ForgottenAfter).Select(x => new PairOfferSettled(x.Id, OfferStatus.Expired)),
            new OfferReceived(offer),
        ]);
    }

    private static Decision<PairEvent> Commit(PairState s, PairInfo pair, CommitPair c) =>
        s.Commitment?.Offer.Id == c.Offer.Id ? Decision.Nothing<PairEvent>()
        : s.Commitment is not null ? NotFree(s, pair)
        : s.Duty == PairDuty.OffDuty ? NotOnDuty(pair)
        : new PairCommitted(c.Offer, c.AcceptedBy);

    /// <summary>How long after its deadline an offer is kept while its incident says nothing.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    private static Refusal NotOnDuty(PairInfo pair) => Refusal.Rule(RefusalCodes.PairNotOnDuty, $"Pair {pair.Id} is not on duty.");

    private static Refusal NotFree(PairState s, PairInfo pair) =>
        Refusal.Rule(RefusalCodes.PairNotFree, $"Pair {pair.Id} is committed to incident {s.Commitment!.Offer.Number}.");
}
