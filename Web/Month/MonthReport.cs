using System.Collections.Immutable;

namespace Dispatch.Month;

/// <summary>What became of a month that was played.</summary>
/// <param name="Rooms">By room of the product.</param>
/// <param name="Unexpected">Answers that are not what the data set says.</param>
/// <param name="Ids">What the answers gave, by the names of the data set.</param>
public sealed record MonthReport(
    ImmutableSortedDictionary<string, RoomFigures> Rooms, ImmutableArray<UnexpectedAnswer> Unexpected, ImmutableSortedDictionary<string, string> Ids)
{
    /// <summary>All rooms together.</summary>
    public RoomFigures Total => Rooms.Values.Aggregate(new RoomFigures(), (x, y) => x + y);
}

/// <summary>Steps about a room.</summary>
/// <param name="Done">Done, as they should be.</param>
/// <param name="Refused">Refused, as they should be.</param>
/// <param name="Otherwise">Refused because live work went on beside the month, as they may be.</param>
/// <param name="LeftOut">Left out, because they build on such a step or nobody can give them.</param>
/// <param name="Unexpected">Answered otherwise than they should be.</param>
public readonly record struct RoomFigures(int Done, int Refused, int Otherwise, int LeftOut, int Unexpected)
{
    /// <summary>All of them.</summary>
    public int Steps => Done + Refused + Otherwise + LeftOut + Unexpected;

    /// <summary>Two rooms together.</summary>
    public static RoomFigures operator +(RoomFigures x, RoomFigures y) =>
        new(x.Done + y.Done, x.Refused + y.Refused, x.Otherwise + y.Otherwise, x.LeftOut + y.LeftOut, x.Unexpected + y.Unexpected);

    /// <summary>Two rooms together.</summary>
    public static RoomFigures Add(RoomFigures left, RoomFigures right) => left + right;
}

/// <summary>An answer that is not what the data set says.</summary>
/// <param name="Step">The step.</param>
/// <param name="Status">HTTP status; 0 where it was not sent.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Detail">In words.</param>
public sealed record UnexpectedAnswer(MonthStep Step, int Status, string Code, string Detail);
