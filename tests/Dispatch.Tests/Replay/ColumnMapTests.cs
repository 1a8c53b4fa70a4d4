using Xunit;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>Files of other bureaus are read by a map of their own.</summary>
public sealed class ColumnMapTests
{
    private const string Own =
        """
        {
          "columns": {
            "rowId": "id", "call": "case", "unit": "car", "category": "kind", "priority": "level", "received": "in", "dispatch": "sent",
            "available": "free", "lat": "y", "lon": "x"
          },
          "priorities": { "high": 1, "low": 4 },
          "categories": { "heart": "medical-incident" }
        }
        """;

    [Fact]
    public void Load_OwnMap_ReadsAnotherFile()
    {
        var map = Load(Own);
        var reader = new RecordedCallsReader(map);
        reader.ReadText("own.csv", "id;case;car;kind;level;in;sent;free;y;x\n1;7;E01;heart;low;2021-05-01 10:00:00;2021-05-01 10:01:00;2021-05-01 11:00;37.7;-122.4");
        var call = Assert.Single(ReplayPlanner.Plan(reader.Result, map, Samples.Organisation).Calls);
        Assert.Equal(("7", "medical-incident", 4), (call.Number, call.Category, call.Priority));
        Assert.Equal(TimeSpan.FromHours(1), call.CloseAt - call.OpenAt);
    }

    [Fact]
    public void Load_MapWithoutNeededColumns_NamesThem()
    {
        var fault = Assert.Throws<CommandFaultException>(() => Load("""{ "columns": { "rowId": "id" }, "priorities": {} }"""));
        Assert.Contains("dispatch", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "priorities": {} }""")]
    [InlineData("""{ "columns": { "speed": "x" }, "priorities": {} }""")]
    [InlineData("null")]
    [InlineData("not json")]
    public void Load_WhatIsNoMap_IsAFault(string json) => Assert.Throws<CommandFaultException>(() => Load(json));

    [Fact]
    public void Load_NoSuchFile_IsAFault() => Assert.Throws<CommandFaultException>(() => ColumnMap.Load("no-such-map.json"));

    private static ColumnMap Load(string json)
    {
        var path = Path.Combine(Path.GetTempPath(), $"map-{Guid.CreateVersion7():N}.json");
        File.WriteAllText(path, json);
        try
        {
            return ColumnMap.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
