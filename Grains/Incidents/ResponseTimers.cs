namespace Dispatch.Incidents;

/// <summary>The clocks of an incident. The numbers are the domain's defaults; a bureau may set its own.</summary>
public sealed record ResponseTimers
{
    /// <summary>The defaults.</summary>
    public static readonly ResponseTimers Default = new();

    /// <summary>How long an offer waits for an answer where the sender names no time. 30 s, the bureau's 签收 target.</summary>
    public TimeSpan OfferExpiry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many pairs may say no, or nothing, before the supervisor is called.</summary>
    public int RefusalsBeforeSupervisor { get; init; } = 3;

    /// <summary>How long an automatic offer waits before it looks again when no pair was free.</summary>
    public TimeSpan AutoOfferRetry { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From opened to first dispatched, by priority: P1 60 s, P2 5 min, P3 15 min, P4 30 min.</summary>
    public static TimeSpan Dispatch(int priority) => priority switch
    {
        1 => TimeSpan.FromMinutes(1),
        2 => TimeSpan.FromMinutes(5),
        3 => TimeSpan.FromMinutes(15),
        _ => TimeSpan.FromMinutes(30),
    };
}
