using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Communities;
using Dispatch.Protection;
using Orleans.Concurrency;

namespace Dispatch.Residents;

/// <summary>A complaint (投诉) as oversight sees it, and nobody else. Carries no protected field.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people.</param>
/// <param name="CommunityId">The community where it was.</param>
/// <param name="StationId">Station of that community when it was made.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="About">What it is about.</param>
/// <param name="Text">What it says.</param>
/// <param name="MadeAt">When it was made.</param>
[GenerateSerializer, Immutable, Alias("dispatch.complaint-view")]
public sealed record ComplaintView(
    string Id, string Number, string CommunityId, string StationId, ComplaintStatus Status, ComplaintAbout About, string Text, DateTimeOffset MadeAt) : IMatterView
{
    /// <inheritdoc/>
    [Id(8)]
    public long Version { get; init; }

    /// <summary>Who recorded it on a resident's behalf; null where the resident made it.</summary>
    [Id(9)]
    public string? RecordedBy { get; init; }

    /// <summary>The complainant, where there is a way to reach one; read with a reason.</summary>
    [Id(10)]
    public PersonView? Contact { get; init; }

    /// <summary>What was written since, oldest first, at most 50.</summary>
    [Id(11)]
    public ImmutableArray<ResidentLetter> Letters { get; init; } = [];

    /// <summary>When oversight acknowledged it.</summary>
    [Id(12)]
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When the clock that runs now is over: to acknowledge, then to decide; null once it is decided.</summary>
    [Id(13)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How it was decided.</summary>
    [Id(14)]
    public ComplaintDecision? Decision { get; init; }

    /// <summary>What the complainant reads of that.</summary>
    [Id(15)]
    public string? Answer { get; init; }

    /// <summary>When it was decided.</summary>
    [Id(16)]
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it was closed.</summary>
    [Id(17)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What is noted of that.</summary>
    [Id(18)]
    public string? Note { get; init; }
}

/// <summary>What whoever holds the claim code is shown of a complaint.</summary>
/// <param name="Number">Number for people.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Text">What was said.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Letters">What was written since, oldest first.</param>
/// <param name="DueAt">When the next step is due.</param>
/// <param name="Decision">How it was decided.</param>
/// <param name="Answer">What was answered.</param>
[GenerateSerializer, Immutable, Alias("dispatch.claimed-complaint")]
public sealed record ClaimedComplaint(
    string Number, ComplaintStatus Status, string Text, DateTimeOffset MadeAt, ImmutableArray<ResidentLetter> Letters, DateTimeOffset? DueAt,
    ComplaintDecision? Decision, string? Answer);

/// <summary>Where a complaint stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ComplaintStatus>))]
public enum ComplaintStatus
{
    /// <summary>Oversight has not said anything yet.</summary>
    Made,

    /// <summary>Oversight looks into it.</summary>
    Acknowledged,

    /// <summary>It is decided and the complainant can read the answer.</summary>
    Decided,

    /// <summary>Nothing more is done.</summary>
    Closed,
}

/// <summary>A complaint. Key: its id.</summary>
[Alias("dispatch.complaint")]
public interface IComplaintGrain : IMatterGrain<ComplaintCommand, ComplaintView>
{
    /// <summary>What whoever holds the claim code may see; null where it is another code, or there is no such complaint.</summary>
    [Alias("claim")]
    Task<ClaimedComplaint?> ClaimAsync(string claimDigest);

    /// <summary>The complainant. The read is in the journal, with its reason, before it is answered.</summary>
    /// <param name="context">Who reads.</param>
    /// <param name="reason">Why, 1 to 500 characters.</param>
    [Alias("read-contact"), AlwaysInterleave]
    Task<Answer<ProtectedPerson>> ReadContactAsync(CommandContext context, string reason);
}
