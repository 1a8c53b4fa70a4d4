using Dispatch.Incidents;
using Dispatch.Stations;

namespace Dispatch.Tests.Stations;

/// <summary>The buckets of the three clocks: what counts where, today alone, once each, and kept when an incident leaves the list.</summary>
public sealed class ClockCountingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(8));

    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 1)]
    [InlineData(60, 1)]
    [InlineData(120, 2)]
    [InlineData(180, 3)]
    [InlineData(181, 4)]
    public void Acknowledge_GoesIntoItsBucket(int seconds, int bucket)
    {
        var clocks = ResponseClocks.None.With(Incident(Accepted(Noon, seconds)), Noon, Noon.AddHours(1));
        Assert.Equal(Enumerable.Range(0, 5).Select(x => x == bucket ? 1 : 0), clocks.Acknowledge);
        Assert.All(clocks.Arrive, x => Assert.Equal(0, x));
    }

    [Fact]
    public void Arrival_IsCountedFromTheOffer_AndReportFromTheArrival()
    {
        var part = Accepted(Noon, 20) with { OnSceneAt = Noon.AddMinutes(11), ReportedAt = Noon.AddMinutes(51) };
        var clocks = ResponseClocks.None.With(Incident(part), Noon, Noon.AddHours(1));
        Assert.Equal([1, 0, 0, 0, 0], clocks.Acknowledge);
        Assert.Equal([0, 0, 1, 0, 0], clocks.Arrive);
        Assert.Equal([0, 1, 0, 0, 0], clocks.Report);
    }

    [Fact]
    public void StepsOfYesterday_AndThoseBeforeTheStationHadIt_AreNotCounted()
    {
        var beforeMidnight = Noon.Date.AddMinutes(-10);
        var late = Accepted(new DateTimeOffset(beforeMidnight, Noon.Offset), 20) with { OnSceneAt = Noon };
        var clocks = ResponseClocks.None.With(Incident(late), Noon.AddDays(-1), Noon);
        Assert.Equal(0, clocks.Acknowledge.Sum());
        Assert.Equal(1, clocks.Arrive.Sum());
        Assert.Equal(0, ResponseClocks.None.With(Incident(Accepted(Noon, 20)), Noon.AddMinutes(5), Noon.AddHours(1)).Acknowledge.Sum());
    }

    [Fact]
    public void Record_KeepsTheStepsOfWhatLeftTheList_ThroughARestart()
    {
        var incident = Incident(Accepted(Noon, 40));
        var known = new Dictionary<string, IncidentView> { [incident.Id] = incident };
        var open = new StationRecord().Register(incident.Id, "north", Noon);
        Assert.Equal(1, open.ClocksOf(known, Noon.AddHours(1)).Acknowledge[1]);

        var ended = open.Deregister(incident.Id, incident, Noon.AddHours(1));
        Assert.Equal(1, ended.ClocksOf(new Dictionary<string, IncidentView>(), Noon.AddHours(1)).Acknowledge[1]);
        Assert.Same(ended, ended.Deregister(incident.Id, incident, Noon.AddHours(1)));
        Assert.Null(ended.Clocks!.Since);

        var again = ended.Adopt(incident.Id, "north-260301-0001", Noon.AddHours(2));
        Assert.Equal(1, again.ClocksOf(known, Noon.AddHours(2)).Acknowledge.Sum());
        Assert.Equal(1, again.Depart(incident.Id, incident, Noon.AddHours(3)).Clocks!.Acknowledge.Sum());

        Assert.Equal(0, ended.ClocksOf(known, Noon.AddDays(1)).Acknowledge.Sum());
    }

    [Fact]
    public void Record_OfAVersionThatDidNotCount_SaysSinceWhenItDoes()
    {
        var incident = Incident(Accepted(Noon, 40));
        var old = new StationRecord().Register("other", "north", Noon).Register(incident.Id, "north", Noon)
            .Deregister("other", null, Noon) with { Clocks = null };
        Assert.Equal(Noon.AddHours(1), old.Deregister(incident.Id, incident, Noon.AddHours(1)).Clocks!.Since);
    }

    private static AssignmentView Accepted(DateTimeOffset offeredAt, int afterSeconds) =>
        new("north-1", AssignmentStatus.Committed, "offer", offeredAt, offeredAt.AddSeconds(afterSeconds));

    private static IncidentView Incident(params AssignmentView[] assignments) => new(
        "incident", "north-260301-0001", IncidentStatus.Acknowledged, "dispute", 2, new(35.1, 115), null, "north-west", "north", "", 1, [], Noon, null, null, Noon.AddMinutes(5),
        [], 1, [], [.. assignments], []);
}
