using System.Globalization;
using System.Text.Json.Nodes;
using Dispatch.Hosting;
using Dispatch.Packs;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Packs;

/// <summary>A pack that cannot be taken is refused whole, and the one line says in which file, where in it, and why.</summary>
public sealed class BrokenPacksTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-packs-").FullName;

    public static TheoryData<string, string, string, string> Faults => new()
    {
        // where it is changed, to what (JSON; empty takes it away), where it is found, what is said
        { "/name", "", "its root", "name" },
        { "/name", "\" \"", "/name", "not blank" },
        { "/id", "\"a b\"", "/id", "1 to 64 letters" },
        { "/established", "\"yes\"", "/established", "true or false" },
        { "/secret", "1", "/secret", "no such property" },
        { "/disputeTiers", "[]", "/disputeTiers", "at least" },
        { "/disputeTiers/2/code", "\"pair\"", "/disputeTiers/2/code", "'pair' is there twice" },
        { "/disputeTiers/2/order", "2", "/disputeTiers/2/order", "above 2" },
        { "/disputeTiers/0/kind", "\"sideways\"", "/disputeTiers/0/kind", "police, people or judicial" },
        { "/disputeTiers/0/kind", "\"judicial\"", "/disputeTiers/0/kind", "not a court" },
        { "/disputeTiers/1/partnerKinds/0", "\"nobody\"", "/disputeTiers/1/partnerKinds/0", "no partner kind 'nobody'" },
        { "/disputeTiers/1/partnerKinds/0", "\"government\"", "/disputeTiers/1/partnerKinds/0", "does not mediate" },
        { "/disputeGrades/0/colour", "\"red\"", "/disputeGrades/0/colour", "#rrggbb" },
        { "/concernCategories/1/code", "\"publicSafety\"", "/concernCategories/1/code", "twice" },
        { "/taskKinds/0/partnerKinds/0", "\"nobody\"", "/taskKinds/0/partnerKinds/0", "no partner kind" },
        { "/clocks/concernAnswer/unit", "\"weeks\"", "/clocks/concernAnswer/unit", "hours, days, workingDays or months" },
        { "/clocks/concernAnswer/value", "0", "/clocks/concernAnswer/value", "1 to 3660" },
        { "/clocks/concernAnswer/value", "1.5", "/clocks/concernAnswer/value", "1 to 3660" },
        { "/clocks/repeatWindow", "", "/clocks", "repeatWindow" },
        { "/patrolTeam/partnerKind", "\"nobody\"", "/patrolTeam/partnerKind", "no partner kind" },
        { "/patrolTeam/maxVolunteers", "0", "/patrolTeam/maxVolunteers", "at least minVolunteers" },
        { "/partnerKinds/9/mediates", "true", "/partnerKinds/9/mediates", "no access to case data" },
        { "/firstAttempt", """{"by":"mediator","disputeKinds":["domesticViolence"],"concernCategories":[],"within":{"value":1,"unit":"days"}}""",
            "/firstAttempt/disputeKinds/0", "before the police see it" },
        { "/firstAttempt", """{"by":"mediator","disputeKinds":[],"concernCategories":["none"],"within":{"value":1,"unit":"days"}}""",
            "/firstAttempt/concernCategories/0", "no concern category" },
        { "/firstAttempt", """{"by":"volunteerTeam","disputeKinds":[],"concernCategories":[],"within":{"value":1,"unit":"days"}}""",
            "/firstAttempt/by", "no access to case data" },
        { "/firstAttempt", """{"by":"mediator"}""", "/firstAttempt", "within" },
        { "/disputeKinds/11/noMediationClosing", "false", "/disputeKinds", "domesticViolence" },
        { "/disputeKinds/12/excluded", "null", "/disputeKinds", "hiredAssault" },
        { "/closedLocally/facts", "[\"noRepeat\"]", "/closedLocally/facts", "settledWhereItBegan" },
        { "/followUp/visits", "0", "/closedLocally/facts/3", "needs a follow-up visit" },
        { "/disputeTiers/0/workers/0", "\"nobody\"", "/disputeTiers/0/workers/0", "pair, grid, village" },
        { "/closedLocally/facts/0", "\"nothing\"", "/closedLocally/facts/0", "settledWhereItBegan" },
        { "/holidays/0", "\"2026-02-30\"", "/holidays/0", "yyyy-mm-dd" },
        { "/workingWeekends/0", "\"2026-01-05\"", "/workingWeekends/0", "neither a Saturday" },
        { "/workingWeekends/0", "\"2026-01-03\"", "/workingWeekends/0", "a holiday, too" },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task Pack_WithAFault_IsRefusedWithThePlaceAndTheReason(string changed, string to, string place, string reason)
    {
        var pack = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ModelPackFiles.Shipped, "red-flower-green-leaf.json")))!;
        Change(pack, changed.Split('/')[1..], to);
        await AssertRefusedAsync(pack.ToJsonString(), place, reason);
    }

    [Theory]
    [InlineData("", "its root", "JSON")]
    [InlineData("{\"id\":", "its root", "LineNumber")]
    [InlineData("[]", "its root", "object")]
    [InlineData("{\"id\":\"x\",\"id\":\"y\"}", "", "id")]
    public Task Pack_ThatIsNone_IsRefused(string text, string place, string reason) => AssertRefusedAsync(text, place, reason);

    [Fact]
    public async Task Packs_OfOneDirectoryWithTheSameId_AreRefused()
    {
        var pack = await File.ReadAllTextAsync(Path.Combine(ModelPackFiles.Shipped, "fengqiao.json"));
        await File.WriteAllTextAsync(Path.Combine(directory, "a.json"), pack);
        await AssertRefusedAsync(pack, "/id", "a.json");
    }

    [Fact]
    public void Packs_OfADirectoryThatIsNotThere_AreRefused() =>
        Assert.Equal("packsUnreadable", Assert.Throws<StartupException>(() => TestPacks.With("/nowhere")).Code);

    [Fact]
    public async Task Packs_OfADirectory_AddToTheShippedAndReplaceThem()
    {
        var pack = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ModelPackFiles.Shipped, "four-micro-five-small.json")))!;
        pack["smallUnits"]![0]!["nameEn"] = "Edited";
        await File.WriteAllTextAsync(Path.Combine(directory, "edited.json"), pack.ToJsonString());
        pack["id"] = "fifth";
        await File.WriteAllTextAsync(Path.Combine(directory, "fifth.json"), pack.ToJsonString());
        var packs = TestPacks.With(directory);
        Assert.Equal(5, packs.All.Length);
        Assert.Equal("Edited", packs.Find("four-micro-five-small")!.SmallUnits[0].NameEn);
        Assert.NotNull(packs.Find("fifth"));
    }

    [Fact]
    public async Task Start_WithABrokenPack_EndsWithOneLine()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "x.json"), "{}");
        await using var server = DispatchServer.On(null, ("Dispatch__Packs__Directory", directory));
        Assert.Equal(2, await server.RunToEndAsync());
        var line = Assert.Single(server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"dispatch: packInvalid: The model pack '{directory}/x.json' cannot be taken at its root: ", line, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static void Change(JsonNode root, string[] path, string to)
    {
        var parent = path[..^1].Aggregate(root, (node, step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        var value = to.Length == 0 ? null : JsonNode.Parse(to);
        if (parent is JsonArray array)
        {
            array[int.Parse(path[^1], CultureInfo.InvariantCulture)] = value;
        }
        else if (to.Length == 0)
        {
            parent.AsObject().Remove(path[^1]);
        }
        else
        {
            parent[path[^1]] = value;
        }
    }

    private async Task AssertRefusedAsync(string text, string place, string reason)
    {
        var path = Path.Combine(directory, "x.json");
        await File.WriteAllTextAsync(path, text);
        var refused = Assert.Throws<StartupException>(() => TestPacks.With(directory));
        Assert.Equal("packInvalid", refused.Code);
        Assert.StartsWith($"The model pack '{path}' cannot be taken at {place}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }
}
