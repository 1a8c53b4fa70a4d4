using Xunit;
using static Dispatch.Tests.Replay.Samples;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>Real records are dirty: a bad row costs itself, never the file.</summary>
public sealed class RecordedCallsReaderTests
{
    [Fact]
    public void Read_CleanRow_KeepsItsTimesAndWords()
    {
        var row = Assert.Single(Read(Row("1-E01", "1", "E01", priority: "E")).Rows);
        Assert.Equal(("1-E01", "1", "E01", 1), (row.RowId, row.Call, row.Unit, row.Priority));
        Assert.Equal(Time("05:00") - Time("01:00"), row.Times.OnScene - row.Times.Dispatch);
        Assert.Equal(37.76, row.Location.Lat);
    }

    [Theory]
    [InlineData("E", 1)]
    [InlineData("3", 2)]
    [InlineData("2", 3)]
    public void Read_PriorityOfTheRecord_IsMoreUrgentForThreeThanForTwo(string recorded, int priority) =>
        Assert.Equal(priority, Assert.Single(Read(Row("1", "1", "E01", priority: recorded)).Rows).Priority);

    [Fact]
    public void Read_BlankSteps_AreKeptAsUnknown()
    {
        var times = Assert.Single(Read(Row("1", "1", "E01", response: "", onScene: "", available: "")).Rows).Times;
        Assert.Equal((null, null, null), (times.Response, times.OnScene, times.Available));
    }

    public static TheoryData<string, string> DirtyRows() => new()
    {
        { Row("", "1", "E01"), RejectionReasons.RowIdMissing },
        { Row("good", "1", "E01"), RejectionReasons.RowIdRepeated },
        { Row("x", "", "E01"), RejectionReasons.CallMissing },
        { Row("x", "1", ""), RejectionReasons.UnitMissing },
        { Row("x", "1", "E01", dispatch: "yesterday"), RejectionReasons.TimeUnreadable },
        { Row("x", "1", "E01", onScene: "2020-13-45T12:00:00"), RejectionReasons.TimeUnreadable },
        { Row("x", "1", "E01", dispatch: ""), RejectionReasons.TimeMissing },
        { Row("x", "1", "E01", received: ""), RejectionReasons.TimeMissing },
        { Row("x", "1", "E01", lat: "north"), RejectionReasons.LocationUnreadable },
        { Row("x", "1", "E01", lat: "137.5"), RejectionReasons.LocationUnreadable },
        { Row("x", "1", "E01", lat: "NaN"), RejectionReasons.LocationUnreadable },
        { Row("x", "1", "E01", priority: "9"), RejectionReasons.PriorityUnknown },
        { Row("x", "1", "E01") + ",surplus", RejectionReasons.FieldCount },
        { "x,1,E01", RejectionReasons.FieldCount },
        { "\"x,1,E01,a,b,3", RejectionReasons.FieldCount },
    };

    [Theory]
    [MemberData(nameof(DirtyRows))]
    public void Read_DirtyRow_IsRejectedWithItsReasonAndTheOthersAreKept(string dirty, string reason)
    {
        var read = Read(Row("good", "1", "E01"), dirty, Row("last", "2", "E02"));
        Assert.Equal(reason, Assert.Single(read.Rejected).Reason);
        Assert.Equal(["good", "last"], read.Rows.Select(x => x.RowId));
    }

    [Fact]
    public void Read_RowWithoutId_IsNamedByItsLine() =>
        Assert.Equal("line 3", Assert.Single(Read(Row("good", "1", "E01"), Row("", "1", "E02")).Rejected).RowId);

    [Fact]
    public void Read_Limit_TakesTheFirstCallsWithAllTheirRows()
    {
        var read = Read(2, Row("1", "a", "E01"), Row("2", "b", "E01"), Row("3", "c", "E01"), Row("4", "a", "E02"), Row("5", "c", "E02", lat: "?"));
        Assert.Equal(["1", "2", "4"], read.Rows.Select(x => x.RowId));
        Assert.Empty(read.Rejected);
    }

    [Fact]
    public void Read_FileOfOtherColumns_NamesThoseThatAreMissing()
    {
        var fault = Assert.Throws<CommandFaultException>(() => new RecordedCallsReader(ColumnMap.SfFire).ReadText("x.csv", "row_id,unit_id\n1,E01"));
        Assert.Contains("call_number", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("unit_id", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadFile_ThatDoesNotExist_IsAFault() =>
        Assert.Throws<CommandFaultException>(() => new RecordedCallsReader(ColumnMap.SfFire).ReadFile("no-such-file.csv"));

    [Fact]
    public void Read_EmptyText_IsAFault() =>
        Assert.Throws<CommandFaultException>(() => new RecordedCallsReader(ColumnMap.SfFire).ReadText("x.csv", string.Empty));

    [Fact]
    public void Read_SecondFile_RejectsRowsOfTheFirst()
    {
        var reader = new RecordedCallsReader(ColumnMap.SfFire);
        reader.ReadText("a.csv", $"{Header}\n{Row("1", "1", "E01")}");
        reader.ReadText("b.csv", $"{Header}\n{Row("1", "1", "E01")}\n{Row("2", "2", "E01")}");
        Assert.Equal(RejectionReasons.RowIdRepeated, Assert.Single(reader.Result.Rejected).Reason);
        Assert.Equal(2, reader.Result.Rows.Length);
    }
}
