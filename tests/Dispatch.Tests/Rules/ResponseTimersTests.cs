using Dispatch.Bureau;
using Dispatch.Hosting;
using Dispatch.Incidents;
using Dispatch.Tests.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Dispatch.Tests.Rules;

/// <summary>A bureau's own clocks count; what cannot be ends the start instead of letting an offer wait for ever or not at all.</summary>
public sealed class ResponseTimersTests
{
    [Fact]
    public void Settings_ChangeOnePriority_TheOthersStay()
    {
        var timers = Read(("Dispatch:Timers:OfferSeconds:1", "20"), ("Dispatch:Timers:DispatchSeconds:2", "240"), ("Dispatch:Timers:ArrivalSeconds:rural", "1500"));
        Assert.Equal([20, 30, 30, 30], Enumerable.Range(1, 4).Select(x => timers.OfferExpiry(x).TotalSeconds));
        Assert.Equal([60, 240, 900, 1800], Enumerable.Range(1, 4).Select(x => timers.Dispatch(x).TotalSeconds));
        Assert.Equal([300, 600, 1500], Enum.GetValues<AreaClass>().Select(x => timers.Arrival(x).TotalSeconds));
        Assert.Equal(30, ResponseTimers.Default.OfferExpiry(1).TotalSeconds);
    }

    [Theory]
    [InlineData("OfferSeconds:1", "0")]
    [InlineData("OfferSeconds:5", "30")]
    [InlineData("OfferSeconds:high", "30")]
    [InlineData("OfferSeconds:2", "soon")]
    [InlineData("DispatchSeconds:4", "86401")]
    [InlineData("DispatchSeconds:0", "60")]
    [InlineData("ArrivalSeconds:Rural", "0")]
    [InlineData("ArrivalSeconds:9", "300")]
    [InlineData("ReportSeconds:5", "1800")]
    [InlineData("RefusalsBeforeSupervisor", "0")]
    [InlineData("AutoOfferRetrySeconds", "-1")]
    [InlineData("OfferSecond:1", "30")]
    public void Settings_ThatCannotBe_EndTheStart(string key, string value)
    {
        var fault = Assert.Throws<StartupException>(() => Read(($"Dispatch:Timers:{key}", value)));
        Assert.Equal("timersInvalid", fault.Code);
    }

    [Fact]
    public async Task Server_WithItsOwnTimers_GivesEachPriorityItsTime()
    {
        var directory = Directory.CreateTempSubdirectory("dispatch-timers-");
        await using var server = DispatchServer.On(
            null,
            ("Dispatch__Organisation", await TestOrganisation.WriteAsync(directory.FullName)),
            ("Dispatch__Timers__OfferSeconds__1", "20"),
            ("Dispatch__Timers__DispatchSeconds__1", "45"));
        await server.StartAsync();
        using var dispatcher = await ApiClient.SignInAsync(server.Url, "dispatcher");
        await dispatcher.DoAsync("pairs/north-1/sign-on", new { officerIds = new[] { "north-1-a", "north-1-b" } });
        await AssertAsync(priority: 1, offerSeconds: 20, dispatchSeconds: 45);
        await AssertAsync(priority: 4, offerSeconds: 30, dispatchSeconds: 1800);
        directory.Delete(recursive: true);

        async Task AssertAsync(int priority, int offerSeconds, int dispatchSeconds)
        {
            var opened = await dispatcher.DoAsync(
                "incidents", new { category = "dispute", priority, location = TestOrganisation.InNorthWest, summary = "x" });
            var offer = (await dispatcher.DoAsync($"incidents/{opened["id"]}/offers", new { pairIds = new[] { "north-1" } }))["offers"]![0]!;

            // The time runs from when the pair was asked; the offer is on record when it has answered.
            Assert.InRange(((DateTimeOffset)offer["expiresAt"]! - (DateTimeOffset)offer["offeredAt"]!).TotalSeconds, offerSeconds - 5, offerSeconds);
            Assert.Equal(dispatchSeconds, ((DateTimeOffset)opened["dispatchDueAt"]! - (DateTimeOffset)opened["openedAt"]!).TotalSeconds);
        }
    }

    private static ResponseTimers Read(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddResponseTimers(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(x => KeyValuePair.Create(x.Key, (string?)x.Value)))
            .Build());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<ResponseTimers>();
    }
}
