using Dispatch.Bureau;
using Dispatch.Partners;
using static Dispatch.Tests.Partners.PartnerBench;

namespace Dispatch.Tests.Partners;

/// <summary>What a registry takes up: kinds of the pack, communities of its station, a patrol team that is made as the pack has it.</summary>
public sealed class PartnerRulesTests
{
    private static readonly PartnerDetails Office = new("街道办")
    {
        CommunityIds = ["north-west"], Contacts = [new("communitySecretary", "社区书记办公室", "0530-1234567")],
    };

    private static readonly PartnerDetails Room = new("警务室") { Place = new ServicePlace("文化广场东侧", new GeoPoint(35.15, 115.05)) };

    private static readonly PartnerDetails Team = new("一队") { Patrol = OnePlusOne };

    public static TheoryData<string, string?, PartnerDetails, string?> Cases => new()
    {
        { "government", "north", Office, null },
        { "government", null, Office with { CommunityIds = ["north-west", "south-east"] }, null },
        { "policeRoom", "north", Room, null },
        { "patrolTeam", "north", Team, null },
        { "astrologer", "north", Office, "kind" },
        { "policeRoom", "north", Office, "kind" },
        { "government", "north", Room, "kind" },
        { "government", "north", Office with { Name = " " }, "details.name" },
        { "government", "north", Office with { Name = new string('x', 101) }, "details.name" },
        { "government", "north", Office with { CommunityIds = ["nowhere"] }, "details.communityIds" },
        { "government", "north", Office with { CommunityIds = ["south-east"] }, "details.communityIds" },
        { "government", "north", Office with { CommunityIds = [.. Enumerable.Repeat("north-west", 201)] }, "details.communityIds" },
        { "government", "north", Office with { Contacts = [new("mayor", "x")] }, "details.contacts[0].role" },
        { "government", "north", Office with { Contacts = [new("gridWorker", "")] }, "details.contacts[0].office" },
        { "government", "north", Office with { Contacts = [new("gridWorker", "x", new string('1', 41))] }, "details.contacts[0].phone" },
        { "government", "north", Office with { Contacts = [.. Enumerable.Repeat(Office.Contacts[0], 11)] }, "details.contacts" },
        { "government", "north", Office with { Patrol = OnePlusOne }, "details.patrol" },
        { "policeRoom", "north", Room with { Place = new ServicePlace("x", new GeoPoint(91, 0)) }, "details.place.location" },
        { "patrolTeam", "north", Team with { Patrol = null }, "details.patrol" },
        { "patrolTeam", "north", Team with { Patrol = OnePlusOne with { PairId = "none" } }, "details.patrol.pairId" },
        { "patrolTeam", "south", Team, "details.patrol.pairId" },
        { "patrolTeam", "north", Team with { Patrol = OnePlusOne with { OfficerIds = ["north-2-a"] } }, "details.patrol.officerIds" },
        { "patrolTeam", "north", Team with { Patrol = OnePlusOne with { OfficerIds = ["north-1-a", "north-1-b"] } }, "details.patrol.officerIds" },
        { "patrolTeam", "north", Team with { Patrol = OnePlusOne with { Auxiliaries = [] } }, "details.patrol.auxiliaries" },
        { "patrolTeam", "north", Team with { Patrol = OnePlusOne with { Auxiliaries = ["a", "a"] } }, "details.patrol.auxiliaries" },
    };

    [Theory, MemberData(nameof(Cases))]
    public void Register_TakesWhatThePackHas_AndNamesTheFieldOtherwise(string kind, string? stationId, PartnerDetails details, string? field)
    {
        var decision = PartnerRules.Decide(null, new RegisterPartner(kind, details), GroundOf(stationId));
        Assert.Equal(field, decision.Refusal?.Field);
        Assert.Equal(field is null, decision.Events.Length == 1);
    }

    [Fact]
    public void Partner_IsChangedDeactivatedAndReactivated_AndSaysForWhomItIsThere()
    {
        var ground = GroundOf("north");
        var state = Fold((PartnerRegistryState?)null, PartnerRules.Decide(null, new RegisterPartner("government", Office), ground).Events, Noon, PartnerRegistryState.Apply);
        var partner = state.Partners.Single();
        Assert.True(partner.Serves(NorthWest));
        Assert.False(partner.Serves(Known.Community("north-east")!));

        state = Fold(
            state, PartnerRules.Decide(state, new ChangePartner(partner.Id, Office with { CommunityIds = [] }), ground).Events, Noon, PartnerRegistryState.Apply);
        Assert.True(state.Find(partner.Id)!.Serves(Known.Community("north-east")!));
        Assert.False(state.Find(partner.Id)!.Serves(Known.Community("south-east")!));
        Assert.Equal("valueMissing", PartnerRules.Decide(state, new DeactivatePartner(partner.Id, ""), ground).Refusal!.Code);
        state = Fold(state, PartnerRules.Decide(state, new DeactivatePartner(partner.Id, "moved"), ground).Events, Noon, PartnerRegistryState.Apply);
        Assert.Equal("partnerNotActive", PartnerRules.WhyNotGiven(state.Find(partner.Id), NorthWest)!.Code);
        Assert.Equal("partnerNotActive", PartnerRules.Decide(state, new DeactivatePartner(partner.Id, "moved"), ground).Refusal!.Code);
        state = Fold(state, PartnerRules.Decide(state, new ReactivatePartner(partner.Id), ground).Events, Noon, PartnerRegistryState.Apply);
        Assert.Null(PartnerRules.WhyNotGiven(state.Find(partner.Id), NorthWest));
        Assert.Equal("partnerNotFound", PartnerRules.Decide(state, new ReactivatePartner("x"), ground).Refusal!.Code);
    }

    [Fact]
    public void Registry_ThatIsFull_TakesNoMore()
    {
        var full = new PartnerRegistryState([.. Enumerable.Repeat(Partner("government"), PartnerRegistryState.Most)]);
        Assert.Equal("registryFull", PartnerRules.Decide(full, new RegisterPartner("government", Office), GroundOf("north")).Refusal!.Code);
    }

    [Theory]
    [InlineData("north")]
    [InlineData(null)]
    [InlineData("a~b.c")]
    public void Id_TellsWhoKeepsThePartner(string? stationId)
    {
        var id = PartnerIds.ForRegistering(stationId, "a", "k");
        Assert.True(PartnerIds.IsId(id));
        Assert.Equal(stationId, PartnerIds.StationOf(id));
        Assert.False(PartnerIds.IsId(id + "0") || PartnerIds.IsId(id.Replace('~', '-')) || PartnerIds.IsId(null));
    }
}
