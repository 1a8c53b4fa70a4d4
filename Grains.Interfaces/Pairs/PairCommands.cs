using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;

namespace Dispatch.Pairs;

/// <summary>Something that is asked of a pair.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(SignOn), "signOn")]
[JsonDerivedType(typeof(SignOff), "signOff")]
[JsonDerivedType(typeof(SetActivity), "activity")]
[JsonDerivedType(typeof(ReceiveOffer), "receiveOffer")]
[JsonDerivedType(typeof(CommitPair), "commit")]
[JsonDerivedType(typeof(SettleOffer), "settleOffer")]
[JsonDerivedType(typeof(ReleasePair), "release")]
[GenerateSerializer, Immutable, Alias("dispatch.pair-command")]
public abstract record PairCommand;

/// <summary>Starts duty with these officers.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.sign-on")]
public sealed record SignOn(ImmutableArray<string> OfficerIds) : PairCommand;

/// <summary>Ends duty; refused while committed.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.sign-off")]
public sealed record SignOff : PairCommand;

/// <summary>Says what the pair does on duty.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.set-activity")]
public sealed record SetActivity(PairActivity Activity) : PairCommand;

/// <summary>An incident puts an offer to the pair. Idempotent by the offer's id.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.receive-offer")]
public sealed record ReceiveOffer(PairOffer Offer) : PairCommand;

/// <summary>An incident commits the pair. The pair is the one arbiter: refused where it is committed elsewhere. Idempotent by the offer's id.</summary>
/// <param name="Offer">The offer that commits it.</param>
/// <param name="AcceptedBy">The command that accepted it: should the incident die before it records the acceptance, the pair brings it back under this name.</param>
[GenerateSerializer, Immutable, Alias("dispatch.commit-pair")]
public sealed record CommitPair(PairOffer Offer, CommandContext AcceptedBy) : PairCommand;

/// <summary>An offer is no longer open for the pair. Idempotent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.settle-offer")]
public sealed record SettleOffer(string OfferId, OfferStatus Status) : PairCommand;

/// <summary>The incident lets the pair go. Idempotent; does nothing where the pair is committed by another offer.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.release-pair")]
public sealed record ReleasePair(string IncidentId, string OfferId) : PairCommand;

/// <summary>What a pair is told with an offer.</summary>
/// <param name="Id">The offer's id.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">The incident's number.</param>
/// <param name="Category">Its category.</param>
/// <param name="Priority">1 to 4.</param>
/// <param name="Location">Where.</param>
/// <param name="Address">Protected; told to the pair that is asked to go there.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="OfferedAt">When it was offered.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-offer")]
public sealed record PairOffer(
    string Id,
    string IncidentId,
    string Number,
    string Category,
    int Priority,
    GeoPoint Location,
    string? Address,
    string CommunityId,
    string Summary,
    DateTimeOffset OfferedAt,
    DateTimeOffset ExpiresAt);
