using System.Text.Json;

namespace Dispatch.Trials.Checking;

/// <summary>What a client knows after one attempt of a command.</summary>
public enum Outcome
{
    /// <summary>It was acknowledged.</summary>
    Ok,

    /// <summary>It was refused for good: nothing was done.</summary>
    Refused,

    /// <summary>No answer, or one that says so: it may have been done or not.</summary>
    Unknown,
}

/// <summary>One attempt of a command as its client saw it.</summary>
/// <param name="Client">Who sent it.</param>
/// <param name="CommandId">Id of the command; every attempt of it has the same.</param>
/// <param name="Action">What was asked for, such as <c>accept</c>.</param>
/// <param name="InvokedAt">When it was sent.</param>
/// <param name="AnsweredAt">When the answer came, or was given up.</param>
/// <param name="Outcome">What the client knows.</param>
/// <param name="Code">Code of the refusal, or what went wrong; null where it was acknowledged.</param>
/// <param name="Stream">Journal stream that the answer is about; null without an answer.</param>
/// <param name="Version">Version of the aggregate in the answer.</param>
/// <param name="Digest">Digest of the answer, for comparing it with other answers to the same command.</param>
/// <param name="Records">Whether this command, once done, leaves a row under its id in <paramref name="Stream"/>.</param>
public sealed record Attempt(
    string Client,
    string CommandId,
    string Action,
    DateTimeOffset InvokedAt,
    DateTimeOffset AnsweredAt,
    Outcome Outcome,
    string? Code = null,
    string? Stream = null,
    long? Version = null,
    string? Digest = null,
    bool Records = true);

/// <summary>A row of the journal.</summary>
public sealed record JournalRow(string Stream, long Version, DateTimeOffset At, string ActorId, string? CommandId, string Kind, JsonElement Data);

/// <summary>What the API showed of an incident or a pair at the end.</summary>
/// <param name="Stream">Its journal stream.</param>
/// <param name="Version">Its version.</param>
/// <param name="Pairs">An incident's pairs that are committed to it.</param>
/// <param name="PendingOffers">An incident's offers without an answer.</param>
/// <param name="Incident">The incident that a pair is committed to.</param>
public sealed record FinalView(
    string Stream, long Version, IReadOnlyList<string> Pairs, IReadOnlyList<string> PendingOffers, string? Incident = null);

/// <summary>A time in which the cluster was not whole.</summary>
/// <param name="From">When it was hurt.</param>
/// <param name="To">When everything ran again.</param>
/// <param name="What">What was done to it.</param>
public sealed record Disturbance(DateTimeOffset From, DateTimeOffset To, string What);

/// <summary>All that was recorded of a run.</summary>
/// <param name="Attempts">What the clients saw.</param>
/// <param name="Journal">What the journal has.</param>
/// <param name="Final">What the API showed once all was quiet.</param>
/// <param name="Disturbances">When the cluster was not whole.</param>
/// <param name="QuietAt">When the final views were read.</param>
public sealed record Trial(
    IReadOnlyList<Attempt> Attempts,
    IReadOnlyList<JournalRow> Journal,
    IReadOnlyList<FinalView> Final,
    IReadOnlyList<Disturbance> Disturbances,
    DateTimeOffset QuietAt)
{
    /// <summary>Version of a stream before the first row of <see cref="Journal"/>; 0 where it is not named.</summary>
    public IReadOnlyDictionary<string, long> Before { get; init; } = new Dictionary<string, long>();

    /// <summary>How long after its time, or after the cluster was whole again, a deadline may fire.</summary>
    public TimeSpan DeadlineTolerance { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Something that may never be.</summary>
/// <param name="Invariant">Its name in the design, I1 to I6, or <c>journal</c>.</param>
/// <param name="What">What was found.</param>
public sealed record Violation(string Invariant, string What)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Invariant}: {What}";
}
