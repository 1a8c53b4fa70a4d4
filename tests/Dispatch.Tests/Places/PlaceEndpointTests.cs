using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;

namespace Dispatch.Tests.Places;

/// <summary>
/// Places on both databases, found alike. Fails where something is not found or comes in another order on one of them, where a bad row gets in or keeps no account
/// of itself, where a file half gets in, or where somebody finds places who takes no calls.
/// </summary>
public sealed class PlaceEndpointTests(PostgresServer postgres)
{
    private const string File = """
        name,nameEn,address,kind,lat,lon
        第一中学,No. 1 Middle School,人民路 1 号,school,35.15,115.05
        第一中学分校,No. 1 Middle School Branch,,school,35.05,115.15
        人民广场,People's Square,人民路 2 号,square,35.16,115.06
        第一中学路口,,,crossing,35.05,115.05
        """;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Places_AreImportedAndFound_BestFirstThenNearest(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var tried = await ImportAsync(admin, File, "dryRun=true");
        Assert.Equal((HttpStatusCode.OK, false, 4), (tried.Status, (bool)tried.Body!["applied"]!, (int)tried.Body["added"]!));
        Assert.Equal(0, (int)(await admin.GetAsync("places/counts")).Body!["places"]!);
        var first = await ImportAsync(admin, File, string.Empty, "first");
        Assert.True((bool)first.Body!["applied"]!);
        Assert.True(JsonNode.DeepEquals(first.Body, (await ImportAsync(admin, File, string.Empty, "first")).Body));
        Assert.Equal("idempotencyKeyReused", (string?)(await ImportAsync(admin, File.Replace("school", "office", StringComparison.Ordinal), string.Empty, "first")).Body!["code"]);

        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        Assert.Equal(["第一中学", "第一中学分校", "第一中学路口"], await FindAsync(dispatcher, "第一中学"));
        Assert.Equal(["第一中学", "第一中学路口", "第一中学分校"], await FindAsync(dispatcher, "dyzx", "&lat=35.05&lon=115.04"));
        Assert.Equal(["第一中学", "人民广场"], await FindAsync(dispatcher, "人民路", "&lat=35.15&lon=115.05"));
        Assert.Equal(["人民广场"], await FindAsync(dispatcher, "peop squ"));
        Assert.Equal(["north-east", "north-west"], await FindAsync(dispatcher, "north"));
        Assert.Equal("第一中学路口", (await FindAsync(dispatcher, string.Empty, "&lat=35.051&lon=115.051&limit=1"))[0]);
        Assert.Empty(await FindAsync(dispatcher, "' OR 1=1 :* & | \\"));
        var found = (await dispatcher.GetAsync($"places?text={Uri.EscapeDataString("人民广场")}")).Body!["items"]![0]!;
        Assert.Equal(("place", "square", "north-west", "north"), ((string?)found["kind"], (string?)found["placeKind"], (string?)found["communityId"], (string?)found["stationId"]));

        var replaced = await ImportAsync(admin, "lon,lat,name\n115.06,35.16,新广场\n115.05,35.15,第一中学\n", "replace=true");
        Assert.Equal((2, 0, 4), ((int)replaced.Body!["added"]!, (int)replaced.Body["changed"]!, (int)replaced.Body["removed"]!));
        Assert.Equal(["新广场"], await FindAsync(dispatcher, "广场"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task File_WithABadRow_IsToldLineByLineAndChangesNothing(bool onPostgres)
    {
        await using var server = await StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var bad = $"""
            name,nameEn,address,kind,lat,lon
            好广场,,,square,35.15,115.05
            ,,,square,35.15,115.05
            远方,,,square,10,10
            怪处,,,castle,35.15,115.05
            歪处,,,square,abc,115.05
            张某家,,找 13800001111,building,35.15,115.05
            好广场,,,market,35.16,115.05
            {new string('长', 101)},,,square,35.15,115.05
            短行,square
            """;
        string[] faults =
        [
            "3 name valueMissing", "4 lat locationOutsideEveryCommunity", "5 kind placeKindNotFound", "6 lat locationInvalid", "7 address protectedTextSuspected",
            "8 name placeRepeated", "9 name valueTooLong", "10  rowBroken",
        ];
        var tried = await ImportAsync(admin, bad, "dryRun=true");
        Assert.Equal((HttpStatusCode.OK, 8), (tried.Status, (int)tried.Body!["faultCount"]!));
        Assert.Equal(faults, Faults(tried.Body));
        Assert.DoesNotContain("13800001111", tried.Body.ToJsonString(), StringComparison.Ordinal);
        var refused = await ImportAsync(admin, bad, string.Empty);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "placesRefused"), (refused.Status, (string?)refused.Body!["code"]));
        Assert.Equal(faults, Faults(refused.Body));
        Assert.Equal(0, (int)(await admin.GetAsync("places/counts")).Body!["places"]!);
        foreach (var (file, code) in new[] { ("name,lat\nx,1\n", "columnsMissing"), ("name,lat,lon\n", "fileEmpty"), (string.Empty, "columnsMissing") })
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, code), ((await ImportAsync(admin, file, string.Empty)) is var x ? (x.Status, (string?)x.Body!["code"]) : default));
        }
    }

    [Fact]
    public async Task Places_AreForThoseWhoWorkAtCalls_AndTheListForAdministrators()
    {
        await using var server = await StartAsync(null);
        using var officer = await ApiClient.SignInAsync(server.Url, "officer1");
        using var oversight = await ApiClient.SignInAsync(server.Url, "oversight");
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("places?text=north")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await oversight.GetAsync("places?text=north")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ImportAsync(officer, File, string.Empty)).Status);
        foreach (var query in new[] { "text=", "text=x&limit=0", "text=x&limit=51", "text=x&lat=1", "text=x&lat=91&lon=1", $"text={new string('x', 101)}" })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.GetAsync($"places?{query}")).Status);
        }
    }

    [Fact]
    public async Task Partner_WithAServicePoint_IsAPlaceUntilItIsNoMore()
    {
        await using var server = await StartAsync(null);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var pack = (await admin.GetAsync("model-packs/red-flower-green-leaf")).Body!;
        var kind = (string)pack["servicePointKinds"]![0]!["code"]!;
        await admin.DoAsync("partners", new
        {
            kind, stationId = "north", details = new { name = "幸福里警务室", place = new { name = "幸福里 3 号", location = new { lat = 35.15, lon = 115.15 } } },
        });
        using var officer = await ApiClient.SignInAsync(server.Url, "officer5");
        var found = (await officer.GetAsync("places?text=xfl")).Body!["items"]![0]!;
        Assert.Equal(("partner", "north-east", "幸福里 3 号"), ((string?)found["kind"], (string?)found["communityId"], (string?)found["address"]));
    }

    [Fact]
    public async Task Demonstration_HasInventedPlacesThatSayTheyAre()
    {
        await using var server = DispatchServer.On(null);
        await server.StartAsync();
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        var found = (await dispatcher.GetAsync("places?text=nongmaoshichang&limit=50")).Body!["items"]!.AsArray();
        Assert.True(found.Count > 20 && found.All(x => (bool)x!["illustrative"]! && (string?)x["kind"] == "place"), found.ToJsonString());
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        var counts = (await admin.GetAsync("places/counts")).Body!;
        Assert.InRange((int)counts["places"]!, 200, 1000);
        Assert.Equal((int)counts["places"]!, (int)counts["illustrative"]!);
    }

    private static string[] Faults(JsonNode body) => [.. body["faults"]!.AsArray().Select(x => $"{x!["line"]} {x["field"]} {x["code"]}")];

    private static Task<(HttpStatusCode Status, JsonNode? Body)> ImportAsync(ApiClient user, string file, string query, string? key = null) =>
        user.SendRawAsync(HttpMethod.Post, $"places/import?{query}", file, "text/csv", key);

    private static async Task<string[]> FindAsync(ApiClient user, string text, string more = "")
    {
        var (status, body) = await user.GetAsync($"places?text={Uri.EscapeDataString(text)}{more}");
        Assert.True(status == HttpStatusCode.OK, $"{(int)status} {body}");
        return [.. body!["items"]!.AsArray().Select(x => (string)x!["name"]!)];
    }

    private static async Task<DispatchServer> StartAsync(string? database)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        var server = DispatchServer.On(database, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        return server;
    }
}
