using Dispatch.Commands;
using Dispatch.Incidents;
using Dispatch.Live;
using Orleans.Concurrency;

namespace Dispatch.Pairs;

/// <summary>A pair: owns its duty and its own commitment, and is the one arbiter of it. Key: the pair's id.</summary>
[Alias("dispatch.pair")]
public interface IPairGrain : IFeedGrain
{
    /// <summary>Does a command, or refuses it. Answered only when the result is durable.</summary>
    [Alias("execute")]
    Task<Answer<PairView>> ExecuteAsync(CommandContext context, PairCommand command);

    /// <summary>The durable state; null where the organisation has no such pair.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<PairView?> GetAsync();

    /// <summary>Wakes the pair, which looks after its commitment, and tells its state and its place where the caller's version is not the present one.</summary>
    [Alias("ensure")]
    Task<PairView?> EnsureAsync(long knownVersion);

    /// <summary>Puts the read of a protected field into the journal; completes when it is there.</summary>
    [Alias("record-read"), AlwaysInterleave]
    Task RecordReadAsync(CommandContext context, string field, string reason);

    /// <summary>The incident tells how far its assignment is; kept in memory, for the screens.</summary>
    [Alias("show-progress")]
    Task ShowProgressAsync(string offerId, AssignmentStatus status);

    /// <summary>Where the pair is; kept in memory, only on duty; older reports than the last are ignored.</summary>
    [Alias("report-position")]
    Task<Refusal?> ReportPositionAsync(PairPosition position);
}
