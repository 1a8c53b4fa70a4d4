using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Protection;

namespace Dispatch.Pairs;

/// <summary>Something that is asked of a pair.</summary>
[JsonPolymorphic]
[JsonDerivedType(typeof(SignOn), "signOn")]
[JsonDerivedType(typeof(SignOff), "signOff")]
[JsonDerivedType(typeof(SetActivity), "activity")]
[JsonDerivedType(typeof(ReceiveOffer), "receiveOffer")]
[JsonDerivedType(typeof(CommitPair), "commit")]
[JsonDerivedType(typeof(SettleOffer), "settleOffer")]
[JsonDerivedType(typeof(ReclassifyOffer), "reclassifyOffer")]
[JsonDerivedType(typeof(ReleasePair), "release")]
[JsonDerivedType(typeof(QueueWork), "queueWork")]
[JsonDerivedType(typeof(CatchUp), "catchUp")]
[JsonDerivedType(typeof(FreePair), "free")]
[JsonDerivedType(typeof(MemberLeaves), "memberLeaves")]
[JsonDerivedType(typeof(MemberReturns), "memberReturns")]
[JsonDerivedType(typeof(RaisePanic), "panic")]
[JsonDerivedType(typeof(EndPanic), "endPanic")]
[JsonDerivedType(typeof(ForgetFreed), "forgetFreed")]
[JsonDerivedType(typeof(TakeFromCommunity), "take")]
[JsonDerivedType(typeof(GiveBack), "giveBack")]
[JsonDerivedType(typeof(CountPresence), "countPresence")]
[GenerateSerializer, Immutable, Alias("dispatch.pair-command")]
public abstract record PairCommand
{
    /// <summary>Whether it begins something, which only a pair of the present organisation may; the rest ends what a pair that was dissolved still has.</summary>
    [JsonIgnore]
    public bool BeginsSomething => this is SignOn or SetActivity or ReceiveOffer or CommitPair or QueueWork or MemberReturns or TakeFromCommunity;
}

/// <summary>Starts duty with these officers.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.sign-on")]
public sealed record SignOn(ImmutableArray<string> OfficerIds) : PairCommand;

/// <summary>Ends duty; refused while there is work, unless it is to end once that is done.</summary>
/// <param name="AfterWork">Take nothing new and go off duty when the present work is cleared.</param>
[GenerateSerializer, Immutable, Alias("dispatch.sign-off")]
public sealed record SignOff(bool AfterWork = false) : PairCommand;

/// <summary>A member goes away for a while; the pair stays usable, marked as a single officer.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.member-leaves")]
public sealed record MemberLeaves(string OfficerId, string Reason) : PairCommand;

/// <summary>A member is there again, or for the first time.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.member-returns")]
public sealed record MemberReturns(string OfficerId) : PairCommand;

/// <summary>The pair is in danger. Never refused; what it is committed to is untouched. A second press joins the first while that is open.</summary>
/// <param name="Location">Where; the last known place where null.</param>
/// <param name="Note">At most 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.raise-panic")]
public sealed record RaisePanic(GeoPoint? Location = null, string? Note = null) : PairCommand;

/// <summary>The incident of a panic has ended. Idempotent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.end-panic")]
public sealed record EndPanic(string IncidentId) : PairCommand;

/// <summary>A supervisor frees the pair of all it is committed to, has queued or planned, whatever state it is in.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.free-pair")]
public sealed record FreePair(string Reason) : PairCommand;

/// <summary>An incident knows that the pair was freed. Idempotent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.forget-freed")]
public sealed record ForgetFreed(string OfferId) : PairCommand;

/// <summary>Says what the pair does on duty.</summary>
/// <param name="Activity">What.</param>
/// <param name="By">Who took the pair from its community for it, at most 100 characters; may stay unsaid.</param>
/// <param name="Reason">Why, at most 500 characters; may stay unsaid.</param>
[GenerateSerializer, Immutable, Alias("dispatch.set-activity")]
public sealed record SetActivity(
    PairActivity Activity,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null) : PairCommand;

