using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;

namespace Dispatch.Pairs;

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

    /// <summary>Work behind the present, in the order it will start.</summary>
    public ImmutableArray<WaitingWork> Queued { get; init; } = [];

    /// <summary>Work for later, by time.</summary>
    public ImmutableArray<WaitingWork> Planned { get; init; } = [];

    /// <summary>What it did since it signed on; null off duty.</summary>
    public ShiftView? Shift { get; init; }

    /// <summary>Its call for help, while that is open.</summary>
    public Panic? Panic { get; init; }

    /// <summary>Whether it goes off duty once its work is done.</summary>
    public bool SigningOff { get; init; }

    /// <summary>The one offer that may commit it for a while.</summary>
    public KeptFor? Kept { get; init; }

    /// <summary>Parts it was freed of whose incidents do not know yet.</summary>
    public ImmutableArray<FreedPart> Freed { get; init; } = [];

    /// <summary>Who took it from its community for what it does, and why.</summary>
    public string? ActivityBy { get; init; }
    public string? ActivityReason { get; init; }

    /// <summary>Who has borrowed it; null where nobody has.</summary>
    public PairTaken? Taken { get; init; }

    /// <summary>Since when its time is spent on the same; null before the first event that changed it.</summary>
    public DateTimeOffset? SpentSince { get; init; }

    /// <summary>Since when only one officer is there on duty; null where both are.</summary>
    public DateTimeOffset? SingleSince { get; init; }

    /// <summary>Times that ended and may not be in their table yet.</summary>
    public ImmutableArray<PairTime> Ended { get; init; } = [];

    /// <summary>How long it was inside its community; null before the first count.</summary>
    public Presence? Presence { get; init; }

    /// <summary>Whether it can be asked to go somewhere, apart from its commitment.</summary>
    [JsonIgnore]
    public PairAvailability Availability =>
        Duty == PairDuty.OffDuty || SigningOff || Commitment is not null ? PairAvailability.NotAvailable : Activity switch
        {
            PairActivity.Available when Taken is null => PairAvailability.Available,
            PairActivity.Available => PairAvailability.ConditionallyAvailable,
            PairActivity.Patrol or PairActivity.Visit or PairActivity.Station => PairAvailability.ConditionallyAvailable,
            _ => PairAvailability.NotAvailable,
        };

    /// <summary>Whether only one officer is there.</summary>
    [JsonIgnore]
    public bool IsSingle => PresentOfficerIds.Length < 2;

    /// <summary>Whether another offer than this may not commit it now.</summary>
    public bool IsKeptFromAll(string? butOfferId, DateTimeOffset now) => Kept is { } kept && kept.Until > now && kept.OfferId != butOfferId;

    /// <summary>The state after one more event.</summary>
    public static PairState Apply(PairState? state, Recorded<PairEvent> recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return (state ?? Initial).After(recorded.Event, recorded.At, recorded.By);
    }

    /// <summary>The state after an event of this time, brought about by this actor.</summary>
    public PairState After(PairEvent happened, DateTimeOffset at, Actor by)
    {
        var next = Next(happened, at, by);
        return PairTimes.SpendAlike(this, next) ? next : next with
        {
            SpentSince = at, SingleSince = next.Duty == PairDuty.OnDuty && next.IsSingle ? SingleSince ?? at : null,
        };
    }

    private PairState Next(PairEvent happened, DateTimeOffset at, Actor by) => happened switch
    {
        PairSignedOn e => this with
        {
            Duty = PairDuty.OnDuty,
            PresentOfficerIds = e.OfficerIds,
            Activity = PairActivity.Available,
            ActivityBy = null,
            ActivityReason = null,
            Shift = new ShiftView(at, 0, 0),
            SigningOff = false,
        },
        SignOffAsked => this with { SigningOff = true },
        PairSignedOff => this with
        {
            Duty = PairDuty.OffDuty, PresentOfficerIds = [], Activity = PairActivity.Available, Offers = [], Shift = null, SigningOff = false, Kept = null,
            ActivityBy = null, ActivityReason = null,
        },
        ActivitySet e => this with { Activity = e.Activity, ActivityBy = e.By, ActivityReason = e.Reason },
        TakenFromCommunity e => this with { Taken = e.Taken },
        GivenBack => this with { Taken = null },
        PresenceCounted e => this with { Presence = (Presence ?? new Presence(e.To, [])).Plus(e) },
        OfferReceived e => this with { Offers = Offers.Add(e.Offer) },
        PairOfferSettled e => this with { Offers = Offers.RemoveAll(x => x.Id == e.OfferId) },
        OfferReclassified e => WithOffer(e.OfferId, x => x with { Category = e.Class.Category, Priority = e.Class.Priority, ClassVersion = e.Class.Version }),
        PairCommitted e => Without(e.Offer.Id) with
        {
            Commitment = new Commitment(e.Offer, at, e.AcceptedBy, e.OfficerIds ?? PresentOfficerIds, e.FromQueue),
            Offers = Offers.RemoveAll(x => x.Id == e.Offer.Id),
            Kept = null,
            Shift = Shift is { } shift ? shift with { Incidents = shift.Incidents + 1 } : null,
        },
        PairReleased e => Released(at) with { Kept = e.KeptFor },
        KeepingEnded => this with { Kept = null },
        WorkQueued e => Without(e.Offer.Id).With(new WaitingWork(e.Offer, e.StartsAt, e.By)),
        WorkDropped e => Without(e.OfferId),
        PairFreed e => Released(at) with
        {
            Queued = [],
            Planned = [],
            Kept = null,
            Freed =
            [
                .. Freed,
                .. Held.Select(x => new FreedPart(x.IncidentId, x.Id, e.Reason, by)),
            ],
        },
        FreedForgotten e => this with { Freed = Freed.RemoveAll(x => x.OfferId == e.OfferId) },
        MemberLeft e => this with { PresentOfficerIds = PresentOfficerIds.Remove(e.OfficerId) },
        MemberReturned e => this with { PresentOfficerIds = PresentOfficerIds.Add(e.OfficerId) },
        PanicRaised e => this with { Panic = new Panic(e.IncidentId, e.Location, e.Note, by, Commitment?.Offer.IncidentId) },
        PanicEnded e => this with { Panic = Panic?.IncidentId == e.IncidentId ? null : Panic },
        _ => throw new InvalidOperationException($"A pair does not know the event {happened.GetType().Name}."),
    };

    /// <summary>Everything it is committed to, has queued or planned.</summary>
    [JsonIgnore]
    public IEnumerable<PairOffer> Held =>
        (Commitment is { } held ? [held.Offer] : Enumerable.Empty<PairOffer>()).Concat(Queued.Select(x => x.Offer)).Concat(Planned.Select(x => x.Offer));

    /// <summary>Whether this offer is queued or planned.</summary>
    public bool Waits(string offerId) => Queued.Any(x => x.Offer.Id == offerId) || Planned.Any(x => x.Offer.Id == offerId);

    private PairState Released(DateTimeOffset at) => Commitment is not { } held ? this : this with
    {
        Commitment = null,
        Shift = Shift is { } shift ? shift with { BusySeconds = shift.BusySeconds + Math.Max(0, (at - held.Since).TotalSeconds) } : null,
    };

    /// <summary>With another offer in its place, wherever it is: open, committed, queued or planned.</summary>
    private PairState WithOffer(string offerId, Func<PairOffer, PairOffer> change)
    {
        PairOffer Changed(PairOffer x) => x.Id == offerId ? change(x) : x;
        return this with
        {
            Offers = [.. Offers.Select(Changed)],
            Commitment = Commitment is { } held ? held with { Offer = Changed(held.Offer) } : null,
            Queued = [.. Queued.Select(x => x with { Offer = Changed(x.Offer) })],
            Planned = [.. Planned.Select(x => x with { Offer = Changed(x.Offer) })],
        };
    }

    private PairState Without(string offerId) =>
        this with { Queued = Queued.RemoveAll(x => x.Offer.Id == offerId), Planned = Planned.RemoveAll(x => x.Offer.Id == offerId) };

    private PairState With(WaitingWork work) => work.StartsAt is null
        ? this with { Queued = Queued.Add(work) }
        : this with { Planned = [.. Planned.Add(work).OrderBy(x => x.StartsAt)] };
}

