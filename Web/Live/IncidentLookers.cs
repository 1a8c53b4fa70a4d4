using System.Collections.Immutable;
using Dispatch.Accounts;
using Dispatch.Incidents;

namespace Dispatch.Live;

/// <summary>
/// Tells each incident who has it open on a screen of this web node: soon after somebody comes or goes, and again while anybody looks, since the
/// incident forgets what it is not told again.
/// </summary>
public sealed partial class IncidentLookers(IncidentDesk incidents, TimeProvider time, ILogger<IncidentLookers> logger) : BackgroundService
{
    private static readonly TimeSpan RoundInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TellInterval = Looker.GoodFor / 3;
    private readonly string node = Guid.NewGuid().ToString("N");
    private readonly Lock gate = new();
    private readonly Dictionary<string, Looked> looked = new(StringComparer.Ordinal);

    /// <summary>A screen shows an incident.</summary>
    public void Join(string incidentId, FeedConnection screen, SignedIn user)
    {
        ArgumentNullException.ThrowIfNull(screen);
        ArgumentNullException.ThrowIfNull(user);
        lock (gate)
        {
            if (!looked.TryGetValue(incidentId, out var one))
            {
                looked[incidentId] = one = new Looked();
            }

            if (one.Screens.TryAdd(screen.Id, new Looker(user.Id, user.Name, user.PairId, time.GetUtcNow())))
            {
                one.TellAt = DateTimeOffset.MinValue;
            }
        }
    }

    /// <summary>A screen does not show an incident any more.</summary>
    public void Leave(string incidentId, FeedConnection screen)
    {
        ArgumentNullException.ThrowIfNull(screen);
        lock (gate)
        {
            if (looked.TryGetValue(incidentId, out var one) && one.Screens.Remove(screen.Id))
            {
                one.TellAt = DateTimeOffset.MinValue;
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RoundInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await Task.WhenAll(TakeDue().Select(x => TellAsync(x.IncidentId, x.Present)));
        }
    }

    /// <summary>What is to be told now; it is told again after a while, and an incident that nobody looks at is told so once.</summary>
    private List<(string IncidentId, ImmutableArray<Looker> Present)> TakeDue()
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            var due = looked.Where(x => x.Value.TellAt <= now).Select(x => (x.Key, x.Value.Present)).ToList();
            foreach (var (incidentId, present) in due)
            {
                looked[incidentId].TellAt = now + TellInterval;
                if (present.IsEmpty)
                {
                    looked.Remove(incidentId);
                }
            }

            return due;
        }
    }

    private async Task TellAsync(string incidentId, ImmutableArray<Looker> present)
    {
        try
        {
            await incidents.Grain(incidentId).LookAsync(node, present);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            // It is told again with the next round, and what was told before has an end.
            LogUntold(exception, incidentId);
            lock (gate)
            {
                if (looked.TryGetValue(incidentId, out var one))
                {
                    one.TellAt = DateTimeOffset.MinValue;
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Incident {IncidentId} could not be told who looks at it; it is told again.")]
    private partial void LogUntold(Exception exception, string incidentId);

    private sealed class Looked
    {
        public Dictionary<string, Looker> Screens { get; } = new(StringComparer.Ordinal);

        public DateTimeOffset TellAt { get; set; }

        public ImmutableArray<Looker> Present =>
            [.. Screens.Values.GroupBy(x => x.Id, StringComparer.Ordinal).Select(x => x.MinBy(y => y.Since)!)];
    }
}
