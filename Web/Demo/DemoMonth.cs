using Dispatch.Hosting;
using Dispatch.Month;
using Dispatch.Replay;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dispatch.Demo;

/// <summary>
/// The last month of two communities of the demonstration, played once in the background through the public API of this server. What was played is known by its
/// keys, so the next start goes on where this one ended. Configuration: <c>Dispatch:DemoMonth</c>.
/// </summary>
public sealed partial class DemoMonth(
    Bootstrap bootstrap, IServer server, IHostApplicationLifetime lifetime, DispatchOptions options, TimeProvider time, ILogger<DemoMonth> logger)
    : BackgroundService
{
    private const int Communities = 2;
    private static readonly TimeSpan StartAgainAfter = TimeSpan.FromSeconds(10);

    /// <summary>Between two steps, so that live traffic is not slowed.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var stopping = either.Token;
        try
        {
            await bootstrap.Ready.WaitAsync(stopping);
            if (LoopbackAddress.Of(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []) is not { } address
                || bootstrap.DemoPassword is not { } password || !options.AcceptPastTimes)
            {
                LogImpossible();
                return;
            }

            while (!await IsPlayedAsync(address, password, stopping))
            {
                await Task.Delay(StartAgainAfter, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task<bool> IsPlayedAsync(Uri address, string password, CancellationToken stopping)
    {
        try
        {
            using var supervisor = await DispatchApi.SignInAsync(
                new ServerAccess(address, "supervisor", password), connections: 1, new ReplayTally(), time, stopping);
            var known = await MonthServer.AskAsync(supervisor, stopping);
            string[] officers = [.. known.Organisation.Pairs.SelectMany(x => x.Officers).Select(x => x.Id)];

            // One of a station, the first with a full pair.
            var casts = known.Organisation.Communities
                .GroupBy(x => x.StationId)
                .Select(x => x.Select(y => MonthCast.Of(known.Organisation, y.Id)).FirstOrDefault(y => y is not null))
                .OfType<MonthCast>()
                .Take(Communities);
            foreach (var cast in casts)
            {
                using var crew = new DemoMonthCrew(address, password, cast, officers, time);
                await PlayAsync(crew, cast with { PairIsLive = true }, known, stopping);
            }

            return true;
        }
        catch (Exception exception) when (exception is CommandFaultException or ServerLostException)
        {
            LogBroken(exception);
            return false;
        }
    }

    private async Task PlayAsync(DemoMonthCrew crew, MonthCast cast, MonthServer known, CancellationToken stopping)
    {
        if (await crew.OfAsync(new MonthActor(MonthRole.Officer, cast.GreenLeaf), null, stopping) is not { } leaf
            || await MonthServer.FindContactAsync(leaf, CommunityMonth.LastKeyOf(MonthCommand.DefaultSeed, cast, MonthCommand.DefaultPerDay), stopping) is not null)
        {
            return;
        }

        var from = await MonthServer.BeginningAsync(
            leaf, CommunityMonth.FirstKeyOf(MonthCommand.DefaultSeed, cast, MonthCommand.DefaultPerDay), time.GetUtcNow(), stopping);
        var plan = CommunityMonth.Of(MonthCommand.DefaultSeed, cast, known.Pack, from, MonthCommand.DefaultPerDay);
        var report = await new MonthPlayer(crew, Pause, time).PlayAsync(plan, stopping);
        LogPlayed(cast.CommunityId, report.Total.Steps);
        if (report.Unexpected is [var first, ..])
        {
            LogUnexpected(cast.CommunityId, report.Unexpected.Length, first.Step.Key, first.Code, first.Detail);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo month needs the demo accounts, an address of this server and Dispatch:AcceptPastTimes.")]
    private partial void LogImpossible();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo month was broken off; it goes on soon.")]
    private partial void LogBroken(Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "A month of {CommunityId} was played: {Steps} steps.")]
    private partial void LogPlayed(string communityId, int steps);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The month of {CommunityId} got {Count} unexpected answers, the first to {Key}: {Code} {Detail}")]
    private partial void LogUnexpected(string communityId, int count, string key, string code, string detail);
}