/// <summary>What a pair is committed to.</summary>
/// <param name="Offer">What it was told.</param>
/// <param name="Since">When it was committed.</param>
/// <param name="AcceptedBy">The command that committed it.</param>
/// <param name="OfficerIds">Who was present.</param>
/// <param name="FromQueue">Whether it started from the queue, so that its incident is to be told.</param>
public sealed record Commitment(
    PairOffer Offer, DateTimeOffset Since, CommandContext AcceptedBy, ImmutableArray<string>? OfficerIds = null, bool FromQueue = false);

/// <summary>Work that does not commit the pair yet.</summary>
public sealed record WaitingWork(PairOffer Offer, DateTimeOffset? StartsAt, CommandContext By);

/// <summary>An offer that a pre-empted pair was released for.</summary>
public sealed record KeptFor(string OfferId, DateTimeOffset Until);

/// <summary>A part in an incident that a supervisor freed the pair of.</summary>
public sealed record FreedPart(string IncidentId, string OfferId, string Reason, Actor By);

/// <summary>A call for help.</summary>
/// <param name="IncidentId">The incident that it opens.</param>
/// <param name="Location">Where.</param>
/// <param name="Note">What was said.</param>
/// <param name="By">Who pressed.</param>
/// <param name="WorkingOn">What the pair was committed to.</param>
public sealed record Panic(string IncidentId, GeoPoint Location, string? Note, Actor By, string? WorkingOn);
