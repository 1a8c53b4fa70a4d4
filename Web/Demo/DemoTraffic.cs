using Dispatch.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dispatch.Demo;

/// <summary>
/// Live traffic for the demonstration: a dispatcher and the pairs, who use the public API and the hub of this server like anyone else. The
/// first pair is left to whoever tries a phone as <c>officer1</c>, and a few stay off duty. Configuration: <c>Dispatch:DemoSeed</c>, a whole
/// number, repeats the choices of a run.
/// </summary>
public sealed partial class DemoTraffic(
    Bootstrap bootstrap, IServer server, IHostApplicationLifetime lifetime, IConfiguration configuration, TimeProvider time, ILogger<DemoTraffic> logger)
    : BackgroundService
{
    private const int SignInsAtOnce = 2;
    private static readonly TimeSpan StartAgainAfter = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var stopping = either.Token;
        try
        {
            await bootstrap.Ready.WaitAsync(stopping);
            var address = LoopbackAddress.Of(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
            if (address is null || bootstrap.DemoPassword is not { } password)
            {
                LogImpossible(address);
                return;
            }

            await RunAsync(address, password, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task RunAsync(Uri address, string password, CancellationToken stopping)
    {
        var dice = new TrafficDice(configuration.GetValue<int?>("Dispatch:DemoSeed") ?? Environment.TickCount);
        var trouble = new TrafficTrouble(logger, time);
        using var api = new TrafficApi(address, dice, time);
        while (true)
        {
            try
            {
                await RunOnceAsync(api, dice, trouble, password, stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                trouble.Report("start", exception.Message, exception);
            }

            await Task.Delay(StartAgainAfter, time, stopping);
        }
    }

    private static async Task RunOnceAsync(TrafficApi api, TrafficDice dice, TrafficTrouble trouble, string password, CancellationToken stopping)
    {
        var dispatcher = new TrafficSession(api, "dispatcher", password);
        var organisation = (await ReadAsync(api, dispatcher, "organisation", stopping)).Read<OrganisationOnDesk>();
        var land = new Land(
            (await ReadAsync(api, dispatcher, "communities.geojson", stopping)).Body, organisation.Communities.ToDictionary(x => x.Id, x => x.Centre), dice);
        var world = new TrafficWorld(api, land, dice, new TrafficPace(), trouble);
        await using var desk = new Desk(world, dispatcher, organisation, stopping);
        var crew = new TrafficCrew(world, password);
        await Task.WhenAll(desk.RunAsync(stopping), crew.RunAsync(organisation.Pairs, SignInsAtOnce, stopping));
    }

    private static async Task<TrafficAnswer> ReadAsync(TrafficApi api, TrafficSession session, string path, CancellationToken stopping)
    {
        var answer = await api.GetAsync(session, path, stopping);
        return answer.IsDone ? answer : throw new InvalidOperationException($"GET {path} was answered {answer.Status} {answer.Code}.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Demo traffic needs the demo accounts and an address of this server; it has {Address}.")]
    private partial void LogImpossible(Uri? address);
}
