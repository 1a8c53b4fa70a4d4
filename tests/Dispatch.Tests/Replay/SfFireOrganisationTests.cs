using System.Collections.Immutable;
using System.Text.Json;
using Dispatch.Bureau;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using NetTopologySuite.Geometries;
using Xunit;

using Dispatch.Replay;

namespace Dispatch.Tests.Replay;

/// <summary>What is made of the records is an organisation that the server takes.</summary>
public sealed class SfFireOrganisationTests
{
    private static readonly SfFireSources Sources = new(
        [
            Row("1", "E01", "ENGINE", "Mission", "B02"), Row("1", "53", "MEDIC", "Mission", "B02"), Row("2", "E01", "ENGINE", "Marina", "B04"),
            Row("3", "53", "MEDIC", "Mission", "B02"), Row("4", "E16", "ENGINE", "Marina", "B04"), Row("5", "E16", "ENGINE", "None", "B04"),
            Row("6", "E01", "ENGINE", "Mission", "B02"), Row("7", "not an id", "ENGINE", "Mission", "B02"),
        ],
        [Neighborhood("sf-01", "Mission", 0), Neighborhood("sf-02", "Marina", 10)],
        ImmutableDictionary<string, GeoPoint>.Empty.Add("01", new GeoPoint(1, 1)).Add("16", new GeoPoint(1, 11)));

    [Fact]
    public void Build_IsTakenByTheServer()
    {
        var json = JsonSerializer.Serialize(SfFireOrganisation.Build(Sources), DispatchJson.Options);
        var read = JsonSerializer.Deserialize<Organisation>(json, DispatchJson.Options)!;
        var (organisation, refusal) = OrganisationRules.Prepare(read, TestPacks.Shipped);
        Assert.Null(refusal);
        Assert.Equal(["53", "E01", "E16"], organisation!.Pairs.Select(x => x.Id));
    }

    [Fact]
    public void Build_StationsFollowWhereTheCallsWere()
    {
        var organisation = SfFireOrganisation.Build(Sources);
        Assert.Equal([("sf-01", "B02"), ("sf-02", "B04")], organisation.Communities.Select(x => (x.Id, x.StationId)));
        Assert.Equal([("53", "B02", "sf-01"), ("E01", "B02", "sf-01"), ("E16", "B04", "sf-02")],
            organisation.Pairs.Select(x => (x.Id, x.StationId, x.CommunityId)));
    }

    [Fact]
    public void Build_EngineLivesInItsFireStationAndOthersWhereTheyAreMost()
    {
        var pairs = SfFireOrganisation.Build(Sources).Pairs.ToDictionary(x => x.Id);
        Assert.Equal(new GeoPoint(1, 11), pairs["E16"].Home);
        Assert.Equal(new GeoPoint(1, 1), pairs["53"].Home);
    }

    [Fact]
    public void Build_APairHasTwoHalves() => Assert.All(
        SfFireOrganisation.Build(Sources).Pairs,
        x => Assert.Equal([($"{x.Id}-a", OfficerRole.GreenLeaf), ($"{x.Id}-b", OfficerRole.RedFlower)], x.Officers.Select(o => (o.Id, o.Role))));

    [Fact]
    public void Build_KnowsHowADirtyCallEnds() =>
        Assert.Superset(new HashSet<string> { "fire", "other", "unknown" }, SfFireOrganisation.Build(Sources).Dispositions.Select(x => x.Code).ToHashSet());

    private static SfFireRow Row(string call, string unit, string type, string neighborhood, string battalion) =>
        new(call, unit, type, type == "MEDIC", "Medical Incident", "Fire", neighborhood, battalion, "01");

    private static SfNeighborhood Neighborhood(string code, string name, double west)
    {
        Coordinate[] ring = [new(west, 0), new(west + 2.00000049, 0), new(west + 2, 2), new(west, 2), new(west, 0)];
        return new SfNeighborhood(code, name, new Polygon(new LinearRing(ring)));
    }
}
