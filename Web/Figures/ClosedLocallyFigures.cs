using System.Collections.Immutable;

namespace Dispatch.Figures;

/// <summary>
/// Disputes that ended in a period, by whether they count as closed locally. What came back, was opened again or was passed on properly stands beside it in
/// the same value, because the share of what was closed says nothing without it. Null stands for a count of 1 to 4, see <see cref="SmallCounts"/>.
/// </summary>
/// <param name="Ended">How many ended.</param>
/// <param name="Answers">By answer: <c>yes</c>, <c>no</c>, <c>notYet</c>.</param>
/// <param name="Repeated">Of those that ended, how many came back as another dispute since.</param>
/// <param name="Reopened">How many had been opened again.</param>
/// <param name="Escalated">How many were passed on to another tier, which is a respectable outcome.</param>
public sealed record ClosedLocallyFigures(
    int Ended, ImmutableSortedDictionary<string, int?> Answers, int? Repeated, int? Reopened, int? Escalated);
