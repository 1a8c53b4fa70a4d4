using System.Net;
using Dispatch.Communities;
using Dispatch.Live;
using Dispatch.Tests.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Communities;

/// <summary>
/// Interactions on the running server, on both databases. Fails where one that was recorded is not found by its place, time, kind or words, where a page repeats
/// or skips one, or where a person's data is seen by who did not ask for it with a reason.
/// </summary>
public sealed class InteractionTests(PostgresServer postgres)
{
    private const string Community = "communities/north-west/interactions";

    [Theory, InlineData(false), InlineData(true)]
    public async Task Interaction_Recorded_IsFoundByPlaceTimeKindAndWordsPageByPage(bool onPostgres)
    {
        await using var world = await StartAsync(onPostgres);
        var officer = world.Officer;
        var ids = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            var recorded = await officer.DoAsync(Community, new
            {
                kind = i % 3 == 0 ? "meeting" : "visit", text = i % 2 == 0 ? $"走访独居老人，送防诈骗传单 {i}" : $"Noise complaint at gate No. {i}", participants = i,
                at = DateTimeOffset.UtcNow.AddHours(-12 + i), location = new { lat = 35.15 + (i * 0.001), lon = 115.05 }, minutes = 10,
            });
            ids.Add((string)recorded["id"]!);
        }

