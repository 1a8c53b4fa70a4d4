using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Dispatch.Commands;
using Dispatch.Communities;

namespace Dispatch.Concerns;

/// <summary>Where a meeting stands.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MeetingStatus>))]
public enum MeetingStatus
{
    /// <summary>Residents know of it.</summary>
    Announced,

    /// <summary>It took place.</summary>
    Held,

    /// <summary>Its minutes are published.</summary>
    Published,

    /// <summary>It does not take place.</summary>
    Cancelled,
}

/// <summary>What became of an issue.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<IssueBecame>))]
public enum IssueBecame
{
    /// <summary>It was answered on the spot.</summary>
    Answered,

    /// <summary>A concern was raised.</summary>
    Concern,

    /// <summary>It is a dispute.</summary>
    Dispute,

    /// <summary>A department was asked.</summary>
    Department,

    /// <summary>Nothing.</summary>
    Nothing,
}

/// <summary>Something residents brought up at a meeting.</summary>
/// <param name="Id">Within the meeting: <c>1</c>, <c>2</c>, …</param>
/// <param name="Text">At most 300 characters.</param>
/// <param name="Became">What became of it; null while nobody has said.</param>
[GenerateSerializer, Immutable, Alias("dispatch.meeting-issue")]
public sealed record MeetingIssue(string Id, string Text, IssueBecame? Became = null)
{
    /// <summary>The concern or dispute it became.</summary>
    [Id(3)]
    public string? MatterId { get; init; }

    /// <summary>The department that was asked, at most 100 characters.</summary>
    [Id(4)]
    public string? Department { get; init; }

    /// <summary>What was answered or asked, at most 500 characters.</summary>
    [Id(5)]
    public string? Words { get; init; }

    /// <summary>The concern or dispute it became, as <c>kind/id</c>.</summary>
    public string? Ref => MatterId is null || Became is null
        ? null
        : MatterIds.KeyOf(Became == IssueBecame.Dispute ? MatterKind.Dispute : MatterKind.Concern, MatterId);
}

/// <summary>A meeting with residents: what was to be talked about, what they brought up, and what became of that. Counts who came, names nobody.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Number">Number for people, see <see cref="MatterIds.Number"/>.</param>
/// <param name="CommunityId">Its community.</param>
/// <param name="StationId">Station of that community when it was announced.</param>
/// <param name="Kind">Code of a kind of meeting of the model pack.</param>
/// <param name="Title">At most 100 characters; announced to residents.</param>
/// <param name="PlannedFor">When it is to be.</param>
/// <param name="Place">Name of a public place, at most 200 characters.</param>
/// <param name="AnnouncedAt">When it was announced.</param>
/// <param name="AnnouncedBy">By whom.</param>
[GenerateSerializer, Immutable, Alias("dispatch.meeting-view")]
public sealed record MeetingView(
    string Id, string Number, string CommunityId, string StationId, string Kind, string Title, DateTimeOffset PlannedFor, string Place,
    DateTimeOffset AnnouncedAt, string AnnouncedBy) : IMatterView
{
    /// <inheritdoc/>
    [Id(10)]
    public long Version { get; init; }

    /// <summary>What is to be talked about, at most 20 items of at most 200 characters.</summary>
    [Id(11)]
    public ImmutableArray<string> Agenda { get; init; } = [];

    /// <summary>The pair that holds it.</summary>
    [Id(12)]
    public string? PairId { get; init; }

    /// <summary>When it took place.</summary>
    [Id(13)]
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>How many residents came, 0 to 100,000.</summary>
    [Id(14)]
    public int? Participants { get; init; }

    /// <summary>What residents brought up, at most 30.</summary>
    [Id(15)]
    public ImmutableArray<MeetingIssue> Issues { get; init; } = [];

    /// <summary>What was said, at most 5,000 characters.</summary>
    [Id(16)]
    public string? Minutes { get; init; }

    /// <summary>When the minutes were published.</summary>
    [Id(17)]
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>When it was cancelled.</summary>
    [Id(18)]
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Why.</summary>
    [Id(19)]
    public string? CancelledBecause { get; init; }

    /// <summary>Where it stands.</summary>
    public MeetingStatus Status =>
        CancelledAt is not null ? MeetingStatus.Cancelled
        : PublishedAt is not null ? MeetingStatus.Published
        : HeldAt is not null ? MeetingStatus.Held
        : MeetingStatus.Announced;

    /// <summary>Whether there is still something to do.</summary>
    public bool IsOpen => Status is MeetingStatus.Announced or MeetingStatus.Held;

    /// <summary>As who looks on sees it: what was announced and published, no free words before that.</summary>
    public MeetingView ForMasked() => PublishedAt is not null ? this : this with
    {
        Issues = [.. Issues.Select(x => x with { Text = string.Empty, Words = null, Department = null })],
        Minutes = null,
        CancelledBecause = null,
    };
}
