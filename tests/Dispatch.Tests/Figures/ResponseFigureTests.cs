using System.Collections.Immutable;
using System.Data.Common;
using System.Net;
using System.Text.Json.Nodes;
using Dispatch.Bureau;
using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Dispatch.Tests.Figures;

/// <summary>
/// Response clocks of a known set of incidents, on both databases. Fails where a time, a share or a bucket is not what the steps say, where a target is not the
/// configured one, where a pair that was told to go or was called off counts, where a small count is told, or where somebody is counted who is not in scope.
/// </summary>
public sealed class ResponseFigureTests(PostgresServer postgres)
{
    private static readonly DateTimeOffset Opened = DateTimeOffset.UtcNow.AddHours(-6);

    private static string Period => $"from={Opened.AddDays(-1):yyyy-MM-dd}&to={Opened.AddDays(2):yyyy-MM-dd}";

    [Theory, InlineData(false), InlineData(true)]
    public async Task Response_OfKnownSteps_EqualsThem(bool onPostgres)
    {
        var connection = onPostgres ? await postgres.CreateDatabaseAsync() : null;
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(
            connection, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)), ("Dispatch__Timers__ReportSeconds__2", "700"));
        await server.StartAsync();
        await StoreAsync(server, connection,
            [.. Enumerable.Range(1, 6).Select(Answered), Told(7, "north-east"), Told(8, "north-east"), Told(9, "south-west")]);
        using var supervisor = await ApiClient.SignInAsync(server.Url, "supervisor");

        var west = await ClocksAsync(supervisor, "&communityId=north-west");
        Assert.Equal("""{"count":7,"unmet":1,"medianSeconds":30,"p90Seconds":60,"withinShare":0.429,"targetSeconds":30}""", All(west, "acknowledge"));
        Assert.Equal("""{"count":6,"unmet":0,"medianSeconds":180,"p90Seconds":360,"withinShare":0.833,"targetSeconds":300}""", All(west, "dispatch"));
        Assert.Equal("""{"count":6,"unmet":0,"medianSeconds":300,"p90Seconds":600,"withinShare":0.5,"targetSeconds":300}""", All(west, "arrival"));
        Assert.Equal("""{"count":6,"unmet":1,"medianSeconds":600,"p90Seconds":600,"withinShare":0.833,"targetSeconds":700}""", All(west, "report"));
        Assert.Equal(All(west, "arrival"), west["arrival"]!["byPriority"]!["2"]!.ToJsonString());
        // A time that is the target to the second has met it; the next bucket has the other three, and neither is told.
        Assert.Equal([null, null, 0, 0, 0], west["arrival"]!["buckets"]!.AsArray().Select(x => (int?)x!["count"]));
        Assert.Equal([5, 0, 0, 0, 0], west["report"]!["buckets"]!.AsArray().Select(x => (int?)x!["count"]));
        await HidesSmallCountsAsync(supervisor);
        await ScopeAsync(server, supervisor);
    }

    /// <summary>Two alone are not told, and neither are the six from which they could be worked out.</summary>
    private static async Task HidesSmallCountsAsync(ApiClient supervisor)
    {
        var north = await ClocksAsync(supervisor, "&stationId=north");
        Assert.Equal(8, (int)north["dispatch"]!["all"]!["count"]!);
        Assert.Null(north["dispatch"]!["all"]!["targetSeconds"]);
        Assert.All(north["dispatch"]!["byCommunity"]!.AsObject(), x => Assert.Null(x.Value!["count"]));
        Assert.All(north["dispatch"]!["byPriority"]!.AsObject(), x => Assert.Null(x.Value!["medianSeconds"]));
        Assert.Equal(7, (int)north["acknowledge"]!["byCommunity"]!["north-west"]!["count"]!);
        var east = await ClocksAsync(supervisor, "&communityId=north-east");
        Assert.Equal("""{"count":null,"unmet":null,"medianSeconds":null,"p90Seconds":null,"withinShare":null,"targetSeconds":60}""", All(east, "dispatch"));
    }

    private static async Task ScopeAsync(DispatchServer server, ApiClient supervisor)
    {
        Assert.Equal(700, (int)(await supervisor.GetAsync("figures/response/targets")).Body!["report"]!["2"]!);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await supervisor.GetAsync("figures/response?from=2026-01-01&to=2026-12-31")).Status);
        using var admin = await ApiClient.SignInAsync(server.Url, "admin");
        await admin.DoAsync("accounts", new
        {
            userName = "chief", displayName = "South", password = DispatchServer.Password, roles = new[] { "supervisor" }, stationIds = new[] { "south" },
        });
        using var south = await ApiClient.SignInAsync(server.Url, "chief");
        Assert.Equal(HttpStatusCode.Forbidden, (await south.GetAsync($"figures/response?{Period}&stationId=north")).Status);
        Assert.Equal(["south-west"], (await ClocksAsync(south, string.Empty))["dispatch"]!["byCommunity"]!.AsObject().Select(x => x.Key));
        Assert.Equal(["south-east", "south-west"], (await south.GetAsync("figures/response/targets")).Body!["arrival"]!.AsObject().Select(x => x.Key));
    }

    /// <summary>
    /// Asked after so many minutes, accepted after ten seconds each, on scene after a hundred each, reported ten minutes later; the last has not reported. The
    /// first has an offer besides that nobody answered, and a pair that was called off.
    /// </summary>
    private static IncidentView Answered(int i)
    {
        var offered = Opened.AddMinutes(i);
        var onScene = offered.AddSeconds(100 * i);
        var incident = Incident(i, "north-west", 2);
        var part = new AssignmentView(
            "north-2", i < 6 ? AssignmentStatus.Cleared : AssignmentStatus.OnScene, "a", offered, offered.AddSeconds(10 * i), offered.AddSeconds(15 * i), onScene,
            i < 6 ? onScene.AddMinutes(10) : null, i < 6 ? onScene.AddMinutes(11) : null, offered.AddSeconds(10 * i));
        return incident with
        {
            Offers =
            [
                new OfferView("a", "north-2", OfferStatus.Accepted, offered, offered.AddSeconds(90)),
                .. i == 1 ? [new OfferView("b", "north-4", OfferStatus.Expired, offered, offered.AddSeconds(30))] : ImmutableArray<OfferView>.Empty,
            ],
            Assignments =
            [
                part,
                .. i == 1
                    ? [new AssignmentView("north-1", AssignmentStatus.Cancelled, "c", offered, offered, EndedAt: offered.AddSeconds(5))]
                    : ImmutableArray<AssignmentView>.Empty,
            ],
        };
    }

    private static IncidentView Told(int i, string community) => Incident(i, community, 1) with
    {
        Offers = [new OfferView("t", "north-1", OfferStatus.Accepted, Opened.AddSeconds(30), Opened.AddSeconds(60), "nearest")],
        Assignments = [new AssignmentView("north-1", AssignmentStatus.Cancelled, "t", Opened.AddSeconds(30), Opened.AddSeconds(30))],
    };

    private static IncidentView Incident(int i, string community, int priority) => new(
        $"known-{i}", $"{community}-{i}", IncidentStatus.OnScene, "dispute", priority, TestOrganisation.InNorthWest, null, community, community.Split('-')[0],
        "x", 1, [], Opened, null, null, Opened + ResponseTimers.Default.Dispatch(priority), [], 9, [], [], []);

    private static async Task StoreAsync(DispatchServer server, string? connection, IReadOnlyList<IncidentView> incidents)
    {
        await using DbConnection database = connection is null
            ? new SqliteConnection($"Data Source={Path.Combine(server.DataDirectory, "dispatch.db")};Pooling=False")
            : new NpgsqlConnection(connection);
        await database.OpenAsync();
        foreach (var x in incidents)
        {
            await using var command = database.CreateCommand();
            command.CommandText =
                """
                INSERT INTO incident (id, number, version, status, is_open, category, priority, station_id, community_id, opened_at, view)
                VALUES (@id, @number, @version, 'onScene', @open, @category, @priority, @station, @community, @opened, @view)
                """;
            foreach (var (name, value) in new (string, object)[]
            {
                ("id", x.Id), ("number", x.Number), ("version", x.Version), ("open", true), ("category", x.Category), ("priority", x.Priority),
                ("station", x.StationId), ("community", x.CommunityId), ("opened", x.OpenedAt.ToUniversalTime()), ("view", JsonText.Of(x).ToString()),
            })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }

            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<Dictionary<string, JsonNode>> ClocksAsync(ApiClient user, string scope)
    {
        var (status, figures) = await user.GetAsync($"figures/response?{Period}{scope}");
        Assert.True(status == HttpStatusCode.OK, $"Response figures were answered {(int)status}: {figures}");
        return figures!["clocks"]!.AsArray().ToDictionary(x => (string)x!["clock"]!, x => x!, StringComparer.Ordinal);
    }

    private static string All(Dictionary<string, JsonNode> clocks, string clock) => clocks[clock]["all"]!.ToJsonString();
}
