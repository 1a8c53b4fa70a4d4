using Dispatch.Incidents;
using Dispatch.Live;
using Dispatch.Tests.Processes;
using Dispatch.Tests.Web;

namespace Dispatch.Tests.Crash;

/// <summary>I6: an offer's deadline fires though the process that armed it was killed, without anybody touching the incident. Fails where only the grain's own timer watches.</summary>
public sealed class DeadlineTests(PostgresServer postgres)
{
    [Theory, InlineData(false), InlineData(true)]
    public async Task Offer_ServerKilledBeforeItsDeadline_ExpiresAfterTheRestart(bool onPostgres)
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-organisation-").FullName;
        await using var server = DispatchServer.On(
            onPostgres ? await postgres.CreateDatabaseAsync() : null, ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory)));
        await server.StartAsync();
        string id;
        using (var before = await ApiClient.SignInAsync(server.Url, "dispatcher"))
        {
            await before.DoAsync("pairs/north-1/sign-on", new { officerIds = new[] { "north-1-a", "north-1-b" } });
            id = (string)(await before.DoAsync("incidents", new
            {
                category = "dispute", priority = 1, location = new { lat = 35.15, lon = 115.05 }, summary = "x",
            }))["id"]!;
            await before.DoAsync($"incidents/{id}/offers", new { pairIds = new[] { "north-1" }, expiresInSeconds = 2 });
        }

        await server.KillAsync();
        await server.StartAsync();
        using var after = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await using var screen = new FeedClient(server.Url, () => Task.FromResult(after.AccessToken));
        await screen.StartAsync();
        await screen.SubscribeAsync("station/north");
        await screen.WaitForAsync<IncidentView>(
            "station/north", $"incident/{id}", x => x?.Offers is [{ Status: OfferStatus.Expired }], ServerFixture.Patience);
    }
}
