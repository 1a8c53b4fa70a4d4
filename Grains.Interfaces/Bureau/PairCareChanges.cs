namespace Dispatch.Bureau;

/// <summary>Sets a pair's agreement, or renews it. Those before it stay in the journal.</summary>
/// <param name="PairId">The pair; it has both its officers.</param>
/// <param name="From">First day of the term.</param>
/// <param name="To">Last day of the term, after the first and at most ten years later.</param>
/// <param name="Goals">1 to 2,000 characters.</param>
/// <param name="SignedOn">The day it was signed, at most a year before the first day and not after the last.</param>
[GenerateSerializer, Immutable, Alias("dispatch.agree-pair")]
public sealed record AgreePair(string PairId, DateOnly From, DateOnly To, string Goals, DateOnly SignedOn) : PairChange(PairId);

/// <summary>Says when an officer of a pair retires, or that it is not known any more.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="OfficerId">One of its officers.</param>
/// <param name="RetiresOn">The day; null where it is not known.</param>
/// <param name="Reason">Why it is set or changed, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.plan-retirement")]
public sealed record PlanRetirement(string PairId, string OfficerId, DateOnly? RetiresOn, string Reason) : PairChange(PairId);

/// <summary>Names who is to follow the pair's green leaf.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="OfficerId">An officer whom the bureau knows, in a pair or in none; not the green leaf himself.</param>
/// <param name="Reason">Why this one, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.name-successor")]
public sealed record NameSuccessor(string PairId, string OfficerId, string Reason) : PairChange(PairId);
