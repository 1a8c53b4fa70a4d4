using System.Collections.Immutable;
using Dispatch.Bureau;

namespace Dispatch.Replay;

/// <summary>One unit's part in one recorded call, as far as it can be read.</summary>
/// <param name="RowId">Unique name of the row.</param>
/// <param name="Call">Number of the call.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Category">Kind of call, in the words of the record.</param>
/// <param name="Detail">A finer kind; empty where there is none.</param>
/// <param name="Priority">1 (highest) to 4.</param>
/// <param name="Location">Where.</param>
/// <param name="Address">Empty where unknown.</param>
/// <param name="Community">Name or id of the community; empty where unknown.</param>
/// <param name="Disposition">How it ended, in the words of the record.</param>
/// <param name="Times">When what happened.</param>
public sealed record RecordedRow(
    string RowId,
    string Call,
    string Unit,
    string Category,
    string Detail,
    int Priority,
    GeoPoint Location,
    string Address,
    string Community,
    string Disposition,
    RecordedTimes Times);

/// <summary>
/// Times of a row as recorded, to be compared with each other only: a time without a zone is taken as it stands, which is right for intervals as
/// long as the clocks are not changed in between.
/// </summary>
/// <param name="Received">When the call came in.</param>
/// <param name="Dispatch">When the unit was sent.</param>
/// <param name="Response">When it acknowledged.</param>
/// <param name="OnScene">When it arrived.</param>
/// <param name="Available">When it was free again.</param>
public sealed record RecordedTimes(DateTime Received, DateTime Dispatch, DateTime? Response, DateTime? OnScene, DateTime? Available)
{
    /// <summary>Whether any step lies before the one that should precede it.</summary>
    public bool RunBackwards
    {
        get
        {
            DateTime?[] steps = [Received, Dispatch, Response, OnScene, Available];
            var known = steps.OfType<DateTime>().ToArray();
            return known.Zip(known.Skip(1)).Any(x => x.Second < x.First);
        }
    }

    /// <summary>The latest time that is known.</summary>
    public DateTime Last
    {
        get
        {
            DateTime?[] steps = [Received, Dispatch, Response, OnScene, Available];
            return steps.OfType<DateTime>().Max();
        }
    }
}

/// <summary>A row that is not replayed.</summary>
/// <param name="RowId">Its name, or the line it stands on where it has none.</param>
/// <param name="Reason">One of <see cref="RejectionReasons"/>.</param>
/// <param name="Detail">What was found.</param>
public sealed record RowRejection(string RowId, string Reason, string Detail);

/// <summary>Rows of recorded calls, in the order of the files.</summary>
/// <param name="Rows">What can be replayed.</param>
/// <param name="Rejected">What cannot.</param>
public sealed record RecordedRows(ImmutableArray<RecordedRow> Rows, ImmutableArray<RowRejection> Rejected);

/// <summary>Why a row is not replayed: codes of the closing report.</summary>
public static class RejectionReasons
{
    /// <summary>More or fewer fields than the header.</summary>
    public const string FieldCount = "fieldCount";

    /// <summary>The row has no id.</summary>
    public const string RowIdMissing = "rowIdMissing";

    /// <summary>Another row had this id before.</summary>
    public const string RowIdRepeated = "rowIdRepeated";

    /// <summary>The row names no call.</summary>
    public const string CallMissing = "callMissing";

    /// <summary>The row names no unit.</summary>
    public const string UnitMissing = "unitMissing";

    /// <summary>A time is not ISO-8601.</summary>
    public const string TimeUnreadable = "timeUnreadable";

    /// <summary>The time of the call or of the dispatch is empty.</summary>
    public const string TimeMissing = "timeMissing";

    /// <summary>Latitude or longitude is no number of this world.</summary>
    public const string LocationUnreadable = "locationUnreadable";

    /// <summary>The priority is not in the map.</summary>
    public const string PriorityUnknown = "priorityUnknown";

    /// <summary>The organisation has no such pair.</summary>
    public const string UnitUnknown = "unitUnknown";

    /// <summary>The organisation has no such category.</summary>
    public const string CategoryUnknown = "categoryUnknown";

    /// <summary>An incident takes no more pairs than it has already.</summary>
    public const string TooManyUnits = "tooManyUnits";
}
