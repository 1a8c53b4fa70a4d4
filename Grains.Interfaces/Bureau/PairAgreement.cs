namespace Dispatch.Bureau;

/// <summary>What the two officers of a pair agreed on (搭档协议): what they will do together, and for how long. It ends when a member changes.</summary>
/// <param name="From">First day of its term.</param>
/// <param name="To">Last day of its term.</param>
/// <param name="Goals">What they want to reach together, 1 to 2,000 characters; about the work, never about a resident.</param>
/// <param name="SignedOn">The day it was signed.</param>
/// <param name="RenewedFrom">First day of the agreement that it renews; null for a first one.</param>
[GenerateSerializer, Immutable, Alias("dispatch.pair-agreement")]
public sealed record PairAgreement(DateOnly From, DateOnly To, string Goals, DateOnly SignedOn, DateOnly? RenewedFrom = null);

/// <summary>Who is to follow a green leaf who retires.</summary>
/// <param name="OfficerId">The officer; one whom the bureau knows.</param>
/// <param name="Name">Their name.</param>
/// <param name="Reason">Why this one, 1 to 500 characters.</param>
[GenerateSerializer, Immutable, Alias("dispatch.named-successor")]
public sealed record NamedSuccessor(string OfficerId, string Name, string Reason);
