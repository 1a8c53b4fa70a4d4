using Dispatch.Bureau;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Rules;

/// <summary>Agreements, retirement and successors: what cannot be is refused, what is follows the members, and nothing else changes.</summary>
public sealed class PairCareRulesTests
{
    private static readonly Organisation Before = OrganisationRules.Prepare(TestOrganisation.Create(), TestPacks.Shipped).Organisation!;
    private static readonly AgreePair Good = new("north-1", new(2026, 1, 1), new(2026, 12, 31), "Every home once a quarter.", new(2025, 12, 20));

    public static TheoryData<PairChange, string, string?> Refused => new()
    {
        { Good with { PairId = "none" }, "pairNotFound", null },
        { Good with { Goals = " " }, "valueMissing", "goals" },
        { Good with { Goals = new string('x', 2001) }, "valueTooLong", "goals" },
        { Good with { From = new(1999, 12, 31) }, "valueOutOfRange", "from" },
        { Good with { To = Good.From }, "valueOutOfRange", "to" },
        { Good with { To = new(2036, 1, 2) }, "valueOutOfRange", "to" },
        { Good with { SignedOn = new(2027, 1, 1) }, "valueOutOfRange", "signedOn" },
        { Good with { SignedOn = new(2024, 12, 31) }, "valueOutOfRange", "signedOn" },
        { new PlanRetirement("north-1", "north-2-a", new(2027, 1, 1), "x"), "officerNotInPair", "officerId" },
        { new PlanRetirement("north-1", "north-1-a", new(2101, 1, 1), "x"), "valueOutOfRange", "retiresOn" },
        { new PlanRetirement("north-1", "north-1-a", new(2027, 1, 1), ""), "valueMissing", "reason" },
        { new NameSuccessor("north-1", "north-1-a", "x"), "valueOutOfRange", "officerId" },
        { new NameSuccessor("north-1", "nobody", "x"), "officerNotFound", "officerId" },
        { new NameSuccessor("north-1", "north-1-b", new string('x', 501)), "valueTooLong", "reason" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Change_ThatCannotBe_IsRefused(PairChange change, string code, string? field)
    {
        var refusal = PairMembershipRules.Decide(Before, change).Refusal;
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void Agreement_IsSetAndRenewed_AndEndsWithItsMembers()
    {
        var first = PairMembershipRules.Decide(Before, Good);
        Assert.Null(first.Pair!.Agreement!.RenewedFrom);
        Assert.Equal(Before.Pairs.Where(x => x.Id != "north-1"), first.Organisation!.Pairs.Where(x => x.Id != "north-1"));
        var renewed = PairMembershipRules.Decide(
            first.Organisation, Good with { From = new(2027, 1, 1), To = new(2027, 12, 31), SignedOn = new(2026, 12, 1) });
        Assert.Equal(Good.From, renewed.Pair!.Agreement!.RenewedFrom);
        Assert.Null(OrganisationRules.Prepare(renewed.Organisation!, TestPacks.Shipped).Refusal);
        var changed = PairMembershipRules.Decide(
            renewed.Organisation!, new SubstituteMember("north-1", "north-1-b", new NamedOfficer("new", "New", OfficerRole.RedFlower), "moved"));
        Assert.Null(changed.Pair!.Agreement);
    }

    [Fact]
    public void Agreement_OfASingleOfficer_IsRefused()
    {
        var pair = Before.Pairs.Single(x => x.Id == "north-1");
        var half = Before with { Pairs = [pair with { Officers = [pair.Officers[0]] }] };
        Assert.Equal("pairIncomplete", PairMembershipRules.Decide(half, Good).Refusal?.Code);
    }

    [Fact]
    public void Successor_StaysWhileTheRedFlowerChanges_AndGoesWithTheGreenLeaf()
    {
        var named = PairMembershipRules.Decide(Before, new NameSuccessor("north-1", "south-1-a", "knows the streets")).Organisation!;
        NamedOfficer New(OfficerRole role) => new("new", "New", role);
        Assert.Equal(
            "south-1-a",
            PairMembershipRules.Decide(named, new SubstituteMember("north-1", "north-1-b", New(OfficerRole.RedFlower), "x")).Pair!.Successor?.OfficerId);
        Assert.Null(PairMembershipRules.Decide(named, new SubstituteMember("north-1", "north-1-a", New(OfficerRole.GreenLeaf), "x")).Pair!.Successor);
    }

    [Fact]
    public void Change_OfWhatIsAgreed_IsAllowedToAPairAtWork()
    {
        var busy = new PairView(
            "north-1", "north 1", "north", "north-west", [], [], PairDuty.OnDuty, PairActivity.Available, PairAvailability.NotAvailable,
            new CommitmentView("i", "o", Incidents.AssignmentStatus.Committed, DateTimeOffset.UnixEpoch, 1), null, 3);
        Assert.Null(PairMembershipRules.WhyNotNow(Good, busy));
    }

    /// <summary>Fails where files written before there were agreements cannot be read, or a date of retirement gets onto screens.</summary>
    [Fact]
    public void OrganisationFile_WithoutAnyOfIt_IsReadAndWrittenAsBefore()
    {
        var text = JsonText.Of(TestOrganisation.Create()).ToString();
        Assert.DoesNotContain("retiresOn", text, StringComparison.Ordinal);
        Assert.DoesNotContain("agreement", text, StringComparison.Ordinal);
        var planned = PairMembershipRules.Decide(Before, new PlanRetirement("north-1", "north-1-a", new(2027, 1, 1), "x")).Pair!;
        Assert.Equal(new DateOnly(2027, 1, 1), planned.Officers[0].RetiresOn);
        Assert.All(OfficerInfo.ForScreens(planned.Officers), x => Assert.Null(x.RetiresOn));
    }

    [Fact]
    public void OrganisationFile_WithWhatCannotBe_IsRefused()
    {
        var pair = Before.Pairs[0];
        foreach (var faulty in new[]
        {
            pair with { Agreement = new PairAgreement(new(2026, 1, 1), new(2025, 1, 1), "x", new(2026, 1, 1)) },
            pair with { Officers = [pair.Officers[0] with { RetiresOn = new(1900, 1, 1) }, pair.Officers[1]] },
            pair with { Successor = new NamedSuccessor("no id", "X", "x") },
        })
        {
            var refusal = OrganisationRules.Prepare(Before with { Pairs = [faulty, .. Before.Pairs[1..]] }, TestPacks.Shipped).Refusal;
            Assert.Equal(("organisationInvalid", "pairs"), (refusal?.Code, refusal?.Field));
        }
    }
}
