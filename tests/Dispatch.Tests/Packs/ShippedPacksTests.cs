using Dispatch.Live;
using Dispatch.Packs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Packs;

/// <summary>What is shipped: four packs that are what the sources say, not more, and that carry the clocks of the domain.</summary>
public sealed class ShippedPacksTests
{
    public static TheoryData<string> Ids => [.. TestPacks.Shipped.All.Select(x => x.Id)];

    [Fact]
    public void Shipped_AreTheFour_AndSayWhichAreNotEstablished() => Assert.Equal(
        [("fengqiao", true), ("four-micro-five-small", false), ("named-officer-community", false), ("red-flower-green-leaf", true)],
        TestPacks.Shipped.All.Select(x => (x.Id, x.Established)));

    [Theory, MemberData(nameof(Ids))]
    public void Pack_KeepsTheClocksOfTheDomain(string id)
    {
        var clocks = TestPacks.Shipped.Find(id)!.Clocks;
        Assert.Equal(
            [
                new ClockLength(72, ClockUnit.Hours), new ClockLength(3, ClockUnit.WorkingDays), new ClockLength(7, ClockUnit.WorkingDays),
                new ClockLength(1, ClockUnit.Months), new ClockLength(30, ClockUnit.Days), new ClockLength(7, ClockUnit.Days),
            ],
            [
                clocks.ConcernAnswer, clocks.MediationSession, clocks.SecondSession, clocks.PeoplesMediation, clocks.JudicialConfirmation,
                clocks.PairContact,
            ]);
    }

    /// <summary>Fails where what a pack says is lost between its file and its readers over HTTP.</summary>
    [Theory, MemberData(nameof(Ids))]
    public void Pack_ReadAndWritten_StillSatisfiesTheSchema(string id)
    {
        var schema = new PackSchema(File.ReadAllText(Path.Combine(ModelPackFiles.Shipped, PackSchema.FileName)));
        var json = JsonText.Of(TestPacks.Shipped.Find(id)!);
        Assert.Null(schema.FindFault(json.As<System.Text.Json.JsonElement>()));
        Assert.Equal(json, JsonText.Of(json.As<ModelPack>()));
    }

    [Fact]
    public void Packs_DifferWhereTheModelsDo()
    {
        ModelPack Of(string id) => TestPacks.Shipped.Find(id)!;
        Assert.Equal((1, 1, 1), Of("red-flower-green-leaf").PatrolTeam is { } team ? (team.Officers, team.Auxiliaries, team.MinVolunteers) : default);
        Assert.Equal(["grid", "village", "town", "joint", "court"], Of("fengqiao").DisputeTiers.Select(x => x.Code));
        Assert.True(Of("four-micro-five-small").ConcernWords.RequiresOwner);
        Assert.Contains(Of("four-micro-five-small").Channels, x => x is { Kind: ChannelKind.Broadcast, Receipts: true });
        Assert.Equal(["named-officer-community"], TestPacks.Shipped.All.Where(x => x.FirstAttempt is not null).Select(x => x.Id));
        Assert.All(TestPacks.Shipped.All, x => Assert.True(x.FindDisputeKind(DisputeKindCodes.DomesticViolence)!.NoMediationClosing));
    }
}
