using Dispatch.Bureau;
using Dispatch.Commands;
using Dispatch.Live;
using Dispatch.Pairs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Rules;

/// <summary>A handover sheet: who leaves writes and signs, who comes ticks and signs, nothing is finished before, and what is signed stays.</summary>
public sealed class HandoverRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly OpenHandover Opening = new("north-1", "north-west", "north", [new("old", "Old")], [new("new", "New")], "moved");
    private static readonly HandoverItem Incident = new("incident-1", HandoverItemKind.Incident, "N-1 dispute", "1");

    public static TheoryData<HandoverCommand, string> Refused => new()
    {
        { new AddHandoverItem(" "), "valueMissing" },
        { new AddHandoverItem(new string('x', 501)), "valueTooLong" },
        { new AddHandoverItem("ask 13812345678"), "protectedTextSuspected" },
        { new WriteHandoverNotes("old", "ask 13812345678"), "protectedTextSuspected" },
        { new TickHandoverItem("incident-1", "new", "ask 13812345678"), "protectedTextSuspected" },
        { new TickHandoverItem("incident-1", "old"), "notYourHandover" },
        { new TickHandoverItem("incident-1", null), "notYourHandover" },
        { new TickHandoverItem("none", "new"), "handoverItemNotFound" },
        { new TickHandoverItem("incident-1", "new", new string('x', 501)), "valueTooLong" },
        { new WriteHandoverNotes("new", "x"), "notYourHandover" },
        { new WriteHandoverNotes("old", ""), "valueMissing" },
        { new WriteHandoverNotes("old", new string('x', 4001)), "valueTooLong" },
        { new SignHandover("stranger"), "notYourHandover" },
        { new SignHandover(null), "notYourHandover" },
        { new SignHandover("new"), "handoverUnfinished" },
        { new CloseHandover(), "handoverUnfinished" },
        { new CloseHandover(" "), "handoverUnfinished" },
        { new CloseHandover(new string('x', 501)), "valueTooLong" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void Command_ThatCannotBe_IsRefused(HandoverCommand command, string code) => Assert.Equal(code, new Sheet().Do(command)?.Code);

    [Fact]
    public void Sheet_TickedAndSignedByBoth_ClosesWithoutAReasonAndThenStays()
    {
        var sheet = new Sheet();
        Assert.Null(sheet.Do(new WriteHandoverNotes("old", "Look after the market.")));
        Assert.Null(sheet.Do(new AddHandoverItem("keys")));
        Assert.Null(sheet.Do(new SignHandover("old")));
        Assert.Equal("handoverSigned", sheet.Do(new WriteHandoverNotes("old", "Other."))?.Code);
        Assert.Equal("handoverUnfinished", sheet.Do(new SignHandover("new"))?.Code);
        foreach (var item in sheet.View.Items)
        {
            Assert.Null(sheet.Do(new TickHandoverItem(item.Id, "new", "seen")));
        }

        var version = sheet.Version;
        Assert.Null(sheet.Do(new TickHandoverItem(sheet.View.Items[0].Id, "new")));
        Assert.Null(sheet.Do(new SignHandover("old")));
        Assert.Equal(version, sheet.Version);
        Assert.Null(sheet.Do(new SignHandover("new")));
        Assert.Equal("handoverSigned", sheet.Do(new AddHandoverItem("late"))?.Code);
        Assert.Null(sheet.Do(new CloseHandover()));
        Assert.Equal((Now, null), (sheet.View.ClosedAt, sheet.View.CloseReason));
        Assert.Equal("handoverClosed", sheet.Do(new AddHandoverItem("late"))?.Code);
        Assert.Equal("handoverClosed", sheet.Do(new SignHandover("old"))?.Code);
    }

    [Fact]
    public void Sheet_WithNobodyComing_IsClosedWithAReasonOnly_AndWhoComesIsNamedOnce()
    {
        var sheet = new Sheet(Opening with { Incoming = [] });
        sheet.Do(new SignHandover("old"));
        Assert.Equal("handoverUnfinished", sheet.Do(new CloseHandover())?.Code);
        Assert.Null(sheet.Do(new NameIncoming([new("next", "Next")])));
        var version = sheet.Version;
        Assert.Null(sheet.Do(new NameIncoming([new("next", "Next")])));
        Assert.Equal(version, sheet.Version);
        Assert.Null(sheet.Do(new CloseHandover("nobody is there to sign")));
        Assert.NotNull(sheet.View.ClosedAt);
    }

    [Fact]
    public void Masked_HasNoFreeText()
    {
        var sheet = new Sheet();
        sheet.Do(new WriteHandoverNotes("old", "secret"));
        sheet.Do(new AddHandoverItem("secret"));
        sheet.Do(new TickHandoverItem("incident-1", "new", "secret"));
        sheet.Do(new CloseHandover("secret"));
        Assert.DoesNotContain("secret", JsonText.Of(sheet.View.ForMasked()).ToString(), StringComparison.Ordinal);
        Assert.Equal("N-1 dispute", sheet.View.ForMasked().Items[0].Text);
    }

    [Fact]
    public void Items_ThatWereFoundTwice_AreThereOnceAndBounded()
    {
        var many = Enumerable.Range(0, 300).Select(i => Incident with { Id = $"incident-{i}" }).Prepend(Incident with { Id = "incident-0" });
        var opened = HandoverRules.Open(null, Opening, [.. many], Now).Events.OfType<HandoverOpened>().Single();
        Assert.Equal(HandoverRules.MaxItems, opened.Items.Select(x => x.Id).Distinct().Count());
        Assert.Empty(HandoverRules.Open(new Sheet().State, Opening, [], Now).Events);
    }

    [Fact]
    public void Plans_OfADissolvedPair_WaitForThePairThatFollowsInItsCommunity()
    {
        var before = OrganisationRules.Prepare(TestOrganisation.Create(), TestPacks.Shipped).Organisation!.Pairs.Single(x => x.Id == "north-1");
        var by = new Actor("s", "S");
        var left = HandoverPlans.None.Next(before, before, new DissolvePair("north-1", "x"), 7, by);
        var open = Assert.IsType<OpenHandover>(Assert.Single(left.Errands).Command);
        Assert.Equal((2, 0), (open.Outgoing.Length, open.Incoming.Length));
        var elsewhere = left.Next(null, before with { CommunityId = "other" }, new FormPair("x", "x", "north", "other", []), 8, by);
        Assert.Single(elsewhere.Errands);
        var followed = elsewhere.Next(null, before with { Id = "y" }, new FormPair("y", "y", "north", before.CommunityId, []), 9, by);
        Assert.Equal(left.Errands[0].SheetId, followed.Errands[1].SheetId);
        Assert.IsType<NameIncoming>(followed.Errands[1].Command);
        Assert.Empty(followed.Left);
        Assert.Equal([9L], followed.Told(left.Errands[0].SheetId, 7).Errands.Select(x => x.Version));
        Assert.Same(followed, followed.Next(before, before, new NameSuccessor("north-1", "x", "x"), 10, by));
    }

    /// <summary>An open sheet with one incident on it.</summary>
    private sealed class Sheet
    {
        public Sheet(OpenHandover? opening = null) => Take(HandoverRules.Open(null, opening ?? Opening, [Incident], Now.AddDays(7)));

        public HandoverState? State { get; private set; }

        public HandoverView View => State!.Sheet;

        public long Version { get; private set; }

        public Refusal? Do(HandoverCommand command) => Take(HandoverRules.Decide(State, command, $"item-{Version}"));

        private Refusal? Take(Decision<HandoverEvent> decision)
        {
            foreach (var one in decision.Events)
            {
                State = HandoverState.Apply("sheet", State, new Recorded<HandoverEvent>(++Version, Now, new Actor("s", "S"), null, one));
            }

            return decision.Refusal;
        }
    }
}
