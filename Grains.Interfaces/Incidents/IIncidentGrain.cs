using System.Collections.Immutable;
using Dispatch.Commands;
using Dispatch.Live;
using Orleans.Concurrency;

namespace Dispatch.Incidents;

/// <summary>An incident: owns its lifecycle, offers, assignments and notes, and drives its pairs. Key: the incident's id.</summary>
[Alias("dispatch.incident")]
public interface IIncidentGrain : IFeedGrain
{
    /// <summary>Does a command, or refuses it. Answered only when the result is durable; the same id and body get the first answer again.</summary>
    [Alias("execute")]
    Task<Answer<IncidentView>> ExecuteAsync(CommandContext context, IncidentCommand command);

    /// <summary>The durable state; null where no such incident was opened.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<IncidentView?> GetAsync();

    /// <summary>Every event so far, from the journal and what is not there yet.</summary>
    [Alias("timeline"), AlwaysInterleave]
    Task<ImmutableArray<TimelineEntry>> GetTimelineAsync();

    /// <summary>The caller. The read is in the journal, with its reason, before it is answered.</summary>
    [Alias("read-caller"), AlwaysInterleave]
    Task<Answer<Caller>> ReadCallerAsync(CommandContext context, string reason);

    /// <summary>Puts the read of a protected field into the journal; completes when it is there.</summary>
    [Alias("record-read"), AlwaysInterleave]
    Task RecordReadAsync(CommandContext context, string field, string reason);

    /// <summary>A web node tells who looks at the incident there; good for <see cref="Looker.GoodFor"/>, kept in memory, for the incident's feed.</summary>
    [Alias("look"), AlwaysInterleave]
    Task LookAsync(string webNode, ImmutableArray<Looker> present);

    /// <summary>A pair that committed itself asks whether the incident knows. Decides it for good where it does not.</summary>
    /// <param name="pairId">The pair.</param>
    /// <param name="offerId">The offer that committed it.</param>
    /// <param name="acceptedBy">The command that accepted it; its retry must get the answer it would have got.</param>
    /// <param name="officerIds">Who of the pair was present.</param>
    /// <returns>The assignment's status; <see cref="AssignmentStatus.Cancelled"/> where the pair is to let go.</returns>
    [Alias("resolve-commitment")]
    Task<AssignmentStatus> ResolveCommitmentAsync(string pairId, string offerId, CommandContext acceptedBy, ImmutableArray<string> officerIds);

    /// <summary>
    /// An incident of higher priority takes a pair that is not on scene yet; this one is offered to others. Asked only from a higher to a lower
    /// priority, so that no two incidents ever wait for each other. Idempotent.
    /// </summary>
    /// <returns>Why not; null where the pair was let go, or had been.</returns>
    [Alias("yield-pair")]
    Task<Refusal?> YieldPairAsync(CommandContext context, YieldPair request);

    /// <summary>A supervisor freed a pair of its part. Idempotent.</summary>
    [Alias("forget-part")]
    Task ForgetPartAsync(string pairId, string offerId, string reason, CommandContext context);

    /// <summary>Another incident says something. Idempotent; what comes late changes nothing.</summary>
    /// <returns>Why it cannot be so; the sender takes it back.</returns>
    [Alias("hear")]
    Task<Refusal?> HearAsync(string fromId, IncidentMessage message, CommandContext context);

    /// <summary>Wakes the incident, which looks after what is due, and tells its state where the caller's version is not the present one.</summary>
    [Alias("ensure")]
    Task<IncidentView?> EnsureAsync(long knownVersion);
}

/// <summary>What an incident says that takes a pair from another.</summary>
/// <param name="PairId">The pair.</param>
/// <param name="OfferId">The part it has in the other.</param>
/// <param name="ByIncidentId">Who takes it.</param>
/// <param name="ByNumber">Its number.</param>
/// <param name="ByPriority">Its priority.</param>
/// <param name="ByOfferId">The offer that the pair is kept for.</param>
[GenerateSerializer, Immutable, Alias("dispatch.yield-pair")]
public sealed record YieldPair(string PairId, string OfferId, string ByIncidentId, string ByNumber, int ByPriority, string ByOfferId);
