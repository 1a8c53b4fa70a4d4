using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>Something that happened to a pair.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PairSignedOn), "signedOn")]
[JsonDerivedType(typeof(SignOffAsked), "signOffAsked")]
[JsonDerivedType(typeof(PairSignedOff), "signedOff")]
[JsonDerivedType(typeof(ActivitySet), "activitySet")]
[JsonDerivedType(typeof(OfferReceived), "offerReceived")]
[JsonDerivedType(typeof(PairOfferSettled), "offerSettled")]
[JsonDerivedType(typeof(OfferReclassified), "offerReclassified")]
[JsonDerivedType(typeof(PairCommitted), "committed")]
[JsonDerivedType(typeof(PairReleased), "released")]
[JsonDerivedType(typeof(KeepingEnded), "keepingEnded")]
[JsonDerivedType(typeof(WorkQueued), "workQueued")]
[JsonDerivedType(typeof(WorkDropped), "workDropped")]
[JsonDerivedType(typeof(PairFreed), "freed")]
[JsonDerivedType(typeof(FreedForgotten), "freedForgotten")]
[JsonDerivedType(typeof(MemberLeft), "memberLeft")]
[JsonDerivedType(typeof(MemberReturned), "memberReturned")]
[JsonDerivedType(typeof(PanicRaised), "panicRaised")]
[JsonDerivedType(typeof(PanicEnded), "panicEnded")]
[JsonDerivedType(typeof(TakenFromCommunity), "takenFromCommunity")]
[JsonDerivedType(typeof(GivenBack), "givenBack")]
[JsonDerivedType(typeof(PresenceCounted), "presenceCounted")]
public abstract record PairEvent;

/// <summary>Duty began with these officers.</summary>
public sealed record PairSignedOn(ImmutableArray<string> OfficerIds) : PairEvent;

/// <summary>It goes off duty once its work is done.</summary>
public sealed record SignOffAsked : PairEvent;

/// <summary>Duty ended.</summary>
public sealed record PairSignedOff : PairEvent;

/// <summary>The pair does something else.</summary>
public sealed record ActivitySet(
    PairActivity Activity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null) : PairEvent;

/// <summary>It was borrowed from its community.</summary>
public sealed record TakenFromCommunity(PairTaken Taken) : PairEvent;

/// <summary>It is its community's again.</summary>
public sealed record GivenBack : PairEvent;

/// <summary>How long it was inside and outside its community since it was last counted.</summary>
/// <param name="To">Up to when.</param>
/// <param name="Days">By day.</param>
public sealed record PresenceCounted(DateTimeOffset To, ImmutableArray<PresenceDay> Days) : PairEvent;

/// <summary>An offer was put to it.</summary>
public sealed record OfferReceived(PairOffer Offer) : PairEvent;

/// <summary>An offer is no longer open.</summary>
public sealed record PairOfferSettled(string OfferId, OfferStatus Status) : PairEvent;

/// <summary>What an offer's incident is, and how urgent, was said anew.</summary>
public sealed record OfferReclassified(string OfferId, OfferClass Class) : PairEvent;

/// <summary>It committed itself to an incident.</summary>
/// <param name="Offer">What it was told.</param>
/// <param name="AcceptedBy">The command that committed it.</param>
/// <param name="OfficerIds">Who was present.</param>
/// <param name="FromQueue">Whether it was its next queued work.</param>
public sealed record PairCommitted(
    PairOffer Offer, CommandContext AcceptedBy, ImmutableArray<string>? OfficerIds = null, bool FromQueue = false) : PairEvent;

/// <summary>It is free again, or kept for a while for the offer that it was released for.</summary>
public sealed record PairReleased(string IncidentId, string OfferId, KeptFor? KeptFor = null) : PairEvent;

/// <summary>It was released for an offer that did not come.</summary>
public sealed record KeepingEnded : PairEvent;

/// <summary>Work waits behind the present, or for its time.</summary>
public sealed record WorkQueued(PairOffer Offer, DateTimeOffset? StartsAt, CommandContext By) : PairEvent;

/// <summary>Queued or planned work was taken back.</summary>
public sealed record WorkDropped(string OfferId) : PairEvent;

/// <summary>A supervisor freed it of everything.</summary>
public sealed record PairFreed(string Reason) : PairEvent;

/// <summary>The incident of a freed part knows.</summary>
public sealed record FreedForgotten(string OfferId) : PairEvent;

/// <summary>A member is away.</summary>
public sealed record MemberLeft(string OfficerId, string Reason) : PairEvent;

/// <summary>A member is there.</summary>
public sealed record MemberReturned(string OfficerId) : PairEvent;

/// <summary>The pair calls for help.</summary>
public sealed record PanicRaised(string IncidentId, GeoPoint Location, string? Note) : PairEvent;

/// <summary>Its call for help has ended.</summary>
public sealed record PanicEnded(string IncidentId) : PairEvent;
