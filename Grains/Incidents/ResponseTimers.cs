using Dispatch.Bureau;

namespace Dispatch.Incidents;

/// <summary>The clocks of an incident, from <c>Dispatch:Timers</c>. The numbers are the domain's defaults; a bureau may set its own.</summary>
public sealed record ResponseTimers
{
    /// <summary>Longest time that can be set, in seconds: a day.</summary>
    public const int MaxSeconds = 86_400;

    private const int Priorities = 4;

    /// <summary>The defaults.</summary>
    public static readonly ResponseTimers Default = new();

    /// <summary>
    /// By priority, how many seconds an offer waits for an answer where the sender names no time: 1 to <see cref="MaxSeconds"/>.
    /// 30 s for each, the bureau's 签收 target.
    /// </summary>
    public IDictionary<int, int> OfferSeconds { get; init; } = new Dictionary<int, int> { [1] = 30, [2] = 30, [3] = 30, [4] = 30 };

    /// <summary>By priority, seconds from opened to first dispatched: 1 to <see cref="MaxSeconds"/>. P1 60 s, P2 5 min, P3 15 min, P4 30 min.</summary>
    public IDictionary<int, int> DispatchSeconds { get; init; } = new Dictionary<int, int> { [1] = 60, [2] = 300, [3] = 900, [4] = 1800 };

    /// <summary>
    /// By area class of the community, seconds from dispatched to on scene: 1 to <see cref="MaxSeconds"/>, the bureau's 出警 target. Urban 5, suburban 10,
    /// rural 20 min.
    /// </summary>
    public IDictionary<AreaClass, int> ArrivalSeconds { get; init; } = new Dictionary<AreaClass, int>
    {
        [AreaClass.Urban] = 300, [AreaClass.Suburban] = 600, [AreaClass.Rural] = 1200,
    };

    /// <summary>By priority, seconds from on scene to reported: 1 to <see cref="MaxSeconds"/>, the bureau's 反馈 target. 30 min for each.</summary>
    public IDictionary<int, int> ReportSeconds { get; init; } = new Dictionary<int, int> { [1] = 1800, [2] = 1800, [3] = 1800, [4] = 1800 };

    /// <summary>How many pairs may say no, or nothing, before the supervisor is called: 1 to 50.</summary>
    public int RefusalsBeforeSupervisor { get; init; } = 3;

    /// <summary>How many seconds an automatic offer waits before it looks again when no pair was free: 1 to 3600.</summary>
    public int AutoOfferRetrySeconds { get; init; } = 10;

    /// <summary>How long an automatic offer waits before it looks again when no pair was free.</summary>
    public TimeSpan AutoOfferRetry => TimeSpan.FromSeconds(AutoOfferRetrySeconds);

    /// <summary>How long an offer waits for an answer.</summary>
    public TimeSpan OfferExpiry(int priority) => TimeSpan.FromSeconds(OfferSeconds[priority]);

    /// <summary>From opened to first dispatched.</summary>
    public TimeSpan Dispatch(int priority) => TimeSpan.FromSeconds(DispatchSeconds[priority]);

    /// <summary>From dispatched to on scene.</summary>
    public TimeSpan Arrival(AreaClass area) => TimeSpan.FromSeconds(ArrivalSeconds[area]);

    /// <summary>From on scene to reported.</summary>
    public TimeSpan Report(int priority) => TimeSpan.FromSeconds(ReportSeconds[priority]);

    /// <summary>The first number that cannot be, in words; null where all can.</summary>
    public string? FindFault() =>
        FindFault(nameof(OfferSeconds), OfferSeconds)
        ?? FindFault(nameof(DispatchSeconds), DispatchSeconds)
        ?? FindFault(nameof(ReportSeconds), ReportSeconds)
        ?? (ArrivalSeconds.Keys.All(Enum.IsDefined) ? FindFault(nameof(ArrivalSeconds), ArrivalSeconds.Values) : $"{nameof(ArrivalSeconds)} is by area class.")
        ?? (RefusalsBeforeSupervisor is >= 1 and <= 50 ? null : $"{nameof(RefusalsBeforeSupervisor)} is 1 to 50.")
        ?? (AutoOfferRetrySeconds is >= 1 and <= 3600 ? null : $"{nameof(AutoOfferRetrySeconds)} is 1 to 3600.");

    private static string? FindFault(string name, IDictionary<int, int> seconds) =>
        seconds.Keys.Any(x => x is < 1 or > Priorities) ? $"{name} is by priority, 1 to {Priorities}."
        : FindFault(name, seconds.Values);

    private static string? FindFault(string name, ICollection<int> seconds) =>
        seconds.Any(x => x is < 1 or > MaxSeconds) ? $"{name} is 1 to {MaxSeconds} seconds." : null;
}
