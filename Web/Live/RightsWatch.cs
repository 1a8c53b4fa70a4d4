using System.Security.Claims;
using Dispatch.Accounts;
using Dispatch.Bureau;
using Dispatch.Incidents;
using Microsoft.Extensions.Options;

namespace Dispatch.Live;

/// <summary>
/// Looks again at what each screen may see while it is connected: when its account changed or ended its sessions, when the organisation changed, and
/// when an incident went out of its scope. What it may not see any more ends, what it may see less of goes on masked.
/// </summary>
public sealed partial class RightsWatch(
    FeedConnections connections,
    PresentAccounts accounts,
    FeedAccess access,
    IncidentLookers lookers,
    OrganisationCache organisation,
    IOptions<LiveOptions> options,
    TimeProvider time,
    ILogger<RightsWatch> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RightsInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it was (a database that is away, a silo that is gone), it is looked at again.
                LogFailed(exception);
            }
        }
    }

    private async Task LookAsync()
    {
        var screens = connections.All.ToList();
        if (screens.Count == 0)
        {
            return;
        }

        var version = organisation.Current.Version;
        var present = await accounts.RefreshAsync([.. screens.Select(x => x.AccountId).Distinct(StringComparer.Ordinal)]);
        var seen = new Dictionary<FeedMirror, IncidentView?>();
        foreach (var screen in screens)
        {
            try
            {
                await LookAtAsync(screen, present[screen.AccountId], version, seen);
            }
            catch (Exception exception) when (exception is TimeoutException or OrleansException)
            {
                LogFailed(exception);
            }
        }
    }

    private async Task LookAtAsync(FeedConnection screen, ClaimsPrincipal? present, long version, Dictionary<FeedMirror, IncidentView?> seen)
    {
        if (!PresentAccounts.IsGood(screen.Principal, present))
        {
            LogSessionEnded(screen.AccountId);
            screen.Abort();
            return;
        }

        var changed = !PresentAccounts.AreAlike(screen.Principal, present!);
        screen.Principal = present!;
        await JudgeAsync(screen, changed || version != screen.JudgedOrganisation, seen);
        screen.JudgedOrganisation = version;
    }

    private async Task JudgeAsync(FeedConnection screen, bool everything, Dictionary<FeedMirror, IncidentView?> seen)
    {
        SignedIn? user = null;
        foreach (var (name, subscription) in screen.Subscriptions)
        {
            var isIncident = subscription.Feed.Kind == FeedKind.Incident;
            if (!everything && !isIncident)
            {
                continue;
            }

            user ??= screen.UserBy(organisation);
            var grant = await access.JudgeAsync(user, subscription.Feed, isIncident ? IncidentOf(subscription.Mirror, seen) : null);
            if (grant.Refusal is { } refusal)
            {
                screen.End(name, subscription, refusal.Code, refusal.Message);
                Leave(screen, subscription);
            }
            else if (grant.Sight != subscription.Mirror.Sight)
            {
                await access.RecordAsync(user, subscription.Feed, grant.Sight);
                await screen.SubscribeAsync(name, subscription.Feed, grant.Sight, cursor: null);
            }
        }
    }

    private void Leave(FeedConnection screen, FeedSubscription subscription)
    {
        if (subscription.Feed.Kind == FeedKind.Incident)
        {
            lookers.Leave(subscription.Feed.Id, screen);
        }
    }

    private static IncidentView? IncidentOf(FeedMirror mirror, Dictionary<FeedMirror, IncidentView?> seen)
    {
        if (!seen.TryGetValue(mirror, out var incident))
        {
            seen[mirror] = incident = mirror.Peek("incident").As<IncidentView>();
        }

        return incident;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A screen of account {AccountId} is closed: its session has ended.")]
    private partial void LogSessionEnded(string accountId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rights of the connected screens could not be looked at; they are looked at again.")]
    private partial void LogFailed(Exception exception);
}
