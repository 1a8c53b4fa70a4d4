using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Replay;

/// <summary>What is going to be replayed.</summary>
/// <param name="Calls">Calls in the order in which they are opened.</param>
/// <param name="Rejected">Rows that are not replayed.</param>
/// <param name="Adjusted">How many rows are replayed with a change, by <see cref="Adjustments"/>.</param>
public sealed record ReplayPlan(
    ImmutableArray<PlannedCall> Calls, ImmutableArray<RowRejection> Rejected, ImmutableSortedDictionary<string, int> Adjusted)
{
    /// <summary>Every pair that is used.</summary>
    public IEnumerable<string> PairIds => Calls.SelectMany(x => x.Units).Select(x => x.PairId).Distinct(StringComparer.Ordinal);
}

/// <summary>A call as an incident.</summary>
/// <param name="Index">Its place among the calls.</param>
/// <param name="Number">Number in the record.</param>
/// <param name="Category">Category code.</param>
/// <param name="Priority">1 to 4.</param>
/// <param name="Location">Where.</param>
/// <param name="Address">Null where unknown.</param>
/// <param name="CommunityId">Where the server finds the location in no community.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Disposition">Disposition code it is closed with.</param>
/// <param name="OpenAt">Recorded time of its opening.</param>
/// <param name="CloseAt">Recorded time when its last unit was free.</param>
/// <param name="Units">Its units in the order of their dispatch.</param>
public sealed record PlannedCall(
    int Index,
    string Number,
    string Category,
    int Priority,
    GeoPoint Location,
    string? Address,
    string? CommunityId,
    string Summary,
    string Disposition,
    DateTime OpenAt,
    DateTime CloseAt,
    ImmutableArray<PlannedUnit> Units);

/// <summary>A unit's part in a call. Its times never run backwards.</summary>
/// <param name="Index">Its place among all units' parts.</param>
/// <param name="RowId">The row it comes from.</param>
/// <param name="PairId">The pair.</param>
/// <param name="OfferAt">Recorded time of its dispatch.</param>
/// <param name="AcceptAt">Recorded time of its acknowledgement; else of its arrival, else of its dispatch.</param>
/// <param name="OnSceneAt">Recorded time of its arrival; null where it was called off on the way.</param>
/// <param name="ClearAt">Recorded time when it was free again.</param>
/// <param name="IsAcceptRecorded">Whether the acknowledgement is in the record.</param>
public sealed record PlannedUnit(
    int Index,
    string RowId,
    string PairId,
    DateTime OfferAt,
    DateTime AcceptAt,
    DateTime? OnSceneAt,
    DateTime ClearAt,
    bool IsAcceptRecorded);

/// <summary>How a row was changed to be replayed: codes of the closing report.</summary>
public static class Adjustments
{
    /// <summary>No acknowledgement recorded: accepted on arrival, or at once.</summary>
    public const string ResponseMissing = "responseMissing";

    /// <summary>Called off on the way: cleared without an arrival.</summary>
    public const string NeverOnScene = "neverOnScene";

    /// <summary>No end recorded: cleared at the last known time of its call.</summary>
    public const string AvailableMissing = "availableMissing";

    /// <summary>A step before the one it follows: moved up to it.</summary>
    public const string TimesClamped = "timesClamped";

    /// <summary>The bureau has no such disposition: closed with another.</summary>
    public const string DispositionReplaced = "dispositionReplaced";

    /// <summary>No community of that name: the one with the nearest centre is named where the location is outside all.</summary>
    public const string CommunityReplaced = "communityReplaced";
}
