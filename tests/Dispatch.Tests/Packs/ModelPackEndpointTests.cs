using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Live;
using Dispatch.Packs;
using Dispatch.Tests.Processes;
using Microsoft.Data.Sqlite;

namespace Dispatch.Tests.Packs;

/// <summary>A bureau changes its model while it works: by an administrator, once for each command, on record, with packs that no code knows.</summary>
public sealed class ModelPackEndpointTests : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("dispatch-packs-").FullName;
    private DispatchServer server = null!;

    public async ValueTask InitializeAsync()
    {
        var packs = Directory.CreateDirectory(Path.Combine(directory, "packs")).FullName;
        var fifth = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ModelPackFiles.Shipped, "fengqiao.json")))!;
        (fifth["id"], fifth["nameEn"]) = ("fifth", "A fifth");
        await File.WriteAllTextAsync(Path.Combine(packs, "fifth.json"), fifth.ToJsonString());
        server = DispatchServer.On(
            null, ("Dispatch__Packs__Directory", packs), ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
    }

    [Fact]
    public async Task Pack_OfADirectory_IsListedReadAndChosenWithoutCode_OnceForEachCommand_AndSurvivesARestart()
    {
        using var officer = await ApiClient.SignInAsync(server.Url, "officer1");
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        Assert.Equal(
            ["fengqiao", "fifth", "four-micro-five-small", "named-officer-community", "red-flower-green-leaf"], await ListAsync(officer, _ => true));
        Assert.Equal(["red-flower-green-leaf"], await ListAsync(officer, x => (bool)x["current"]!));
        Assert.Equal("A fifth", (string?)(await officer.GetAsync("model-packs/fifth")).Body!["nameEn"]);

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ChooseAsync(admin, "fifth", "trial", "once")));
        Assert.All(all, x => Assert.Equal((HttpStatusCode.OK, 2, "fifth"), (x.Status, (int)x.Body!["organisationVersion"]!, (string?)x.Body["modelPack"])));
        Assert.Equal(["fifth"], await ListAsync(officer, x => (bool)x["current"]!));
        Assert.Equal("fifth", (string?)(await officer.GetAsync("organisation")).Body!["modelPack"]);

        // A repeat that comes late does not undo what was chosen after it.
        Assert.Equal(HttpStatusCode.OK, (await ChooseAsync(admin, "fengqiao", "better", "then")).Status);
        Assert.Equal(2, (int)(await ChooseAsync(admin, "fifth", "trial", "once")).Body!["organisationVersion"]!);
        Assert.Equal("fengqiao", (string?)(await officer.GetAsync("organisation")).Body!["modelPack"]);
        Expect(await ChooseAsync(admin, "fifth", "another", "once"), 422, "idempotencyKeyReused", "Idempotency-Key");

        await server.KillAsync();
        Assert.Equal(
            [
                """{"modelPack":"fifth","before":"red-flower-green-leaf","reason":"trial"}""",
                """{"modelPack":"fengqiao","before":"fifth","reason":"better"}""",
            ],
            await JournalAsync());
        await server.StartAsync();
        using var after = await ApiClient.SignInAsync(server.Url, "officer1");
        Assert.Equal("fengqiao", (string?)(await after.GetAsync("organisation")).Body!["modelPack"]);
    }

    [Fact]
    public async Task Choice_ByTheWrongPersonOrOfNoPack_IsRefusedAndChangesNothing()
    {
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        using var nobody = new ApiClient(server.Url);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("model-packs")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("model-packs/fengqiao")).Status);
        Expect(await ChooseAsync(supervisor, "fengqiao", "x"), 403, "forbidden");
        Expect(await ChooseAsync(admin, "none", "x"), 422, "modelPackNotFound", "modelPack");
        Expect(await ChooseAsync(admin, "", "x"), 422, "modelPackNotFound", "modelPack");
        Expect(await ChooseAsync(admin, "fengqiao", " "), 422, "valueMissing", "reason");
        Expect(await ChooseAsync(admin, "fengqiao", new string('x', 501)), 422, "valueTooLong", "reason");
        Expect(await admin.SendRawAsync(HttpMethod.Put, "organisation/model-pack", "{}"), 400, "invalidJson", "");
        Expect(await admin.GetAsync("model-packs/none"), 404, "modelPackNotFound");
        var import = JsonText.Of(TestOrganisation.Create() with { ModelPack = "none" }).ToString();
        Expect(await admin.SendRawAsync(HttpMethod.Put, "organisation", import), 422, "modelPackNotFound", "modelPack");
        Assert.Equal(1, (int)(await admin.GetAsync("organisation")).Body!["version"]!);
        Assert.Empty(await JournalAsync());
    }

    /// <summary>Fails where a server works on by no pack, or by another than the one that was chosen, after its directory was taken away.</summary>
    [Fact]
    public async Task Start_WithoutThePackThatTheBureauWorksBy_EndsAndSaysSo()
    {
        using (var admin = await ApiClient.SignInAsync(server.Url, "admin"))
        {
            Assert.Equal(HttpStatusCode.OK, (await ChooseAsync(admin, "fifth", "x")).Status);
        }

        Assert.Equal(0, await server.StopAsync());
        await using var without = DispatchServer.On(null, ("Dispatch__DataDirectory", server.DataDirectory));
        Assert.Equal(2, await without.RunToEndAsync());
        Assert.StartsWith(
            "dispatch: modelPackNotFound: The bureau works by the model pack 'fifth'", without.Output.Split('\n')[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", without.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithAnOrganisationFileThatNamesNoPack_EndsWithOneLine()
    {
        var path = Path.Combine(directory, "other.json");
        await File.WriteAllBytesAsync(path, JsonText.Of(TestOrganisation.Create() with { ModelPack = "none" }).Utf8!);
        await using var other = DispatchServer.On(null, ("Dispatch__Organisation", path));
        Assert.Equal(2, await other.RunToEndAsync());
        Assert.StartsWith($"dispatch: modelPackNotFound: The organisation file '{path}' cannot be taken (modelPack)", other.Output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<List<string>> ListAsync(ApiClient user, Func<JsonNode, bool> which) =>
        [.. (await user.GetAsync("model-packs")).Body!.AsArray().Where(x => which(x!)).Select(x => (string)x!["id"]!)];

    private static Task<(HttpStatusCode Status, JsonNode? Body)> ChooseAsync(ApiClient user, string modelPack, string reason, string? key = null) =>
        user.SendRawAsync(HttpMethod.Put, "organisation/model-pack", JsonText.Of(new { modelPack, reason }).ToString(), key: key);

    private static void Expect((HttpStatusCode Status, JsonNode? Body) answer, int status, string code, string? field = null)
    {
        Assert.Equal((status, code, field), ((int)answer.Status, (string?)answer.Body!["code"], (string?)answer.Body["field"]));
    }

    private async Task<List<string>> JournalAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "dispatch.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT data FROM journal WHERE stream = 'bureau' AND kind = 'modelPackChosen' ORDER BY version";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