        Assert.Equal(Enumerable.Reverse(ids), await PagesAsync(officer, "communityId=north-west&limit=5"));
        Assert.Equal(Enumerable.Reverse(Pick(ids, i => i % 3 == 0)), await PagesAsync(officer, "kind=meeting&limit=3"));
        Assert.Equal(Enumerable.Reverse(Pick(ids, i => i % 2 == 0)), await PagesAsync(officer, "text=老人&limit=4"));
        Assert.Equal([ids[4]], await PagesAsync(officer, "text=防诈骗 4"));
        Assert.Equal([ids[5]], await PagesAsync(officer, "text=noise gate 5"));
        Assert.Empty(await PagesAsync(officer, "text=老传单"));
        Assert.Equal([ids[3]], await PagesAsync(officer, "lat=35.153&lon=115.05&withinMetres=60"));
        var from = Uri.EscapeDataString(DateTimeOffset.UtcNow.AddHours(-3.5).ToString("O"));
        Assert.Equal([ids[11], ids[10], ids[9]], await PagesAsync(officer, $"from={from}"));
        Assert.Equal(HttpStatusCode.BadRequest, (await officer.GetAsync("interactions?cursor=nonsense")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await officer.GetAsync("interactions?kind=party")).Status);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Interaction_WithAPerson_ShowsThatThereIsOneAndIsReadWithAReason(bool onPostgres)
    {
        await using var world = await StartAsync(onPostgres);
        var body = new { kind = "request", text = "请求协助办理证件", person = new { name = "王小花", phone = "13800001111" }, personRole = "resident" };
        var recorded = await world.Officer.DoAsync(Community, body, "one");
        Assert.Equal(recorded.ToJsonString(), (await world.Officer.DoAsync(Community, body, "one")).ToJsonString());
        var id = (string)recorded["id"]!;
        Assert.Equal("""{"id":"person","role":"resident","fields":["name","phone"],"minor":null}""", recorded["person"]!.ToJsonString());

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Officer.PostAsync($"interactions/{id}/person", new { reason = " " })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await world.Stranger.PostAsync($"interactions/{id}/person", new { reason = "curious" })).Status);
        var person = await world.Officer.DoAsync($"interactions/{id}/person", new { reason = "回访" });
        Assert.Equal("王小花", (string?)person["name"]);

        await world.Server.KillAsync();
        Assert.DoesNotContain("王小花", await world.EverythingStoredAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interaction_WithAChild_IsMaskedUnlessThatIsMeant()
    {
        await using var world = await StartAsync(onPostgres: false);
        var recorded = await world.Officer.DoAsync(Community, new { kind = "visit", person = new { name = "王小花" }, personMinor = "under14" });
        var path = $"interactions/{recorded["id"]}/person";
        var (status, problem) = await world.Officer.PostAsync(path, new { reason = "回访" });
        Assert.Equal((HttpStatusCode.Conflict, "personMasked"), (status, (string?)problem!["code"]));
        Assert.Equal("王小花", (string?)(await world.Officer.DoAsync(path, new { reason = "回访", under14 = true }))["name"]);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Interaction_WhoseTimeIsOver_HasNoWordsAndNoPersonAnywhere(bool onPostgres)
    {
        await using var world = await StartAsync(onPostgres, ("Dispatch__Retention__ContactDays", "1"), ("Dispatch__Retention__SweepSeconds", "1"));
        var lastMonths = DateTimeOffset.UtcNow.AddDays(-70);
        var recorded = await world.Officer.DoAtAsync(lastMonths, Community, new { kind = "visit", text = "旧时的话语", person = new { name = "王小花" } });
        await world.Officer.DoAtAsync(lastMonths.AddDays(-31), Community, new { kind = "visit", text = "更早的话语" });
        var fresh = await world.Officer.DoAsync(Community, new { kind = "visit", text = "今天的话语" });
        await Until.HoldsAsync(async () => (await PagesAsync(world.Officer, "text=话语")).SequenceEqual([(string)fresh["id"]!]), () => "Words stay though their time is over.");
        var (status, problem) = await world.Officer.PostAsync($"interactions/{recorded["id"]}/person", new { reason = "回访" });
        Assert.Equal((HttpStatusCode.NotFound, "erased"), (status, (string?)problem!["code"]));
        Assert.Equal(3, (await PagesAsync(world.Officer, "kind=visit")).Count);
        Assert.DoesNotContain("旧时的话语", await world.JournalAsync(), StringComparison.Ordinal);
        Assert.Contains("今天的话语", await world.JournalAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interaction_SentAgainOrTakenBack_CountsOnceAndIsSeenAsItIs()
    {
        await using var world = await StartAsync(onPostgres: false);
        await using var screen = new FeedClient(world.Server.Url, () => Task.FromResult(world.Officer.AccessToken));
        await screen.StartAsync();
        await screen.SubscribeAsync("community/north-west");
        var recorded = await world.Officer.DoAsync(Community, new { kind = "tip", text = "夜间噪音", participants = 3 }, "tip");
        await world.Officer.DoAsync(Community, new { kind = "tip", text = "夜间噪音", participants = 3 }, "tip");
        var id = (string)recorded["id"]!;
        await screen.WaitForAsync<CommunitySummary>(
            "community/north-west", "summary", x => x?.InteractionsToday.GetValueOrDefault("tip") == 1 && x.ParticipantsToday == 3, ServerFixture.Patience);

        await world.Officer.DoAsync($"{Community}/{id}/withdraw", new { reason = "重复登记" });
        await screen.WaitForAsync<InteractionView>("community/north-west", $"interaction/{id}", x => x?.WithdrawnBecause == "重复登记", ServerFixture.Patience);
        await screen.WaitForAsync<CommunitySummary>(
            "community/north-west", "summary", x => x?.InteractionsToday.GetValueOrDefault("tip") == 0 && x.ParticipantsToday == 0, ServerFixture.Patience);
        Assert.Equal("重复登记", (string?)(await world.Officer.GetAsync($"interactions/{id}")).Body!["found"]!["interaction"]!["withdrawnBecause"]);
    }

    [Fact]
    public async Task Interaction_WhoseWordsLookLikeANumberOfAPerson_IsFlaggedBeforeItIsSaved()
    {
        await using var world = await StartAsync(onPostgres: false);
        var text = "请回电 13800001111";
        var (status, problem) = await world.Officer.PostAsync(Community, new { kind = "tip", text }, "a");
        Assert.Equal((HttpStatusCode.Conflict, "protectedTextSuspected"), (status, (string?)problem!["code"]));
        Assert.Empty((await world.Officer.GetAsync(Community)).Body!.AsArray());
        await world.Officer.DoAsync(Community, new { kind = "tip", text, textConfirmed = true }, "b");
    }

    private static async Task<List<string>> PagesAsync(ApiClient user, string query)
    {
        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var (status, page) = await user.GetAsync($"interactions?{query}{(cursor is null ? string.Empty : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            Assert.Equal(HttpStatusCode.OK, status);
            ids.AddRange(page!["items"]!.AsArray().Select(x => (string)x!["interaction"]!["id"]!));
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);
        return ids;
    }

    private static IEnumerable<string> Pick(List<string> ids, Func<int, bool> which) => ids.Where((_, i) => which(i));

    private async Task<World> StartAsync(bool onPostgres, params (string Key, string Value)[] more) =>
        await World.StartAsync(onPostgres ? await postgres.CreateDatabaseAsync() : null, more);

    private sealed class World(DispatchServer server, ApiClient officer, ApiClient stranger, string? connection) : IAsyncDisposable
    {
        public DispatchServer Server => server;

        /// <summary>An officer of a pair of north-west.</summary>
        public ApiClient Officer => officer;

        /// <summary>An officer of the other station.</summary>
        public ApiClient Stranger => stranger;

        public static async Task<World> StartAsync(string? connection, (string Key, string Value)[] more)
        {
            var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
            var server = DispatchServer.On(connection, [("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)), ("Dispatch__AcceptPastTimes", "true"), .. more]);
            await server.StartAsync();
            return new World(
                server, await ApiClient.SignInAsync(server.Url, "officer3"), await ApiClient.SignInAsync(server.Url, "officer11"), connection);
        }

        /// <summary>Everything that is in the journal.</summary>
        public async Task<string> JournalAsync()
        {
            await using System.Data.Common.DbConnection database = connection is null
                ? new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "dispatch.db")};Mode=ReadOnly;Pooling=False")
                : new Npgsql.NpgsqlConnection(connection);
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "SELECT data FROM journal";
            var all = new System.Text.StringBuilder();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                all.Append(reader.GetString(0));
            }

            return all.ToString();
        }

        /// <summary>Every text of every table, to look for what must not be there.</summary>
        public async Task<string> EverythingStoredAsync()
        {
            if (connection is null)
            {
                return string.Concat(Directory.EnumerateFiles(server.DataDirectory, "dispatch.db*").Select(File.ReadAllText));
            }

            await using var source = Npgsql.NpgsqlDataSource.Create(connection);
            var all = new System.Text.StringBuilder();
            foreach (var table in new[] { "journal", "interaction", "access_journal" })
            {
                await using var command = source.CreateCommand($"SELECT t::text FROM {table} t");
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    all.Append(reader.GetString(0));
                }
            }

            await using var records = source.CreateCommand("SELECT convert_from(PayloadBinary, 'UTF8') FROM OrleansStorage");
            await using var payloads = await records.ExecuteReaderAsync();
            while (await payloads.ReadAsync())
            {
                all.Append(payloads.GetString(0));
            }

            return all.ToString();
        }

        public async ValueTask DisposeAsync()
        {
            officer.Dispose();
            stranger.Dispose();
            await server.DisposeAsync();
        }
    }
}