/// <summary>Borrows the pair: its time on duty is taken from its community until it is given back, over shifts too. It can be sent to calls all the same.</summary>
/// <param name="By">Who has it: a station, a department; 1 to 100 characters.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="Until">Until when, as planned.</param>
[GenerateSerializer, Immutable, Alias("dispatch.take-from-community")]
public sealed record TakeFromCommunity(string By, string Reason, DateTimeOffset? Until = null) : PairCommand;

/// <summary>A borrowed pair is its community's again. Idempotent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.give-back")]
public sealed record GiveBack : PairCommand;

/// <summary>Said by the pair to itself while it is on duty: makes durable how long it was inside its community.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.count-presence")]
public sealed record CountPresence : PairCommand;

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

/// <summary>What the incident of an offer is, and how urgent, was said anew. Idempotent; older than what the pair knows, it changes nothing.</summary>
/// <param name="OfferId">The offer, whatever became of it.</param>
/// <param name="Class">What the incident is now.</param>
[GenerateSerializer, Immutable, Alias("dispatch.reclassify-offer")]
public sealed record ReclassifyOffer(string OfferId, OfferClass Class) : PairCommand;

/// <summary>What an incident is, and how urgent.</summary>
/// <param name="Category">Code of its category.</param>
/// <param name="Priority">1 (highest) to 4.</param>
/// <param name="Version">The incident's version when that was said.</param>
[GenerateSerializer, Immutable, Alias("dispatch.offer-class")]
public sealed record OfferClass(string Category, int Priority, long Version);

/// <summary>The incident lets the pair go, or takes back what it queued or planned. Idempotent; touches nothing of other offers.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="OfferId">The offer that committed it.</param>
/// <param name="KeepFor">An offer of higher priority that the pair is released for: nothing else may commit it for <see cref="KeptFor"/>.</param>
/// <param name="Unless">What the pair said of the commitments it had been asked for; it does nothing where it was asked again since. Null to release in any case.</param>
[GenerateSerializer, Immutable, Alias("dispatch.release-pair")]
public sealed record ReleasePair(string IncidentId, string OfferId, string? KeepFor = null, string? Unless = null) : PairCommand
{
    /// <summary>How long a pre-empted pair is kept: twice the response timeout, in which whoever took it commits it or is dead.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);
}

/// <summary>Queues work behind the present, or plans it. Commits at once where it is not planned and the pair is free. Idempotent by the offer's id.</summary>
/// <param name="Offer">What it is.</param>
/// <param name="StartsAt">When, for planned work; null to start when the pair clears.</param>
/// <param name="By">The command that queued it.</param>
[GenerateSerializer, Immutable, Alias("dispatch.queue-work")]
public sealed record QueueWork(PairOffer Offer, DateTimeOffset? StartsAt, CommandContext By) : PairCommand;

/// <summary>Said by the pair to itself when time has brought something: it is not kept any more, or an offer is over of which nothing was heard. Idempotent.</summary>
[GenerateSerializer, Immutable, Alias("dispatch.catch-up")]
public sealed record CatchUp : PairCommand;

/// <summary>What a pair is told with an offer.</summary>
/// <param name="Id">The offer's id.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">The incident's number.</param>
/// <param name="Category">Its category.</param>
/// <param name="Priority">1 to 4.</param>
/// <param name="Location">Where.</param>
/// <param name="Address">Protected; told to the pair that is asked to go there. Stored only in offers from before it was sealed.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="OfferedAt">When it was offered.</param>
/// <param name="ExpiresAt">Until when it can be accepted.</param>
/// <param name="Preempts">Whether it may take the pair from an incident of lower priority.</param>
/// <param name="OverrideReason">Why the pair may go with a single officer; null where it may not.</param>
/// <param name="SealedAddress">The address as the pair stores it; null on the feed, which has it open.</param>
/// <param name="ClassVersion">The incident's version when category and priority were last said anew; 0 where they are as it was opened.</param>
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
    DateTimeOffset ExpiresAt,
    bool Preempts = false,
    string? OverrideReason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SealedFields? SealedAddress = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long ClassVersion = 0);
