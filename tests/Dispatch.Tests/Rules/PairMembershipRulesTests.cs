using System.Collections.Immutable;
using Dispatch.Bureau;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Rules;

/// <summary>Who may be in which pair: an officer in one pair at most, both halves there, nothing about other pairs touched.</summary>
public sealed class PairMembershipRulesTests
{
    private static readonly Organisation Before = OrganisationRules.Prepare(TestOrganisation.Create(), TestPacks.Shipped).Organisation!;
    private static readonly NamedOfficer Green = new("new-a", "新绿叶", OfficerRole.GreenLeaf, ["mediation"]);
    private static readonly NamedOfficer Red = new("new-b", "新红花", OfficerRole.RedFlower);
    private static readonly FormPair Good = new("north-9", "north 9", "north", "north-west", [Red, Green], Reason: "new community");

    public static TheoryData<PairChange, string> Refused => new()
    {
        { Good with { PairId = "north-1" }, "pairAlreadyExists" },
        { Good with { PairId = "no/rth" }, "valueOutOfRange" },
        { Good with { CallSign = " NORTH 1 " }, "callSignTaken" },
        { Good with { CallSign = " " }, "valueMissing" },
        { Good with { CallSign = new string('x', 41) }, "valueTooLong" },
        { Good with { StationId = "none" }, "stationNotFound" },
        { Good with { CommunityId = "none" }, "communityNotFound" },
        { Good with { CommunityId = "south-west" }, "communityNotOfStation" },
        { Good with { Home = new GeoPoint(91, 0) }, "locationInvalid" },
        { Good with { Officers = [Green] }, "rolesIncomplete" },
        { Good with { Officers = default }, "rolesIncomplete" },
        { Good with { Officers = [Green, Red, Red with { Id = "third" }] }, "rolesIncomplete" },
        { Good with { Officers = [Green, Red with { Role = OfficerRole.GreenLeaf }] }, "rolesIncomplete" },
        { Good with { Officers = [Green, Red with { Id = Green.Id }] }, "rolesIncomplete" },
        { Good with { Officers = [Green, Red with { Role = null }] }, "rolesIncomplete" },
        { Good with { Officers = [Green, Red with { Id = "south-1-b" }] }, "officerInAnotherPair" },
        { Good with { Officers = [Green, new NamedOfficer("unknown")] }, "officerNotFound" },
        { Good with { Officers = [Green, Red with { Skills = [.. Enumerable.Repeat("x", 21)] }] }, "valueOutOfRange" },
        { new DissolvePair("none", "x"), "pairNotFound" },
        { new DissolvePair("north-1", " "), "valueMissing" },
        { new SubstituteMember("none", "north-1-a", Green, "x"), "pairNotFound" },
        { new SubstituteMember("north-1", "south-1-a", Green, "x"), "officerNotInPair" },
        { new SubstituteMember("north-1", "north-1-a", Red, "x"), "rolesIncomplete" },
        { new SubstituteMember("north-1", "north-1-a", new NamedOfficer("north-1-b"), "x"), "officerInAnotherPair" },
        { new SubstituteMember("north-1", "north-1-a", new NamedOfficer("north-2-a"), "x"), "officerInAnotherPair" },
        { new SubstituteMember("north-1", null, Green, "x"), "rolesIncomplete" },
        { new SubstituteMember("north-1", "north-1-a", Green, ""), "valueMissing" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Change_ThatCannotBe_IsRefused(PairChange change, string code) =>
        Assert.Equal(code, PairMembershipRules.Decide(Before, change).Refusal?.Code);

    [Fact]
    public void Form_TwoNewOfficers_AddsThePairGreenLeafFirstAndNothingElse()
    {
        var (after, pair, refusal) = PairMembershipRules.Decide(Before, Good);
        Assert.Null(refusal);
        Assert.Equal(["new-a", "new-b"], pair!.Officers.Select(x => x.Id));
        Assert.Equal(Before.Pairs.Append(pair), after!.Pairs);
        Assert.Null(OrganisationRules.Prepare(after, TestPacks.Shipped).Refusal);
    }

    [Fact]
    public void Dissolve_LeavesItsOfficersFree_AndTheyCanFormAnotherByTheirIdsAlone()
    {
        var dissolved = PairMembershipRules.Decide(Before, new DissolvePair("north-1", "moved")).Organisation!;
        Assert.DoesNotContain(dissolved.Pairs, x => x.Id == "north-1");
        Assert.Equal(["north-1-a", "north-1-b"], dissolved.UnpairedOfficers!.Value.Select(x => x.Id));
        var formed = PairMembershipRules.Decide(
            dissolved, Good with { PairId = "north-1", Officers = [new NamedOfficer("north-1-a"), new NamedOfficer("north-1-b")] });
        Assert.Equal(Before.Pairs.Single(x => x.Id == "north-1").Officers.Select(x => x.Name), formed.Pair!.Officers.Select(x => x.Name));
        Assert.Empty(formed.Organisation!.UnpairedOfficers!.Value);
    }

    [Fact]
    public void Substitute_PutsOneInTheOthersPlace_AndTheOtherHalfStays()
    {
        var (after, pair, _) = PairMembershipRules.Decide(Before, new SubstituteMember("north-1", "north-1-a", Green with { Role = null }, "leave"));
        Assert.Equal([("new-a", OfficerRole.GreenLeaf), ("north-1-b", OfficerRole.RedFlower)], pair!.Officers.Select(x => (x.Id, x.Role)));
        Assert.Equal(["north-1-a"], after!.UnpairedOfficers!.Value.Select(x => x.Id));
        Assert.Equal(Before.Pairs.Where(x => x.Id != "north-1"), after.Pairs.Where(x => x.Id != "north-1"));
    }

    [Fact]
    public void Substitute_IntoAVacantHalf_CompletesThePair()
    {
        var north1 = Before.Pairs.Single(x => x.Id == "north-1");
        var half = Before with { Pairs = [north1 with { Officers = [north1.Officers[1]] }] };
        var pair = PairMembershipRules.Decide(half, new SubstituteMember("north-1", null, Green with { Role = null }, "came")).Pair;
        Assert.Equal([("new-a", OfficerRole.GreenLeaf), ("north-1-b", OfficerRole.RedFlower)], pair!.Officers.Select(x => (x.Id, x.Role)));
    }

    [Fact]
    public void PairAtWorkOrOnDuty_IsLeftAlone()
    {
        var off = new PairView(
            "north-1", "north 1", "north", "north-west", [], [], PairDuty.OffDuty, PairActivity.Available, PairAvailability.NotAvailable, null, null, 3);
        var on = off with { Duty = PairDuty.OnDuty, PresentOfficerIds = ["north-1-b"] };
        ImmutableArray<QueuedWork> work = [new QueuedWork("i", "o", "n", 1)];
        var dissolve = new DissolvePair("north-1", "x");
        var substitute = new SubstituteMember("north-1", "north-1-a", Green, "x");
        Assert.Null(PairMembershipRules.WhyNotNow(dissolve, null));
        Assert.Null(PairMembershipRules.WhyNotNow(dissolve, off));
        Assert.Equal("pairOnDuty", PairMembershipRules.WhyNotNow(dissolve, on)?.Code);
        Assert.Null(PairMembershipRules.WhyNotNow(substitute, on));
        Assert.Equal("pairOnDuty", PairMembershipRules.WhyNotNow(substitute with { OutOfficerId = "north-1-b" }, on)?.Code);
        foreach (var busy in new[]
        {
            off with { Queued = work }, off with { Planned = work }, off with { PanicIncidentId = "i" },
            off with { Commitment = new CommitmentView("i", "o", Incidents.AssignmentStatus.Committed, DateTimeOffset.UnixEpoch, 1) },
        })
        {
            Assert.Equal("pairNotEmpty", PairMembershipRules.WhyNotNow(dissolve, busy)?.Code);
            Assert.Equal("pairNotEmpty", PairMembershipRules.WhyNotNow(substitute, busy)?.Code);
        }
    }
}
