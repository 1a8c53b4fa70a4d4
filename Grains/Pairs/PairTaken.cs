namespace Dispatch.Pairs;

/// <summary>A borrowing that takes a pair from its community.</summary>
/// <param name="By">Who has it: a station, a department.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">Until when, as planned; it ends when the pair is given back.</param>
public sealed record PairTaken(string By, string Reason, DateTimeOffset? Until);
