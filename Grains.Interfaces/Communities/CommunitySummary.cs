using System.Collections.Immutable;

namespace Dispatch.Communities;

/// <summary>A community in figures, as it is now.</summary>
/// <param name="CommunityId">The community.</param>
/// <param name="StationId">Its station.</param>
/// <param name="Day">The day that "today" means, at UTC+8.</param>
/// <param name="InteractionsToday">Interactions recorded today by kind.</param>
/// <param name="ParticipantsToday">People who took part in them, counted by activity.</param>
/// <param name="LastInteractionAt">When the newest interaction of a pair was; null where there was none.</param>
/// <param name="Open">Open matters by kind.</param>
/// <param name="ByStatus">Open matters by kind and status, as <c>concern/answered</c>.</param>
/// <param name="Overdue">Open matters whose clock is over, by kind.</param>
/// <param name="OldestOpenAt">When the longest open concern came up.</param>
[GenerateSerializer, Immutable, Alias("dispatch.community-summary")]
public sealed record CommunitySummary(
    string CommunityId,
    string StationId,
    DateOnly Day,
    ImmutableSortedDictionary<string, int> InteractionsToday,
    int ParticipantsToday,
    DateTimeOffset? LastInteractionAt,
    ImmutableSortedDictionary<string, int> Open,
    ImmutableSortedDictionary<string, int> ByStatus,
    ImmutableSortedDictionary<string, int> Overdue,
    DateTimeOffset? OldestOpenAt)
{
    /// <summary>Whether it says the same as another.</summary>
    public bool IsSameAs(CommunitySummary? other) => other is not null
        && this with { InteractionsToday = other.InteractionsToday, Open = other.Open, ByStatus = other.ByStatus, Overdue = other.Overdue } == other
        && InteractionsToday.SequenceEqual(other.InteractionsToday)
        && Open.SequenceEqual(other.Open)
        && ByStatus.SequenceEqual(other.ByStatus)
        && Overdue.SequenceEqual(other.Overdue);
}
