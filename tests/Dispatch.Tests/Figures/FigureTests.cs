using System.Data.Common;
using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Tests.Processes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Dispatch.Tests.Figures;

/// <summary>
/// Figures of a small recorded set with known counts, on both databases. Fails where a figure is not what was recorded, where closing stands alone without what
/// came back, where a small count is told or can be worked out from the total, or where somebody is counted who is not in scope.
/// </summary>
public sealed class FigureTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Today = new(DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).Date, TimeSpan.FromHours(8));

    private static string Period => $"from={Today.AddDays(-1):yyyy-MM-dd}&to={Today.AddDays(1):yyyy-MM-dd}";

    [Theory, InlineData(false), InlineData(true)]
    public async Task Figures_OfARecordedSet_EqualWhatWasRecorded(bool onPostgres)
    {
        var connection = onPostgres ? await postgres.CreateDatabaseAsync() : null;
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(connection, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");
        await RecordInteractionsAsync(supervisor);
        await RaiseConcernsAsync(supervisor);
        await EndDisputesAsync(supervisor);
        await SpendTimeAsync(server, connection);

        var figures = await FiguresAsync(supervisor, "&communityId=north-west");
        Assert.Equal((14, 28), ((int)figures["interactions"]!["total"]!, (int)figures["interactions"]!["participants"]!));
        Assert.Equal("""{"meeting":null,"tip":null,"visit":6}""", figures["interactions"]!["byKind"]!.ToJsonString());
        var concerns = figures["matters"]!["concern"]!;
        Assert.Equal(6, (int)concerns["openNow"]!);
        Assert.Equal("""{"raised":null,"taken":null}""", concerns["byStatusNow"]!.ToJsonString());
        Assert.Equal(
            """{"ended":16,"answers":{"no":11,"notYet":5,"yes":0},"repeated":5,"reopened":null,"escalated":5}""", figures["closedLocally"]!.ToJsonString());
        Assert.DoesNotContain("repeatOf", figures["matters"]!["dispute"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            """{"community":90,"elsewhere":20,"station":15,"taken":75,"takenBy":{"meeting":30,"刑侦大队":45}}""",
            JsonNode.Parse(figures["pairTime"]!.ToJsonString())!.ToJsonString(Unescaped));

        await ScopeAsync(server, supervisor);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Unescaped = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static async Task RecordInteractionsAsync(ApiClient officer)
    {
        foreach (var (kind, count) in new[] { ("visit", 6), ("meeting", 5), ("tip", 3) })
        {
            for (var i = 0; i < count; i++)
            {
                await officer.DoAsync("communities/north-west/interactions", new { kind, text = "走访", participants = 2 });
            }
        }
    }

    private static async Task RaiseConcernsAsync(ApiClient officer)
    {
        for (var i = 0; i < 6; i++)
        {
            var concern = await officer.DoAsync("communities/north-west/concerns", new { source = "resident", category = "noise", title = "噪声" });
            if (i > 0)
            {
                await officer.DoAsync($"concerns/{concern["id"]}/take", new { pairId = "north-2" });
            }
        }
    }

    /// <summary>Six that could not be settled, five of them passed on and one opened again; five withdrawn; five withdrawn that came back.</summary>
    private static async Task EndDisputesAsync(ApiClient officer)
    {
        for (var i = 0; i < 6; i++)
        {
            var id = await OpenAsync(officer);
            if (i > 0)
            {
                await officer.DoAsync($"disputes/{id}/escalate", new { reason = "搭档调解不成" });
            }

            await CloseAsync(id);
            if (i == 1)
            {
                await officer.DoAsync($"disputes/{id}/reopen", new { reason = "愿意再谈" });
                await CloseAsync(id);
            }
        }

        for (var i = 0; i < 10; i++)
        {
            var id = await OpenAsync(officer);
            await officer.DoAsync($"disputes/{id}/close", new { outcome = "withdrawn", reason = "谈好了", withdrawnBy = new[] { "party-1" } });
            await officer.DoAsync($"disputes/{id}/follow-ups", new { result = "stands", said = "没有再吵" });
            if (i >= 5)
            {
                await OpenAsync(officer, id);
            }
        }

        Task CloseAsync(string id) => officer.DoAsync($"disputes/{id}/close", new { outcome = "failed", reason = "谈不拢", advice = "court" });
    }

    private static async Task<string> OpenAsync(ApiClient officer, string? repeatOf = null) => (string)(await officer.DoAsync("communities/north-west/disputes", new
    {
        kind = "neighbour", title = "楼上漏水", repeatOf, parties = new object[] { new { role = "party" }, new { role = "party", nature = "group", label = "物业公司" } },
    }))["id"]!;

    /// <summary>Times as pairs' shells write them, two of which reach over an end of the period, one is before it and one of another station.</summary>
    private static async Task SpendTimeAsync(DispatchServer server, string? connection)
    {
        var (begin, end) = (Today.AddDays(-1), Today.AddDays(2));
        (string Community, string Kind, string? By, string? Why, DateTimeOffset From, int Minutes)[] times =
        [
            ("north-west", "community", null, null, begin.AddMinutes(-60), 90),
            ("north-west", "community", null, null, begin.AddHours(2), 60),
            ("north-west", "incident", null, null, begin.AddHours(4), 20),
            ("north-west", "station", null, null, end.AddMinutes(-15), 60),
            ("north-west", "activity", null, "meeting", begin.AddHours(6), 30),
            ("north-west", "borrowed", "刑侦大队", "办案", begin.AddHours(7), 45),
            ("north-west", "community", null, null, begin.AddHours(-3), 60),
            ("south-west", "community", null, null, begin.AddHours(2), 600),
        ];
        await using DbConnection database = connection is null
            ? new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "dispatch.db")};Pooling=False")
            : new NpgsqlConnection(connection);
        await database.OpenAsync();
        for (var i = 0; i < times.Length; i++)
        {
            await using var command = database.CreateCommand();
            command.CommandText =
                """
                INSERT INTO pair_time (pair_id, version, community_id, officer_ids, kind, by_whom, reason, from_at, to_at, seconds)
                VALUES ('north-2', @version, @community, 'north-2-a,north-2-b', @kind, @by, @why, @from, @to, @seconds)
                """;
            var (community, kind, by, why, from, minutes) = times[i];
            foreach (var (name, value) in new (string, object?)[]
            {
                ("version", (long)(1000 + i)), ("community", community), ("kind", kind), ("by", by), ("why", why), ("from", from.ToUniversalTime()),
                ("to", from.AddMinutes(minutes).ToUniversalTime()), ("seconds", minutes * 60.0),
            })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task ScopeAsync(DispatchServer server, ApiClient supervisor)
    {
        Assert.Equal((14, 4), await TotalAsync(supervisor, string.Empty));
        Assert.Equal((0, 1), await TotalAsync(supervisor, "&communityId=north-east"));
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        await admin.DoAsync("accounts", new
        {
            userName = "chief", displayName = "South", password = DispatchServer.Password, roles = new[] { "supervisor" }, stationIds = new[] { "south" },
        });
        using var south = await ApiClient.SignInAsync(server.Url, "chief");
        Assert.Equal(HttpStatusCode.Forbidden, (await south.GetAsync($"figures?{Period}&stationId=north")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await south.GetAsync($"figures?{Period}&communityId=north-west")).Status);
        Assert.Equal((0, 2), await TotalAsync(south, string.Empty));
        var figures = await FiguresAsync(south, string.Empty);
        Assert.Equal((0, 600), ((int)figures["closedLocally"]!["ended"]!, (int)figures["pairTime"]!["community"]!));
    }

    private static async Task<(int Interactions, int Communities)> TotalAsync(ApiClient user, string scope)
    {
        var figures = await FiguresAsync(user, scope);
        return ((int)figures["interactions"]!["total"]!, (int)figures["communities"]!);
    }

    private static async Task<JsonNode> FiguresAsync(ApiClient user, string scope)
    {
        var (status, figures) = await user.GetAsync($"figures?{Period}{scope}");
        Assert.True(status == HttpStatusCode.OK, $"Figures were answered {(int)status}: {figures}");
        return figures!;
    }
}
