namespace Dispatch.Trials.Checking;

/// <summary>What a row of the journal means for the invariants.</summary>
public abstract record Effect;

/// <summary>An incident asks for this many pairs more (at its opening: in all).</summary>
public sealed record PairsAskedFor(int More) : Effect;

/// <summary>An incident offered itself to a pair.</summary>
public sealed record OfferMade(string OfferId, string PairId, DateTimeOffset ExpiresAt) : Effect;

/// <summary>An incident knows of work of a pair that does not commit it (refused, queued, planned).</summary>
public sealed record WorkNamed(string OfferId, string PairId) : Effect;

/// <summary>An offer ended: accepted, declined, expired, withdrawn or refused.</summary>
public sealed record OfferEnded(string OfferId, string How) : Effect;

/// <summary>A pair is committed to the incident from here.</summary>
public sealed record AssignmentBegan(string OfferId, string? PairId = null) : Effect;

/// <summary>And until here.</summary>
public sealed record AssignmentEnded(string OfferId) : Effect;

/// <summary>An incident has ended; nothing of it may go on.</summary>
public sealed record IncidentEnded : Effect;

/// <summary>An incident is open again.</summary>
public sealed record IncidentOpenAgain : Effect;

/// <summary>The pair itself says that it is committed.</summary>
public sealed record CommitmentBegan(string OfferId, string IncidentId) : Effect;

/// <summary>The pair itself says that it is free.</summary>
/// <param name="OfferId">What it was committed by; null for whatever it was.</param>
/// <param name="ByForce">A supervisor freed it; its incident hears of it afterwards.</param>
public sealed record CommitmentEnded(string? OfferId, bool ByForce = false) : Effect;

/// <summary>The pair shows an offer.</summary>
public sealed record OfferShown(string OfferId, DateTimeOffset ExpiresAt) : Effect;

/// <summary>The pair shows it no longer; null for all of them.</summary>
public sealed record OfferHidden(string? OfferId) : Effect;
